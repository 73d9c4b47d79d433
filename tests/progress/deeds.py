"""Deeds to record in tests, a clock to set, and journals to look into."""

import datetime
import sqlite3
from pathlib import Path

from tutor.progress.events import Answered, AnyDeed, Event, Place
from tutor.progress.folding import recompute
from tutor.progress.journal import Journal
from tutor.progress.lesson_progress import LessonProgress

NOON = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))
COURSE = "course"


class Clock:
    """A clock that goes on by a second each time it is read, and can be set."""

    def __init__(self, now: datetime.datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime.datetime:
        self.now += datetime.timedelta(seconds=1)
        return self.now

    def turn(self, seconds: float) -> None:
        """Set the clock forward, or back."""
        self.now += datetime.timedelta(seconds=seconds)


def place(lesson: str = "one", question: str = "q1", step: str = "") -> Place:
    return Place(course=COURSE, lesson=lesson, step=step, question=question, content="c1")


def answered(raw: str = "2", *, right: bool = True, attempt: int = 1, **more: object) -> Answered:
    fields = {"sitting": "s1", "seed": 7, "score": float(right), **more}
    return Answered(raw=raw, right=right, attempt=attempt, **fields)  # type: ignore[arg-type]


def fill(path: Path, count: int) -> list[Event]:
    """Write `count` answers to a journal."""
    with Journal.open(path, Clock()) as journal:
        return [
            journal.record(place(question=f"q{n % 9}"), answered(f"answer {n}"))
            for n in range(count)
        ]


def progress_from_events(journal: Journal) -> dict[str, LessonProgress]:
    """Where the learner stands, computed from all events at once."""
    events = list(journal.events())
    lessons = {event.place.lesson for event in events}
    return {name: recompute(e for e in events if e.place.lesson == name) for name in lessons}


def execute(path: Path, statement: str, *values: object) -> list[tuple[object, ...]]:
    """Meddle with a journal's file behind its back."""
    connection = sqlite3.connect(path)
    try:
        with connection:
            return connection.execute(statement, values).fetchall()
    finally:
        connection.close()


def record(journal: Journal, *deeds: AnyDeed) -> LessonProgress:
    """Record deeds at one place, and tell where that leads."""
    for deed in deeds:
        journal.record(place(step="q1"), deed)
    return journal.lesson(COURSE, "one")
