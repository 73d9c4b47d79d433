"""Statements to send, frozen: an append-only SQLite file beside the journal.

A statement is written out once, when it is taken up: written anew after a course was edited, it
would say other things under the same id, which no store may take (xAPI 1.0.3, Data 2.3.1,
Communication 2.1.2). What was pulled from one store is kept too, and goes unchanged to another. How
far each store has got is committed after every confirmed batch, so that a kill costs one batch
again at most. All of it can be made anew from the journal, and then nothing is on a store twice.
"""

import contextlib
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import msgspec

from tutor.errors import JournalError, RecordsError
from tutor.progress.locking import Tell, alone, tell_nobody
from tutor.progress.opening import (
    closed_on_error,
    connect,
    connect_to_read,
    index_of_log,
    is_damage,
    log_of,
)

FILE = "outbox.sqlite3"
SHAPE = 1
"""The newest shape of the file."""
PAGE = 500
"""Statements that are read at a time."""
SERVERS = ("stored", "authority", "version")
"""What a store adds to a statement (Data 2.4): it is not sent to another one."""
TABLES = """
CREATE TABLE statement (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    statement BLOB NOT NULL);  -- JSON, as it is sent

CREATE TABLE bookmark (  -- how far journals were read
    journal TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    event TEXT NOT NULL,  -- its id: a journal put back from a backup has another one there
    notes INTEGER NOT NULL);

CREATE TABLE unfinished (  -- lessons of which more may follow than was written
    course TEXT NOT NULL,
    lesson TEXT NOT NULL,
    PRIMARY KEY (course, lesson));

CREATE TABLE cursor (store TEXT PRIMARY KEY, acked INTEGER NOT NULL);

CREATE TABLE held (  -- ahead of the cursor: what a store has shown us
    store TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (store, seq));

CREATE TABLE forgotten (had INTEGER PRIMARY KEY);  -- a row where a store had something

CREATE TABLE refused (
    store TEXT NOT NULL,
    seq INTEGER NOT NULL,
    status INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (store, seq));

CREATE TRIGGER statement_no_update BEFORE UPDATE ON statement
    BEGIN SELECT RAISE(ABORT, 'statements are never changed'); END;

CREATE TRIGGER statement_no_delete BEFORE DELETE ON statement
    BEGIN SELECT RAISE(ABORT, 'statements are never changed'); END"""
FORGET = tuple(f"DELETE FROM {table} WHERE store = ?" for table in ("cursor", "held", "refused"))  # noqa: S608
Lesson = tuple[str, str]
"""A course and a lesson of it, by their ids."""


class Frozen(NamedTuple):
    """A statement as it is sent."""

    seq: int
    id: str
    statement: bytes
    """JSON of one statement."""


class Refused(NamedTuple):
    """A statement that a store does not take."""

    seq: int
    id: str
    status: int
    """The HTTP status of the answer."""
    reason: str


class Bookmark(NamedTuple):
    """How far a journal was read."""

    seq: int
    event: str
    """The id of the event with that number."""
    notes: bool
    """Whether the learner's notes were taken up as well."""


@dataclass(frozen=True)
class Standing:
    """How far a store has got."""

    acknowledged: int
    waiting: int
    refused: tuple[Refused, ...]


class Outbox:
    """An open outbox. Use as a context manager.

    A store is a name of the caller's. Each method that writes is one transaction, on disk when it
    returns.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, tell: Tell) -> None:
        self.path = path
        self._connection = connection
        self._tell = tell

    @classmethod
    def peek(cls, path: Path, tell: Tell = tell_nobody) -> Self | None:
        """Open an outbox to look into it; None where there is none yet."""
        return cls.open(path, tell) if path.exists() else None

    @classmethod
    def open(cls, path: Path, tell: Tell = tell_nobody) -> Self:
        """Open or make the outbox at `path`; one that is damaged is set aside and made anew.

        Raises RecordsError where it cannot be written, or a newer tutor has made it.
        """
        with _translated(path):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with alone(path, tell):
                try:
                    connection = _opened(path, tell)
                except sqlite3.DatabaseError as error:
                    if not is_damage(error):
                        raise
                    tell(f"{_set_aside(path)} is damaged; your records are written out anew")
                    connection = _opened(path, tell)
        return cls(connection, path, tell)

    def __enter__(self) -> Self:
        """Return the outbox itself."""
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
        """Close the file; a later use of this outbox is a bug."""
        self._connection.close()

    def waiting(self, store: str, limit: int = 100, most_bytes: int = 1_000_000) -> list[Frozen]:
        """The next statements to send to a store, in order: one at least, where there are any.

        The answer is no longer than `limit`, nor the statements together than `most_bytes`.
        """
        with _translated(self.path):
            found = self._connection.execute(
                f"{WAITING} ORDER BY seq LIMIT ?", (*[store] * 3, limit)
            )
            return list(_up_to(most_bytes, map(Frozen._make, found)))

    def all_waiting(self, store: str) -> Iterator[Frozen]:
        """Every statement to send to a store, in order."""
        return self._by_pages(WAITING, store, store, store)

    def acknowledge(self, store: str, seq: int) -> None:
        """Note that a store has everything up to `seq` that was not refused."""
        with self._transaction():
            self._move(store, seq)

    def refuse(self, store: str, seq: int, status: int, reason: str) -> None:
        """Set one statement aside for one store, which goes on with the next."""
        with self._transaction():
            sql = "INSERT OR REPLACE INTO refused VALUES (?, ?, ?, ?)"
            self._connection.execute(sql, (store, seq, status, reason))

    def retry(self, store: str) -> int:
        """Let what a store has refused wait again; returns how many statements that are."""
        with self._transaction():
            first = self._first_refused(store)
            if first is None:
                return 0
            self._connection.execute(
                "INSERT OR IGNORE INTO held SELECT ?, seq FROM statement"
                " WHERE seq >= ? AND seq <= ?"
                " AND seq NOT IN (SELECT seq FROM refused WHERE store = ?)",
                (store, first, self._acked(store), store),
            )
            self._move(store, first - 1, back=True)
            sql = "DELETE FROM refused WHERE store = ?"
            return self._connection.execute(sql, (store,)).rowcount

    def take_in(self, store: str, statements: Iterable[Mapping[str, Any]]) -> int:
        """Keep statements that a store has shown; returns how many were not known.

        They will not be sent to that store again, and to others as they are.
        """
        new = 0
        with self._transaction():
            for statement in statements:
                rest = {name: value for name, value in statement.items() if name not in SERVERS}
                name = str(statement["id"]).lower()
                new += self._add(name, msgspec.json.encode(rest))
                sql = "INSERT OR IGNORE INTO held SELECT ?, seq FROM statement WHERE id = ?"
                self._connection.execute(sql, (store, name))
        return new

    def bookmark(self, journal: str) -> Bookmark | None:
        """How far a journal, by its installation, was read; None before the first time."""
        with _translated(self.path):
            sql = "SELECT seq, event, notes FROM bookmark WHERE journal = ?"
            row = self._connection.execute(sql, (journal,)).fetchone()
        return Bookmark(row[0], row[1], bool(row[2])) if row else None

    def unknown(self, names: Sequence[str]) -> set[str]:
        """Of these ids those that no statement has."""
        with _translated(self.path):
            marks = ", ".join("?" * len(names))
            sql = f"SELECT id FROM statement WHERE id IN ({marks})"  # noqa: S608  marks only
            return set(names) - {row[0] for row in self._connection.execute(sql, names)}

    def freeze(
        self,
        journal: str,
        read_to: Bookmark,
        statements: Iterable[Mapping[str, Any]],
        lessons: Iterable[Lesson],
    ) -> int:
        """Keep statements for ever, and with them how far the journal was read.

        Of the lessons named more may follow. Returns how many statements were new.
        """
        with self._transaction():
            new = sum(self._add(one["id"], msgspec.json.encode(one)) for one in statements)
            sql = "INSERT OR REPLACE INTO bookmark VALUES (?, ?, ?, ?)"
            self._connection.execute(sql, (journal, *read_to))
            sql = "INSERT OR IGNORE INTO unfinished VALUES (?, ?)"
            self._connection.executemany(sql, lessons)
        return new

    def unfinished(self) -> list[Lesson]:
        """Lessons of which more may follow than was written."""
        with _translated(self.path):
            return self._connection.execute("SELECT course, lesson FROM unfinished").fetchall()

    def freeze_lesson(self, lesson: Lesson, statements: Iterable[Mapping[str, Any]]) -> int:
        """Keep what follows of a lesson; returns how many statements were new."""
        with self._transaction():
            new = sum(self._add(one["id"], msgspec.json.encode(one)) for one in statements)
            sql = "DELETE FROM unfinished WHERE course = ? AND lesson = ?"
            self._connection.execute(sql, lesson)
        return new

    def get(self, name: str) -> bytes | None:
        """A statement by its id; None for one that is not here."""
        with _translated(self.path):
            sql = "SELECT statement FROM statement WHERE id = ?"
            row = self._connection.execute(sql, (name,)).fetchone()
        return row[0] if row else None

    def all(self) -> Iterator[Frozen]:
        """Every statement, in order."""
        return self._by_pages(f"{ALL} WHERE true")

    def count(self) -> int:
        """How many statements there are."""
        with _translated(self.path):
            return int(self._connection.execute("SELECT count(*) FROM statement").fetchone()[0])

    def is_known_to_a_store(self) -> bool:
        """Tell whether any store has shown or acknowledged something of this outbox."""
        with _translated(self.path):
            return self._is_known_to_a_store()

    def standing(self, store: str) -> Standing:
        """What a store has, what waits for it, and what it has refused."""
        with _translated(self.path):
            total = self.count()
            sql = WAITING.replace("seq, id, statement", "count(*)", 1)
            waits = int(self._connection.execute(sql, [store] * 3).fetchone()[0])
            found = self._connection.execute(
                "SELECT seq, id, status, reason FROM refused JOIN statement USING (seq)"
                " WHERE store = ? ORDER BY seq",
                (store,),
            )
            refused = tuple(map(Refused._make, found))
        return Standing(total - waits - len(refused), waits, refused)

    def forget(self, store: str) -> None:
        """Know nothing of a store any more: all waits for it again, if it comes back.

        That some store has something of this outbox is not forgotten.
        """
        with self._transaction():
            if self._is_known_to_a_store():
                self._connection.execute("INSERT OR IGNORE INTO forgotten VALUES (1)")
            for sql in FORGET:
                self._connection.execute(sql, (store,))

    def _is_known_to_a_store(self) -> bool:
        sql = (
            "SELECT 1 FROM cursor WHERE acked > 0 UNION SELECT 1 FROM held"
            " UNION SELECT 1 FROM forgotten LIMIT 1"
        )
        return self._connection.execute(sql).fetchone() is not None

    def _by_pages(self, sql: str, *values: str) -> Iterator[Frozen]:
        """Rows page by page: between two of them the caller, and others, may write."""
        last, sql = 0, f"{sql} AND seq > ? ORDER BY seq LIMIT {PAGE}"
        while True:
            with _translated(self.path):
                found = self._connection.execute(sql, (*values, last)).fetchall()
            yield from map(Frozen._make, found)
            if len(found) < PAGE:
                return
            last = found[-1][0]

    def _move(self, store: str, seq: int, *, back: bool = False) -> None:
        acked = seq if back else max(seq, self._acked(store))
        self._connection.execute("INSERT OR REPLACE INTO cursor VALUES (?, ?)", (store, acked))
        self._connection.execute("DELETE FROM held WHERE store = ? AND seq <= ?", (store, acked))

    def _acked(self, store: str) -> int:
        sql = "SELECT acked FROM cursor WHERE store = ?"
        row = self._connection.execute(sql, (store,)).fetchone()
        return int(row[0]) if row else 0

    def _first_refused(self, store: str) -> int | None:
        sql = "SELECT min(seq) FROM refused WHERE store = ?"
        row = self._connection.execute(sql, (store,)).fetchone()
        return row[0] if row else None

    def _add(self, name: str, statement: bytes) -> bool:
        sql = "INSERT OR IGNORE INTO statement (id, statement) VALUES (?, ?)"
        return self._connection.execute(sql, (name, statement)).rowcount == 1

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        """Write alone, all or nothing."""
        with _translated(self.path), alone(self.path, self._tell):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


ALL = "SELECT seq, id, statement FROM statement"
WAITING = (
    "SELECT seq, id, statement FROM statement"
    " WHERE seq > coalesce((SELECT acked FROM cursor WHERE store = ?), 0)"
    " AND seq NOT IN (SELECT seq FROM held WHERE store = ?)"
    " AND seq NOT IN (SELECT seq FROM refused WHERE store = ?)"
)


def looked_at(path: Path, *, deep: bool) -> tuple[int, list[str]]:
    """How many statements an outbox has, and what is wrong with its file; writes nothing."""
    try:
        connection = connect_to_read(path)
        try:
            found = connection.execute(f"PRAGMA {'integrity' if deep else 'quick'}_check(3)")
            faults = [str(row[0]) for row in found if row[0] != "ok"]
            return connection.execute("SELECT count(*) FROM statement").fetchone()[0], faults
        finally:
            connection.close()
    except (sqlite3.Error, OSError) as error:
        return 0, [str(error)]


def discard(path: Path) -> None:
    """Delete an outbox of which no store knows; it is made anew from the journal."""
    with _translated(path), alone(path):
        for file in (path, log_of(path), index_of_log(path)):
            file.unlink(missing_ok=True)


def _up_to(most_bytes: int, found: Iterator[Frozen]) -> Iterator[Frozen]:
    """Statements for as long as they fit, the first in any case."""
    size = 0
    for frozen in found:
        size += len(frozen.statement)
        if size > most_bytes and size > len(frozen.statement):
            return
        yield frozen


def _opened(path: Path, tell: Tell) -> sqlite3.Connection:
    if not path.exists():
        path.touch(mode=0o600)
    connection = connect(path, tell)
    with closed_on_error(connection):
        shape = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if shape > SHAPE:
            hint = "update this tutor, or set TUTOR_HOME to another folder"
            raise RecordsError(f"{path} was written by a newer tutor", hint=hint)
        if shape < SHAPE:
            _create(connection)
    return connection


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for sql in TABLES.split("\n\n"):
        connection.execute(sql)
    connection.execute(f"PRAGMA user_version = {SHAPE}")
    connection.execute("COMMIT")


def _set_aside(path: Path) -> Path:
    """Move a damaged file out of the way, and what SQLite has beside it."""
    aside = path.with_name(f"{path.name}.damaged-{time.time_ns()}")
    path.replace(aside)
    for beside in (log_of(path), index_of_log(path)):
        beside.unlink(missing_ok=True)
    return aside


@contextlib.contextmanager
def _translated(path: Path) -> Iterator[None]:
    """Say what SQLite and the system say as what the learner can do about it."""
    try:
        yield
    except JournalError as error:  # the lock's, whose words are the journal's
        raise RecordsError(error.message.replace("journal", "outbox"), hint=error.hint) from error
    except (sqlite3.Error, OSError) as error:
        if is_damage(error):
            hint = "delete that file: it is made anew from your journal, which holds all you did"
            raise RecordsError(f"{path} is damaged", hint=hint) from error
        message = f"{path}, from which your records are sent, cannot be used: {error}"
        hint = "nothing that you did is lost; make room or make it writable, then try again"
        raise RecordsError(message, hint=hint) from error
