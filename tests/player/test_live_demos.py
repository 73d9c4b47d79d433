"""Live demos in a lesson and on their own: guesses kept before the facts, nothing lost, ever."""

from pathlib import Path

import pytest

from tutor.course.reading import read_course
from tutor.progress.events import Event, Noted, Predicted
from tutor.progress.journal import Journal
from tutor.progress.peeking import read_progress

from .chair import Chair
from .live import course_with
from .seat import Seat
from .walking import ESCAPES

SETTINGS = '{prompts: [The cat, Once upon a time], bars: "2", steps: "0"}'
RESULT = "Hardest to tell"
OWN = "of your own"


@pytest.fixture
def course(tmp_path: Path, short_course: Path) -> Path:
    return course_with(tmp_path, short_course, "next-token", SETTINGS)


def events(home: Path) -> list[Event]:
    with Journal.open(home / "journal.sqlite3") as journal:
        assert journal.faults() == []
        return list(journal.events())


def guesses(home: Path) -> list[str]:
    return [event.deed.raw for event in events(home) if isinstance(event.deed, Predicted)]


def at_the_demo(home: Path, course: Path, **more: object) -> tuple[Seat, str]:
    seat = Seat(home, "learn", course=course, **more)  # type: ignore[arg-type]
    seat.prompt()
    return seat, seat.type("")


def on_a_chair(home: Path, course: Path) -> tuple[Chair, str]:
    """The same in this process, where only the words matter."""
    chair = Chair(home, read_course(course))
    chair.prompt()
    return chair, chair.type("")


def test_a_guess_is_in_the_journal_before_the_result_is_on_the_screen(
    home: Path, course: Path
) -> None:
    seat, said = at_the_demo(home, course)
    assert "hardest to tell?" in said
    assert RESULT not in said
    seat.child.sendline("2")
    seat.wait("\n")  # the line that was typed comes back; what follows is the demo's
    while RESULT not in seat.text:
        seat.wait("\n")
    seat.kill()
    assert guesses(home) == ["Once upon a time"]


def test_a_guess_already_made_is_shown_again_and_not_asked(home: Path, course: Path) -> None:
    chair, _ = on_a_chair(home, course)
    assert RESULT in chair.type("1")
    chair.leave(":q")
    back = Chair(home, read_course(course))
    said = back.prompt()
    assert "You guessed: The cat" in said
    assert RESULT in said
    back.leave(":q")
    assert guesses(home) == ["The cat"]


def test_every_key_of_a_lesson_works_at_a_guess(home: Path, course: Path) -> None:
    chair, said = on_a_chair(home, course)
    assert "s skip" in said
    assert "this page" in chair.type("?")
    assert "The unit of text" in chair.type("g token")
    assert "Noted." in chair.type("n look at the bars")
    assert "Type a number from 1 to 2, or an option's words." in chair.type("7")
    assert "an answer is needed" in chair.type("")
    assert "step 1 of" in chair.type("b")
    chair.type("")
    assert RESULT in chair.type("s")
    chair.leave(":q")
    assert guesses(home) == []
    assert [e.deed.text for e in events(home) if isinstance(e.deed, Noted)]


@pytest.mark.parametrize(("way", "status"), [("q\r", 0), ("\x04", 0), ("\x03", 130)])
def test_leaving_in_the_middle_of_a_demo_comes_back_to_it(
    home: Path, course: Path, way: str, status: int
) -> None:
    seat, _ = at_the_demo(home, course)
    seat.send(way)
    assert "All is kept" in seat.end()
    assert seat.status == status
    back = Seat(home, "learn", course=course)
    assert "hardest to tell?" in back.prompt()
    back.leave()


def test_run_again_with_a_text_of_ones_own_and_save_both(home: Path, course: Path) -> None:
    seat, _ = at_the_demo(home, course)
    said = seat.type("s")
    while "r run again" not in ESCAPES.sub("", said):
        said = seat.type("")  # the demo's own question for a text
    assert "s save" in ESCAPES.sub("", said)
    assert "Saved in" in seat.type("s")
    said = seat.type("r The little dog")
    assert "The little dog" in said
    while "s save" not in ESCAPES.sub("", said):
        said = seat.type("")
    assert "notebook.md" in "".join(seat.type("save").split())  # however long the folder's name
    assert "check" not in read_progress(home / "journal.sqlite3", "short")["one"].passed
    assert "A token is always a word." in seat.type("")
    seat.leave()
    notebook = (home / "notebook.md").read_text(encoding="utf-8")
    assert notebook.count("\n## What comes next\n") == 2
    assert "The little dog" in notebook.split("\n## ")[2]
    assert "The little dog" not in notebook.split("\n## ")[1]


def test_a_notebook_that_cannot_be_written_costs_nothing_else(home: Path, course: Path) -> None:
    seat, _ = at_the_demo(home, course, environ={"TUTOR_NOTEBOOK": "/proc/no/notebook.md"})
    said = seat.type("s")
    while "s save" not in ESCAPES.sub("", said):
        said = seat.type("")
    told = " ".join(seat.type("s").split())
    assert "Not saved" in told
    assert "TUTOR_NOTEBOOK" in told
    assert "A token is always a word." in seat.type("")
    seat.leave()


def test_a_computed_demo_can_be_saved_too(home: Path, short_course: Path, tmp_path: Path) -> None:
    settings = "{probabilities: [0.6], voters: [1, 5]}"
    computed = course_with(tmp_path, short_course, "majority-vote", settings)
    seat, said = at_the_demo(home, computed)
    assert "s save" in ESCAPES.sub("", said)
    assert "r run again" not in ESCAPES.sub("", said)
    assert "Saved in" in seat.type("s")
    seat.leave("q")
    assert "0.6826" in (home / "notebook.md").read_text(encoding="utf-8")


def test_guesses_outside_the_lessons_are_kept_and_count_for_none(
    home: Path, short_course: Path
) -> None:
    seat = Seat(home, "demo", "next-token", course=short_course)
    said = seat.prompt()
    assert "hardest to tell?" in said
    assert RESULT in seat.type("1")
    seat.leave("")
    assert seat.status == 0
    assert len(guesses(home)) == 1
    assert read_progress(home / "journal.sqlite3", "short") == {}
    assert "computed anew" in Seat(home, "progress", "rebuild", course=short_course).end()
    again = Seat(home, "demo", "next-token", course=short_course)
    assert "You guessed:" in again.prompt()
    again.leave(":q")
    assert again.status == 0


def test_ctrl_c_at_a_prompt_of_a_demo_exits_with_130(home: Path, short_course: Path) -> None:
    seat = Seat(home, "demo", "next-token", course=short_course)
    seat.prompt()
    seat.send("\x03")
    seat.end()
    assert seat.status == 130


@pytest.mark.parametrize("columns", [60, 100])
def test_no_line_of_a_live_demo_is_wider_than_the_window(
    home: Path, course: Path, columns: int
) -> None:
    seat, _ = at_the_demo(home, course, columns=columns)
    seat.type("1")
    seat.leave(":q")
    rows = ESCAPES.sub("", seat.text).replace("\r", "").split("\n")
    assert max(len(row) for row in rows if not row.startswith(">")) <= columns
