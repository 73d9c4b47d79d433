"""Classes to report on: learners with journals of their own, and the statements made of them."""

import datetime
import json
import random
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

from tests.progress.deeds import NOON
from tutor.course.contents import questions
from tutor.course.model import AnyQuestion, Course, Lesson, Number, Question
from tutor.course.reading import read_course
from tutor.exchange.items import rebuttals
from tutor.progress.events import (
    Answered,
    AnyDeed,
    Entered,
    Event,
    Passed,
    Place,
    QuizClosed,
    QuizOpened,
    Reported,
    Reset,
    Revealed,
    Undone,
    Vouched,
)
from tutor.progress.journal import Journal
from tutor.progress.moments import utc_text
from tutor.records.catalogue import Catalogue
from tutor.records.learner import Learner
from tutor.records.mapping import Scribe
from tutor.review.folds import FOLDS

ROOT = Path(__file__).parents[2]


def foreseen(question: Question) -> list[tuple[str, str]]:
    """Wrong replies that the author expects, each with the false belief that it shows."""
    if isinstance(question, Number):  # numbers are drawn: each learner's are others
        return [("12", ""), ("1200", f"belief of {question.id}")]
    found = [(one.answer, one.belief) for one in rebuttals(cast(AnyQuestion, question))]
    return found or [(f"this of {question.id}", ""), (f"that of {question.id}", "")]


COURSE = read_course(ROOT / "lessons")
BREAD = read_course(ROOT / "tests" / "courses" / "bread")
START = NOON - datetime.timedelta(days=20)
WRONG = {
    (course.id, question.id): foreseen(question)
    for course in (COURSE, BREAD)
    for lesson in course.lessons
    for question in questions(lesson)
}


def find(*courses: Course) -> Catalogue:
    """What these courses say of their questions."""
    known = {course.id: course for course in courses}
    return Catalogue(known.get)


@dataclass
class Pupil:
    """A learner at some machines, who knows as much as chance has it."""

    name: str
    rng: random.Random
    course: Course
    machines: int = 1
    skill: float = 0.7

    def __post_init__(self) -> None:
        """Begin."""
        self.now = START + datetime.timedelta(seconds=self.rng.randrange(86_400))
        self.events: list[Event] = []
        self.installations = [self._id() for _ in range(self.machines)]

    def _id(self) -> str:
        return str(uuid.UUID(int=self.rng.getrandbits(128), version=4))

    def does(self, place: Place, deed: AnyDeed, *, seconds: float = 40) -> Event:
        """Do something a little later, at one of the machines."""
        self.now += datetime.timedelta(seconds=seconds)
        event = Event(
            id=self._id(),
            installation=self.rng.choice(self.installations),
            at=utc_text(self.now),
            offset=60,
            place=place,
            deed=deed,
        )
        self.events.append(event)
        return event

    def place(self, lesson: Lesson, question: str = "", step: str = "") -> Place:
        return Place(course=self.course.id, lesson=lesson.id, step=step, question=question)

    def learns(self, lesson: Lesson) -> None:
        """Walk a lesson: its steps, then its quiz."""
        self.does(self.place(lesson), Entered())
        for step in lesson.steps:
            place = self.place(lesson, step=step.id)
            self.does(place, Entered())
            if step.id in {one.id for one in questions(lesson)}:
                self.answers(lesson, step.id, self._id(), step=step.id)
            self.does(place, Passed(seconds=30.5))
        run, names = self._id(), tuple(one.id for one in lesson.quiz)
        self.does(self.place(lesson), QuizOpened(sitting=run, items=names))
        for name in names:
            self.answers(lesson, name, run)
        self.does(self.place(lesson), QuizClosed(sitting=run))

    def answers(self, lesson: Lesson, question: str, sitting: str, step: str = "") -> None:
        """Answer a question, perhaps wrongly at first, perhaps objecting to that."""
        place = self.place(lesson, question, step)
        drawn = self.rng.random()
        if drawn < 0.05:
            self.does(place, Revealed(sitting=sitting, skipped=True))
            return
        right = drawn < self.skill
        self.does(place, self._reply(question, sitting, right=right, attempt=1))
        if right:
            return
        if self.rng.random() < 0.1:
            self.does(place, Vouched(sitting=sitting, attempt=1, raw=f"mine of {question}"))
        elif self.rng.random() < 0.1:
            self.does(place, Reported(text=f"{question} is unclear"))
        self.does(place, self._reply(question, sitting, right=True, attempt=2))

    def _reply(self, question: str, sitting: str, *, right: bool, attempt: int) -> Answered:
        wrong = WRONG[self.course.id, question]
        said, belief = self.rng.choices(wrong, [2**-n for n in range(len(wrong))])[0]
        return Answered(
            sitting=sitting,
            seed=self.rng.getrandbits(40),
            raw="1" if right else "2",
            said="the right one" if right else said,
            right=right,
            score=float(right),
            attempt=attempt,
            misconception="" if right else belief,
            seconds=round(self.rng.uniform(3, 90), 1),
        )

    def reviews(self, lesson: Lesson, days: float) -> None:
        """Be asked again after some days."""
        self.now += datetime.timedelta(days=days)
        for question in questions(lesson):
            if self.rng.random() < 0.5:
                self.answers(lesson, question.id, self._id())

    def takes_back(self) -> None:
        """Undo an answer."""
        found = [one for one in self.events if isinstance(one.deed, Answered)]
        if found:
            chosen = self.rng.choice(found)
            self.does(chosen.place, Undone(event=chosen.id))

    def begins_anew(self, lesson: Lesson) -> None:
        """Reset a lesson."""
        self.does(self.place(lesson), Reset())

    @cached_property
    def learner(self) -> Learner:
        """As statements name them."""
        return Learner(name=self.name, notes=True)

    def statements(self, catalogue: Catalogue) -> list[dict[str, object]]:
        """What would be sent."""
        return list(map(Scribe(self.learner, catalogue).statement, self.events))

    def journal(self, folder: Path) -> Journal:
        """A journal that has all that was done, however it came there."""
        journal = Journal.open(folder / f"{self.name}.sqlite3", folds=FOLDS)
        journal.merge(self.events)
        return journal


def a_class(
    count: int, course: Course, seed: int = 7, machines: int = 2, lessons: int = 2
) -> list[Pupil]:
    """Learners who went some way, and came back."""
    rng = random.Random(seed)
    made = []
    for number in range(count):
        pupil = Pupil(f"learner-{number:02}", random.Random(rng.random()), course, machines)
        pupil.skill = rng.uniform(0.4, 0.95)
        for lesson in course.lessons[: rng.randint(1, lessons)]:
            pupil.learns(lesson)
            pupil.reviews(lesson, days=rng.uniform(1, 6))
        if rng.random() < 0.3:
            pupil.takes_back()
        if rng.random() < 0.1:
            pupil.begins_anew(course.lessons[0])
        made.append(pupil)
    return made


def written(file: Path, statements: Iterable[object]) -> Path:
    """A hand-in file."""
    file.write_text("".join(json.dumps(one) + "\n" for one in statements), encoding="utf-8")
    return file
