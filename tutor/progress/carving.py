"""Events read straight from the pages of a journal's file, where SQLite cannot find its way in it.

One spoilt byte in the file's first page, or in a page that only points at others, hides every row
behind it. The rows still stand in their own pages, each with a checksum: what holds is taken, what
does not is passed over, so nothing is made up. Layout: https://www.sqlite.org/fileformat.html
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from tutor.progress.descriptors import reading
from tutor.progress.events import Event
from tutor.progress.opening import log_of
from tutor.progress.rows import CHECKED, Unreadable, read_row

USUAL_SIZE = 4096
"""Bytes of a page, as nearly every SQLite makes them;"""
SIZES = (USUAL_SIZE, 512, 1024, 2048, 8192, 16384, 32768, 65536)
"""and what else they may be."""
SIZE_AT = slice(16, 18)
"""Where the file says so."""
LOG_HEADER, FRAME_HEADER = 32, 24
TABLE_LEAF, LEAF_HEADER = 0x0D, 8
COLUMNS = (
    "seq",
    *("id", "installation", "at", "rank", "offset", "course", "lesson", "place", "deed"),
    *("kind", "checksum"),
)
"""What a row of an event holds, in the order in which it lies in the file."""
UUID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Bytes of a whole number, by the code that stands for its kind;"""
CONSTANTS = {8: 0, 9: 1}
"""and those that are in the code itself."""
FIRST_TEXT = 12
"""From this code on a value is bytes or text, and the code tells how long."""

Value: TypeAlias = bytes | int | None
Record: TypeAlias = tuple[int, list[Value]]
"""A row: its number, and its values."""


@dataclass(frozen=True)
class Pages:
    """A file cut into pages of one size, each by its number; what the log holds is newer."""

    size: int
    in_file: Mapping[int, bytes]
    in_log: tuple[tuple[int, bytes], ...]

    def all(self) -> Iterator[bytes]:
        """Every page, the newest first."""
        yield from (page for _, page in reversed(self.in_log))
        yield from self.in_file.values()

    def newest(self, number: int) -> bytes:
        """One page as it was written last; empty where there is none."""
        return dict(self.in_log).get(number) or self.in_file.get(number, b"")


def carve(path: Path) -> list[tuple[int, Event]]:
    """Every event in the file and its log whose checksum holds, with the number of its row."""
    return max((_events(pages) for pages in _ways_to_cut(path)), key=len)


def carve_installation(path: Path) -> str:
    """The UUID4 of the journal, from the only table whose rows are nothing but one; else empty."""
    for pages in _ways_to_cut(path):
        for _, values in _records(pages):
            if len(values) == 1 and isinstance(values[0], bytes) and UUID.fullmatch(values[0]):
                return values[0].decode()
    return ""


def _ways_to_cut(path: Path) -> Iterator[Pages]:
    """The file in pages of the usual size; where it does not say that, in all others too."""
    data = _bytes(path)
    log = _bytes(log_of(path)) if log_of(path).exists() else b""
    is_usual = int.from_bytes(data[SIZE_AT]) == USUAL_SIZE
    for size in (USUAL_SIZE,) if is_usual else SIZES:
        numbered = enumerate(range(0, len(data), size), 1)
        in_file = {number: data[at : at + size] for number, at in numbered}
        yield Pages(size, in_file, tuple(_frames(log, size)))


def _bytes(path: Path) -> bytes:
    with reading(path) as file:
        return file.read()


def _frames(log: bytes, size: int) -> Iterator[tuple[int, bytes]]:
    for at in range(LOG_HEADER, len(log), FRAME_HEADER + size):
        begin = at + FRAME_HEADER
        yield int.from_bytes(log[at : at + 4]), log[begin : begin + size]


def _events(pages: Pages) -> list[tuple[int, Event]]:
    found: dict[str, tuple[int, Event]] = {}
    for seq, values in _records(pages):
        event = _event(seq, values)
        if event:
            found.setdefault(event.id, (seq, event))
    return sorted(found.values(), key=lambda one: one[0])


def _event(seq: int, values: list[Value]) -> Event | None:
    if len(values) != len(COLUMNS):
        return None
    row = dict(zip(COLUMNS, values, strict=True))
    checksum = row["checksum"]
    if not isinstance(checksum, int):
        return None
    id_, *parts = (_as_bytes(row[name]) for name in CHECKED)
    event = read_row((seq, checksum, id_, *parts))  # type: ignore[arg-type]  # as many as CHECKED
    return None if isinstance(event, Unreadable) else event


def _as_bytes(value: Value) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def _records(pages: Pages) -> Iterator[Record]:
    """What looks like a row in a page that looks like a leaf of a table."""
    for page in pages.all():
        if not page or page[0] != TABLE_LEAF:
            continue
        for number in range(int.from_bytes(page[3:5])):
            at = LEAF_HEADER + 2 * number
            try:
                yield _record(pages, page, int.from_bytes(page[at : at + 2]))
            except IndexError:  # it leads out of the page
                continue


def _record(pages: Pages, page: bytes, at: int) -> Record:
    """A row from where it begins in its page. Raises IndexError for what is none."""
    length, at = _number(page, at)
    seq, at = _number(page, at)
    here = _bytes_here(length, pages.size)
    payload = page[at : at + here]
    if here < length:
        payload = b"".join([payload, *_overflow(pages, page[at + here : at + here + 4])])
    return seq, _values(payload[:length])


def _bytes_here(length: int, size: int) -> int:
    """How much of a row of `length` bytes is in its own page; the rest overflows to others."""
    if length <= size - 35:
        return length
    least = (size - 12) * 32 // 255 - 23
    wanted = least + (length - least) % (size - 4)
    return wanted if wanted <= size - 35 else least


def _overflow(pages: Pages, pointer: bytes) -> Iterator[bytes]:
    """What a row goes on with, page after page; a chain that goes in a circle ends."""
    seen: set[int] = set()
    number = int.from_bytes(pointer)
    while number and number not in seen:
        seen.add(number)
        page = pages.newest(number)
        yield page[4:]
        number = int.from_bytes(page[:4])


def _values(payload: bytes) -> list[Value]:
    end, at = _number(payload, 0)
    codes = []
    while at < end:
        code, at = _number(payload, at)
        codes.append(code)
    values = []
    for code in codes:
        length = INTEGERS.get(code, (code - FIRST_TEXT) // 2 if code >= FIRST_TEXT else 0)
        values.append(_value(code, payload[at : at + length]))
        at += length
    return values


def _value(code: int, data: bytes) -> Value:
    if code >= FIRST_TEXT:
        return data
    return int.from_bytes(data, signed=True) if code in INTEGERS else CONSTANTS.get(code)


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A whole number of 1 to 9 bytes, seven bits in each but the ninth; and where it ends."""
    number = 0
    for place in range(at, at + 8):
        number = number << 7 | data[place] & 0x7F
        if data[place] < 0x80:  # noqa: PLR2004  the bit that says: more comes
            return number, place + 1
    return number << 8 | data[at + 8], at + 9
