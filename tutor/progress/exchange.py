"""The journal as a file of lines, to keep, to carry to another machine, to merge."""

import datetime
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from tutor.errors import JournalError
from tutor.progress.events import Event
from tutor.progress.journal import Journal, Merge, utc_text

FORMAT = 1


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


def import_events(journal: Journal, file: Path) -> Merge:
    """Merge an export; all of it or, when any line is bad, none."""
    try:
        with file.open("rb") as lines:
            return journal.merge(_events(file, lines))
    except OSError as error:
        hint = "check the name"
        raise JournalError(f"{file} cannot be read: {error.strerror}", hint=hint) from error


def _events(file: Path, lines: Iterator[bytes]) -> Iterator[Event]:
    hint = "give a file from: tutor progress export"
    try:
        header = msgspec.json.decode(next(lines, b""), type=Header)
    except msgspec.DecodeError as error:
        raise JournalError(f"{file} is not an export of this tutor", hint=hint) from error
    if header.llm_tutor_journal > FORMAT:
        raise JournalError(f"{file} is from a newer tutor", hint="update this tutor")
    decoder = msgspec.json.Decoder(Event)
    for number, line in enumerate(lines, 2):
        if not line.strip():
            continue
        try:
            event = decoder.decode(line)
            if utc_text(datetime.datetime.fromisoformat(event.at)) != event.at:
                raise ValueError(f"{event.at!r} is no time in UTC")  # noqa: TRY301
        except (msgspec.DecodeError, ValueError) as error:  # ValueError: also what is not UTF-8
            message = f"{file}:{number}: not an event ({error}); nothing was imported"
            raise JournalError(message, hint=hint) from error
        yield event
