"""How sure are you? Asked by a rule, answered with a digit, and never in the way."""

from pathlib import Path

import pytest

from tests.known_courses import short
from tests.player.chair import Chair
from tests.progress.deeds import answered
from tutor.course.contents import questions
from tutor.player.confidence import ask_confidence, is_wanted
from tutor.progress.events import HowSure, Place
from tutor.progress.folding import PROGRESS
from tutor.progress.journal import Journal

COURSE = short()


def asked(home: Path) -> Chair:
    """A learner who is asked how sure they are, and nothing else."""
    chair = Chair(home, COURSE, ask_confidence)
    said = chair.prompt()
    assert "Before the verdict: how sure are you?" in " ".join(said.split())
    return chair


@pytest.mark.parametrize(
    ("line", "percent"), [("1", 25), (" 2", 50), ("3", 75), ("4 ", 95), ("", None)]
)
def test_a_digit_stands_for_a_percentage_and_enter_for_none(
    home: Path, line: str, percent: int | None
) -> None:
    chair = asked(home)
    chair.leave(line)
    assert chair.raised is None
    assert chair.ending == percent


def test_who_has_answered_it_in_this_lesson_is_not_told_its_terms_again(home: Path) -> None:
    chair = asked(home)
    assert "It changes no mark" in " ".join(chair.text.split())
    chair.leave("3")
    lesson = COURSE.lessons[0]
    with Journal.open(home / "journal.sqlite3", folds=(PROGRESS,)) as journal:
        question = next(questions(lesson)).id
        place = Place(course=COURSE.id, lesson=lesson.id, question=question, content="c")
        journal.record(place, answered(sitting=question, confidence=75))
    again = asked(home)
    assert "It changes no mark" not in " ".join(again.text.split())
    again.leave("3")


@pytest.mark.parametrize("line", ["5", "0", "sure", "25%", "b", "h", ":xyzzy", "x y", "²"])
def test_anything_else_is_asked_again_and_told_what_to_type(home: Path, line: str) -> None:
    chair = asked(home)
    assert "Type 1, 2, 3 or 4, or Enter to skip this" in " ".join(chair.type(line).split())
    chair.leave("3")
    assert chair.ending == 75


@pytest.mark.parametrize("line", ["x", "never", ":x"])
def test_who_wants_no_such_questions_is_not_asked_again(home: Path, line: str) -> None:
    chair = asked(home)
    assert "Not asked again." in chair.leave(line)
    assert chair.ending is None
    wanted = Chair(home, COURSE, is_wanted)
    wanted.leave_said()
    assert wanted.ending is False
    with Journal.open(home / "journal.sqlite3") as journal:
        assert len(list(journal.events(HowSure))) == 1


def test_leaving_here_leaves_the_lesson(home: Path) -> None:
    chair = asked(home)
    chair.leave("q")
    assert type(chair.raised).__name__ == "QuitError"
