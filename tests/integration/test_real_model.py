"""A real llama.cpp server with real weights, asked over loopback in both wire formats.

SmolLM2 must stand beside the Python that runs this: see `.ci/run`. One thread: two are slower.
"""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tutor.drafting.asking import read_reply, request_for
from tutor.drafting.source import Passage, sentences
from tutor.errors import KeyRefusedError, PromptTooLongError, UnreachableError
from tutor.providers import smollm2
from tutor.providers.anthropic_wire import open_anthropic
from tutor.providers.local_server import LocalServer, Serving, start
from tutor.providers.openai_wire import open_openai
from tutor.providers.talk import Ending, Provider, Request, TextDelta, Tier, collect, user

HOME = Path(sys.prefix) / "tutor-home"
ONE_THREAD = {"TUTOR_THREADS": "1"}
SYSTEM = "You are a helpful assistant."
ENDLESS = 1_500
"""Tokens that take this model a minute and more."""
Open = Callable[..., Provider]
WIRES = [open_openai, open_anthropic]


@pytest.fixture(scope="module")
def serving() -> Serving:
    """How the installed model is served."""
    return smollm2.serving(HOME, ONE_THREAD)


@pytest.fixture(scope="module")
def server(serving: Serving) -> Iterator[LocalServer]:
    """One server for all that only ask."""
    with start(serving) as server:
        yield server


def slot(server: LocalServer) -> dict[str, object]:
    """What the server is at, in its own words."""
    headers = {"Authorization": f"Bearer {server.key}"}
    (slot,) = httpx.get(f"{server.address}/slots", headers=headers, timeout=60).json()
    return dict(slot)


@pytest.mark.parametrize("open_", WIRES)
def test_a_reply_streams_and_what_it_took_is_counted(server: LocalServer, open_: Open) -> None:
    provider = open_(smollm2.CARD, server.url, smollm2.MODEL, server.key)
    asked = user("Tell me about the sea.", system=SYSTEM, max_tokens=8, temperature=0.0)
    events = list(provider.stream(asked))
    texts = [event.text for event in events if isinstance(event, TextDelta) and event.text]
    assert len(texts) > 2
    reply = collect(iter(events))
    assert reply.done is not None
    assert reply.done.ending is Ending.LENGTH
    assert reply.done.usage is not None
    assert reply.done.usage.written == 8
    again = collect(provider.stream(asked))
    assert again.done is not None
    assert again.done.usage == reply.done.usage  # what the server had in its cache counts, too
    assert again.text == reply.text


def test_a_text_is_continued_with_the_chances_of_each_token(server: LocalServer) -> None:
    provider = open_openai(smollm2.CARD, server.url, smollm2.MODEL, server.key)
    asked = Request(
        prompt="The capital of France is", max_tokens=2, temperature=0.0, alternatives=5
    )
    reply = collect(provider.stream(asked))
    assert len(reply.tokens) == 2
    assert "".join(one.chosen.text for one in reply.tokens) == reply.text
    for one in reply.tokens:
        chances = [chance.probability for chance in one.alternatives]
        assert len(chances) == 5
        assert chances == sorted(chances, reverse=True)
        assert 0 < sum(chances) <= 1.001
        assert one.chosen.text == one.alternatives[0].text


def test_a_conversation_shows_its_chances_too(server: LocalServer) -> None:
    provider = open_openai(smollm2.CARD, server.url, smollm2.MODEL, server.key)
    asked = user("Say hello.", system=SYSTEM, max_tokens=2, temperature=0.0, alternatives=3)
    reply = collect(provider.stream(asked))
    assert [len(one.alternatives) for one in reply.tokens] == [3, 3]


def test_a_format_without_chances_says_so_and_answers(server: LocalServer) -> None:
    provider = open_anthropic(smollm2.CARD, server.url, smollm2.MODEL, server.key)
    asked = user("Say hello.", system=SYSTEM, max_tokens=3, alternatives=3)
    reply = collect(provider.stream(asked))
    assert reply.text
    assert "alternatives" in [one.parameter for one in reply.adjusted]


def test_a_schema_is_kept_to(server: LocalServer) -> None:
    provider = open_openai(smollm2.CARD, server.url, smollm2.MODEL, server.key)
    schema = {
        "type": "object",
        "properties": {"wet": {"type": "boolean"}},
        "required": ["wet"],
        "additionalProperties": False,
    }
    reply = collect(
        provider.stream(user("Is water wet?", system=SYSTEM, max_tokens=30, json_schema=schema))
    )
    assert set(json.loads(reply.text)) == {"wet"}


def test_a_small_models_drafts_hang_on_sentences_that_are_there(server: LocalServer) -> None:
    text = "Salt slows the yeast down. It tightens the gluten. Most doughs hold two per cent of it."
    passage = Passage(text)
    provider = open_openai(smollm2.CARD, server.url, smollm2.MODEL, server.key)
    reply = collect(provider.stream(request_for(passage, smollm2.CARD)))
    drafted = read_reply(reply.text, passage)
    assert drafted.drafts
    assert {one.rests_on for one in drafted.drafts} <= set(sentences(text))
    assert drafted.invented == ()  # its grammar lets it choose no other


@pytest.mark.parametrize("open_", WIRES)
def test_a_wrong_key_is_refused_and_not_shown(server: LocalServer, open_: Open) -> None:
    provider = open_(smollm2.CARD, server.url, smollm2.MODEL, "sk-wrong-but-secret")
    with pytest.raises(KeyRefusedError) as raised:
        collect(provider.stream(user("Hello?")))
    assert "sk-wrong" not in f"{raised.value!r} {raised.value.hint}"


@pytest.mark.parametrize("open_", WIRES)
def test_a_question_that_does_not_fit_is_named_as_such(server: LocalServer, open_: Open) -> None:
    provider = open_(smollm2.CARD, server.url, smollm2.MODEL, server.key)
    with pytest.raises(PromptTooLongError):
        collect(provider.stream(user("word " * 3000, system=SYSTEM)))


@pytest.mark.parametrize("open_", WIRES)
def test_a_reply_that_is_broken_off_stops_the_server_as_well(
    server: LocalServer, open_: Open
) -> None:
    provider = open_(smollm2.CARD, server.url, smollm2.MODEL, server.key)
    count = user("Count: 1, 2, 3, 4, 5,", system="You count.", max_tokens=ENDLESS, temperature=0.0)
    with closing(provider.stream(count)) as events:
        heard = [next(events) for _ in range(4)]
        at_work = slot(server)
    assert any(isinstance(event, TextDelta) for event in heard)
    assert at_work["is_processing"]
    # There is one slot: this waits until it is free, and says how far the other call had come.
    reply = collect(provider.stream(user("Say hello.", system=SYSTEM, max_tokens=1)))
    assert reply.done is not None
    after = slot(server)
    assert not after["is_processing"]
    assert _tokens_counted_between(at_work, after) < ENDLESS / 2


def _tokens_counted_between(before: dict[str, object], after: dict[str, object]) -> int:
    """Steps that the server made: it numbers its tasks by them."""
    return int(str(after["id_task"])) - int(str(before["id_task"]))


def test_no_page_in_a_browser_and_nobody_without_the_key_gets_an_answer(
    server: LocalServer,
) -> None:
    assert urlsplit(server.address).hostname == "127.0.0.1"
    page = {"Origin": "https://example.com", "Authorization": f"Bearer {server.key}"}
    answer = httpx.get(f"{server.url}/models", headers=page)
    assert answer.headers.get("access-control-allow-origin", "") == ""
    assert httpx.get(f"{server.address}/slots").status_code == 401
    assert httpx.get(server.address).status_code in (401, 404)


def test_the_servers_key_is_not_in_its_command_line(server: LocalServer) -> None:
    line = Path(f"/proc/{server.process.pid}/cmdline").read_text()
    assert "tutor.providers.serving" in line
    assert server.key not in line + repr(server)


def test_ctrl_c_at_the_terminal_does_not_take_the_server_with_it(server: LocalServer) -> None:
    server.process.send_signal(signal.SIGINT)
    provider = open_openai(smollm2.CARD, server.url, smollm2.MODEL, server.key)
    assert collect(provider.stream(user("Hi", system=SYSTEM, max_tokens=1))).done
    assert os.getpgid(server.process.pid) != os.getpgid(0)


PARENT = """
import signal, sys
from pathlib import Path
from tutor.providers import smollm2
from tutor.providers.local_server import start
server = start(smollm2.serving(Path(sys.argv[1]), {"TUTOR_THREADS": "1"}))
print(server.address, flush=True)
signal.pause()
"""


def test_the_server_dies_with_us_however_we_die() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(HOME)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    with parent.stdout:
        address = urlsplit(parent.stdout.readline().strip())
    place = (str(address.hostname), int(address.port or 0))
    with socket.create_connection(place, timeout=30) as line:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        with contextlib.suppress(ConnectionResetError):
            assert line.recv(1) == b""
    assert is_refused(place, within=20), "the server is still there"


def is_refused(place: tuple[str, int], within: float) -> bool:
    """Whether nobody listens at a place any more, now or in so many seconds."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            with socket.create_connection(place, timeout=1) as line, contextlib.suppress(OSError):
                line.recv(1)  # a dying process still has its port for a moment; then this ends
        except ConnectionError:
            return True
    return False


def test_it_dies_with_us_also_while_it_loads(serving: Serving) -> None:
    asked = {
        "weights": str(serving.weights),
        "model": serving.model,
        "packages": [str(path) for path in serving.packages],
        "threads": 1,
        "context": serving.context,
        "key": "k",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tutor.providers.serving"],
        input=json.dumps(asked) + "\n",
        text=True,
        check=False,
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0


def test_a_server_that_died_is_started_anew(serving: Serving) -> None:
    local = smollm2.Local(serving)
    asked = user("Hi", system=SYSTEM, max_tokens=1)
    try:
        collect(local.stream(asked))
        assert local.server is not None
        first = local.server
        first.process.kill()
        first.process.wait()
        collect(local.stream(asked))
        assert local.server is not first
        first.stop()
    finally:
        local.stop()


def test_the_small_model_says_what_it_is_and_is_never_asked_without_a_system_message(
    serving: Serving,
) -> None:
    local = smollm2.Local(serving)
    try:
        reply = collect(local.stream(user("Hi", max_tokens=1)))
    finally:
        local.stop()
    assert local.card.tier is Tier.LOCAL
    assert "tiny" in local.card.limits
    assert "system prompt" in [one.parameter for one in reply.adjusted]


@pytest.mark.parametrize("content", [b"", b"no weights at all", b"GGUF\x03\x00\x00\x00"])
def test_weights_that_cannot_be_loaded_are_an_error_and_no_crash(
    serving: Serving, tmp_path: Path, content: bytes
) -> None:
    weights = tmp_path / "model.gguf"
    weights.write_bytes(content)
    with pytest.raises(UnreachableError) as raised:
        start(Serving(weights, "m", serving.packages))
    assert "tutor model install smollm2" in raised.value.hint


def test_the_learners_way_from_choosing_to_trying(home: Path) -> None:
    (home / "models").symlink_to(HOME / "models")
    environ = {**os.environ, **ONE_THREAD}
    said = ""
    for words in (["use", "smollm2"], ["test"], ["use", "built-in"]):
        done = subprocess.run(
            [sys.executable, "-m", "tutor", "model", *words],
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        said += done.stdout
    assert re.search(r"streams: yes, \d+ pieces", said)
    assert "shows its probabilities: yes" in said
    assert "Chosen: built-in" in said
