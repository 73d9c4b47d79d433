"""The journal as a file of lines, to keep, to carry to another machine, to merge."""

import codecs
import datetime
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from tutor.errors import JournalError
from tutor.progress.events import Event
from tutor.progress.journal import Journal, Merge
from tutor.progress.locking import Watch, watch_nothing
from tutor.progress.moments import is_time, latest_time, local_now

FORMAT = 1
HINT = "give a file from: tutor progress export"
LONGEST = 4_000_000
"""Bytes of the longest line that is read: a free response has a hundredth of that."""
MARKS = {
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    b"{\0": "utf-16-le",
    b"\0{": "utf-16-be",
}
"""What a file begins with that a shell on Windows has written."""


class Header(Struct, frozen=True, kw_only=True):
    """The first line of an export."""

    llm_tutor_journal: int


def export_events(journal: Journal | None, file: Path, *, force: bool = False) -> int:
    """Write all events to `file`, whole or not at all; "-" is standard output."""
    if str(file) == "-":
        return sum(1 for line in _lines(journal) if sys.stdout.write(line)) - 1
    if file.exists() and not force:
        raise JournalError(f"{file} exists", hint="choose another name, or add --force")
    if journal and file.exists() and file.samefile(journal.path):
        raise JournalError(f"{file} is the journal itself", hint="choose another name")
    count = -1
    out = None
    try:
        with tempfile.NamedTemporaryFile(
            "w", dir=file.parent, encoding="utf-8", newline="\n", delete=False
        ) as out:
            for line in _lines(journal):
                out.write(line)
                count += 1
            out.flush()
            os.fsync(out.fileno())
        Path(out.name).replace(file)
    except OSError as error:
        if out is not None:
            Path(out.name).unlink(missing_ok=True)
        hint = "choose a folder that can be written"
        raise JournalError(f"{file} cannot be written: {error.strerror}", hint=hint) from error
    return count


def _lines(journal: Journal | None) -> Iterator[str]:
    yield msgspec.json.encode(Header(llm_tutor_journal=FORMAT)).decode() + "\n"
    for event in journal.events() if journal else ():
        yield msgspec.json.encode(event).decode() + "\n"


def import_events(journal: Journal, file: Path, watch: Watch = watch_nothing) -> Merge:
    """Merge an export; all of it or, when any line is bad, none."""
    try:
        with file.open("rb") as opened:
            return journal.merge(_events(file, _read_lines(opened), local_now()), watch)
    except OSError as error:
        hint = "check the name"
        raise JournalError(f"{file} cannot be read: {error.strerror}", hint=hint) from error
    except UnicodeDecodeError as error:
        message = f"{file} is not an export of this tutor; nothing was imported"
        raise JournalError(message, hint=HINT) from error


def steps_of_import(file: Path) -> int:
    """How many steps an import takes, two for each event; 0 where that cannot be known."""
    try:
        if not file.is_file():
            return 0
        with file.open("rb") as opened:
            pieces = iter(lambda: opened.read(1 << 20), b"")
            return 2 * sum(piece.count(b"\n") for piece in pieces)
    except OSError:
        return 0


def _read_lines(file: io.BufferedReader) -> Iterator[bytes]:
    """Lines in UTF-8, whatever the shell that wrote the file made of them."""
    beginning = file.peek(4)
    encoding = next((name for mark, name in MARKS.items() if beginning.startswith(mark)), "")
    if encoding:
        text = io.TextIOWrapper(file, encoding)
        try:
            yield from (line.encode() for line in iter(lambda: text.readline(LONGEST), ""))
        finally:
            text.detach()
        return
    if beginning.startswith(codecs.BOM_UTF8):
        file.read(len(codecs.BOM_UTF8))
    yield from iter(lambda: file.readline(LONGEST), b"")


def _events(file: Path, lines: Iterator[bytes], now: datetime.datetime) -> Iterator[Event]:
    try:
        header = msgspec.json.decode(next(lines, b""), type=Header)
    except msgspec.DecodeError as error:
        raise JournalError(f"{file} is not an export of this tutor", hint=HINT) from error
    if header.llm_tutor_journal > FORMAT:
        raise JournalError(f"{file} is from a newer tutor", hint="update this tutor")
    read = msgspec.json.Decoder(Event).decode
    limits = latest_time(now), latest_time(now, rank=True)
    for number, line in enumerate(lines, 2):
        if line.isspace():
            continue
        try:
            event = read(line)
            _refuse_no_time(event, *limits)
        except (msgspec.DecodeError, ValueError) as error:  # ValueError: also what is not UTF-8
            message = f"{file}:{number}: not an event ({error}); nothing was imported"
            raise JournalError(message, hint=HINT) from error
        yield event


def _refuse_no_time(event: Event, latest: str, latest_rank: str) -> None:
    """Raise ValueError for a time that would push all others out of their order."""
    if not is_time(event.at, latest):
        raise ValueError(f"{event.at!r} is no time in UTC from 1970 to {latest[:4]}")
    if event.rank and not is_time(event.rank, latest_rank):
        raise ValueError(f"rank {event.rank!r} is no time in UTC from 1970 to {latest_rank[:4]}")
