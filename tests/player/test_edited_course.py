"""What an author changes between two sittings never changes what a learner is told to have said."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.known_courses import short
from tests.player.chair import Chair
from tests.player.walking import answer_rightly
from tests.progress.deeds import Clock
from tutor.course.model import Course, Lesson, Prediction, Recall, SingleChoice
from tutor.player.play import play_quiz
from tutor.progress.events import Place, Predicted
from tutor.progress.journal import Journal

Edit = Callable[[Lesson], Lesson]


@pytest.fixture
def course(short_course: Path) -> Course:
    return short()


def edited(course: Course, edit: Edit) -> Course:
    return replace(course, lessons=(edit(course.lessons[0]),))


def guess_first(lesson: Lesson, *more: Recall) -> Lesson:
    """The lesson's guess, and what returns to it; nothing else."""
    steps = tuple(step for step in lesson.steps if isinstance(step, Prediction))
    return replace(lesson, steps=(*steps, *more), quiz=())


def swapped(lesson: Lesson) -> Lesson:
    """The guess's options the other way round."""
    guess, *others = lesson.steps
    assert isinstance(guess, Prediction)
    return replace(lesson, steps=(replace(guess, options=guess.options[::-1]), *others))


RECALL = Recall(id="again", lesson="one", prediction="guess", text="What now?")


@pytest.mark.parametrize("typed", ["2", "moon", " MOON. "])
def test_a_guess_stays_what_it_was_when_the_options_are_swapped(
    home: Path, course: Course, typed: str
) -> None:
    course = edited(course, lambda lesson: guess_first(lesson, RECALL))
    chair = Chair(home, course)
    chair.prompt()
    assert "You guessed: moon\n" in chair.type(typed)
    chair.leave()
    back = Chair(home, edited(course, swapped))
    assert "You guessed: moon\nThe question read differently then.\n" in back.prompt()
    assert ": moon\nThe question read differently then.\n" in back.type("")
    back.leave()
    same = Chair(home, course)
    assert "read differently" not in same.prompt()
    same.leave()


def test_a_guess_is_kept_in_words_with_the_version_of_what_was_asked(
    home: Path, course: Course
) -> None:
    chair = Chair(home, edited(course, guess_first))
    chair.prompt()
    chair.type("1")
    chair.leave()
    with Journal.open(home / "journal.sqlite3") as journal:
        (event,) = (e for e in journal.events() if isinstance(e.deed, Predicted))
        assert event.deed == Predicted(raw="mat", seconds=event.deed.seconds)  # type: ignore[union-attr]
        assert len(event.place.content) == 16
        assert event.place.guess == "guess"


def test_a_digit_in_a_journal_of_old_is_told_in_words(home: Path, course: Course) -> None:
    with Journal.open(home / "journal.sqlite3", Clock()) as journal:
        journal.record(Place(course="short", lesson="one", step="guess"), Predicted(raw="2"))
    chair = Chair(home, edited(course, guess_first))
    assert "You guessed: moon\n" in chair.prompt()
    chair.leave()


def other_options(lesson: Lesson) -> Lesson:
    """The quiz's first question with other words for its options."""
    question = lesson.quiz[0]
    assert isinstance(question, SingleChoice)
    options = tuple(replace(option, text=f"{option.text}, reworded") for option in question.options)
    return replace(lesson, quiz=(replace(question, options=options), *lesson.quiz[1:]))


def test_an_answer_stays_what_it_was_when_the_options_are_reworded(
    home: Path, course: Course
) -> None:
    course = edited(course, lambda lesson: replace(lesson, quiz=lesson.quiz[:2]))
    chair = Chair(home, course, play_quiz)
    chair.prompt()
    answer_rightly(chair, course.lessons[0].quiz[0], chair.type(""))
    chair.leave()
    back = Chair(home, edited(course, other_options), play_quiz)
    back.prompt()
    assert "Your first answer: a score for every token (right)" in back.type("b")
    back.type("")
    back.type("s")
    assert "Right: 1." in back.type("")
    assert "You: a score for every token\n" in back.type("1")
    back.leave("")


def test_a_try_at_another_version_of_the_question_is_not_judged_by_this_one(
    home: Path, course: Course
) -> None:
    chair = Chair(home, course, play_quiz)
    chair.prompt()
    said = chair.type("")
    number = next(line.split()[0] for line in said.splitlines() if "a row of a table" in line)
    chair.type(number)
    chair.type("")
    chair.leave()
    back = Chair(home, edited(course, other_options), play_quiz)
    said = back.prompt()
    assert "Your answer so far: a row of a table\nThe question has been changed since." in said
    assert "Nothing is looked up" not in said
    back.leave()


def test_a_question_that_leaves_the_lesson_leaves_the_quiz_under_way_and_its_result(
    home: Path, course: Course
) -> None:
    course = edited(course, lambda lesson: replace(lesson, quiz=lesson.quiz[:3]))
    chair = Chair(home, course, play_quiz)
    chair.prompt()
    answer_rightly(chair, course.lessons[0].quiz[0], chair.type(""))
    chair.leave()
    fewer = edited(course, lambda lesson: replace(lesson, quiz=lesson.quiz[:2]))
    back = Chair(home, fewer, play_quiz)
    answer_rightly(back, fewer.lessons[0].quiz[1], back.prompt())
    assert "Quiz result: 2/2. Nothing missed." in back.text
    back.leave("")
    with Journal.open(home / "journal.sqlite3") as journal:
        result = journal.lesson("short", "one").result
    assert result is not None
    assert (result.right, len(result.items)) == (2, 2)


def test_a_second_window_on_one_quiz_sees_what_the_first_has_answered(
    home: Path, course: Course
) -> None:
    course = edited(course, lambda lesson: replace(lesson, quiz=lesson.quiz[:2]))
    one, two = course.lessons[0].quiz
    first = Chair(home, course, play_quiz)
    first.prompt()
    said = answer_rightly(first, one, first.type(""))
    other = Chair(home, course, play_quiz)
    other.prompt()
    other.type("s")
    answer_rightly(first, two, said)
    assert "Quiz result: 1/2" in first.text
    assert "Missed: 2." in other.type("")
    first.leave("")
    other.leave("")
