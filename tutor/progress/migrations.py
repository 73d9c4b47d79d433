"""The journal's shape, step by step. A migration that has shipped is never edited."""

import re
import sqlite3
import uuid
import zlib
from collections.abc import Callable


def _first(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE installation (id TEXT NOT NULL)")
    connection.execute("INSERT INTO installation VALUES (?)", (str(uuid.uuid4()),))
    connection.execute(
        "CREATE TABLE event ("
        " seq INTEGER PRIMARY KEY AUTOINCREMENT,"
        " id TEXT NOT NULL UNIQUE,"
        " installation TEXT NOT NULL,"
        " at TEXT NOT NULL,"
        " rank TEXT NOT NULL,"
        " offset INTEGER NOT NULL,"
        " course TEXT NOT NULL,"
        " lesson TEXT NOT NULL,"
        " place TEXT NOT NULL,"  # JSON of events.Place
        " deed TEXT NOT NULL)"  # JSON of one of events.AnyDeed
    )
    connection.execute("CREATE INDEX event_lesson ON event (course, lesson)")
    _forbid_changes(connection)
    connection.execute(
        "CREATE TABLE lesson_progress ("  # derived: may be dropped and rebuilt at any time
        " course TEXT NOT NULL,"
        " lesson TEXT NOT NULL,"
        " rule INTEGER NOT NULL,"
        " progress BLOB NOT NULL,"
        " PRIMARY KEY (course, lesson))"
    )


def _second(connection: sqlite3.Connection) -> None:
    """Give each event a checksum and the name of its deed; keep what is derived by order."""
    for change in ("update", "delete"):
        connection.execute(f"DROP TRIGGER IF EXISTS event_no_{change}")
    connection.execute("ALTER TABLE event ADD COLUMN kind TEXT NOT NULL DEFAULT ''")
    connection.execute("ALTER TABLE event ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0")
    connection.create_function("kind_of", 1, _kind_of, deterministic=True)
    connection.create_function("checksum_of", 10, _checksum_of, deterministic=True)
    connection.execute("UPDATE event SET kind = kind_of(CAST(deed AS BLOB))")
    before = ("id", "installation", "at", "rank", "offset", "course", "lesson")
    checked = (*before, "kind", "place", "deed")
    parts = ", ".join(f"CAST({name} AS BLOB)" for name in checked)
    connection.execute(f"UPDATE event SET checksum = checksum_of({parts})")  # noqa: S608  our names
    _forbid_changes(connection)
    connection.execute("DROP INDEX event_lesson")
    connection.execute(
        "CREATE INDEX event_order"
        " ON event (course, lesson, CASE rank WHEN '' THEN at ELSE rank END, id)"
    )
    connection.execute("CREATE INDEX event_installation ON event (installation)")
    connection.execute(
        "CREATE INDEX event_rare ON event (kind)"
        " WHERE kind IN ('noted', 'reported', 'vouched', 'reset', 'undone')"
    )
    connection.execute("DROP TABLE lesson_progress")
    for table, key in (("derived", "fold"), ("derived_before", "moment, id, fold")):
        connection.execute(
            f"CREATE TABLE {table} ("  # derived: may be emptied and rebuilt at any time
            " fold TEXT NOT NULL,"  # what follows from the events: see folding.Fold
            " course TEXT NOT NULL,"
            " lesson TEXT NOT NULL,"
            " rule INTEGER NOT NULL,"
            " moment TEXT NOT NULL,"  # of the latest event that was taken in
            " id TEXT NOT NULL,"
            " taken INTEGER NOT NULL,"  # how many there were
            " state BLOB NOT NULL,"
            f" PRIMARY KEY (course, lesson, {key}))"
        )


def _forbid_changes(connection: sqlite3.Connection) -> None:
    for change in ("UPDATE", "DELETE"):
        connection.execute(
            f"CREATE TRIGGER event_no_{change.lower()} BEFORE {change} ON event"
            " BEGIN SELECT RAISE(ABORT, 'events are never changed'); END"
        )


def _kind_of(deed: bytes) -> str:
    found = re.match(rb'\{"deed":"([a-z-]+)"', deed)
    return found[1].decode() if found else ""


def _checksum_of(*parts: bytes) -> int:
    return zlib.crc32(b"\0".join(parts))


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_first, _second)
