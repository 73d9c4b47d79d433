"""A person walks a lesson in a real terminal, from the first screen to the quiz's end."""

import shutil
from pathlib import Path

import pexpect
import pytest
from msgspec.structs import replace

from tutor.course.builtin import builtin_course
from tutor.course.model import Demo, FreeResponse, Lesson, Question
from tutor.progress.events import Answered
from tutor.progress.journal import Journal
from tutor.progress.lesson_progress import LessonProgress

from .seat import Seat
from .walking import answer_rightly, lesson_of, lines_through, see_through, wrong_line


def walk(seat: Seat, lesson: Lesson, said: str) -> str:
    """Take every step rightly, and start the quiz; ends at its first question."""
    assert "Quiz:" in walk_steps(seat, lesson, said)
    return seat.type("")


def walk_steps(seat: Seat, lesson: Lesson, said: str) -> str:
    """Take every step rightly; ends where the quiz is announced."""
    for step in lesson.steps:
        if isinstance(step, Question):
            said = answer_rightly(seat, step, said)
        elif isinstance(step, Demo):
            said = see_through(seat, said)
        else:
            for line in lines_through(step):
                said = seat.type(line)
    return said


def quiz(home: Path, course: Path) -> tuple[Seat, str]:
    """Sit down at the quiz's first question."""
    seat = Seat(home, "quiz", "one", course=course)
    assert "8 questions" in seat.prompt()
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
    assert "End of lesson" in goodbye
    assert seat.status == 0
    done = progress_of(home, "llm-deep-dive", lesson.id)
    assert done.result is not None
    assert done.result.right == count


@pytest.mark.parametrize("number", range(1, 8))
def test_every_lesson_can_be_played_to_its_end_with_every_answer_right(
    home: Path, number: int
) -> None:
    lesson = lesson_of(builtin_course(), number - 1)
    seat = Seat(home, "learn", str(number), columns=100)
    said = walk(seat, lesson, seat.prompt())
    for question in lesson.quiz:
        said = answer_rightly(seat, question, said)
    assert f"Quiz result: {len(lesson.quiz)}/{len(lesson.quiz)}" in said
    assert "End of lesson" in seat.leave("")


def test_wrong_answers_get_another_try_and_the_first_one_is_what_scores(
    home: Path, short_course: Path
) -> None:
    lesson = lesson_of(short_course)
    seat = Seat(home, "learn", course=short_course)
    said = walk(seat, lesson, seat.prompt())
    missed = 0
    for question in lesson.quiz:
        if not isinstance(question, FreeResponse):
            missed += 1
            before = said
            said = seat.type(wrong_line(question, said))
            if question.confidence:
                said = seat.type("")
            assert "Not yet." in said, question.id
            assert "The answer" not in said, question.id
            again = replace(question, confidence=False)  # asked once only
            said = answer_rightly(seat, again, before)
        else:
            said = answer_rightly(seat, question, said)
    assert f"Quiz result: {len(lesson.quiz) - missed}/{len(lesson.quiz)}" in said
    assert "found at try 2" in said
    said = seat.type("m")
    assert "This round does not count" in said
    seat.leave()
    done = progress_of(home, "short", "one")
    assert done.result is not None
    assert done.result.right == len(lesson.quiz) - missed


@pytest.mark.parametrize("number", range(7))
def test_quitting_at_a_step_brings_the_learner_back_to_that_very_step(
    home: Path, short_course: Path, number: int
) -> None:
    lesson = lesson_of(short_course)
    seat = Seat(home, "learn", course=short_course)
    said = seat.prompt()
    for step in lesson.steps[:number]:
        if isinstance(step, Question):
            said = answer_rightly(seat, step, said)
        else:
            for line in lines_through(step):
                said = seat.type(line)
    assert f"step {number + 1} of {len(lesson.steps)}" in said
    assert "All is kept" in seat.leave()
    back = Seat(home, course=short_course)
    home_screen = back.prompt()
    assert f"step {number + 1} of {len(lesson.steps)}" in home_screen or number == 0
    assert f"step {number + 1} of {len(lesson.steps)}" in back.type("")
    back.leave()


def test_home_brings_the_learner_back_to_the_quiz_and_to_practice(
    home: Path, short_course: Path
) -> None:
    lesson = lesson_of(short_course)
    seat, said = quiz(home, short_course)
    answer_rightly(seat, lesson.quiz[0], said)
    seat.leave()
    back = Seat(home, course=short_course)
    assert "quiz, question 2 of 8" in back.prompt()
    said = back.type("")
    assert "question 2 of 8" in said
    for _ in lesson.quiz[1:]:
        back.type(":s")
        said = back.type("")
    assert "Quiz result: 1/8" in said
    back.type("m")
    back.type("")
    back.leave()
    again = Seat(home, course=short_course)
    assert "practice, question 1 of 7" in again.prompt()
    assert "Practice" in again.type("")
    again.type("")
    again.child.sendline("l")
    assert "Beginnings" in again.wait("Go to step (1 to 7, Enter to stay): ")
    assert "step 3 of 7" in again.type("3")
    again.leave()


def test_pasted_lines_answer_one_question_at_most(home: Path, short_course: Path) -> None:
    seat, _ = quiz(home, short_course)
    seat.send("1\n\n\n1 2\n\n3\n2\n")
    seat.prompt()
    seat.child.expect(pexpect.TIMEOUT, timeout=1)
    seat.leave()
    answered = {e.place.question for e in events(home) if isinstance(e.deed, Answered)}
    assert answered <= {"q-single"}


@pytest.mark.parametrize("number", range(8))
def test_quitting_at_a_quiz_question_brings_the_learner_back_to_that_question(
    home: Path, short_course: Path, number: int
) -> None:
    lesson = lesson_of(short_course)
    seat, said = quiz(home, short_course)
    for question in lesson.quiz[:number]:
        said = answer_rightly(seat, question, said)
    assert f"question {number + 1} of {len(lesson.quiz)}" in said
    seat.leave()
    back = Seat(home, "quiz", "one", course=short_course)
    again = back.prompt()
    if number == 0:
        again = back.type("")
    assert f"question {number + 1} of {len(lesson.quiz)}" in again
    for question in lesson.quiz[number:]:
        again = answer_rightly(back, question, again)
    assert f"Quiz result: {len(lesson.quiz)}/{len(lesson.quiz)}" in again
    back.leave("")


def test_a_first_try_cannot_be_bettered_by_quitting_and_coming_back(
    home: Path, short_course: Path
) -> None:
    question = lesson_of(short_course).quiz[1]
    seat, said = quiz(home, short_course)
    said = answer_rightly(seat, lesson_of(short_course).quiz[0], said)
    seat.type(wrong_line(question, said))
    seat.leave()
    back = Seat(home, "quiz", course=short_course)
    said = back.prompt()
    assert "Your answer so far" in said
    answer_rightly(back, question, said)
    back.leave()
    run = progress_of(home, "short", "one").run
    assert run is not None
    assert run.right == 1


def test_two_hints_come_before_the_answer_and_an_answer_seen_is_not_known(
    home: Path, short_course: Path
) -> None:
    seat, _ = quiz(home, short_course)
    assert "Hint 1 of 2" in seat.type("h")
    second = seat.type("h")
    assert "Hint 2 of 2" in second
    assert "a score for every token" not in second
    assert "The answer" in seat.type("h")
    seat.leave()
    run = progress_of(home, "short", "one").run
    assert run is not None
    assert run.answers["q-single"].revealed
    assert run.right == 0


def test_skip_shows_the_answer_and_goes_on(home: Path, short_course: Path) -> None:
    seat, _ = quiz(home, short_course)
    assert "The answer" in seat.type("s")
    assert "question 2 of 8" in seat.type("")
    seat.leave()


def test_back_really_goes_back_and_answers_stay(home: Path, short_course: Path) -> None:
    seat = Seat(home, "learn", course=short_course)
    seat.prompt()
    seat.type("")
    seat.type("")
    assert "You guessed: mat" in seat.type("1")
    assert "step 2 of 7" in seat.type("b")
    assert "step 1 of 7" in seat.type("b")
    seat.type("")
    again = seat.type("")
    assert "step 3 of 7" in again
    assert "You guessed: mat" in again
    seat.leave()


def test_back_in_the_quiz_shows_what_was_answered_and_asks_nothing(
    home: Path, short_course: Path
) -> None:
    lesson = lesson_of(short_course)
    seat, said = quiz(home, short_course)
    said = answer_rightly(seat, lesson.quiz[0], said)
    assert "question 2 of 8" in said
    assert "Your first answer: a score for every token (right)" in seat.type("b")
    assert "question 2 of 8" in seat.type("")
    seat.leave()


def test_an_empty_enter_at_a_question_asks_again(home: Path, short_course: Path) -> None:
    seat, _ = quiz(home, short_course)
    assert "Nothing was typed" in seat.type("")
    seat.leave()
    assert not [e for e in events(home) if isinstance(e.deed, Answered)]


def events(home: Path) -> list:  # type: ignore[type-arg]
    with Journal.open(home / "journal.sqlite3") as journal:
        return list(journal.events())


@pytest.mark.parametrize("word", ["q", "h", "quit", "skip", "b", "?"])
def test_a_key_typed_from_habit_as_an_answer_is_neither_obeyed_nor_graded(
    home: Path, short_course: Path, word: str
) -> None:
    lesson = lesson_of(short_course)
    seat, said = quiz(home, short_course)
    for question in lesson.quiz[:3]:
        said = answer_rightly(seat, question, said)
    told = seat.type(word)
    assert "Not taken as an answer" in told
    assert "Keys need a colon here" in told
    assert "Not yet." in seat.type("quietly")  # any other word is an answer
    seat.leave(":quit")
    answers = [e.deed.raw for e in events(home) if isinstance(e.deed, Answered)]
    assert answers[3:] == ["quietly"]


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


def test_a_long_answer_survives_quitting_before_it_is_handed_in(
    home: Path, short_course: Path
) -> None:
    lesson = lesson_of(short_course)
    seat, said = quiz(home, short_course)
    for question in lesson.quiz[:-1]:
        said = answer_rightly(seat, question, said)
    seat.type("My first line")
    seat.type("My second line")
    seat.leave()
    back = Seat(home, "quiz", course=short_course)
    said = back.prompt()
    assert "My first line" in said
    assert "My second line" in said
    assert "A model answer" in back.type(":done")
    back.leave()
    again = Seat(home, "quiz", course=short_course)
    assert "Point 1 of 2 (counts 2)" in again.prompt()
    again.leave()


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


def test_a_guess_comes_back_where_the_lesson_returns_to_it(
    home: Path, short_course: Path, tmp_path: Path
) -> None:
    course = tmp_path / "course"
    shutil.copytree(short_course, course)
    text = (course / "one.yaml").read_text()
    recall = "kind: recall\n    lesson: one\n    prediction: guess\n    text: What now?\nquiz:"
    head, _ = text.split("kind: recap")
    (course / "one.yaml").write_text(f"{head}{recall}{text.split('quiz:')[1]}")
    lesson = lesson_of(course)
    seat = Seat(home, "learn", course=course)
    said = walk_steps(seat, lesson, seat.prompt())
    assert "Quiz:" in said
    assert "Your guess: mat" in seat.text
    seat.leave()


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


def test_practice_never_pushes_out_a_quiz_that_is_under_way(home: Path, short_course: Path) -> None:
    lesson = lesson_of(short_course)
    seat, said = quiz(home, short_course)
    for _ in lesson.quiz:
        seat.type(":s")
        said = seat.type("")
    seat.leave("")
    seat, said = quiz(home, short_course)
    answer_rightly(seat, lesson.quiz[0], said)
    seat.leave()
    for _ in range(5):
        practice = Seat(home, "quiz", "--missed", course=short_course)
        assert "Practice: what you missed" in practice.prompt()
        practice.leave()
    back = Seat(home, "quiz", course=short_course)
    assert "question 2 of 8" in back.prompt()
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
