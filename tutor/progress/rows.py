"""An event as a row of the file, with a checksum over it: what reads, and what does not."""

import functools
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, get_args

import msgspec

from tutor.progress.events import AnyDeed, Deed, Event, Place

CHECKED = (
    "id",
    "installation",
    "at",
    "rank",
    "offset",
    "course",
    "lesson",
    "kind",
    "place",
    "deed",
)
"""What a checksum is over, in this order, for ever."""
MOMENT = "CASE rank WHEN '' THEN at ELSE rank END"
"""The first half of `Event.moment`, in SQL."""
COLUMNS = ", ".join(("seq", "checksum", *(f"CAST({name} AS BLOB)" for name in CHECKED)))
"""As bytes, since a spoilt text is none that SQLite hands over."""
COLUMNS_BEFORE_CHECKSUMS = COLUMNS.replace("checksum", "0").replace("CAST(kind AS BLOB)", "x''")
"""The same in a file of the first shape."""

Row: TypeAlias = tuple[
    int, int, bytes, bytes, bytes, bytes, bytes, bytes, bytes, bytes, bytes, bytes
]

_names = ", ".join(("seq", *CHECKED, "checksum"))
INSERT = f"INSERT INTO event ({_names}) VALUES ({', '.join('?' * (len(CHECKED) + 2))})"  # noqa: S608
"""With the number that an event had before, or none for one of its own."""
INSERT_UNKNOWN = INSERT.replace("INSERT", "INSERT OR IGNORE")
"""The same, where an event that is there already stays as it is."""

NAMED = 5
"""No more rows than these are named one by one."""

_KINDS = {deed: str(deed.__struct_config__.tag) for deed in get_args(AnyDeed)}
_encode = msgspec.json.Encoder().encode
_place = functools.lru_cache(maxsize=1024)(msgspec.json.Decoder(Place).decode)
"""A course has few places, and a journal perhaps a million events there."""
_deed: "msgspec.json.Decoder[AnyDeed]" = msgspec.json.Decoder(AnyDeed)


@dataclass(frozen=True)
class Unreadable:
    """A row that is not what was written: its number in the file, and what gives it away."""

    seq: int
    why: str


def checksum(row: bytes) -> int:
    """CRC-32 over the columns of `CHECKED`, with a NUL between each two."""
    return zlib.crc32(row)


def kind_of(deed: type[Deed]) -> str:
    """How a kind of deed is called in the file."""
    return _KINDS[deed]


def row_of(event: Event) -> tuple[str | int, ...]:
    """The values of `CHECKED` for an event, and their checksum."""
    place = event.place
    values = (
        event.id,
        event.installation,
        event.at,
        event.rank,
        str(event.offset),  # the column's type makes a number of it again
        place.course,
        place.lesson,
        _KINDS[type(event.deed)],
        _encode(place).decode(),
        _encode(event.deed).decode(),
    )
    return (*values, checksum("\0".join(values).encode()))


def read_row(row: Row) -> Event | Unreadable:
    """Read a row of `COLUMNS`."""
    seq, kept, *parts = row
    try:
        if checksum(b"\0".join(parts)) != kept:
            return Unreadable(seq, "its checksum differs")
        return _event(parts)
    except (msgspec.DecodeError, ValueError, TypeError, AttributeError) as error:
        return Unreadable(seq, str(error))


def read_row_before_checksums(row: Row) -> Event | Unreadable:
    """Read a row of `COLUMNS_BEFORE_CHECKSUMS`: what can be read is believed."""
    seq, _, *parts = row
    try:
        return _event(parts)
    except (msgspec.DecodeError, ValueError, TypeError, AttributeError) as error:
        return Unreadable(seq, str(error))


def _event(parts: list[bytes]) -> Event:
    name, installation, at, rank, offset, _course, _lesson, _kind, place, deed = parts
    return Event(
        id=name.decode(),
        installation=installation.decode(),
        at=at.decode(),
        rank=rank.decode(),
        offset=int(offset),
        place=_place(place),
        deed=_deed.decode(deed),
    )


def named(spoilt: Sequence[Unreadable]) -> str:
    """Count and name what was left out."""
    numbers = ", ".join(str(row.seq) for row in spoilt[:NAMED])
    more = " and others" if len(spoilt) > NAMED else ""
    if len(spoilt) == 1:
        return f"1 event cannot be read and is left out: number {numbers} ({spoilt[0].why})"
    return f"{len(spoilt)} events cannot be read and are left out: numbers {numbers}{more}"
