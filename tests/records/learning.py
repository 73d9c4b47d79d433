"""Learners with several machines, in this process: each a folder with a journal and an outbox."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.judging.samples import SHORT
from tests.progress.deeds import Clock, answered
from tests.records.store_server import SECRET, USER
from tutor.course.model import Question
from tutor.course.outlining import outline
from tutor.course.reading import read_course
from tutor.progress.events import (
    AnyDeed,
    Assessed,
    Buried,
    Depth,
    Drafted,
    Entered,
    Event,
    Hinted,
    HowSure,
    Noted,
    Passed,
    Place,
    Predicted,
    QuizClosed,
    QuizOpened,
    Reported,
    Reset,
    Resumed,
    Revealed,
    Skipped,
    Suspended,
    Undone,
    Vouched,
)
from tutor.progress.folding import PROGRESS
from tutor.progress.journal import Journal
from tutor.records.access import Access
from tutor.records.catalogue import Catalogue
from tutor.records.client import Client, Patience
from tutor.records.learner import Learner
from tutor.records.machine import Machine
from tutor.records.mapping import Scribe
from tutor.records.outbox import Outbox
from tutor.records.sync import Synced, sync
from tutor.review.cards import CARDS
from tutor.review.days import day_of
from tutor.review.folds import FOLDS
from tutor.review.mastery import report

COURSE = read_course(SHORT)
OUTLINE = outline(COURSE)
LESSON = COURSE.lessons[0]
STEPS = [step.id for step in LESSON.steps]
QUESTIONS = [one.id for one in (*LESSON.steps, *LESSON.quiz) if isinstance(one, Question)]
QUIZ = tuple(one.id for one in LESSON.quiz)
STORE = "class"
WALKED: list[AnyDeed] = [Entered(), Passed(seconds=12.5), Passed()]
WRITTEN: list[AnyDeed] = [Noted(text="a note"), Reported(text="unclear"), Drafted(raw="half a")]
PATIENT = Patience(connect=10, silence=20, call=60)


@dataclass
class Desk:
    """One machine of a learner, open."""

    machine: Machine
    clock: Clock
    rng: random.Random
    sittings: int = 0
    events: list[Event] = field(default_factory=list)
    """What was recorded here."""

    @property
    def journal(self) -> Journal:
        return self.machine.journal

    def record(self, deed: AnyDeed, *, step: str = "", question: str = "") -> Event:
        place = Place(course=COURSE.id, lesson=LESSON.id, step=step, question=question)
        self.events.append(self.journal.record(place, deed))
        return self.events[-1]

    def learn(self, count: int, *, notes: bool = False) -> None:
        """Do so many things, of every kind, at random."""
        for _ in range(count):
            self.clock.turn(self.rng.choice([1, 5, 60, 3_600, 86_400]))
            self._deed(notes=notes)

    def answer(self, count: int) -> None:
        """Answer so many times: as many events, and none that says more follows."""
        for number in range(count):
            self.clock.turn(60)
            asked = QUESTIONS[number % len(QUESTIONS)]
            right = self.rng.random() < 0.6
            more: dict[str, Any] = {"sitting": f"a{number}", "seconds": 4.5}
            self.record(answered(str(number), right=right, **more), question=asked)

    def _deed(self, *, notes: bool) -> None:
        choose, step = self.rng.choice, self.rng.choice(STEPS)
        question, sitting = choose(QUESTIONS), f"{self.journal.installation[:8]}-{self.sittings}"
        match self.rng.random():
            case low if low < 0.55:
                self._ask(question)
            case low if low < 0.8:
                self.record(choose(WALKED), step=step)
            case low if low < 0.9:
                self.record(self._of_a_question(sitting), question=question)
            case low if low < 0.95:
                self.record(self._of_the_lesson(sitting))
            case _ if notes:
                self.record(choose(WRITTEN), question=question)
            case _:
                self._undo()

    def _ask(self, question: str) -> None:
        self.sittings += 1
        sitting = f"{self.journal.installation[:8]}-{self.sittings}"
        for attempt in range(1, self.rng.randint(2, 4)):
            right = self.rng.random() < 0.6
            more: dict[str, Any] = {"sitting": sitting, "attempt": attempt}
            more["seconds"] = self.rng.random() * 30
            more |= {"confidence": self.rng.choice([None, 50, 90])} if attempt == 1 else {}
            more |= {} if right else {"misconception": self.rng.choice(["", "token means word"])}
            self.record(answered(str(attempt), right=right, **more), question=question)
            if right:
                return

    def _of_a_question(self, sitting: str) -> AnyDeed:
        choices: list[AnyDeed] = [
            Predicted(raw="mat", seconds=2.25),
            Hinted(sitting=sitting, number=1),
        ]
        choices += [Revealed(sitting=sitting, skipped=False), Buried(), Suspended(), Resumed()]
        choices += [Vouched(sitting=sitting, attempt=1, raw="1")]
        choices += [Assessed(sitting=sitting, met=(True, False), right=True, score=0.5)]
        return self.rng.choice(choices)

    def _of_the_lesson(self, sitting: str) -> AnyDeed:
        choices: list[AnyDeed] = [
            QuizOpened(sitting=sitting, items=QUIZ),
            QuizClosed(sitting=sitting),
        ]
        choices += [Skipped(), HowSure(wanted=True), Depth(wanted="skip"), Reset()]
        return self.rng.choice(choices)

    def _undo(self) -> None:
        if self.events:
            self.record(Undone(event=self.rng.choice(self.events).id))

    def sync(self, access: Access, store: str = STORE) -> Synced:
        """Sync once with a store."""
        with Client(access, self.clock, PATIENT) as client:
            return sync(self.machine, client, store)

    def standing(self) -> dict[str, Any]:
        """All that a learner would miss: answers, cards, what is due, mastery."""
        day = day_of(self.clock.now)
        cards = self.journal.states(CARDS, COURSE.id)
        return {
            "progress": self.journal.states(PROGRESS, COURSE.id),
            "cards": cards,
            "report": [report(cards, OUTLINE, day + later) for later in (0, 7)],
        }


@contextmanager
def at_desk(
    folder: Path, name: str = "wren-12", seed: int = 0, *, notes: bool = False
) -> Iterator[Desk]:
    """A machine of the learner of this name; what it kept lies in `folder`."""
    clock, rng = Clock(), random.Random(seed)
    learner = Learner(name=name, notes=notes)
    catalogue = Catalogue(lambda course: COURSE if course == COURSE.id else None)
    with (
        Journal.open(folder / "journal.sqlite3", clock, folds=FOLDS) as journal,
        Outbox.open(folder / "outbox.sqlite3") as outbox,
    ):
        machine = Machine(journal, outbox, Scribe(learner, catalogue), clock)
        yield Desk(machine, clock, rng)


def way_to(url: str) -> Access:
    """The way to a store for the learner whom it knows."""
    return Access(url, USER, SECRET)
