"""Whether a journal is sound: looked over at a glance, or event by event."""

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tutor.progress.deriving import Derived
from tutor.progress.event_table import EventTable
from tutor.progress.fold import AnyFold
from tutor.progress.locking import Watch, watch_nothing
from tutor.progress.opening import is_damage
from tutor.progress.rows import Unreadable, named

LATEST = 200
"""So many of the latest events are read at a glance."""


@dataclass(frozen=True)
class Health:
    """What was found."""

    events: int
    damage: tuple[str, ...] = ()
    """What SQLite finds wrong with the file."""
    unreadable: tuple[Unreadable, ...] = ()
    behind: tuple[str, ...] = ()
    """Lessons whose progress is not what the events say: it can be computed anew."""

    @property
    def is_damaged(self) -> bool:
        """Tell whether the file itself holds something spoilt."""
        return bool(self.damage or self.unreadable)

    @property
    def faults(self) -> list[str]:
        """All of it in words."""
        unreadable = [named(self.unreadable)] if self.unreadable else []
        return [
            *self.damage,
            *unreadable,
            *(f"progress of {name} differs from its events" for name in self.behind),
        ]


def look_over(
    connection: sqlite3.Connection,
    folds: Sequence[AnyFold],
    *,
    deep: bool,
    watch: Watch = watch_nothing,
) -> Health:
    """Look at a journal in one view of it; what others write meanwhile is not part of it."""
    spoilt: dict[int, Unreadable] = {}
    events = EventTable(connection, lambda row: spoilt.update({row.seq: row}))
    derived = Derived(connection, events, folds)
    count = 0
    damage: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    try:
        with _one_view(connection):
            damage = _damage(connection) if deep else ()
            lessons = events.lessons()
            count = sum(number for *_, number in lessons)
            found = _behind(derived, lessons, watch) if deep else _by_count(derived, lessons)
            behind = tuple(map("/".join, found))
            for _ in events.all(after=max(0, events.last() - LATEST)):
                pass  # what cannot be read takes note of itself
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        damage = (*damage, str(error))
    return Health(count, damage, tuple(spoilt.values()), behind)


Lessons = list[tuple[str, str, int]]


def _behind(derived: Derived, lessons: Lessons, watch: Watch) -> list[tuple[str, str]]:
    """Lessons whose events, taken together, say otherwise than what is kept."""
    return [(c, name) for c, name, _ in lessons if not derived.is_right(c, name, watch)]


def _by_count(derived: Derived, lessons: Lessons) -> list[tuple[str, str]]:
    """Lessons of which more or fewer events were taken in than there are."""
    kept = derived.kept()
    return [(c, name) for c, name, number in lessons if kept.get((c, name)) != number]


@contextlib.contextmanager
def _one_view(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _damage(connection: sqlite3.Connection) -> tuple[str, ...]:
    rows = connection.execute("PRAGMA integrity_check").fetchall()
    return tuple(str(row[0]) for row in rows if row[0] != "ok")
