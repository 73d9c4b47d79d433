"""`tutor model` as a learner types it, and a key that nobody ever sees."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.providers.host import host
from tests.providers.quirks import QUIRKS
from tests.providers.wire_server import Said, delta, events, said, serving, streamed
from tests.running import here as tutor
from tests.running import tutor as started
from tutor.providers.presets import all_presets

SECRET = "sk-Never-Show-This-1234"


def model(*arguments: str, typed: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    """Run `tutor model` without a terminal."""
    return tutor("model", *arguments, typed=typed, **environ)


def test_the_list_has_every_model_and_says_how_to_choose() -> None:
    said = model("list", COLUMNS="60").stdout
    for name in ("built-in", "smollm2", *(preset.name for preset in all_presets().preset)):
        assert f"  {name}: " in said
    assert "built-in: Four tiny models of the tutor's own [chosen]" in said
    assert "price unknown" in said
    assert "unverified" in said
    assert f"as of {all_presets().checked_on}" in said
    assert max(map(len, said.splitlines())) <= 60


def test_the_list_for_programs_leaves_an_unknown_price_unknown() -> None:
    entries = json.loads(model("list", "--json", OPENAI_API_KEY=SECRET).stdout)
    found = {entry["name"]: entry for entry in entries}
    assert found["built-in"]["chosen"]
    assert found["groq"]["price"] is None
    assert found["openai"]["price"]["written"] > 0
    assert found["openai"]["key"] == "in OPENAI_API_KEY"
    assert found["groq"]["key"] is None


def test_a_key_is_pasted_kept_used_and_forgotten(home: Path) -> None:
    stored = model("key", "openai", typed=f" <{SECRET}> \n")
    assert stored.returncode == 0
    assert "taken off" in stored.stdout
    (path,) = (home / "keys").iterdir()
    assert path.read_text() == SECRET
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    used = model("use", "openai")
    assert "key in a file of the tutor's" in used.stdout
    assert "Deleted" in model("key", "openai", "--forget").stdout
    assert "no key: tutor model key openai" in model().stdout
    assert SECRET not in stored.stdout + stored.stderr + used.stdout


def test_the_key_of_a_keyring_is_found_where_one_is_installed(tmp_path: Path) -> None:
    ring = "def get_password(service, name):\n    return name == 'groq' and 'from-ring' or None\n"
    (tmp_path / "keyring.py").write_text(ring)
    entries = json.loads(started("model", "list", "--json", PYTHONPATH=str(tmp_path)).stdout)
    found = {entry["name"]: entry["key"] for entry in entries}
    assert found["groq"] == "in the system's keyring"
    assert found["openai"] is None


@pytest.mark.parametrize(
    ("arguments", "typed", "words"),
    [
        (["use", "nobody"], "", "tutor model list"),
        (["use"], "", "tutor model list"),
        (["use", "ollama"], "", "--model NAME"),
        (["use", "--url", "http://127.0.0.1:1/v1"], "", "--model NAME"),
        (["use", "openai", "--url", "http://127.0.0.1:1/v1", "--model", "m"], "", "--url URL"),
        (["use", "--url", "nonsense", "--model", "m"], "", "http://127.0.0.1"),
        (["use", "smollm2"], "", "tutor model install smollm2"),
        (["key", "nobody"], "x\n", "tutor model list"),
        (["key", "ollama"], "x\n", "tutor model use ollama"),
        (["key", "openai"], "", "copy the key"),
        (["key", "openai"], "schlüssel\n", "copy the key again"),
        (["install", "gpt-5"], "", "tutor model install smollm2"),
        (["remove", "gpt-5"], "", "tutor model install smollm2"),
    ],
)
def test_a_mistake_says_what_to_type_instead(
    home: Path, arguments: list[str], typed: str, words: str
) -> None:
    done = model(*arguments, typed=typed)
    assert done.returncode == 1, done
    assert words in done.stderr.split("hint:")[1]
    assert not (home / "model.json").exists()


def test_an_address_of_ones_own_is_tried_and_found_able() -> None:
    with host() as server:
        chosen = model("use", "--url", server.url, "--model", "m")
        tried = model("test", TUTOR_MODEL_KEY=SECRET)
    assert chosen.returncode == tried.returncode == 0, tried
    for words in (
        "it says: cat, dog",
        "names itself: told-by-host",
        "streams: yes, 2 pieces",
        "counts tokens: 21 read, 4 written",
        "shows its probabilities: no",
    ):
        assert words in tried.stdout
    ((path, headers, _body),) = server.asked
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == f"Bearer {SECRET}"


@pytest.mark.parametrize(
    ("cut", "why"),
    [
        (streamed(events(delta("cat, "), delta("do")), whole=False), "the line dropped"),
        (streamed(events(delta("cat, "), delta("do"))), "it stopped"),
        (Said(streamed(events(delta("cat, do")), whole=False).pieces, breaks=True), "the line"),
    ],
    ids=["hung up", "ended without a word", "reset"],
)
def test_a_reply_that_is_cut_is_no_proof_that_the_model_works(cut: Said, why: str) -> None:
    with serving(cut) as server:
        model("use", "--url", server.url, "--model", "m")
        tried = model("test")
    assert tried.returncode == 1, tried
    assert "it says: cat, do" in tried.stdout
    assert f"[{why}" in tried.stdout
    assert "streams: no" not in tried.stdout
    assert "counts tokens: no" not in tried.stdout
    assert "The reply was cut off before its end" in tried.stderr
    assert "tutor model test" in tried.stderr.split("hint:")[1]


TOLD = {
    "an error as a document, labelled as an event stream": "no luck",
    "[DONE] alone": "the mark of its end, and nothing before it",
    "a reason that is error, as OpenRouter's": "provider broke",
    "a refusal in its own field": "I can't help.",
    "an error in mid-stream": "CUDA out of memory",
}


@pytest.mark.parametrize("name", TOLD)
def test_an_error_inside_of_a_reply_is_told_in_the_servers_words(name: str) -> None:
    with serving(*QUIRKS[name].script) as server:
        model("use", "--url", server.url, "--model", "m")
        tried = model("test")
    assert tried.returncode == 1, tried
    assert TOLD[name] in " ".join((tried.stdout + tried.stderr).split())
    assert "line dropped" not in tried.stdout + tried.stderr


SHELVES = {
    "openai": ("/v1/models", {"data": [{"id": "one"}, {"id": "two"}]}),
    "anthropic": ("/v1/models", {"data": [{"id": "one"}, {"id": "two"}]}),
    "ollama": (
        "/api/tags",
        {"models": [{"name": "one", "details": {"parameter_size": "8.0B"}}, {"model": "two"}]},
    ),
}


@pytest.mark.parametrize("wire", SHELVES)
def test_a_server_is_asked_what_it_has_where_no_model_is_named(wire: str) -> None:
    path, shelf = SHELVES[wire]
    with serving(said(200, json.dumps(shelf))) as server:
        asked = model("use", "--url", server.url, "--wire", wire)
    assert server.heard[0].first_line.startswith(f"GET {path} ")
    assert asked.returncode == 1
    assert "1. one" in asked.stdout
    assert "2. two" in asked.stdout
    assert ("8.0B weights" in asked.stdout) == (wire == "ollama")
    assert "--model NAME" in asked.stderr


def test_the_only_model_of_a_server_is_taken() -> None:
    with serving(said(200, '{"data": [{"id": "lonely"}, {"id": "\\u001b[2J"}]}')) as server:
        taken = model("use", "--url", server.url)
    assert taken.returncode == 0, taken
    assert "lonely" in taken.stdout
    assert "\x1b" not in taken.stdout


def test_with_nothing_chosen_the_built_in_model_is_tried() -> None:
    tried = model("test")
    assert tried.returncode == 0, tried
    assert "shows its probabilities: yes" in tried.stdout


def test_a_host_is_not_asked_without_a_yes() -> None:
    assert model("use", "openai").returncode == 0
    refused = model("test", OPENAI_API_KEY=SECRET)
    assert refused.returncode == 2
    assert "One call to gpt" in refused.stdout
    assert "At most $0.00" in refused.stdout
    assert "--yes" in refused.stderr


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, json.dumps({"error": {"message": f"bad key {SECRET}"}}), "application/json"),
        (400, json.dumps({"detail": f"what is {SECRET}?"}), "application/json"),
        (500, f"<html>{SECRET}</html>", "text/html"),
        (302, "", "text/plain"),
        (200, "", "text/event-stream"),
        (200, f"data: {SECRET}\n\n", "text/event-stream"),
    ],
)
def test_no_failure_shows_the_key_even_if_the_host_repeats_it(
    status: int, body: str, kind: str
) -> None:
    with host(status, body, kind) as server:
        model("use", "--url", server.url, "--model", "m")
        done = model("test", TUTOR_MODEL_KEY=SECRET)
        assert server.asked
    assert done.returncode == 1, done
    assert "hint:" in done.stderr
    assert SECRET not in done.stdout + done.stderr


def test_no_command_shows_the_key_and_nothing_but_its_file_holds_it(home: Path) -> None:
    model("key", "openai", typed=SECRET)
    model("use", "openai")
    environ = {"ANTHROPIC_API_KEY": SECRET, "TUTOR_MODEL_KEY": SECRET}
    for words in (["model"], ["model", "list"], ["model", "list", "--json"], ["doctor"]):
        done = tutor(*words, **environ)
        assert done.returncode == 0, done
        assert "key" in done.stdout
        assert SECRET not in done.stdout + done.stderr
    assert "model: openai, hosted" in tutor("doctor").stdout
    assert "hidden" in tutor("doctor", **environ).stdout
    files = [path for path in home.rglob("*") if path.is_file()]
    assert [path.name for path in files if SECRET in path.read_text(errors="replace")] == [
        "openai.key"
    ]


CRASH = """
import os
from pathlib import Path
import tutor.cli.app
from tutor.cli.edge import run
from tutor.providers.choosing import chosen_provider
from tutor.providers.talk import user

def crash(_words):
    provider = chosen_provider(Path(os.environ["TUTOR_HOME"]), os.environ)
    for event in provider.stream(user("Hello?")):
        raise RuntimeError(f"a bug at {event!r} of {provider!r}")

tutor.cli.app.app = crash
run(["crash"])
"""


def test_a_crash_file_holds_no_key(home: Path, tmp_path: Path) -> None:
    with host() as server:
        model("use", "--url", server.url, "--model", "m")
        done = subprocess.run(
            [sys.executable, "-c", CRASH],
            env={**os.environ, "TUTOR_MODEL_KEY": SECRET, "TMPDIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 3, done
    (crash,) = tmp_path.glob("tutor-crash-*")
    assert "a bug at" in crash.read_text()
    assert SECRET not in crash.read_text() + done.stdout + done.stderr


def test_a_key_file_left_open_is_mended_with_a_word(home: Path) -> None:
    model("key", "openai", typed=SECRET)
    (path,) = (home / "keys").iterdir()
    path.chmod(0o644)
    model("use", "--url", "http://127.0.0.1:9/v1", "--model", "m")
    model("use", "openai")
    path.chmod(0o644)
    done = model("test")
    assert "mended (mode 600)" in done.stderr
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_removing_the_chosen_model_goes_back_to_the_built_in_one(home: Path) -> None:
    weights = home / "models" / "smollm2" / "model.gguf"
    weights.parent.mkdir(parents=True)
    weights.write_bytes(b"GGUF")
    assert model("use", "smollm2").returncode == 0
    assert "installed already" in model("install", "smollm2").stdout
    removed = model("remove", "smollm2")
    assert "built-in model again" in removed.stdout
    assert not weights.exists()
    assert "Chosen: built-in" in model().stdout


def test_a_closed_input_is_no_key_and_no_fault() -> None:
    command = f"exec {sys.executable} -m tutor model key openai <&-"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Nothing was pasted" in done.stderr
