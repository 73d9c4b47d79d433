"""Servers that we did not write: both wires and Ollama's, streaming, thinking, tools, refusals.

- litellm's proxy, a gateway, translates between both wires, in front of a real llama.cpp server
  and in front of aimock.
- aimock, made to imitate hosts, has OpenAI's, Anthropic's and Ollama's formats, thinks and calls
  tools; llm-katan has errors as Anthropic words them.

llama.cpp itself is in `test_real_model.py`. None of these is a large model: what they answer is not
judged, only what becomes of it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integration import foreign
from tests.integration.foreign import Foreign, free_port, running
from tests.integration.test_real_model import HOME, ONE_THREAD
from tutor.errors import (
    BadReplyError,
    KeyRefusedError,
    PromptTooLongError,
    ProviderError,
    RateLimitedError,
    UnknownModelError,
)
from tutor.providers import smollm2
from tutor.providers.anthropic_wire import open_anthropic
from tutor.providers.asking import Remote
from tutor.providers.local_server import LocalServer, start
from tutor.providers.ollama_wire import open_ollama
from tutor.providers.openai_wire import open_openai
from tutor.providers.talk import Card, Ending, Reply, TextDelta, Tier, collect, user

RIGHT, WRONG = "sk-right-0123456789", "sk-wrong-but-secret"
SAID = "Good day to you, and a long reply of some words."
ANSWER, THOUGHT = "It is four.", "Two and two. Let me add them."
FIXTURES = {
    "think": {"content": ANSWER, "reasoning": THOUGHT},
    "tagged": {"content": f"<think>{THOUGHT}</think>{ANSWER}"},
    "weather": {"toolCalls": [{"name": "get_weather", "arguments": {"city": "Oslo"}}]},
    "busy": {"error": {"message": "Slow down", "type": "rate_limit_error"}, "status": 429},
}
GATEWAY = """\
model_list:
  - model_name: small
    litellm_params: {{model: openai/{model}, api_base: "{url}", api_key: "{key}"}}
  - model_name: thinker
    litellm_params: {{model: openai/gpt-5, api_base: "{mock}/v1", api_key: "{right}"}}
  - model_name: other-wire
    litellm_params: {{model: anthropic/claude-sonnet-4-5, api_base: "{mock}", api_key: "{right}"}}
litellm_settings: {{telemetry: false}}
general_settings: {{master_key: "{right}"}}
"""
Open = Callable[..., Remote]


@pytest.fixture(scope="module")
def llama() -> Iterator[LocalServer]:
    """A real llama.cpp with real weights."""
    with start(smollm2.serving(HOME, ONE_THREAD)) as server:
        yield server


@pytest.fixture(scope="module")
def aimock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Foreign]:
    """aimock, told what to say."""
    node, modules = foreign.node_packages("aimock", foreign.AIMOCK)
    folder, port = tmp_path_factory.mktemp("aimock"), free_port()
    told = [{"match": {"userMessage": word}, "response": said} for word, said in FIXTURES.items()]
    fixtures = {"fixtures": [*told, {"match": {}, "response": {"content": SAID}}]}
    (folder / "fixtures.json").write_text(json.dumps(fixtures))
    cli = modules / "@copilotkit" / "aimock" / "dist" / "cli.js"
    words = [str(node), str(cli), "-p", str(port), "-f", "fixtures.json"]
    with running(words, port, "/v1/models", folder, AIMOCK_API_KEYS=RIGHT) as server:
        yield server


@pytest.fixture(scope="module")
def katan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Foreign]:
    """llm-katan, which says again what it is asked."""
    binary = foreign.environment("katan", foreign.KATAN) / "bin" / "llm-katan"
    folder, port = tmp_path_factory.mktemp("katan"), free_port()
    words = [str(binary), "--model", "echo-model", "--backend", "echo", "--host", foreign.HERE]
    words += ["--port", str(port), "--providers", "openai,anthropic", "--validate-keys"]
    words += ["--api-keys", f"openai={RIGHT},anthropic={RIGHT}"]
    with running(words, port, "/health", folder) as server:
        yield server


@pytest.fixture(scope="module")
def litellm(
    llama: LocalServer, aimock: Foreign, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Foreign]:
    """litellm's proxy in front of both."""
    binary = foreign.environment("litellm", foreign.LITELLM) / "bin" / "litellm"
    folder, port = tmp_path_factory.mktemp("litellm"), free_port()
    config = GATEWAY.format(
        model=smollm2.MODEL, url=llama.url, key=llama.key, mock=aimock.address, right=RIGHT
    )
    (folder / "config.yaml").write_text(config)
    words = [str(binary), "--config", "config.yaml", "--host", foreign.HERE, "--port", str(port)]
    words += ["--telemetry", "False"]
    quiet = {"LITELLM_LOCAL_MODEL_COST_MAP": "True"}  # its prices are not fetched
    with running(words, port, "/health/liveliness", folder, **quiet) as server:
        yield server


@dataclass(frozen=True)
class Way:
    """A server, a wire and a model of its own."""

    server: str
    wire: str
    model: str

    def __str__(self) -> str:
        return f"{self.server}-{self.wire}-{self.model}"


OPEN: dict[str, Open] = {
    "openai": open_openai,
    "anthropic": open_anthropic,
    "ollama": open_ollama,
}
BOTH = ("openai", "anthropic")
SMALL = [Way("litellm", wire, "small") for wire in BOTH]
TRANSLATED = [Way("litellm", wire, model) for wire in BOTH for model in ("thinker", "other-wire")]
MOCKS = [
    Way("aimock", "openai", "gpt-5"),
    Way("aimock", "anthropic", "claude-sonnet-4-5"),
    Way("aimock", "ollama", "qwen3:4b"),
]
KATANS = [Way("katan", wire, "echo-model") for wire in BOTH]


@pytest.fixture
def remote(request: pytest.FixtureRequest) -> Callable[..., Remote]:
    """Opens the model at the end of a way."""

    def open_it(way: Way, key: str = RIGHT, model: str = "") -> Remote:
        server: Foreign = request.getfixturevalue(way.server)
        name, base = model or way.model, "" if way.wire == "ollama" else "/v1"
        return OPEN[way.wire](Card("there", name, Tier.LOCAL), server.address + base, name, key)

    return open_it


def asking(words: str, **more: object) -> Callable[[Remote], Reply]:
    asked = user(words, system="Be brief.", **{"max_tokens": 60, **more})
    return lambda speaker: collect(speaker.stream(asked))


@pytest.mark.parametrize("way", [*SMALL, *TRANSLATED, *MOCKS, *KATANS], ids=str)
def test_a_reply_streams_to_its_end(remote: Callable[..., Remote], way: Way) -> None:
    asked = user("Tell me about the sea.", system="Be brief.", max_tokens=60)
    events = list(remote(way).stream(asked))
    pieces = [event.text for event in events if isinstance(event, TextDelta) and event.text]
    reply = collect(iter(events))
    assert len(pieces) > 2
    assert reply.done is not None
    assert reply.done.ending in (Ending.STOP, Ending.LENGTH)
    assert reply.text == SAID if way.model not in ("small", "echo-model") else reply.text.strip()


@pytest.mark.parametrize("way", SMALL, ids=str)
def test_what_a_gateway_counts_is_told_and_a_limit_is_named(
    remote: Callable[..., Remote], way: Way
) -> None:
    reply = asking("Tell me a long story about the sea.", max_tokens=8)(remote(way))
    assert reply.done is not None
    assert reply.done.ending is Ending.LENGTH  # on Anthropic's wire litellm calls it the end
    assert reply.done.usage is not None
    assert reply.done.usage.written >= 8
    assert reply.done.usage.read > 15


@pytest.mark.parametrize("way", [*TRANSLATED, *MOCKS[:2]], ids=str)
def test_thinking_is_told_from_the_answer(remote: Callable[..., Remote], way: Way) -> None:
    reply = asking("Please think")(remote(way))
    assert reply.text == ANSWER
    assert reply.thoughts == THOUGHT


@pytest.mark.parametrize("way", [*TRANSLATED, *MOCKS], ids=str)
def test_thinking_in_tags_is_told_from_the_answer_as_well(
    remote: Callable[..., Remote], way: Way
) -> None:
    reply = asking("It is tagged")(remote(way))
    assert reply.text == ANSWER
    assert THOUGHT in reply.thoughts


@pytest.mark.parametrize("way", [*TRANSLATED, *MOCKS], ids=str)
def test_a_tool_that_is_called_where_text_was_asked_is_named(
    remote: Callable[..., Remote], way: Way
) -> None:
    with pytest.raises(BadReplyError, match="get_weather"):
        asking("How is the weather?")(remote(way))


@pytest.mark.parametrize("way", [*TRANSLATED, *MOCKS], ids=str)
def test_a_busy_host_is_told_with_its_own_pause(remote: Callable[..., Remote], way: Way) -> None:
    is_told = (way.server, way.wire) != ("litellm", "anthropic")  # there litellm drops the pause
    with pytest.raises(RateLimitedError, match="for 1 second" if is_told else "asks to wait"):
        asking("Are you busy?")(remote(way))


@pytest.mark.parametrize("way", [*SMALL, *MOCKS, *KATANS], ids=str)
def test_a_wrong_key_is_refused_and_not_shown(remote: Callable[..., Remote], way: Way) -> None:
    with pytest.raises(KeyRefusedError) as raised:
        asking("Hello?")(remote(way, WRONG))
    assert WRONG not in f"{raised.value!r} {raised.value.hint}"


@pytest.mark.parametrize("way", SMALL, ids=str)
def test_what_a_gateway_finds_wrong_is_named(remote: Callable[..., Remote], way: Way) -> None:
    with pytest.raises(UnknownModelError):
        asking("Hello?")(remote(way, model="nobody"))
    with pytest.raises(PromptTooLongError):
        asking("word " * 3000)(remote(way))


def test_a_schema_and_chances_come_through_a_gateway(remote: Callable[..., Remote]) -> None:
    schema = {
        "type": "object",
        "properties": {"wet": {"type": "boolean"}},
        "required": ["wet"],
        "additionalProperties": False,
    }
    reply = asking("Is water wet?", json_schema=schema)(remote(SMALL[0]))
    assert set(json.loads(reply.text)) == {"wet"}
    reply = asking("Say hello.", alternatives=3, temperature=0.0)(remote(SMALL[0]))
    assert len(reply.tokens) > 2
    assert {len(one.alternatives) for one in reply.tokens} == {3}


@pytest.mark.parametrize("way", [*SMALL, *MOCKS, KATANS[0]], ids=str)
def test_a_server_lists_its_models(remote: Callable[..., Remote], way: Way) -> None:
    names = [one.name for one in remote(way).models()]
    assert names if way.server == "aimock" else way.model in names


def tutor(*words: str, key: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tutor", *words],
        env={**os.environ, "TUTOR_MODEL_KEY": key},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("wire", ["openai", "anthropic"])
def test_the_learners_way_through_a_gateway(litellm: Foreign, tmp_path: Path, wire: str) -> None:
    at = ("--url", f"{litellm.address}/v1", "--model", "small", "--wire", wire)
    tutor("model", "use", *at, key=RIGHT)
    assert "streams: yes" in tutor("model", "test", key=RIGHT)
    file = tmp_path / "mine.yaml"
    file.write_text(
        "title: Gateway\nmax_tokens: 20\nprompts: {a: 'Say: {input}', b: 'Repeat: {input}'}\n"
        "checks: [{kind: contains}]\ncases: [{input: sun, expected: sun}]\n"
    )
    said = tutor("bench", str(file), key=RIGHT)
    assert "Is one better?" in said
    assert "1 case, 2 replies" in said
    assert "2 kept from before, 0 to ask" in tutor("bench", str(file), key=RIGHT)


def test_every_refusal_is_one_of_ours(remote: Callable[..., Remote]) -> None:
    for way in KATANS:
        with pytest.raises(ProviderError):
            asking("Hello?")(remote(way, ""))
