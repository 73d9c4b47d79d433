"""One tutor at a time: a lock beside the journal, held for as long as something is written.

SQLite's own locks are in the file; this one outlives it when a damaged file is replaced.
"""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tutor.errors import JournalError

Tell = Callable[[str], None]
"""Say a line to the learner while they wait."""
Watch = Callable[[int], None]
"""Be told that so many events more have been worked on."""
Announce = Callable[[str], None]
"""Say what takes so long to those who wait."""

BUSY_SECONDS = 30
"""For so long another program is waited for, for so long if it said that it takes its time,"""
LONG_SECONDS = 1800
QUIET_SECONDS = 1
"""and so long without a word."""
PAUSE = 0.02
WAITS = f"another program is using your journal: waiting for it, {BUSY_SECONDS} seconds at most"
WAITS_LONG = "another tutor is at work on your journal ({}): waiting for it"
WORD_LENGTH = 40


def tell_nobody(_line: str) -> None:
    """Nobody is there to be told."""


def watch_nothing(_more: int) -> None:
    """Nobody looks on."""


@contextlib.contextmanager
def alone(path: Path, tell: Tell = tell_nobody) -> Iterator[Announce]:
    """Keep all other tutors from writing to the journal at `path`; waits its turn.

    Who is about to work for long announces it in a few words, which those who wait are told.
    """
    lock = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait(lock, tell)
        if os.fstat(lock).st_size:  # of somebody who was killed at it
            _write(lock, "")
        yield lambda work: _write(lock, work)
        if os.fstat(lock).st_size:
            _write(lock, "")
    finally:
        os.close(lock)


def _wait(lock: int, tell: Tell) -> None:
    began, told = time.monotonic(), ""
    while not try_lock(lock):
        waited = time.monotonic() - began
        work = _read(lock)
        if waited >= (LONG_SECONDS if work else BUSY_SECONDS):
            message = "another program has kept the journal busy for too long"
            raise JournalError(message, hint="close it, then try again")
        said = WAITS_LONG.format(work) if work else WAITS
        if waited >= QUIET_SECONDS and said != told:
            told = said
            tell(said)
        time.sleep(PAUSE)


def _write(lock: int, work: str) -> None:
    os.ftruncate(lock, 0)
    os.lseek(lock, 0, os.SEEK_SET)
    os.write(lock, work.encode()[:WORD_LENGTH])


def _read(lock: int) -> str:
    os.lseek(lock, 0, os.SEEK_SET)
    return os.read(lock, WORD_LENGTH).decode(errors="replace")


if sys.platform == "win32":
    import msvcrt

    def try_lock(lock: int) -> bool:
        """Take the lock if it is free: a byte far behind all that others must read or write."""
        os.lseek(lock, 1 << 30, os.SEEK_SET)
        try:
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def try_lock(lock: int) -> bool:
        """Take the lock if it is free; the system lets go of it when its holder dies."""
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks: SQLite's own must do
            return True
        return True
