"""Replies kept as JSON lines: what was asked once, and paid once, is not asked again."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import msgspec

from tutor.errors import TutorError
from tutor.progress.locking import try_lock

SUFFIX = ".results.jsonl"


class Kept(msgspec.Struct, frozen=True):
    """A reply, to its end, with all that it takes to know what it answers."""

    key: str
    prompt: str
    """The prompt's name."""
    model: str
    case: int
    """Its number in the file, from 1."""
    repeat: int
    asked: str
    reply: str
    ending: str
    read: int | None
    """Tokens, where the server counts them."""
    written: int | None
    at: str
    """As in 2026-11-27T02:10:00+00:00."""


Found: TypeAlias = dict[str, Kept]


@dataclass
class Results:
    """The file of one benchmark."""

    path: Path
    found: Found = field(default_factory=dict)
    unread: int = 0
    """Lines that say nothing we can read; they are left as they are."""
    _whole: bool = True
    """Whether the file ends where a line ends."""

    def keep(self, kept: Kept) -> None:
        """Write a reply down; TutorError where that fails, and it is then not counted."""
        line = msgspec.json.encode(kept) + b"\n"
        try:
            with self.path.open("ab") as out:
                out.write(line if self._whole else b"\n" + line)
        except OSError as error:
            raise _trouble(self.path, error) from error
        self._whole = True
        self.found[kept.key] = kept


def results_path(bench: Path) -> Path:
    """Where the replies to a benchmark are kept: beside its file."""
    return bench.with_name(bench.stem + SUFFIX)


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep a second run from asking all of it again meanwhile; TutorError if there is one."""
    _refuse_device(path)
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise _trouble(path, error) from error
    try:
        if not try_lock(lock):
            raise TutorError(
                f"another tutor bench is at work on {path}",
                hint="let it end, then run this again: what it asked is kept. "
                "Or keep these replies elsewhere: --results FILE",
            )
        yield
    finally:
        os.close(lock)


def open_results(path: Path) -> Results:
    """Read what is there; TutorError unless more can be written before anything is asked.

    Nothing is added to a file that holds something other than replies.
    """
    _refuse_device(path)
    try:
        with path.open("ab"):  # to know now, not after the first reply was paid
            content = path.read_bytes()
    except OSError as error:
        raise _trouble(path, error) from error
    results = Results(path, _whole=not content or content.endswith(b"\n"))
    for line in content.splitlines():
        if not line.strip():
            continue
        try:
            kept = msgspec.json.decode(line, type=Kept)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            results.unread += 1
            continue
        results.found[kept.key] = kept
    if results.unread and not results.found and not content.startswith(b"{"):
        raise _refused(f"{path} holds no reply, but something else")
    return results


def _refuse_device(path: Path) -> None:
    if path.exists() and not path.is_file():
        raise _refused(f"{path} is no file")


def _refused(why: str) -> TutorError:
    return TutorError(f"replies cannot be kept: {why}", hint="name another file: --results FILE")


def _trouble(path: Path, error: OSError) -> TutorError:
    return TutorError(
        f"replies cannot be kept in {path}: {error.strerror or error}",
        hint="name another file: --results FILE",
    )
