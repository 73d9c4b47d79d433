"""Home knows what is due: a day, a week and a month later it is not the same."""

import datetime
from pathlib import Path

import pytest

from tests.known_courses import shipped
from tests.progress.deeds import Clock, answered
from tests.running import here as tutor
from tutor.course.contents import questions
from tutor.course.model import Course
from tutor.course.reading import read_course
from tutor.progress.events import Entered, Place
from tutor.progress.folding import PROGRESS
from tutor.progress.journal import Journal
from tutor.review.cards import CARDS

COURSE = shipped()


def learnt(
    home: Path,
    days_ago: float,
    course: Course = COURSE,
    wrong: int = 3,
    sure: int | None = None,
) -> None:
    """Three lessons' questions answered so many days ago, the first few of them wrongly.

    Days end at four: answers of earlier days are put at noon, whatever time it is now.
    """
    now = datetime.datetime.now().astimezone()
    noon = (now - datetime.timedelta(hours=4)).replace(hour=12)
    clock = Clock(noon - datetime.timedelta(days=int(days_ago)) if days_ago >= 1 else now)
    with Journal.open(home / "journal.sqlite3", clock, folds=(PROGRESS, CARDS)) as journal:
        for lesson in course.lessons[:3]:
            journal.record(Place(course=course.id, lesson=lesson.id, step="x"), Entered())
            for number, question in enumerate(questions(lesson)):
                place = Place(course=course.id, lesson=lesson.id, question=question.id, content="c")
                said = answered(
                    sitting=question.id, right=number >= wrong, seconds=30, confidence=sure
                )
                journal.record(place, said)


def first_lines() -> str:
    return " ".join(tutor().stdout.split("\n\n")[0].split())


def test_before_the_first_answer_and_on_its_day_nothing_is_due(home: Path) -> None:
    assert "due" not in tutor().stdout
    assert tutor("due").stdout == ""
    learnt(home, 0)
    said = tutor().stdout
    assert "9 questions you missed come back from tomorrow." in said
    assert tutor("due").stdout == ""


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (1.2, ["9 questions are due", "Enter", "You missed 9 last time."]),
        (4, ["20 questions are due", "You were here 4 days ago."]),
        (8, ["20 questions are due", "You were here 8 days ago."]),
        (35, ["20 questions are due", "Welcome back after 5 weeks.", "the rest can wait"]),
    ],
)
def test_home_says_first_what_is_due_how_long_it_takes_and_why(
    home: Path, days: float, expected: list[str]
) -> None:
    learnt(home, days)
    said = first_lines()
    for words in (*expected, "minutes"):
        assert words in said


def test_the_number_for_a_prompt_is_what_home_says(home: Path) -> None:
    learnt(home, 1.2)
    done = tutor("due")
    assert (done.stdout, done.stderr, done.returncode) == ("9\n", "", 0)
    assert tutor("due", "--plain").stdout == "9\n"


def test_a_journal_older_than_reviews_has_its_questions_due_all_the_same(home: Path) -> None:
    learnt(home, 1.2)
    with Journal.open(home / "journal.sqlite3") as journal:
        journal.rebuild()  # as a tutor does that knows nothing of cards
    assert tutor("due").stdout == "9\n"
    assert "9 questions are due" in first_lines()


def test_what_is_due_in_several_courses_is_asked_one_course_after_the_other(home: Path) -> None:
    assert "Nothing is due in any of your courses" in tutor("review", "--all").stdout
    courses = Path(__file__).parents[1] / "courses"
    for name in ("bread", "short"):
        tutor("course", "add", str(courses / name))
        learnt(home, 3, read_course(courses / name))
    said = tutor("review", "--all", typed=":s\n\n" * 40).stdout
    assert said.index("Bread by numbers") < said.index("A short course")
