"""Bytes of a journal's file, read past SQLite without giving up the locks that SQLite holds on it.

POSIX drops every lock of a process on a file when the process closes any descriptor of that file,
whoever opened it. SQLite knows its own descriptors and waits with closing them; one that we open to
look at the file's bytes it cannot know. So connections are opened here, where it is written down
which files they have open, and no descriptor of such a file is closed before the last of them is.
"""

import contextlib
import os
import sqlite3
import sys
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeAlias, TypeVar

File: TypeAlias = tuple[int, int]
"""A file under whatever name: its device, and its number there."""
LOCKS_END_WITH_ANY_DESCRIPTOR = sys.platform != "win32"


class Holding(sqlite3.Connection):
    """A connection that keeps the locks on its file for as long as it is open."""

    files: frozenset[File] = frozenset()

    def close(self) -> None:
        """Close it, and then what could not be closed before."""
        super().close()
        _holding.discard(self)
        _close_what_is_free()


Connection = TypeVar("Connection", bound=Holding)
_holding: weakref.WeakSet[Holding] = weakref.WeakSet()
_kept: dict[File, list[BinaryIO]] = {}
"""What was opened to read, of files that a connection has open."""


def holding(path: Path, connect: Callable[[], Connection]) -> Connection:
    """What `connect` opens: a connection to the file at `path`."""
    before = _files_at(path)
    connection = connect()
    connection.files = before | _files_at(path)  # a repair may have swapped it in between
    _holding.add(connection)
    return connection


@contextlib.contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """The bytes of the file at `path`, open for reading."""
    kept = [file for found in _files_at(path) for file in _kept.get(found, [])]
    file = kept[0] if kept else path.open("rb", buffering=0)
    file.seek(0)
    try:
        yield file
    finally:
        _close_what_is_free()
        if not kept:
            _close_or_keep(file)


def copy(path: Path, other: Path) -> None:
    """Copy the bytes of the file at `path`."""
    import shutil

    with reading(path) as file, other.open("wb") as out:
        shutil.copyfileobj(file, out)


def _close_or_keep(file: BinaryIO) -> None:
    opened = _identity(os.fstat(file.fileno()))
    if LOCKS_END_WITH_ANY_DESCRIPTOR and opened in _held():
        _kept.setdefault(opened, []).append(file)
    else:
        file.close()


def _close_what_is_free() -> None:
    for free in _kept.keys() - _held():
        for file in _kept.pop(free):
            file.close()


def _held() -> set[File]:
    return {file for connection in _holding for file in connection.files}


def _files_at(path: Path) -> frozenset[File]:
    try:
        return frozenset({_identity(path.stat())})
    except OSError:
        return frozenset()


def _identity(state: os.stat_result) -> File:
    return state.st_dev, state.st_ino
