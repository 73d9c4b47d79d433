"""The file of an outbox: made, opened, looked at, and what SQLite's complaints mean."""

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from tutor.errors import JournalError, RecordsError
from tutor.progress.locking import Tell, alone
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


def opened(path: Path, tell: Tell) -> sqlite3.Connection:
    """Open or make the outbox at `path`; one that is damaged is set aside and made anew."""
    with translated(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with alone(path, tell):
            try:
                return _open(path, tell)
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                tell(f"{_set_aside(path)} is damaged; your records are written out anew")
                return _open(path, tell)


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
    """Delete an outbox; it is made anew from the journal."""
    with translated(path), alone(path):
        for file in (path, log_of(path), index_of_log(path)):
            file.unlink(missing_ok=True)


def _open(path: Path, tell: Tell) -> sqlite3.Connection:
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
def translated(path: Path) -> Iterator[None]:
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
