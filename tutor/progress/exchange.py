"""The journal as a file of lines, to keep, to carry to another machine, to merge."""

import codecs
import contextlib
import dataclasses
import datetime
import functools
import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from tutor.errors import JournalError
from tutor.progress.descriptors import reading
from tutor.progress.events import Deed, Event
from tutor.progress.journal import Journal, Merged
from tutor.progress.locking import Watch, watch_nothing
from tutor.progress.moments import is_time, latest_time, local_now
from tutor.writing import write_whole

FORMAT = 1
HINT = "give a file from: tutor progress export"
NOTHING = "nothing was taken from it"
LONGEST = 4_000_000
"""Bytes of the longest line that is read: a free response has a hundredth of that."""
LONGEST_SAID = 40
"""Characters of what is no time that are repeated to the learner."""
MINUTES_A_DAY = 24 * 60
LONGEST_TAKEN = 10 * 366 * 86_400
CERTAIN = 100
"""Seconds: nobody looks at one screen for ten years."""
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

    def counted() -> Iterator[bytes]:
        nonlocal count
        for count, line in enumerate(_lines(journal)):  # noqa: B007  the header is number 0
            yield line.encode()

    try:
        write_whole(file, counted())
    except OSError as error:
        hint = "choose a folder that can be written"
        raise JournalError(f"{file} cannot be written: {error.strerror}", hint=hint) from error
    return count


def _lines(journal: Journal | None) -> Iterator[str]:
    yield msgspec.json.encode(Header(llm_tutor_journal=FORMAT)).decode() + "\n"
    for event in journal.events() if journal else ():
        yield msgspec.json.encode(event).decode() + "\n"


def import_events(journal: Journal, file: Path, watch: Watch = watch_nothing) -> Merged:
    """Merge an export; all of it or, when any line is no event, none.

    One event that cannot have been so, as of a clock that was years ahead, is left out and named.
    """
    _refuse_the_journal_itself(journal, file)
    left_out: list[str] = []
    with _reading(file) as lines:
        merged = journal.merge(_events(file, lines, local_now(), left_out.append), watch)
    return dataclasses.replace(merged, left_out=tuple(left_out))


def exported_events(file: Path, *deeds: type[Deed]) -> tuple[list[Event], tuple[str, ...]]:
    """Read an export without taking it in: its events of some kinds, and what was left out."""
    left_out: list[str] = []
    with _reading(file) as lines:
        events = _events(file, lines, local_now(), left_out.append)
        found = [event for event in events if isinstance(event.deed, deeds)]
    return found, tuple(left_out)


@contextlib.contextmanager
def _reading(file: Path) -> Iterator[Iterator[bytes]]:
    """The lines of an export; what is no export, or cannot be read, is a JournalError."""
    _refuse_what_is_no_file(file)
    try:
        with file.open("rb") as opened:
            yield lines_of(opened)
    except OSError as error:
        hint = "check the name"
        raise JournalError(f"{file} cannot be read: {error.strerror}", hint=hint) from error
    except UnicodeDecodeError as error:
        message = f"{file} is not an export of this tutor; {NOTHING}"
        raise JournalError(message, hint=HINT) from error


def _refuse_the_journal_itself(journal: Journal, file: Path) -> None:
    """Raise JournalError: to close the journal's file here would give up its locks."""
    if file.exists() and file.samefile(journal.path):
        raise JournalError(f"{file} is the journal itself; nothing was imported", hint=HINT)


def _refuse_what_is_no_file(file: Path) -> None:
    """Raise JournalError for a folder, and for a pipe, which may be waited for without end."""
    if file.exists() and not file.is_file():
        message = f"{file} is {'a folder' if file.is_dir() else 'no file'}; {NOTHING}"
        raise JournalError(message, hint=HINT)


def steps_of_import(file: Path) -> int:
    """How many steps an import takes, two for each event; 0 where that cannot be known."""
    try:
        if not file.is_file():
            return 0
        with reading(file) as opened:  # perhaps it is the journal: that is told later
            pieces = iter(lambda: opened.read(1 << 20), b"")
            return 2 * sum(piece.count(b"\n") for piece in pieces)
    except OSError:
        return 0


def lines_of(file: io.BufferedReader) -> Iterator[bytes]:
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
    yield from iter(functools.partial(file.readline, LONGEST), b"")


def _events(
    file: Path, lines: Iterator[bytes], now: datetime.datetime, leave_out: Callable[[str], None]
) -> Iterator[Event]:
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
        except (msgspec.DecodeError, ValueError) as error:  # ValueError: also what is not UTF-8
            message = f"{file}:{number}: not an event ({error}); {NOTHING}"
            raise JournalError(message, hint=HINT) from error
        if wrong := what_cannot_be(event, *limits):
            leave_out(f"line {number}: {wrong}")
        else:
            yield event


def what_cannot_be(event: Event, latest: str, latest_rank: str) -> str:
    """What makes an event hard to believe; empty where nothing does.

    A time out of all bounds would push all others out of their order, and spoil every sum.
    """
    if not is_time(event.at, latest):
        return f"{event.at[:LONGEST_SAID]!r} is no time in UTC from 1970 to {latest[:4]}"
    if event.rank and not is_time(event.rank, latest_rank):
        rank = event.rank[:LONGEST_SAID]
        return f"rank {rank!r} is no time in UTC from 1970 to {latest_rank[:4]}"
    if abs(event.offset) > MINUTES_A_DAY:
        return f"a local time {event.offset} minutes off UTC is nobody's"
    seconds = getattr(event.deed, "seconds", 0.0)
    if not 0 <= seconds <= LONGEST_TAKEN:
        return f"nothing takes {seconds:g} seconds"
    sure = getattr(event.deed, "confidence", None) or 0
    if not 0 <= sure <= CERTAIN:
        return f"nobody is {sure} % sure"
    return ""
