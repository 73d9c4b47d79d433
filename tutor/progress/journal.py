"""The journal: an append-only SQLite file of what the learner did, and what follows from it.

`record` returns only when the event is on disk, so whatever is shown after it was kept.
"""

import contextlib
import datetime
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from tutor.errors import JournalError
from tutor.progress.events import AnyDeed, Event, Place
from tutor.progress.folding import apply, follows, recompute
from tutor.progress.lesson_progress import RULE, LessonProgress
from tutor.progress.migrations import MIGRATIONS
from tutor.progress.opening import (
    SHAPE,
    Tell,
    closed_on_error,
    connect,
    connect_to_read,
    refuse_newer,
    tell_nobody,
    translated,
)

Clock = Callable[[], datetime.datetime]

COLUMNS = "id, installation, at, rank, offset, place, deed"


@dataclass(frozen=True)
class Merge:
    """What an import did."""

    added: int
    known: int
    conflicts: int
    """Events whose id is known with other content: ours are kept."""


def local_now() -> datetime.datetime:
    """The time, with the local offset from UTC."""
    return datetime.datetime.now().astimezone()


class Journal:
    """An open journal. Use as a context manager."""

    def __init__(self, connection: sqlite3.Connection, path: Path, clock: Clock) -> None:
        self._connection = connection
        self.path = path
        self._clock = clock
        self._inode = path.stat().st_ino

    @classmethod
    def open(cls, path: Path, clock: Clock = local_now, tell: Tell = tell_nobody) -> Self:
        """Open or create the journal at `path`.

        Raises DamagedError when the file is no database, JournalError when it cannot be written.
        """
        with translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = connect(path, tell)
            with closed_on_error(connection):
                journal = cls(connection, path, clock)
                journal._prepare()
        return journal

    @classmethod
    def peek(cls, path: Path, tell: Tell = tell_nobody) -> Self | None:
        """Open the journal at `path` for reading only; None when there is none yet."""
        if not path.exists():
            return None
        with translated(path):
            connection = connect_to_read(path, tell)
            with closed_on_error(connection):
                journal = cls(connection, path, local_now)
                refuse_newer(connection, path)
                if journal._version() == 0:  # just made, or cut to nothing: nothing is in it
                    connection.close()
                    return None
        return journal

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

    @property
    def installation(self) -> str:
        """UUID4 of this journal."""
        return str(self._connection.execute("SELECT id FROM installation").fetchone()[0])

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
            self._insert(event)
            self._derive(event)
        return event

    def lesson(self, course: str, lesson: str) -> LessonProgress:
        """Where the learner stands in one lesson."""
        return self.lessons(course).get(lesson) or LessonProgress()

    def lessons(self, course: str) -> dict[str, LessonProgress]:
        """Where the learner stands in every lesson that was begun."""
        with translated(self.path):
            rows = self._connection.execute(
                "SELECT lesson, rule, progress FROM lesson_progress WHERE course = ?", (course,)
            ).fetchall()
            return {
                lesson: _progress(blob)
                if rule == RULE
                else recompute(self._events_of(course, lesson))
                for lesson, rule, blob in rows
            }

    def events(self) -> Iterator[Event]:
        """Every event in the order in which this journal got to know it."""
        with translated(self.path):
            rows = self._connection.execute(f"SELECT {COLUMNS} FROM event ORDER BY seq")  # noqa: S608  columns are ours
            yield from map(read_row, rows)

    def find(self, wanted: Callable[[Event], bool]) -> Event | None:
        """The event recorded here last that is `wanted` and has not been undone."""
        undone = {e for p in self._all_progress() for e in p.undone}
        here = self.installation
        found = None
        for event in self.events():
            if event.installation == here and event.id not in undone and wanted(event):
                found = event
        return found

    def merge(self, events: Iterable[Event]) -> Merge:
        """Take in events from elsewhere, all or none; those already known change nothing."""
        added = known = conflicts = 0
        touched: set[tuple[str, str]] = set()
        with self._transaction():
            for event in events:
                ours = self._known(event.id)
                if ours is None:
                    self._insert(event)
                    touched.add((event.place.course, event.place.lesson))
                    added += 1
                elif ours == event:
                    known += 1
                else:
                    conflicts += 1
            for course, lesson in touched:
                self._rebuild(course, lesson)
        return Merge(added, known, conflicts)

    def rebuild(self) -> int:
        """Compute everything derived anew from the events; returns the number of lessons."""
        with self._transaction():
            self._connection.execute("DELETE FROM lesson_progress")
            lessons = self._connection.execute("SELECT DISTINCT course, lesson FROM event")
            pairs = lessons.fetchall()
            for course, lesson in pairs:
                self._rebuild(course, lesson)
        return sum(1 for _, lesson in pairs if lesson)  # guesses at a demo belong to none

    def faults(self) -> list[str]:
        """What SQLite's own check and a full recomputation find wrong; empty when all is well."""
        with translated(self.path):
            rows = self._connection.execute("PRAGMA integrity_check").fetchall()
            found = [str(row[0]) for row in rows if row[0] != "ok"]
            stored = self._connection.execute(
                "SELECT DISTINCT course, lesson, rule, progress"
                " FROM event LEFT JOIN lesson_progress USING (course, lesson)"
            ).fetchall()
            for course, lesson, rule, blob in stored:
                if rule is None:
                    found.append(f"progress of {course}/{lesson} is missing")
                elif rule == RULE and _progress(blob) != recompute(self._events_of(course, lesson)):
                    found.append(f"progress of {course}/{lesson} differs from its events")
        return found

    def _all_progress(self) -> list[LessonProgress]:
        courses = self._connection.execute("SELECT DISTINCT course FROM lesson_progress")
        return [p for (course,) in courses.fetchall() for p in self.lessons(course).values()]

    def _rank(self, at: str, place: Place) -> str:
        """Keep what is done now after what was done before, whatever the clocks say.

        An import from a machine whose clock is ahead, or this clock set back, must not make a
        learner's next steps count for nothing; the time itself stays as the clock has it.
        """
        progress = self._stored(place.course, place.lesson)
        last = progress.through[0] if progress else ""
        if at > last:
            return ""
        later = datetime.datetime.fromisoformat(last) + datetime.timedelta(microseconds=1)
        return utc_text(later)

    def _refuse_moved(self) -> None:
        """Writing to a file that was deleted under us would succeed, and keep nothing."""
        try:
            same = self.path.stat().st_ino == self._inode
        except OSError:
            same = False
        if not same:
            raise JournalError(
                f"{self.path} was moved or deleted while the tutor was running",
                hint="put it back if you have it, then: tutor",
            )

    def _prepare(self) -> None:
        """Bring the file to the newest shape; each migration and its mark are one transaction."""
        refuse_newer(self._connection, self.path)
        while self._version() < SHAPE:
            with self._transaction():
                version = self._version()  # another tutor may have been faster
                if version < SHAPE:
                    MIGRATIONS[version](self._connection)
                    self._connection.execute(f"PRAGMA user_version = {version + 1}")
        if self._outdated():
            self.rebuild()

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def _outdated(self) -> bool:
        query = "SELECT 1 FROM lesson_progress WHERE rule <> ? LIMIT 1"
        return self._connection.execute(query, (RULE,)).fetchone() is not None

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._refuse_moved()
        with translated(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _insert(self, event: Event) -> None:
        place = msgspec.json.encode(event.place).decode()
        deed = msgspec.json.encode(event.deed).decode()
        where = (event.place.course, event.place.lesson)
        self._connection.execute(
            "INSERT INTO event (id, installation, at, rank, offset, course, lesson, place, deed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(event.id, event.installation, event.at, event.rank, event.offset),
                *(*where, place, deed),
            ),
        )

    def _known(self, event: str) -> Event | None:
        query = f"SELECT {COLUMNS} FROM event WHERE id = ?"  # noqa: S608
        row = self._connection.execute(query, (event,)).fetchone()
        return read_row(row) if row else None

    def _stored(self, course: str, lesson: str) -> LessonProgress | None:
        query = "SELECT progress FROM lesson_progress WHERE course = ? AND lesson = ? AND rule = ?"
        row = self._connection.execute(query, (course, lesson, RULE)).fetchone()
        return _progress(row[0]) if row else None

    def _derive(self, event: Event) -> None:
        course, lesson = event.place.course, event.place.lesson
        progress = self._stored(course, lesson)
        if progress is not None and follows(progress, event):
            self._store(course, lesson, apply(progress, event))
        else:
            self._rebuild(course, lesson)

    def _rebuild(self, course: str, lesson: str) -> None:
        self._store(course, lesson, recompute(self._events_of(course, lesson)))

    def _store(self, course: str, lesson: str, progress: LessonProgress) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO lesson_progress VALUES (?, ?, ?, ?)",
            (course, lesson, RULE, msgspec.msgpack.encode(progress)),
        )

    def _events_of(self, course: str, lesson: str) -> list[Event]:
        query = f"SELECT {COLUMNS} FROM event WHERE course = ? AND lesson = ?"  # noqa: S608
        return [read_row(row) for row in self._connection.execute(query, (course, lesson))]


def _progress(blob: bytes) -> LessonProgress:
    return msgspec.msgpack.decode(blob, type=LessonProgress)


def read_row(row: tuple[str, str, str, str, int, str, str]) -> Event:
    """Read a row of the columns above as an event; raises msgspec.DecodeError."""
    name, installation, at, rank, offset, place, deed = row
    return Event(
        id=name,
        installation=installation,
        at=at,
        rank=rank,
        offset=offset,
        place=msgspec.json.decode(place, type=Place),
        deed=msgspec.json.decode(deed, type=AnyDeed),
    )


def utc_text(moment: datetime.datetime) -> str:
    """Write a time as events carry it."""
    utc = moment.astimezone(datetime.UTC)
    return utc.isoformat(timespec="microseconds").replace("+00:00", "Z")
