"""Statements to send, frozen: an append-only SQLite file beside the journal.

A statement is written out once, when it is taken up: written anew after a course was edited, it
would say other things under the same id, which no store may take (xAPI 1.0.3, Data 2.3.1,
Communication 2.1.2). What was pulled from one store is kept too, and goes unchanged to another. How
far each store has got is committed after every confirmed batch, so that a kill costs one batch
again at most. All of it can be made anew from the journal, and then nothing is on a store twice.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import msgspec

from tutor.progress.locking import Tell, alone, tell_nobody
from tutor.records.outbox_file import opened, translated

PAGE = 500
"""Statements that are read at a time."""
SERVERS = ("stored", "authority", "version")
"""What a store adds to a statement (Data 2.4): it is not sent to another one."""
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
        return cls(opened(path, tell), path, tell)

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
        with translated(self.path):
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
        with translated(self.path):
            sql = "SELECT seq, event, notes FROM bookmark WHERE journal = ?"
            row = self._connection.execute(sql, (journal,)).fetchone()
        return Bookmark(row[0], row[1], bool(row[2])) if row else None

    def unknown(self, names: Sequence[str]) -> set[str]:
        """Of these ids those that no statement has."""
        with translated(self.path):
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
        with translated(self.path):
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
        with translated(self.path):
            sql = "SELECT statement FROM statement WHERE id = ?"
            row = self._connection.execute(sql, (name,)).fetchone()
        return row[0] if row else None

    def all(self) -> Iterator[Frozen]:
        """Every statement, in order."""
        return self._by_pages(f"{ALL} WHERE true")

    def count(self) -> int:
        """How many statements there are."""
        with translated(self.path):
            return int(self._connection.execute("SELECT count(*) FROM statement").fetchone()[0])

    def is_known_to_a_store(self) -> bool:
        """Tell whether any store has shown or acknowledged something of this outbox."""
        with translated(self.path):
            return self._is_known_to_a_store()

    def standing(self, store: str) -> Standing:
        """What a store has, what waits for it, and what it has refused."""
        with translated(self.path):
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
            with translated(self.path):
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
        with translated(self.path), alone(self.path, self._tell):
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


def _up_to(most_bytes: int, found: Iterator[Frozen]) -> Iterator[Frozen]:
    """Statements for as long as they fit, the first in any case."""
    size = 0
    for frozen in found:
        size += len(frozen.statement)
        if size > most_bytes and size > len(frozen.statement):
            return
        yield frozen
