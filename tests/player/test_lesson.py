"""A learner walks a lesson from its first step to the quiz's end; in process, word by word."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests import known_courses
from tutor.course.model import Course, FreeResponse, Question, Recall
from tutor.player.play import Parting, play_missed, play_quiz
from tutor.progress.events import Answered, Depth, Event, Place
from tutor.progress.journal import Journal
from tutor.progress.lesson_progress import LessonProgress

from .chair import Chair
from .walking import QUIZ, STEPS, answer_rightly, take_step, walk, walk_steps, wrong_line


@pytest.fixture(scope="module")
def shipped() -> Course:
    return known_courses.shipped()


@pytest.fixture(scope="module")
def course() -> Course:
    return known_courses.short()


def quiz(home: Path, course: Course) -> tuple[Chair, str]:
    """Sit down at the quiz's first question."""
    chair = Chair(home, course, play_quiz)
    assert f"{QUIZ} questions" in chair.prompt()
    return chair, chair.type("")


def progress_of(home: Path) -> LessonProgress:
    with Journal.open(home / "journal.sqlite3") as journal:
        assert journal.faults() == []
        return journal.lesson("short", "one")


def events(home: Path) -> list[Event]:
    with Journal.open(home / "journal.sqlite3") as journal:
        return list(journal.events())


@pytest.mark.parametrize("number", range(1, 8))
def test_every_lesson_can_be_played_to_its_end_with_every_answer_right(
    home: Path, shipped: Course, number: int
) -> None:
    lesson = shipped.lessons[number - 1]
    with Journal.open(home / "journal.sqlite3") as journal:
        journal.record(Place(course=shipped.id, lesson=""), Depth(wanted="show"))
    chair = Chair(home, shipped, lesson=number - 1, width=100)
    said = walk(chair, lesson, chair.prompt(), deeper=True)
    for question in lesson.quiz:
        said = answer_rightly(chair, question, said)
    assert f"Quiz result: {len(lesson.quiz)}/{len(lesson.quiz)}" in said
    chair.leave("")
    assert chair.ending is Parting.FINISHED


def test_wrong_answers_get_another_try_and_the_first_one_is_what_scores(
    home: Path, course: Course
) -> None:
    lesson = course.lessons[0]
    chair = Chair(home, course)
    said = walk(chair, lesson, chair.prompt())
    missed = 0
    for question in lesson.quiz:
        if not isinstance(question, FreeResponse):
            missed += 1
            before = said
            said = chair.type(wrong_line(question, said))
            if question.confidence:
                said = chair.type("")
            assert "Not yet." in said, question.id
            assert "The answer" not in said, question.id
            again = replace(question, confidence=False)  # asked once only
            said = answer_rightly(chair, again, before)
        else:
            said = answer_rightly(chair, question, said)
    assert f"Quiz result: {len(lesson.quiz) - missed}/{len(lesson.quiz)}" in said
    assert "found at try 2" in said
    said = chair.type("m")
    assert "This round does not count" in said
    chair.leave()
    result = progress_of(home).result
    assert result is not None
    assert result.right == len(lesson.quiz) - missed


@pytest.mark.parametrize("number", range(STEPS))
def test_quitting_at_a_step_brings_the_learner_back_to_that_very_step(
    home: Path, course: Course, number: int
) -> None:
    chair = Chair(home, course)
    said = chair.prompt()
    for step in course.lessons[0].steps[:number]:
        said = take_step(chair, step, said)
    assert f"step {number + 1} of {STEPS}" in said
    chair.leave()
    assert chair.ending is Parting.QUIT
    back = Chair(home, course)
    assert f"step {number + 1} of {STEPS}" in back.prompt()
    back.leave()


@pytest.mark.parametrize("number", range(QUIZ))
def test_quitting_at_a_quiz_question_brings_the_learner_back_to_that_question(
    home: Path, course: Course, number: int
) -> None:
    questions = course.lessons[0].quiz
    chair, said = quiz(home, course)
    for question in questions[:number]:
        said = answer_rightly(chair, question, said)
    assert f"question {number + 1} of {QUIZ}" in said
    chair.leave()
    back = Chair(home, course, play_quiz)
    again = back.prompt()
    if number == 0:
        again = back.type("")
    assert f"question {number + 1} of {QUIZ}" in again
    for question in questions[number:]:
        again = answer_rightly(back, question, again)
    assert f"Quiz result: {QUIZ}/{QUIZ}" in again
    back.leave("")


def test_a_first_try_cannot_be_bettered_by_quitting_and_coming_back(
    home: Path, course: Course
) -> None:
    first, second, *_ = course.lessons[0].quiz
    chair, said = quiz(home, course)
    said = answer_rightly(chair, first, said)
    chair.type(wrong_line(second, said))
    chair.leave()
    back = Chair(home, course, play_quiz)
    said = back.prompt()
    assert "Your answer so far" in said
    answer_rightly(back, second, said)
    back.leave()
    run = progress_of(home).run
    assert run is not None
    assert run.right == 1


def test_two_hints_come_before_the_answer_and_an_answer_seen_is_not_known(
    home: Path, course: Course
) -> None:
    chair, _ = quiz(home, course)
    assert "Hint 1 of 2" in chair.type("h")
    second = chair.type("h")
    assert "Hint 2 of 2" in second
    assert "a score for every token" not in second
    assert "The answer" in chair.type("h")
    chair.leave()
    run = progress_of(home).run
    assert run is not None
    assert run.answers["q-single"].revealed
    assert run.right == 0


def test_skip_shows_the_answer_and_goes_on(home: Path, course: Course) -> None:
    chair, _ = quiz(home, course)
    assert "The answer" in chair.type("s")
    assert f"question 2 of {QUIZ}" in chair.type("")
    chair.leave()


@pytest.mark.parametrize(
    ("ways", "words"),
    [
        (("s",), "skipped"),
        (("h", "h", "h"), "no answer before the answer was shown"),
        (("wrong", "s"), "a row of a table"),
        (("wrong", "right"), "a row of a table (found at try 2)"),
    ],
    ids=["skipped", "hints to the end", "given up", "found late"],
)
def test_the_result_tells_how_each_answer_came_about(
    home: Path, course: Course, ways: tuple[str, ...], words: str
) -> None:
    one = replace(course.lessons[0], quiz=course.lessons[0].quiz[:1])
    chair = Chair(home, replace(course, lessons=(one,)), play_quiz)
    chair.prompt()
    said = chair.type("")
    meant = {"wrong": "a row of a table", "right": "a score for every token"}
    for way in ways:
        wanted = meant.get(way, "")
        lines = said.splitlines()
        number = next((line.split()[0] for line in lines if wanted and wanted in line), way)
        told = chair.type(number)
        if "how sure are you" in told:
            chair.type("")
    assert f"\nYou: {words}\n" in chair.type("")
    chair.leave("")


def test_back_really_goes_back_and_answers_stay(home: Path, course: Course) -> None:
    chair = Chair(home, course)
    chair.prompt()
    chair.type("")
    chair.type("")
    assert "You guessed: mat" in chair.type("1")
    assert f"step 2 of {STEPS}" in chair.type("b")
    assert f"step 1 of {STEPS}" in chair.type("b")
    chair.type("")
    again = chair.type("")
    assert f"step 3 of {STEPS}" in again
    assert "You guessed: mat" in again
    chair.leave()


def test_back_in_the_quiz_shows_what_was_answered_and_asks_nothing(
    home: Path, course: Course
) -> None:
    chair, said = quiz(home, course)
    said = answer_rightly(chair, course.lessons[0].quiz[0], said)
    assert f"question 2 of {QUIZ}" in said
    assert "Your first answer: a score for every token (right)" in chair.type("b")
    assert f"question 2 of {QUIZ}" in chair.type("")
    chair.leave()


def test_an_empty_enter_at_a_question_asks_again(home: Path, course: Course) -> None:
    chair, _ = quiz(home, course)
    assert "Nothing was typed" in chair.type("")
    chair.leave()
    assert not [e for e in events(home) if isinstance(e.deed, Answered)]


@pytest.mark.parametrize("word", ["q", "h", "quit", "skip", "b", "help"])
def test_a_key_typed_from_habit_as_an_answer_is_neither_obeyed_nor_graded(
    home: Path, course: Course, word: str
) -> None:
    chair, said = quiz(home, course)
    for question in course.lessons[0].quiz[:3]:
        said = answer_rightly(chair, question, said)
    told = chair.type(word)
    assert "Not taken as an answer" in told
    assert "Keys need a colon here" in told
    assert "Not yet." in chair.type("quietly")  # any other word is an answer
    chair.leave(":quit")
    answers = [e.deed.raw for e in events(home) if isinstance(e.deed, Answered)]
    assert answers[3:] == ["quietly"]


def test_a_long_answer_survives_quitting_before_it_is_handed_in(home: Path, course: Course) -> None:
    chair, said = quiz(home, course)
    for question in course.lessons[0].quiz[:-1]:
        said = answer_rightly(chair, question, said)
    chair.type("My first line")
    chair.type("My second line")
    chair.kill()
    back = Chair(home, course, play_quiz)
    said = back.prompt()
    assert "My first line" in said
    assert "My second line" in said
    assert "A model answer" in back.type(":done")
    back.leave()
    again = Chair(home, course, play_quiz)
    assert "Point 1 of 2 (counts 2)" in again.prompt()
    again.leave()


@pytest.mark.parametrize(
    ("again", "told"), [(False, "Your guess: mat"), (True, "Then, 21 November 2026: mat")]
)
def test_a_guess_comes_back_where_the_lesson_returns_to_it(
    home: Path, course: Course, *, again: bool, told: str
) -> None:
    recall = Recall(id="again", lesson="one", prediction="guess", again=again, text="What now?")
    lesson = course.lessons[0]
    lesson = replace(lesson, steps=(*lesson.steps, recall))
    chair = Chair(home, replace(course, lessons=(lesson,)))
    assert "Quiz:" in walk_steps(chair, lesson, chair.prompt())
    assert told in chair.text
    chair.leave()


def test_practice_never_pushes_out_a_quiz_that_is_under_way(home: Path, course: Course) -> None:
    chair, said = quiz(home, course)
    for _ in course.lessons[0].quiz:
        chair.type(":s")
        said = chair.type("")
    chair.leave("")
    chair, said = quiz(home, course)
    answer_rightly(chair, course.lessons[0].quiz[0], said)
    chair.leave()
    for _ in range(5):
        practice = Chair(home, course, play_missed)
        assert "Practice: what you missed" in practice.prompt()
        practice.leave()
    back = Chair(home, course, play_quiz)
    assert f"question 2 of {QUIZ}" in back.prompt()
    back.leave()


@pytest.mark.parametrize("moment", ["before an answer", "at the confidence", "after it"])
def test_ctrl_c_and_the_end_of_input_cost_nothing(home: Path, course: Course, moment: str) -> None:
    question = course.lessons[0].quiz[0]
    assert isinstance(question, Question)
    for way in (KeyboardInterrupt(), EOFError()):
        chair, said = quiz(home / type(way).__name__, course)
        if moment != "before an answer":
            assert "how sure are you" in chair.type(wrong_line(question, said))
        if moment == "after it":
            assert "Not yet." in chair.type("3")
        chair.leave(way)
        kept = [e for e in events(chair.home) if isinstance(e.deed, Answered)]
        assert len(kept) == (moment != "before an answer")
