"""What to do with a damaged journal: set it aside under a name that tells, save what reads."""

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tutor.progress.events import Event
from tutor.progress.journal import COLUMNS, Clock, Journal, local_now, read_row
from tutor.progress.opening import DamagedError, Tell, tell_nobody

SMALLEST_EVENT = 100
"""No event takes fewer bytes than this: two UUIDs alone take 72."""


@dataclass(frozen=True)
class Rescue:
    """The damaged file's new name, and how many events could still be read from it."""

    aside: Path
    events: int


def open_journal(
    path: Path, clock: Clock = local_now, tell: Tell = tell_nobody
) -> tuple[Journal, Rescue | None]:
    """Open the journal; a damaged one is set aside, and a new one holds what could be read."""
    try:
        return Journal.open(path, clock, tell), None
    except DamagedError:
        return repair(path, clock)


def is_sound(path: Path, tell: Tell = tell_nobody) -> bool:
    """Tell whether a journal reads and adds up."""
    try:
        with Journal.open(path, tell=tell) as journal:
            return not journal.faults()
    except DamagedError:
        return False


def repair(path: Path, clock: Clock = local_now) -> tuple[Journal, Rescue]:
    """Set the journal at `path` aside and start a new one with every event that still reads."""
    aside = _set_aside(path, clock)
    journal = Journal.open(path, clock)
    merged = journal.merge(_readable(aside))
    return journal, Rescue(aside, merged.added)


def _set_aside(path: Path, clock: Clock) -> Path:
    stamp = clock().strftime("%Y%m%d-%H%M%S")
    number, aside = 1, path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}")
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.stem}-damaged-{stamp}-{number}{path.suffix}")
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        companion = path.with_name(path.name + suffix)
        if companion.exists():
            companion.rename(aside.with_name(aside.name + suffix))
    return aside


def _readable(path: Path) -> Iterator[Event]:
    """Every event that can be read, row by row: one bad page must not cost the others."""
    query = f"SELECT {COLUMNS} FROM event WHERE seq = ?"  # noqa: S608
    address = f"{path.absolute().as_uri()}?mode=ro"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
        try:
            connection.execute("PRAGMA writable_schema = ON")  # else a file cut short is refused
            connection.execute("SELECT seq FROM event LIMIT 0")
        except sqlite3.Error:
            return
        for seq in range(1, _last(connection, path) + 1):
            try:
                row = connection.execute(query, (seq,)).fetchone()
                if row is not None:
                    yield read_row(row)
            except (sqlite3.Error, msgspec.DecodeError, TypeError):
                continue


def _last(connection: sqlite3.Connection, path: Path) -> int:
    """The latest event's number; where that is lost, more than the file has room for."""
    try:
        return int(connection.execute("SELECT max(seq) FROM event").fetchone()[0] or 0)
    except sqlite3.Error:
        return path.stat().st_size // SMALLEST_EVENT
