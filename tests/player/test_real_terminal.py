"""A person in a real terminal: the first screen, home, keys that only a terminal has, the plug."""

from pathlib import Path

import pexpect
import pytest

from tutor.course.builtin import builtin_course
from tutor.progress.events import Answered, Event
from tutor.progress.journal import Journal
from tutor.progress.lesson_progress import LessonProgress

from .seat import Seat
from .walking import QUIZ, STEPS, answer_rightly, lesson_of, walk, wrong_line


def events(home: Path) -> list[Event]:
    with Journal.open(home / "journal.sqlite3") as journal:
        return list(journal.events())


def quiz(home: Path, course: Path) -> tuple[Seat, str]:
    """Sit down at the quiz's first question."""
    seat = Seat(home, "quiz", "one", course=course)
    assert f"{QUIZ} questions" in seat.prompt()
    return seat, seat.type("")


def progress_of(home: Path, course: str, lesson: str) -> LessonProgress:
    with Journal.open(home / "journal.sqlite3") as journal:
        assert journal.faults() == []
        return journal.lesson(course, lesson)


def test_a_newcomer_takes_lesson_one_from_the_first_screen_to_the_end_of_its_quiz(
    home: Path,
) -> None:
    lesson = lesson_of(builtin_course())
    seat = Seat(home, columns=100)
    said = seat.prompt()
    assert "You guess first" in said
    said = walk(seat, lesson, seat.type(""))
    assert "Quiz" in said
    for question in lesson.quiz:
        said = answer_rightly(seat, question, said)
    count = len(lesson.quiz)
    assert f"Quiz result: {count}/{count}" in said
    goodbye = seat.leave("")
    assert "Lesson 1 is yours" in goodbye
    assert seat.status == 0
    done = progress_of(home, "llm-deep-dive", lesson.id)
    assert done.result is not None
    assert done.result.right == count


def test_home_brings_the_learner_back_to_the_quiz_and_to_practice(
    home: Path, short_course: Path
) -> None:
    lesson = lesson_of(short_course)
    seat, said = quiz(home, short_course)
    answer_rightly(seat, lesson.quiz[0], said)
    seat.leave()
    back = Seat(home, course=short_course)
    assert f"quiz, question 2 of {QUIZ}" in back.prompt()
    said = back.type("")
    assert f"question 2 of {QUIZ}" in said
    for _ in lesson.quiz[1:]:
        back.type(":s")
        said = back.type("")
    assert f"Quiz result: 1/{QUIZ}" in said
    back.type("m")
    back.type("")
    back.leave()
    again = Seat(home, course=short_course)
    assert f"practice, question 1 of {QUIZ - 1}" in again.prompt()
    assert "Practice" in again.type("")
    again.type("")
    again.child.sendline("l")
    assert "Beginnings" in again.wait(f"Go to step (1 to {STEPS}, Enter to stay): ")
    assert f"step 3 of {STEPS}" in again.type("3")
    again.leave()


def test_pasted_lines_answer_one_question_at_most(home: Path, short_course: Path) -> None:
    seat, _ = quiz(home, short_course)
    seat.send("1\n\n\n1 2\n\n3\n2\n")
    seat.prompt()
    seat.child.expect(pexpect.TIMEOUT, timeout=1)
    seat.leave()
    answered = {e.place.question for e in events(home) if isinstance(e.deed, Answered)}
    assert answered <= {"q-single"}


def test_ctrl_c_is_as_safe_as_q_and_exits_with_130(home: Path, short_course: Path) -> None:
    seat, said = quiz(home, short_course)
    seat.type(wrong_line(lesson_of(short_course).quiz[0], said))
    seat.send("\x03")
    assert "All is kept" in seat.end()
    assert seat.status == 130


def test_the_end_of_input_is_a_polite_quit(home: Path, short_course: Path) -> None:
    seat = Seat(home, "learn", course=short_course)
    seat.prompt()
    seat.send("\x04")
    assert "All is kept" in seat.end()
    assert seat.status == 0


def test_a_closed_window_costs_no_line_of_a_long_answer(home: Path, short_course: Path) -> None:
    lesson = lesson_of(short_course)
    seat, said = quiz(home, short_course)
    for question in lesson.quiz[:-1]:
        said = answer_rightly(seat, question, said)
    seat.type("A line that was entered")
    seat.kill()
    back = Seat(home, "quiz", course=short_course)
    assert "A line that was entered" in back.prompt()
    back.leave()


@pytest.mark.parametrize("typed", ["0000011", "99", "9" * 400, "-1", "1.5"])
def test_a_number_that_names_no_lesson_is_told_so_at_home(
    home: Path, short_course: Path, typed: str
) -> None:
    seat = Seat(home, course=short_course)
    seat.prompt()
    assert "Type Enter to go on" in seat.type(typed)
    seat.leave("q")
    assert seat.status == 0


def test_a_note_a_report_and_the_glossary_work_at_a_question(
    home: Path, short_course: Path
) -> None:
    seat, _ = quiz(home, short_course)
    assert "Noted." in seat.type("n remember this")
    assert "Kept on this machine" in seat.type("w the wording")
    assert "The unit of text" in seat.type("g token")
    assert "has no 'tokun'" in seat.type("g tokun")
    seat.leave()
    notes = Seat(home, "progress", "notes", course=short_course).end()
    assert "remember this" in notes
    assert "q-single@" in notes
