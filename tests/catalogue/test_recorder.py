"""Recordings: made of a real model's replies, played back word for word, never made up."""

import datetime
from pathlib import Path

import pytest

from tests.demos.models import Chatty
from tests.demos.playing import play, stage_of
from tutor.catalogue.recorder import (
    Circumstances,
    Recorder,
    exchange,
    keep,
    main,
    record,
    recorded_names,
)
from tutor.errors import BadReplyError, UnknownNameError
from tutor.providers.talk import (
    Adjusted,
    Done,
    Ending,
    Reply,
    Request,
    Tier,
    Usage,
    collect,
    user,
)
from tutor.screen.terminal import terminal_to_text
from tutor.stage.recording import FOLDER, Recorded, Recording, recorded

ALL_RECORDED = sorted(path.stem for path in FOLDER.glob("*.json"))


@pytest.mark.parametrize("name", ALL_RECORDED)
def test_a_recording_says_which_model_when_and_how(name: str) -> None:
    made = recorded(name).recording
    assert name in recorded_names()
    assert made.demo == name
    assert made.model
    assert made.date <= datetime.datetime.now(datetime.UTC).date()
    assert made.command.startswith(f"python -m tutor.catalogue.recorder {name} ")
    assert "RECORDED" in recorded(name).card.model
    assert made.date.isoformat() in recorded(name).card.model
    assert recorded(name).card.tier is Tier.RECORDED


def test_every_recorded_reply_is_shown_and_headed_as_such() -> None:
    stage = stage_of(width=100)
    screen = play("system-prompt", stage)
    speaker = recorded("system-prompt")
    count = len(speaker.recording.exchanges)
    assert count == 9
    assert screen.count(f"  {speaker.card.model}\n") == count
    assert "".join(stage.transcript).count(speaker.card.model) == count
    for one in speaker.recording.exchanges:
        assert " ".join(one.reply.split()) in " ".join(screen.split())
    assert "No model was recorded" not in screen


def test_a_very_small_models_limits_are_said_of_its_recording() -> None:
    assert "million weights" in play("system-prompt", stage_of())


UNDER = Circumstances(datetime.date(2026, 11, 22), "python -m tutor.catalogue.recorder x", seed=3)


def test_what_is_recorded_is_played_back_word_for_word(tmp_path: Path) -> None:
    chatty = Chatty(says=lambda request: f"reply {len(request.messages)} é \x1b[31m")
    made = record("system-prompt", chatty, terminal_to_text(), UNDER)
    assert keep(made, tmp_path).name == "system-prompt.json"
    again = recorded("system-prompt", tmp_path)
    assert again.recording == made
    for request, one in zip(chatty.heard, made.exchanges, strict=True):
        reply = collect(again.stream(request))
        assert reply.text == one.reply == chatty.says(request)
        assert reply.done == Done(Ending.STOP, Usage(3, len(one.reply.split(" "))), "chatty-1")
    assert made.exchanges[0].settings["seed"] == 3


def test_what_nobody_recorded_is_never_made_up() -> None:
    for asked in (user("What is your name?"), Request(prompt="Why is the sky blue?")):
        with pytest.raises(BadReplyError, match="No model was recorded"):
            collect(recorded("system-prompt").stream(asked))


def test_a_demo_without_a_recording_says_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError) as caught:
        recorded("injection", tmp_path)
    assert "tutor model use" in caught.value.hint


@pytest.mark.parametrize("call", [0, 4, 8])
def test_a_run_in_which_a_reply_was_cut_is_not_kept(call: int) -> None:
    with pytest.raises(BadReplyError, match="came whole"):
        record("system-prompt", Chatty(breaks_at=call), terminal_to_text(), UNDER)


def test_the_same_call_twice_cannot_be_recorded() -> None:
    recorder = Recorder(Chatty())
    collect(recorder.stream(user("Hello!")))
    with pytest.raises(BadReplyError, match="asked the same twice"):
        collect(recorder.stream(user("Hello!", seed=2)))


def test_a_schema_tells_two_calls_apart_and_a_seed_does_not() -> None:
    schema = {"type": "object", "required": ("total",)}
    recorder = Recorder(Chatty(says=lambda one: "schema" if one.json_schema else "free"))
    collect(recorder.stream(user("How much?")))
    collect(recorder.stream(user("How much?", json_schema=schema)))
    made = Recording(1, "x", "chatty-1", None, UNDER.date, 1, "", tuple(recorder.exchanges))
    assert collect(Recorded(made).stream(user("How much?", seed=9))).text == "free"
    again = user("How much?", json_schema=schema)
    assert collect(Recorded(made).stream(again)).text == "schema"


def test_what_could_not_be_had_is_recorded_too() -> None:
    refused = Adjusted("temperature", "refused")
    reply = Reply("Aye.", adjusted=[refused], done=Done(Ending.LENGTH))
    assert reply.done is not None
    kept = exchange(user("Hello!", temperature=0.0), reply, reply.done)
    made = Recording(1, "x", "m", None, UNDER.date, 1, "", (kept,))
    played = collect(Recorded(made).stream(user("Hello!")))
    assert played.adjusted == [refused]
    assert played.done == Done(Ending.LENGTH, None, "m")


def test_the_recording_command_explains_a_server_that_does_not_answer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = (FOLDER / "system-prompt.json").read_bytes()
    with pytest.raises(SystemExit, match=r"error: .*whole"):
        main(["system-prompt", "--url", "http://127.0.0.1:9/v1", "--model", "m"])
    assert "Why is the sky blue?" in capsys.readouterr().out
    assert (FOLDER / "system-prompt.json").read_bytes() == before
