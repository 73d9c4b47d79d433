"""Hand-in files: statements one a line, as `tutor export xapi` writes them; or a list of them.

A class hands in thirty files, and one of them may be anything. What cannot be read is named, and
the others count.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from tutor.errors import FileError
from tutor.progress.exchange import lines_of

KINDS = (".json", ".jsonl", ".ndjson", ".xapi")
"""What hand-in files in a folder are called."""
MOST_WHOLE = 32_000_000
"""Bytes of a file that is one document: it is read at once."""
MOST_FILES = 20_000
MADE = "tutor export xapi FILE"
HINT = f"give files from: {MADE}"
JOURNAL = "llm_tutor_journal"
"""What the first line of an exported journal says."""


@dataclass(frozen=True)
class Unread:
    """A file, or lines of it, that could not be read."""

    file: Path
    why: str


def files_in(given: Sequence[Path]) -> list[Path]:
    """The files that are meant; of a folder, those that are called like hand-ins. FileError."""
    found: list[Path] = []
    for one in given:
        found += _files_of(one)
        if len(found) > MOST_FILES:
            raise FileError(f"more than {MOST_FILES:,} files", hint="give fewer at a time")
    return list(dict.fromkeys(found))


def _files_of(given: Path) -> list[Path]:
    if not given.is_dir():
        return [given]
    found = sorted(one for one in given.iterdir() if one.suffix.lower() in KINDS and one.is_file())
    if not found:
        raise FileError(f"{given} holds no hand-in files (*{', *'.join(KINDS)})", hint=HINT)
    return found


def read_files(files: Iterable[Path], take: Callable[[Any], bool]) -> Iterator[Unread]:
    """Hand what the lines of some files say to `take`; yield what could not be read."""
    for file in files:
        try:
            yield from _read(file, take)
        except OSError as error:
            yield Unread(file, f"cannot be read: {error.strerror}")
        except UnicodeDecodeError:
            yield Unread(file, "is no text")


def _read(file: Path, take: Callable[[Any], bool]) -> Iterator[Unread]:
    if file.exists() and not file.is_file():
        yield Unread(file, "is a pipe or a device, no file")
        return
    beginning = _decoded(_first_line(file))
    if isinstance(beginning, dict) and JOURNAL in beginning:
        yield Unread(file, f"is a journal; the hand-in file of one: {MADE}")
        return
    whole = None if _is_statement(beginning) else _whole(file)
    seen = _Seen(take)
    for number, statement in _lines(file) if whole is None else enumerate(whole, 1):
        seen.take(number, statement)
    if seen.refused or not seen.taken:
        yield Unread(file, seen.told())


@dataclass
class _Seen:
    """What became of the lines of a file."""

    hand_on: Callable[[Any], bool]
    taken: int = 0
    refused: int = 0
    first: int = 0

    def take(self, number: int, statement: Any) -> None:
        if self.hand_on(statement):
            self.taken += 1
        else:
            self.refused += 1
            self.first = self.first or number

    def told(self) -> str:
        """What is wrong with it, in words."""
        if not self.taken:
            return "holds no statements"
        are = "1 is" if self.refused == 1 else f"{self.refused:,} are"
        return f"{are} no statement, the first in line {self.first:,}"


def _first_line(file: Path) -> bytes:
    with file.open("rb") as opened:
        return next((line for line in lines_of(opened) if not line.isspace()), b"")


def _is_statement(read: Any) -> bool:
    return isinstance(read, dict) and "statements" not in read


def _whole(file: Path) -> list[Any] | None:
    """The statements of a file that is one document; None of one that has lines."""
    if file.stat().st_size > MOST_WHOLE:
        return None
    with file.open("rb") as opened:
        match _decoded(b"".join(lines_of(opened))):
            case list(statements) | {"statements": list(statements)}:
                return statements
            case _:
                return None


def _lines(file: Path) -> Iterator[tuple[int, Any]]:
    with file.open("rb") as opened:
        for number, line in enumerate(lines_of(opened), 1):
            if not line.isspace():
                yield number, _decoded(line)


def _decoded(text: bytes) -> Any:
    """What some JSON says; None for what is none."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None
