"""What still reads in a damaged journal, row by row: one bad page must not cost the others.

SQLite reads it first; then its pages are searched without SQLite, for what that did not find.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from tutor.progress.carving import carve, carve_installation
from tutor.progress.descriptors import Holding, holding
from tutor.progress.events import Event
from tutor.progress.opening import size_of
from tutor.progress.rows import (
    COLUMNS,
    COLUMNS_BEFORE_CHECKSUMS,
    Unreadable,
    read_row,
    read_row_before_checksums,
)

SMALLEST_EVENT = 100
"""No event takes fewer bytes than this: two UUIDs alone take 72."""

Salvaged: TypeAlias = tuple[int, Event] | Unreadable
"""An event with its number, or what is left of one."""


def salvage(path: Path) -> Iterator[Salvaged]:
    """Every event that can be read in the file at `path`, and every row that cannot."""
    if not size_of(path):
        return  # SQLite would delete the log that may lie beside an empty file
    spoilt: dict[int, Unreadable] = {}
    known: set[str] = set()
    for found in _by_sqlite(path):
        if isinstance(found, Unreadable):
            spoilt[found.seq] = found
        else:
            known.add(found[1].id)
            yield found
    for seq, event in carve(path):
        if event.id not in known:
            spoilt.pop(seq, None)
            yield seq, event
    yield from spoilt.values()


def _by_sqlite(path: Path) -> Iterator[Salvaged]:
    with contextlib.closing(_read_only(path)) as connection:
        try:
            connection.execute("PRAGMA writable_schema = ON")  # else a file cut short is refused
            columns = {row[1] for row in connection.execute("PRAGMA table_info(event)")}
        except sqlite3.Error:
            return
        if columns:
            yield from _rows(connection, path, has_checksums="checksum" in columns)


def _read_only(path: Path) -> Holding:
    address = f"{path.absolute().as_uri()}?mode=ro"
    return holding(path, lambda: sqlite3.connect(address, uri=True, factory=Holding))


def _rows(connection: sqlite3.Connection, path: Path, *, has_checksums: bool) -> Iterator[Salvaged]:
    columns = COLUMNS if has_checksums else COLUMNS_BEFORE_CHECKSUMS
    read = read_row if has_checksums else read_row_before_checksums
    query = f"SELECT {columns} FROM event WHERE seq = ?"  # noqa: S608  columns are ours
    for seq in range(1, _last(connection, path) + 1):
        try:
            row: Any = connection.execute(query, (seq,)).fetchone()
        except sqlite3.Error as error:
            yield Unreadable(seq, str(error))
            continue
        if row is not None:
            event = read(row)
            yield event if isinstance(event, Unreadable) else (seq, event)


def _last(connection: sqlite3.Connection, path: Path) -> int:
    """The latest event's number; where that is lost, more than the file has room for."""
    try:
        return int(connection.execute("SELECT max(seq) FROM event").fetchone()[0] or 0)
    except (sqlite3.Error, TypeError, ValueError):
        return path.stat().st_size // SMALLEST_EVENT


def installation_of(path: Path) -> str:
    """The UUID4 of a damaged journal; empty where it is lost."""
    if not size_of(path):
        return ""
    with contextlib.closing(_read_only(path)) as connection:
        try:
            row = connection.execute("SELECT CAST(id AS BLOB) FROM installation").fetchone()
            return row[0].decode() if row else ""
        except (sqlite3.Error, UnicodeDecodeError):
            return carve_installation(path)
