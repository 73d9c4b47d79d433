"""The events in the file: appended, read, never changed."""

import itertools
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tutor.progress.events import Deed, Event, Noted, Reported, Reset, Undone, Vouched
from tutor.progress.rows import (
    COLUMNS,
    INSERT,
    INSERT_UNKNOWN,
    MOMENT,
    Unreadable,
    kind_of,
    read_row,
    row_of,
)

Skip = Callable[[Unreadable], None]
"""Take note of a row that cannot be read; the reader goes on with the next."""
AtMoment = tuple[str, str]
"""What `Event.moment` is."""

RARE = (Noted, Reported, Vouched, Reset, Undone)
"""Deeds that an index finds among a million others; its condition, word for word:"""
IS_RARE = f"kind IN ({', '.join(repr(kind_of(deed)) for deed in RARE)})"
BEGINNING: AtMoment = ("", "")


class EventTable:
    """All events; whoever writes sees to the transaction."""

    def __init__(self, connection: sqlite3.Connection, skip: Skip) -> None:
        self._connection = connection
        self._skip = skip

    def append(self, event: Event, seq: int | None = None) -> None:
        """Write one event, under a number of its own or under one that it had before."""
        self._connection.execute(INSERT, (seq, *row_of(event)))

    def append_unknown(self, events: Mapping[str, Event]) -> dict[str, Event | None]:
        """Write those of these events, by id, that are not there yet.

        The others come back as they are read here: perhaps not at all. To look for each before it
        is written would cost as much as the writing.
        """
        last = self.last()
        rows = ((None, *row_of(event)) for event in events.values())
        written = self._connection.executemany(INSERT_UNKNOWN, rows).rowcount
        return self.known(list(events), up_to=last) if written < len(events) else {}

    def known(self, ids: list[str], up_to: int = sys.maxsize) -> dict[str, Event | None]:
        """Of these ids those that are there, with what is read under each: perhaps nothing.

        Those numbered higher than `up_to` are left out.
        """
        marks = ", ".join("?" * len(ids))
        rows = self._connection.execute(
            f"SELECT id, {COLUMNS} FROM event WHERE id IN ({marks}) AND seq <= ?",  # noqa: S608
            (*ids, up_to),
        )
        return {name: self._read(row) for name, *row in rows}

    def all(self, *deeds: type[Deed], after: int = 0) -> Iterator[tuple[int, Event]]:
        """Events with their numbers, in the order in which this journal got to know them.

        Of some kinds only, where they are named; and behind a number, to go on from there.
        """
        where, kinds = _of_kinds(deeds)
        return self._numbered(f"WHERE seq > ? {where} ORDER BY seq", (after, *kinds))

    def latest(self, installation: str, *deeds: type[Deed]) -> Iterator[Event]:
        """Events of some kinds that one journal wrote, the latest first."""
        where, kinds = _of_kinds(deeds)
        sql = f"WHERE installation = ? {where} ORDER BY seq DESC"
        return (event for _, event in self._numbered(sql, (installation, *kinds)))

    def of_lesson(self, course: str, lesson: str, after: AtMoment = BEGINNING) -> Iterator[Event]:
        """Events of a lesson by their moments, from behind one of these."""
        sql = f"WHERE course = ? AND lesson = ? AND {MOMENT} >= ? ORDER BY {MOMENT}, id"
        events = (event for _, event in self._numbered(sql, (course, lesson, after[0])))
        return itertools.dropwhile(lambda event: event.moment <= after, events)

    def last_moment(self, course: str, lesson: str) -> str:
        """The first half of the latest moment in a lesson; empty where nothing happened."""
        row = self._connection.execute(
            f"SELECT CAST({MOMENT} AS BLOB) FROM event WHERE course = ? AND lesson = ?"  # noqa: S608
            f" ORDER BY {MOMENT} DESC LIMIT 1",
            (course, lesson),
        ).fetchone()
        return row[0].decode(errors="replace") if row else ""

    def last(self) -> int:
        """The number of the latest event; 0 before the first."""
        return int(self._connection.execute("SELECT max(seq) FROM event").fetchone()[0] or 0)

    def dated_after(self, at: str) -> tuple[int, str]:
        """How many events there are with a later time than this, and the latest of their times."""
        sql = "SELECT count(*), CAST(max(at) AS BLOB) FROM event WHERE at > ?"
        count, latest = self._connection.execute(sql, (at,)).fetchone()
        return count, (latest or b"").decode(errors="replace")

    def moment_of(self, name: str) -> AtMoment | None:
        """The moment of an event by its id; None where it is not there, or unreadable."""
        event = self.known([name]).get(name)
        return event.moment if event else None

    def undone(self) -> set[str]:
        """Ids of what was undone, in any lesson."""
        return self._undone("", ())

    def undone_in(self, course: str, lesson: str) -> set[str]:
        """Ids of what was undone in a lesson."""
        return self._undone("AND course = ? AND lesson = ?", (course, lesson))

    def _undone(self, where: str, values: tuple[str, ...]) -> set[str]:
        found = self._numbered(f"WHERE {IS_RARE} AND kind = 'undone' {where}", values)
        return {event.deed.event for _, event in found if isinstance(event.deed, Undone)}

    def lessons(self) -> list[tuple[str, str, int]]:
        """Course and lesson wherever something happened, and how many events there are of it."""
        sql = "SELECT course, lesson, count(*) FROM event GROUP BY course, lesson"
        return self._connection.execute(sql).fetchall()

    def _numbered(self, where: str, values: tuple[Any, ...]) -> Iterator[tuple[int, Event]]:
        sql = f"SELECT {COLUMNS} FROM event {where}"  # noqa: S608  columns and conditions are ours
        rows = self._connection.execute(sql, values)
        for row in rows:
            read = read_row(row)
            if isinstance(read, Unreadable):
                self._skip(read)
            else:
                yield row[0], read

    def _read(self, row: Any) -> Event | None:
        read = read_row(row)
        if isinstance(read, Unreadable):
            self._skip(read)
            return None
        return read


def _of_kinds(deeds: tuple[type[Deed], ...]) -> tuple[str, tuple[str, ...]]:
    """A condition in SQL for some kinds of deed, and its values; none at all for all of them."""
    if not deeds:
        return "", ()
    rare = f"AND {IS_RARE} " if set(deeds) <= set(RARE) else ""
    return f"{rare}AND kind IN ({', '.join('?' * len(deeds))})", tuple(map(kind_of, deeds))
