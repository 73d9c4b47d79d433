"""Placement: who knows a lesson may leave it out, who does not is seldom let through."""

import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.known_courses import shipped
from tests.player.chair import Chair
from tests.progress.deeds import NOON, Clock
from tutor.course.model import AnyQuestion, Course
from tutor.course.outlining import outline
from tutor.judging.answers import right_line
from tutor.judging.presenting import present
from tutor.player.asking import seed_of
from tutor.player.desk import Desk
from tutor.player.placing import MOST, Shown, candidates, next_lesson, play_placement
from tutor.progress.folding import PROGRESS
from tutor.progress.journal import Journal
from tutor.review.cards import CARDS
from tutor.review.days import day_of
from tutor.standing import LessonStanding, standings
from tutor.standing import next_lesson as to_go_on_with

DAY = day_of(NOON)
LESSONS = [f"lesson {number}" for number in range(7)]
KNOWN, GUESSED = 0.9, 0.25
"""The chance of a right answer with and without knowing, as it was written down before."""


@pytest.fixture(scope="module")
def course() -> Course:
    return shipped()


def placed(known: set[str], rng: random.Random) -> dict[str, Shown]:
    shown: dict[str, Shown] = {}
    while name := next_lesson(shown, LESSONS):
        before = shown.get(name, Shown())
        right = rng.random() < (KNOWN if name in known else GUESSED)
        shown[name] = Shown(before.asked + 1, before.right + right)
    return shown


def test_of_a_thousand_learners_few_are_let_past_what_they_do_not_know() -> None:
    rng = random.Random(20261127)
    wrong = unknown = rightly = known_in_all = 0
    for _ in range(1000):
        known = {name for name in LESSONS if rng.random() < 0.5}
        shown = placed(known, rng)
        assert sum(one.asked for one in shown.values()) <= MOST
        let = {name for name, one in shown.items() if one.is_known}
        wrong, unknown = wrong + len(let - known), unknown + len(LESSONS) - len(known)
        rightly, known_in_all = rightly + len(let & known), known_in_all + len(known)
    assert wrong / unknown <= 0.10
    assert wrong / (wrong + rightly) <= 0.10
    assert rightly / known_in_all >= 0.7


def test_every_lesson_has_questions_enough_that_are_hard_to_guess(course: Course) -> None:
    assert all(len(candidates(lesson)) >= 4 for lesson in course.lessons)


@dataclass
class Placement:
    """A placement of a learner who knows some lessons, by number."""

    home: Path
    course: Course
    known: set[int]
    sittings: list[str] = field(default_factory=list)

    def part(self, desk: Desk) -> object:
        """Sit down, and look over the tutor's shoulder at how it names its askings."""
        make = desk.new_sitting

        def new_sitting() -> str:
            self.sittings.append(make())
            return self.sittings[-1]

        desk.new_sitting = new_sitting  # type: ignore[method-assign]
        return play_placement(desk, DAY)

    def answer_some(self, count: int) -> None:
        """Skip so many questions and leave."""
        chair = Chair(self.home, self.course, self.part, clock=Clock())
        chair.prompt()
        for _ in range(count):
            chair.type(":s")
            chair.type("")
        chair.leave(":q")

    def answer_all(self) -> str:
        """Answer rightly where the lesson is known, skip elsewhere; returns all words."""
        chair = Chair(self.home, self.course, self.part, clock=Clock())
        said = flat(chair.prompt())
        while "What you have shown" not in said:
            number, question = self.asked(said)
            if number in self.known:
                line = right_line(present(question, seed_of(self.sittings[-1], question)))
                said = chair.type(line)
                if "how sure are you" in said:
                    chair.type("")
            else:
                chair.type(":s")
            said = flat(chair.type(""))
        chair.leave("")
        return flat(chair.text)

    def asked(self, said: str) -> tuple[int, AnyQuestion]:
        """Which question that is, by its first words."""
        for number, lesson in enumerate(self.course.lessons):
            for question in candidates(lesson):
                if f"{number + 1} {lesson.title}" in said and first_words(question.prompt) in said:
                    return number, question
        raise AssertionError(said)


def flat(text: str) -> str:
    return " ".join(text.split())


def first_words(prompt: str) -> str:
    return " ".join(prompt.replace("*", "").split("{")[0].split("_")[0].split())[:30].strip()


def standing_of(home: Path, course: Course) -> tuple[LessonStanding, ...]:
    path = home / "journal.sqlite3"
    with Journal.open(path, Clock(), folds=(PROGRESS, CARDS)) as journal:
        return standings(outline(course), journal.lessons(course.id))


def test_who_knows_the_first_lesson_goes_on_with_the_second(home: Path, course: Course) -> None:
    said = Placement(home, course, {0}).answer_all()
    assert f"{course.lessons[0].title}: 2 of 2" in said
    assert f"{course.lessons[1].title}: 0 of 1" in said
    standing = standing_of(home, course)
    assert [one.skipped for one in standing] == [True] + [False] * 6
    assert all(one.state == "new" for one in standing)
    upcoming = to_go_on_with(standing)
    assert upcoming is not None
    assert upcoming.number == 2


def test_what_was_answered_comes_back_in_reviews(home: Path, course: Course) -> None:
    Placement(home, course, {0}).answer_all()
    with Journal.open(home / "journal.sqlite3", folds=(PROGRESS, CARDS)) as journal:
        cards = journal.states(CARDS, course.id)
    assert sum(len(lesson.cards) for lesson in cards.values()) == 8


def test_who_leaves_a_placement_goes_on_with_what_was_answered(course: Course, home: Path) -> None:
    Placement(home, course, set()).answer_some(3)
    placement = Placement(home, course, {5, 6})
    said = placement.answer_all()
    assert "You began this today" in said
    assert len(placement.sittings) == 4 + 2  # one each of the others, and a second of the known two
    assert said.count(": 0 of 1") == 5
    assert said.count(": 2 of 2") == 2
