"""A teacher's own list of who is behind a pseudonym: it stays on the teacher's machine."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from tutor.errors import FileError

MOST_BYTES = 4_000_000
LONGEST = 100
"""Characters of a name."""
BOTH = 2
HEADS = {"pseudonym", "name", "learner", "account", "student", "actor"}
"""What a first row may say that names columns and nobody."""
HINT = "a row is a pseudonym and a name, as in: learner-8k2m4x,Ada Lovelace"


def read_roster(file: Path) -> dict[str, str]:
    """Names by pseudonym, from a table of two columns as spreadsheets save it. FileError."""
    names: dict[str, str] = {}
    for number, pseudonym, name in _rows(file):
        if names.setdefault(pseudonym, name) != name:
            said = (
                f"{file}:{number}: {pseudonym!r} has two names, {names[pseudonym]!r} and {name!r}"
            )
            raise FileError(said, hint="leave one of them")
    if not names:
        raise FileError(f"{file} names nobody", hint=HINT)
    return names


def _rows(file: Path) -> Iterator[tuple[int, str, str]]:
    """Line, pseudonym and name of each row that has both."""
    text = _text(file)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=_parted_by(text))
    try:
        for number, cells in enumerate(table, 1):
            row = [" ".join(cell.split()) for cell in cells]
            is_head = number == 1 and {cell.casefold() for cell in row} <= HEADS
            if not any(row) or is_head:
                continue
            if len(row) < BOTH or not (row[0] and row[1]) or len(row[1]) > LONGEST:
                raise FileError(f"{file}:{number}: no pseudonym with a name", hint=HINT)
            yield number, row[0], row[1]
    except csv.Error as error:
        raise FileError(f"{file}: no table of names ({error})", hint=HINT) from error


def _parted_by(text: str) -> str:
    """What stands between the cells: spreadsheets differ by country."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _text(file: Path) -> str:
    """The file, in whatever encoding a spreadsheet gave it."""
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise FileError(f"{file} cannot be read: {error.strerror}", hint=HINT) from error
    if len(data) > MOST_BYTES:
        raise FileError(f"{file} is too long for a list of names", hint=HINT)
    for encoding in (
        ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    ):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileError(f"{file} is no text", hint="save the table as CSV in UTF-8")
