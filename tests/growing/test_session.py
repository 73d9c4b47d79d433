"""A training as the learner lives it: guesses, curves, words, a model that is kept."""

import datetime
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tutor.errors import TutorError
from tutor.growing.code import contents, source
from tutor.growing.lab_sheet import Sheets
from tutor.growing.masking import put_mask_on
from tutor.growing.outcome import Order, Outcome
from tutor.growing.session import train
from tutor.meeting.meeting import Meeting, obey
from tutor.meeting.orders import read_order
from tutor.progress.events import Noted
from tutor.progress.journal import Journal
from tutor.providers.grown import speakers
from tutor.screen.terminal import Look, Terminal, terminal_to_text
from tutor.stage.stage import Stage
from tutor.tinylm.growing.keeping import Nursery
from tutor.tinylm.growing.masking import reply
from tutor.tinylm.growing.recipe import Recipe

NOW = datetime.datetime(2026, 11, 27, 20, 15, tzinfo=datetime.UTC)
QUICK = Recipe(steps=2)


def told(
    data: Path,
    order: Order,
    width: int = 78,
    guesses: Sequence[str] = (),
    *,
    plain: bool = False,
) -> tuple[str, Outcome]:
    """All that is said, on one line, and how it went."""
    left = list(guesses)
    terminal = terminal_to_text(width)
    terminal = Terminal(terminal.console, Look(plain=plain), input, echo=True)
    stage = Stage(terminal, guess=lambda _question, _options: left.pop(0) if left else "")
    outcome = train(stage, order, Nursery(data), NOW)
    return terminal.text(), outcome


def tide(folder: Path) -> Path:
    """A short text of the learner's own: quick to read."""
    path = folder / "tide.txt"
    path.write_text("The tide comes in, and the tide goes out.\n" * 200)
    return path


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def test_a_training_tells_what_it_reads_shows_three_models_and_keeps_one(tmp_path: Path) -> None:
    said, outcome = told(tmp_path, Order(QUICK))
    words = on_one_line(said)
    assert outcome is Outcome.KEPT
    for one in ("Willowbrook's pages", "1 of 3", "2 of 3", "3 of 3", "kept back", "quiz"):
        assert one in words
    assert words.index("1 of 3") < words.index("3 of 3") < words.index("beside each other")
    mine = Nursery(tmp_path).load()
    assert mine.about["text"] == "Willowbrook"
    assert mine.about["steps_made"] == "2"
    assert mine.about["grown_at"].startswith("2026-11-27T20:15")
    assert float(mine.about["loss_transformer"]) > 0
    assert "tutor meet mine" in words


def test_guesses_are_held_against_what_was_measured(tmp_path: Path) -> None:
    said, _ = told(tmp_path, Order(QUICK), guesses=("below 0.5", "all three"))
    words = on_one_line(said)
    assert "you guessed below 0.5. Measured: 6." in words
    assert "above 3" in words
    assert "you guessed all three. Passed, with half right: none" in words


@pytest.mark.parametrize("look", [Look(), Look(plain=True)], ids=["drawn", "plain"])
@pytest.mark.parametrize("width", [40, 100])
def test_every_line_fits_the_window(tmp_path: Path, width: int, look: Look) -> None:
    said, _ = told(tmp_path, Order(QUICK, tide(tmp_path), "t"), width, plain=look.plain)
    assert max(map(len, said.splitlines())) <= width


def test_in_a_narrow_window_a_command_is_never_cut(tmp_path: Path) -> None:
    said, _ = told(tmp_path, Order(QUICK, tide(tmp_path), "a-name"), 40)
    assert "tutor meet --model a-name" in said
    assert "tutor train --mask --name a-name" in said
    assert "…" not in said.split("Kept as")[1]


def test_every_function_that_can_be_read_has_a_name_of_its_own() -> None:
    names = [name for name, _ in contents()]
    assert len(set(names)) == len(names)
    assert all(source(name) for name in names)


def test_plain_output_has_sentences_and_no_drawing(tmp_path: Path) -> None:
    drawn, _ = told(tmp_path, Order(QUICK, tide(tmp_path)))
    said, _ = told(tmp_path, Order(QUICK, tide(tmp_path)), plain=True)
    assert "+-----" in drawn
    assert "+-----" not in said
    assert "training loss" in said
    assert "tutor meet mine: talk to it" in on_one_line(said)


def test_a_text_of_ones_own_is_read_and_no_quiz_is_asked_of_it(tmp_path: Path) -> None:
    text = tide(tmp_path)
    said, outcome = told(tmp_path, Order(QUICK, text, "tide"), guesses=("1 to 3",))
    words = on_one_line(said)
    assert outcome is Outcome.KEPT
    assert "quiz" not in words
    assert "you guessed 1 to 3" in words
    assert "The tide" in words
    kept = Nursery(tmp_path).load("tide")
    assert kept.about["text"] == str(text)
    assert "tutor meet --model tide" in words


def test_a_rate_of_fifty_is_told_in_plain_words_and_spoils_no_model(tmp_path: Path) -> None:
    told(tmp_path, Order(QUICK, tide(tmp_path)))
    before = (tmp_path / "grown" / "mine" / "raw.safetensors").read_bytes()
    said, outcome = told(tmp_path, Order(Recipe(rate=50, steps=100), tide(tmp_path)))
    assert outcome is Outcome.DIVERGED
    assert "overshoots" in said
    assert "tutor train --rate 0.01" in said
    assert (tmp_path / "grown" / "mine" / "raw.safetensors").read_bytes() == before


def test_the_one_that_had_the_name_is_named(tmp_path: Path) -> None:
    told(tmp_path, Order(QUICK, tide(tmp_path)))
    said, _ = told(tmp_path, Order(QUICK, tide(tmp_path)))
    assert "mine-before" in said


def test_a_name_that_is_none_is_refused_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(TutorError, match="cannot be named"):
        told(tmp_path, Order(QUICK, name="../x"))
    assert not (tmp_path / "grown").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"width": 50}, {"width": 0}, {"width": 1024}, {"layers": 0}, {"layers": 99}, {"rate": 0.0},
        {"rate": -1.0}, {"rate": float("nan")}, {"rate": float("inf")}, {"seconds": 0.0},
        {"seconds": float("nan")}, {"seconds": 1e9}, {"steps": 0},
    ],
    ids=str,
)  # fmt: skip
def test_a_recipe_that_cannot_be_cooked_is_refused_with_a_way_on(wrong: dict[str, float]) -> None:
    with pytest.raises(TutorError) as caught:
        Recipe(**wrong)  # type: ignore[arg-type]
    assert caught.value.hint


def test_demonstrations_make_the_thing_reply_and_leave_the_raw_model_as_it_was(
    tmp_path: Path,
) -> None:
    told(tmp_path, Order(QUICK))
    nursery = Nursery(tmp_path)
    raw = (tmp_path / "grown" / "mine" / "raw.safetensors").read_bytes()
    terminal = terminal_to_text()
    stage = Stage(terminal, guess=lambda _question, _options: "none")
    assert put_mask_on(stage, Order(Recipe(), mask=True), nursery, NOW) is Outcome.KEPT
    words = on_one_line(terminal.text())
    assert "50 demonstrations on top of mine" in words
    assert "of 40" in words
    assert "You guessed: none. Measured:" in words
    kept = nursery.load()
    assert kept.mask is not None
    greeting = reply(kept.mask, kept.tokenizer, "Hello!")
    assert greeting == "Hello! How can I help you?"
    assert (tmp_path / "grown" / "mine" / "raw.safetensors").read_bytes() == raw


def test_a_mask_needs_a_model_below_it(tmp_path: Path) -> None:
    with pytest.raises(TutorError) as caught:
        put_mask_on(Stage(terminal_to_text()), Order(Recipe(), mask=True), Nursery(tmp_path), NOW)
    assert "tutor train" in caught.value.hint


def test_the_one_that_was_grown_can_be_met(tmp_path: Path) -> None:
    told(tmp_path, Order(QUICK, tide(tmp_path)))
    meeting = Meeting(terminal_to_text(), grown=speakers(Nursery(tmp_path).load()))
    meeting.open()
    for typed in ("The tide", ":u", ":a", ":on", ":cherry", ":card", "?"):
        obey(meeting, read_order(typed, 0))
    words = on_one_line(meeting.terminal.text())
    assert "that you grew" in words
    assert "mask off" in words
    assert "no such face" in words
    assert "never used" not in words


def sheet_of(folder: Path, order: Order, guesses: Sequence[str] = ()) -> tuple[str, str]:
    """What the notebook and the notes hold of a training."""
    left = list(guesses)
    stage = Stage(terminal_to_text(), guess=lambda _question, _options: left.pop(0))
    with Journal.open(folder / "journal.sqlite3", lambda: NOW) as journal:
        train(stage, order, Nursery(folder), NOW, Sheets(folder / "notes.md", journal))
        noted = [event.deed for event in journal.events(Noted)]
    assert len(noted) == 1
    assert isinstance(noted[0], Noted)
    return (folder / "notes.md").read_text(), noted[0].text


def test_a_lab_sheet_holds_what_was_changed_expected_and_what_happened(tmp_path: Path) -> None:
    order = Order(Recipe(width=32, steps=2, seed=5))
    sheet, note = sheet_of(tmp_path, order, ("0.5 to 1", "all three"))
    changed = "width 32 (usually 64), steps 2 (usually by the clock), seed 5 (usually 1)"
    losses = r"ended after 2 steps, loss \d\.\d\d in training, \d\.\d\d on the pages kept back"
    for told in (sheet, note):
        assert changed in told
        assert "loss 0.5 to 1; passing the quiz: all three" in told
        assert re.search(losses, told)
        assert re.search(r"counted pairs \d+ of 40, small network \d+ of 40, transformer", told)
    assert "`tutor train --width 32 --steps 2 --seed 5`, 2026-11-27" in sheet
    assert "\n" not in note


def test_a_training_that_diverged_has_its_lab_sheet_too(tmp_path: Path) -> None:
    sheet, _ = sheet_of(tmp_path, Order(Recipe(rate=50, steps=100), tide(tmp_path)), ("1 to 3",))
    assert "rate 50 (usually 0.01)" in sheet
    assert "tide.txt (usually Willowbrook)" in sheet
    assert "expected:  loss 1 to 3" in sheet
    assert "diverged after" in sheet
    assert "nothing was kept" in sheet
    assert "quiz" not in sheet


def test_a_mask_has_its_lab_sheet_with_the_guess_that_was_made_before(tmp_path: Path) -> None:
    told(tmp_path, Order(QUICK))
    order = Order(Recipe(seed=7), mask=True)
    stage = Stage(terminal_to_text(), guess=lambda _question, _options: "more than 30")
    with Journal.open(tmp_path / "journal.sqlite3", lambda: NOW) as journal:
        sheets = Sheets(tmp_path / "notes.md", journal)
        put_mask_on(stage, order, Nursery(tmp_path), NOW, sheets)
        noted = [event.deed for event in journal.events(Noted)]
    sheet = (tmp_path / "notes.md").read_text()
    assert isinstance(noted[0], Noted)
    for said in (sheet, noted[0].text):
        assert "50 demonstrations on top of the raw model, seed 7 (usually 1)" in said
        assert "more than 30 of 40 answered right" in said
        assert re.search(r"ended after \d+ steps, \d+ of 40 answered right", said)
    assert "`tutor train --mask --seed 7`, 2026-11-27" in sheet


def test_a_notebook_that_cannot_be_written_costs_no_model(tmp_path: Path) -> None:
    terminal = terminal_to_text()
    with Journal.open(tmp_path / "journal.sqlite3", lambda: NOW) as journal:
        order = Order(QUICK, tide(tmp_path))
        train(Stage(terminal), order, Nursery(tmp_path), NOW, Sheets(tmp_path, journal))
    assert "No lab sheet: " in terminal.text()
    assert Nursery(tmp_path).load().about["steps_made"] == "2"
