"""Connections to the journal's file, and what SQLite's complaints mean to the learner."""

import contextlib
import errno
import os
import re
import sqlite3
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from tutor.errors import JournalError
from tutor.progress.descriptors import Holding, copy, holding, reading
from tutor.progress.locking import (
    BUSY_SECONDS,
    PAUSE,
    QUIET_SECONDS,
    WAITS,
    Tell,
    tell_nobody,
)

SHAPE = 2
"""The newest shape of the file: how many migrations lead to it."""
FARTHEST = SHAPE + 32
"""A number beyond this is no newer tutor's: it is spoilt."""
CACHE_KB = 65_536
"""Room for pages while very many events come in; an answer needs next to nothing of it."""
BEGINNING = b"SQLite format 3\0"
WAYS_TO_WRITE = slice(18, 20)
"""Where the file says how it is written and read: each byte is 1 or 2, or SQLite only reads it."""
SPOILT = re.compile(
    r"no such |unsupported file format|(table|index|trigger) .* already exists|duplicate column"
)
"""What SQLite says of a file that lacks what every journal has, or whose header misleads it."""
PERMISSION, BUSY, LOCKED, READ_ONLY, IO_ERROR = 3, 5, 6, 8, 10  # SQLite's primary result codes
CORRUPT, FULL, CANNOT_OPEN, NOT_A_DATABASE = 11, 13, 14, 26


class DamagedError(JournalError):
    """The file is no readable database."""


class Waiting(Holding):
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
    connection = _waiting(path, str(path), tell)
    with closed_on_error(connection):
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    return connection


def _waiting(path: Path, address: str, tell: Tell, *, uri: bool = False) -> Waiting:
    more: Any = {"timeout": QUIET_SECONDS, "isolation_level": None, "uri": uri}
    connection = holding(path, lambda: sqlite3.connect(address, factory=Waiting, **more))
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
    try:
        return _read_only(path, tell)
    except sqlite3.OperationalError as error:
        if _code(error) not in (READ_ONLY, CANNOT_OPEN):
            raise
    return _copied(path) if size_of(log_of(path)) else _read_only(path, tell, "&immutable=1")


def _read_only(path: Path, tell: Tell, more: str = "") -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode=ro{more}"
    connection = _waiting(path, address, tell, uri=True)
    with closed_on_error(connection):
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")
    return connection


def _copied(path: Path) -> sqlite3.Connection:
    """A copy with what the log holds: without its index, SQLite would pass over the log."""
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="tutor-"))
    try:
        copied = folder / path.name
        copy(path, copied)
        copy(log_of(path), log_of(copied))
        connection = sqlite3.connect(copied, isolation_level=None)
        with closed_on_error(connection):
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # what is open stays readable, or is left behind
    return connection


def log_of(path: Path) -> Path:
    """SQLite's log of what is not yet in the file itself."""
    return path.with_name(path.name + "-wal")


def index_of_log(path: Path) -> Path:
    """SQLite's index of its log."""
    return path.with_name(path.name + "-shm")


def size_of(path: Path) -> int:
    """Bytes in a file; 0 where there is none."""
    return path.stat().st_size if path.exists() else 0


def is_there(path: Path) -> bool:
    """Tell whether there is a journal to look into.

    Raises JournalError for what is no file, DamagedError for what cannot be a journal: SQLite would
    wait for a pipe for ever, and take an empty or a tiny file for a new journal.
    """
    try:
        state = path.stat()
    except NotADirectoryError as error:
        message = f"{path.parent} is no folder, so it cannot hold your journal"
        raise JournalError(message, hint="set TUTOR_HOME to a folder") from error
    except OSError:
        return False
    if not stat.S_ISREG(state.st_mode):
        what = "a folder" if stat.S_ISDIR(state.st_mode) else "no file"
        hint = "move it out of the way, or set TUTOR_HOME to another folder"
        raise JournalError(f"{path} is {what}, so it cannot be your journal", hint=hint)
    if not _begins_well(_opening_bytes(path)):
        what = "is damaged" if state.st_size else "is empty: all that it held was cut off"
        raise DamagedError(f"{path} {what}", hint="run: tutor progress repair")
    return True


def _opening_bytes(path: Path) -> bytes:
    try:
        with reading(path) as file:
            return file.read(WAYS_TO_WRITE.stop)
    except OSError:
        return BEGINNING  # SQLite will say why it cannot be opened


def _begins_well(opening: bytes) -> bool:
    return opening.startswith(BEGINNING) and set(opening[WAYS_TO_WRITE]) <= {1, 2}


def refuse_newer(connection: sqlite3.Connection, path: Path) -> int:
    """The file's shape; raises JournalError for one that this tutor does not know.

    DamagedError for a number that no tutor has ever written.
    """
    shape = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if not 0 <= shape <= FARTHEST:
        raise DamagedError(f"{path} is damaged", hint="run: tutor progress repair")
    if shape > SHAPE:
        raise JournalError(
            f"{path} was written by a newer tutor",
            hint="update this tutor, or set TUTOR_HOME to another folder",
        )
    return shape


def sync_folder(folder: Path) -> None:
    """Put names that were given in `folder` on disk; not every system can."""
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


NOT_KEPT = "what you did last was not kept, all that was kept before is still there"
UNCHANGED = "nothing was changed"


@contextlib.contextmanager
def translated(path: Path, outcome: str = NOT_KEPT) -> Iterator[None]:
    """Turn what SQLite and the system say into what the learner can do about it.

    `outcome` is what a full disk leaves behind.
    """
    try:
        yield
    except (sqlite3.Error, OSError, msgspec.DecodeError) as error:
        raise _explain(path, error, outcome) from error


def is_damage(error: Exception) -> bool:
    """Tell whether SQLite finds the file itself spoilt, or misses what every journal has."""
    spoilt = isinstance(error, sqlite3.OperationalError) and SPOILT.match(str(error))
    return bool(spoilt) or _code(error) in (CORRUPT, NOT_A_DATABASE)


def _explain(path: Path, error: Exception, outcome: str) -> JournalError:
    code = _code(error)
    if is_damage(error) or isinstance(error, msgspec.DecodeError):
        return DamagedError(f"{path} is damaged", hint="run: tutor progress repair")
    if code in (FULL, IO_ERROR) or getattr(error, "errno", 0) == errno.ENOSPC:
        message = f"the disk is full or failing: {outcome}"
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
