"""Connections to the journal's file, and what SQLite's complaints mean to the learner."""

import contextlib
import errno
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from tutor.errors import JournalError

SHAPE = 1
"""The newest shape of the file: how many migrations lead to it."""
BUSY_SECONDS = 30
"""For so long another program is waited for, and so long without a word:"""
QUIET_SECONDS = 1
PAUSE = 0.02
WAITS = f"another program is using your journal: waiting for it, {BUSY_SECONDS} seconds at most"
PERMISSION, BUSY, LOCKED, READ_ONLY, IO_ERROR = 3, 5, 6, 8, 10  # SQLite's primary result codes
CORRUPT, FULL, CANNOT_OPEN, NOT_A_DATABASE = 11, 13, 14, 26


class DamagedError(JournalError):
    """The file is no readable database."""


Tell = Callable[[str], None]
"""Say a line to the learner while they wait."""


def tell_nobody(_line: str) -> None:
    """Nobody is there to be told."""


class Waiting(sqlite3.Connection):
    """A connection that waits for other programs, and after a second says so, once a wait."""

    tell: Tell

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run a statement; SQLite waits a second by itself, or answers "busy" at once.

        The latter it does when two tutors that start in the same moment make the journal anew.
        """
        began, told = time.monotonic(), False
        while True:
            try:
                return super().execute(sql, parameters)
            except sqlite3.OperationalError as error:
                waited = time.monotonic() - began
                if _code(error) not in (BUSY, LOCKED) or waited >= BUSY_SECONDS:
                    raise
            if waited >= QUIET_SECONDS and not told:
                told = True
                self.tell(WAITS)
            time.sleep(PAUSE)


def connect(path: Path, tell: Tell = tell_nobody) -> sqlite3.Connection:
    """Open the file for writing; every commit is on disk when it returns."""
    connection = _waiting(path, tell)
    with closed_on_error(connection):
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    return connection


def _waiting(path: Path | str, tell: Tell, *, uri: bool = False) -> Waiting:
    connection = sqlite3.connect(
        path, timeout=QUIET_SECONDS, isolation_level=None, factory=Waiting, uri=uri
    )
    connection.tell = tell
    return connection


@contextlib.contextmanager
def closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    """Close the connection when what follows fails: an open file cannot be renamed everywhere."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def connect_to_read(path: Path, tell: Tell = tell_nobody) -> sqlite3.Connection:
    """Read a journal even from a folder that cannot be written, where a log cannot be opened."""
    address = path.absolute().as_uri()
    connection: sqlite3.Connection = _waiting(f"{address}?mode=ro", tell, uri=True)
    try:
        with closed_on_error(connection):
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")
    except sqlite3.OperationalError as error:
        if _code(error) not in (READ_ONLY, CANNOT_OPEN):
            raise
        connection = sqlite3.connect(f"{address}?immutable=1", uri=True)
    connection.isolation_level = None
    return connection


def refuse_newer(connection: sqlite3.Connection, path: Path) -> int:
    """The file's shape; raises JournalError for one that this tutor does not know."""
    shape = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if shape > SHAPE:
        raise JournalError(
            f"{path} was written by a newer tutor",
            hint="update this tutor, or set TUTOR_HOME to another folder",
        )
    return shape


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say into what the learner can do about it."""
    try:
        yield
    except (sqlite3.Error, OSError, msgspec.DecodeError) as error:
        raise _explain(path, error) from error


def _explain(path: Path, error: Exception) -> JournalError:
    code = _code(error)
    if code in (CORRUPT, NOT_A_DATABASE) or isinstance(error, msgspec.DecodeError):
        return DamagedError(f"{path} is damaged", hint="run: tutor progress repair")
    if code in (FULL, IO_ERROR) or getattr(error, "errno", 0) == errno.ENOSPC:
        message = "the disk is full or failing: what you did last was not kept, all before it was"
        return JournalError(message, hint=f"make room on the disk of {path.parent}, then: tutor")
    if code in (READ_ONLY, CANNOT_OPEN, PERMISSION) or isinstance(error, OSError):
        message = f"{path.parent} cannot be written; nothing that was kept is lost"
        return JournalError(message, hint="make it writable, or set TUTOR_HOME to another folder")
    if code in (BUSY, LOCKED):
        message = "another program has kept the journal busy for too long"
        return JournalError(message, hint="close it, then try again")
    message = f"{path}: {error}; nothing that was kept is lost"
    return JournalError(message, hint="run: tutor doctor")


def _code(error: Exception) -> int:
    extended = getattr(error, "sqlite_errorcode", None) or 0
    return int(extended) & 0xFF
