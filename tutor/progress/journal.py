"""The journal: an append-only SQLite file of what the learner did, and what follows from it.

`record` returns only when the event is on disk, so whatever is shown after it was kept.
"""

import contextlib
import datetime
import itertools
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from tutor.errors import JournalError
from tutor.progress.deriving import Arriving, Derived
from tutor.progress.event_table import EventTable
from tutor.progress.events import AnyDeed, Deed, Event, Place
from tutor.progress.fold import AnyFold, Fold, State
from tutor.progress.folding import PROGRESS
from tutor.progress.health import Health, look_over
from tutor.progress.lesson_progress import LessonProgress
from tutor.progress.locking import Tell, Watch, alone, tell_nobody, watch_nothing
from tutor.progress.moments import later_than, local_now, utc_text
from tutor.progress.opening import (
    SHAPE,
    closed_on_error,
    connect,
    connect_to_read,
    is_there,
    refuse_newer,
    translated,
)
from tutor.progress.rows import Unreadable, named
from tutor.progress.shaping import bring_up_to_date, create

Clock = Callable[[], datetime.datetime]

A_DAY = datetime.timedelta(days=1)
BATCH = 500
"""So many events are merged at a time."""
UPGRADING = "an update of its file"
IMPORTING = "an import"
REBUILDING = "progress computed anew"


@dataclass(frozen=True)
class Merged:
    """What an import did."""

    added: int
    known: int
    conflicts: int
    """Events whose id is known with other content: ours are kept."""
    left_out: tuple[str, ...] = ()
    """What is wrong with events that were not believed, each with its line in the file."""

    def with_more(self, other: "Merged") -> "Merged":
        """What both did together."""
        return Merged(
            self.added + other.added, self.known + other.known, self.conflicts + other.conflicts
        )


@dataclass(frozen=True)
class Ahead:
    """Events with a time that has not come yet."""

    events: int
    latest: str
    """The latest of those times; empty where there are none."""


class Journal:
    """An open journal. Use as a context manager."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        clock: Clock = local_now,
        tell: Tell = tell_nobody,
        folds: Sequence[AnyFold] = (PROGRESS,),
    ) -> None:
        self.path = path
        self._clock = clock
        self._tell = tell
        self._folds = folds
        self._spoilt: dict[int, Unreadable] = {}
        self._told_of = 0
        self._use(connection)
        self.installation = self._installation(connection)
        """UUID4 of this journal."""

    @classmethod
    def open(
        cls,
        path: Path,
        clock: Clock = local_now,
        tell: Tell = tell_nobody,
        folds: Sequence[AnyFold] = (PROGRESS,),
    ) -> Self:
        """Open or create the journal at `path`.

        Raises DamagedError when the file is no database, JournalError when it cannot be written.
        """
        path = path.resolve()
        with translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            with alone(path, tell) as announce:
                if not is_there(path):
                    create(path)
                connection = connect(path, tell)
                with closed_on_error(connection):
                    if refuse_newer(connection, path) < SHAPE:
                        announce(UPGRADING)
                    changed = bring_up_to_date(connection, path)
                    journal = cls(connection, path, clock, tell, folds)
                    if changed or journal._derived.is_outdated():
                        announce(UPGRADING)
                        with journal._all_or_nothing():
                            journal._derived.rebuild()
        return journal

    @classmethod
    def peek(
        cls,
        path: Path,
        tell: Tell = tell_nobody,
        folds: Sequence[AnyFold] = (PROGRESS,),
    ) -> Self | None:
        """Open the journal at `path` for reading only; None when there is none yet."""
        path = path.resolve()
        with translated(path):
            if not is_there(path):
                return None
            connection = connect_to_read(path, tell)
            with closed_on_error(connection):
                if refuse_newer(connection, path) < SHAPE:
                    connection = _in_todays_shape(connection, path)
                return cls(connection, path, tell=tell, folds=folds)

    def __enter__(self) -> Self:
        """Return the journal itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; a later use of this journal is a bug."""
        self._connection.close()

    def record(self, place: Place, deed: AnyDeed) -> Event:
        """Append one event and all that follows from it; on return it is on disk."""
        with self._transaction():
            now = self._clock()  # inside: whoever waited for the other tutor is later than it
            offset = now.utcoffset() or datetime.timedelta()
            at = utc_text(now)
            event = Event(
                id=str(uuid.uuid4()),
                installation=self.installation,
                at=at,
                rank=self._rank(at, place),
                offset=int(offset.total_seconds() // 60),
                place=place,
                deed=deed,
            )
            self._events.append(event)
            self._derived.add(event)
        return event

    def lesson(self, course: str, lesson: str) -> LessonProgress:
        """Where the learner stands in one lesson."""
        return self.state(PROGRESS, course, lesson)

    def lessons(self, course: str) -> dict[str, LessonProgress]:
        """Where the learner stands in every lesson that was begun."""
        return self.states(PROGRESS, course)

    def state(self, fold: Fold[State], course: str, lesson: str) -> State:
        """What follows from the events of one lesson."""
        with self._reading():
            return self._derived.state(fold, course, lesson)

    def states(self, fold: Fold[State], course: str) -> dict[str, State]:
        """What follows from the events of every lesson that was begun."""
        with self._reading():
            return self._derived.states(fold, course)

    def events(self, *deeds: type[Deed]) -> Iterator[Event]:
        """Events in the order in which this journal got to know them: all, or those of some kinds.

        One that cannot be read is left out, and told of.
        """
        return (event for _, event in self.numbered(*deeds))

    def numbered(self, *deeds: type[Deed], after: int = 0) -> Iterator[tuple[int, Event]]:
        """The same with their numbers, from behind one of these: for who goes on another time."""
        with self._reading():
            yield from self._events.all(*deeds, after=after)

    def events_of(self, course: str, lesson: str) -> Iterator[Event]:
        """Events of one lesson by their moments."""
        with self._reading():
            yield from self._events.of_lesson(course, lesson)

    def dated_ahead(self, now: datetime.datetime) -> Ahead:
        """Events of a clock that was ahead of this one by more than a day."""
        with self._reading():
            return Ahead(*self._events.dated_after(utc_text(now + A_DAY)))

    def count(self) -> int:
        """How many events there are."""
        with self._reading():
            return sum(number for *_, number in self._events.lessons())

    def latest(self, *deeds: type[Deed]) -> Event | None:
        """The event of these kinds that was recorded here last and has not been undone."""
        with self._reading():
            undone = self._events.undone()
            found = self._events.latest(self.installation, *deeds)
            return next((event for event in found if event.id not in undone), None)

    def merge(self, events: Iterable[Event], watch: Watch = watch_nothing) -> Merged:
        """Take in events from elsewhere, all or none; those already known change nothing."""
        merged = Merged(0, 0, 0)
        coming = iter(events)
        with self._transaction(IMPORTING):
            arriving = self._derived.arriving()
            while batch := list(itertools.islice(coming, BATCH)):
                merged = merged.with_more(self._merge_batch(batch, arriving))
                watch(len(batch))
            arriving.finish(watch)
        return merged

    def rebuild(self, watch: Watch = watch_nothing) -> int:
        """Compute everything derived anew from the events; returns the number of lessons."""
        with self._transaction(REBUILDING):
            return self._derived.rebuild(watch)

    def look_over(self, *, deep: bool, watch: Watch = watch_nothing) -> Health:
        """Look for what is wrong, in one view of the file: whatever others write meanwhile."""
        with self._reading():
            return look_over(self._connection, self._folds, deep=deep, watch=watch)

    def faults(self) -> list[str]:
        """All that a deep look finds wrong, in words; empty when all is well."""
        return self.look_over(deep=True).faults

    def _merge_batch(self, batch: list[Event], arriving: Arriving) -> Merged:
        coming: dict[str, Event] = {}
        conflicts = sum(coming.setdefault(event.id, event) != event for event in batch)
        arriving.expect(coming.values())
        for name, ours in self._events.append_unknown(coming).items():
            conflicts += coming.pop(name) != ours
        for event in coming.values():
            arriving.take(event)
        return Merged(len(coming), len(batch) - len(coming) - conflicts, conflicts)

    def _rank(self, at: str, place: Place) -> str:
        """Keep what is done now after what was done before, whatever the clocks say.

        An import from a machine whose clock is ahead, or this clock set back, must not make a
        learner's next steps count for nothing; the time itself stays as the clock has it.
        """
        last = self._events.last_moment(place.course, place.lesson)
        return "" if at > last else later_than(last)

    def _use(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._inode = self.path.stat().st_ino
        self._events = EventTable(connection, self._skip)
        self._derived = Derived(connection, self._events, self._folds)

    def _installation(self, connection: sqlite3.Connection) -> str:
        return str(connection.execute("SELECT id FROM installation").fetchone()[0])

    def _follow(self) -> None:
        """Go on in the file that a repair in another window has put in the place of ours.

        Writing to one that was moved or deleted under us would succeed, and keep nothing.
        """
        with contextlib.suppress(OSError):
            if self.path.stat().st_ino == self._inode:
                return
        with contextlib.suppress(JournalError, sqlite3.Error):
            if is_there(self.path):
                connection = connect(self.path, self._tell)
                with closed_on_error(connection):
                    if self._installation(connection) == self.installation:
                        self._connection.close()
                        self._use(connection)
                        return
                connection.close()
        raise JournalError(
            f"{self.path} was moved or deleted while the tutor was running",
            hint="put it back if you have it, then: tutor",
        )

    @contextlib.contextmanager
    def _transaction(self, work: str = "") -> Iterator[None]:
        """Write alone, all or nothing; `work` is for what takes long."""
        with translated(self.path), alone(self.path, self._tell) as announce:
            if work:
                announce(work)
            self._follow()
            with self._all_or_nothing():
                yield
        self._tell_of_spoilt()

    @contextlib.contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        with translated(self.path):
            yield
        self._tell_of_spoilt()

    def _skip(self, spoilt: Unreadable) -> None:
        self._spoilt[spoilt.seq] = spoilt

    def _tell_of_spoilt(self) -> None:
        if len(self._spoilt) > self._told_of:
            self._told_of = len(self._spoilt)
            self._tell(f"{named(list(self._spoilt.values()))}; run: tutor progress repair")


def _in_todays_shape(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """An older journal: brought up to date, or where it cannot be written, a copy of it."""
    with contextlib.suppress(JournalError):
        Journal.open(path).close()
        connection.close()
        return connect_to_read(path)
    memory = sqlite3.connect(":memory:", isolation_level=None)
    connection.backup(memory)
    connection.close()
    bring_up_to_date(memory, path)
    events = EventTable(memory, lambda _spoilt: None)  # whoever reads it later is told
    Derived(memory, events, (PROGRESS,)).rebuild()
    return memory
