"""The journal's shape, step by step. A migration that has shipped is never edited."""

import sqlite3
import uuid
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
    for change in ("UPDATE", "DELETE"):
        connection.execute(
            f"CREATE TRIGGER event_no_{change.lower()} BEFORE {change} ON event"
            " BEGIN SELECT RAISE(ABORT, 'events are never changed'); END"
        )
    connection.execute(
        "CREATE TABLE lesson_progress ("  # derived: may be dropped and rebuilt at any time
        " course TEXT NOT NULL,"
        " lesson TEXT NOT NULL,"
        " rule INTEGER NOT NULL,"
        " progress BLOB NOT NULL,"
        " PRIMARY KEY (course, lesson))"
    )


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_first,)
