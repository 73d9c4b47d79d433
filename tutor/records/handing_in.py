"""A file to hand in where there is no server: the statements of one course, one a line."""

from collections.abc import Iterator

import msgspec

from tutor.progress.events import Event
from tutor.progress.journal import Journal
from tutor.records.derived import derived
from tutor.records.mapping import Scribe, Statement, travels


def hand_in(journal: Journal, scribe: Scribe, course: str, lesson: str = "") -> Iterator[bytes]:
    """JSON Lines of all that was done in a course, or in one lesson of it, as a store gets it."""
    lessons: set[str] = set()
    for event in journal.events():
        if _is_meant(event, course, lesson) and travels(event, scribe.learner):
            lessons.add(event.place.lesson)
            yield _line(scribe.statement(event))
    for name in sorted(lessons):
        yield from map(_line, derived(journal.events_of(course, name), scribe))


def _is_meant(event: Event, course: str, lesson: str) -> bool:
    return event.place.course == course and lesson in ("", event.place.lesson)


def _line(statement: Statement) -> bytes:
    return msgspec.json.encode(statement) + b"\n"
