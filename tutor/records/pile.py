"""Events of many learners, in any order and several times: each once, in order, in little memory.

What was piled up stands in a file without a name, which is gone with the process; in memory are
the moment, the id and the place of each, some two hundred bytes.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import NamedTuple, Self

import msgspec

from tutor.errors import FileError
from tutor.progress.events import Answered, Event, Undone

IN_MEMORY = 64_000_000
"""Bytes up to which no file is needed."""
MOST_LEARNERS, MOST_EVENTS = 20_000, 2_000_000
MOST_PLACES, MOST_OF_ONE, MOST_BYTES_OF_ONE = 100_000, 200_000, 500_000_000
"""Steps and questions of all courses; events of one learner, and their bytes before any is known to
have come twice. Nobody who learns comes near; who wants to fill the memory stops there."""
_PLACE = 8
"""Bytes of a place in the file, or of a length."""
_UNDOING, _OTHER = b"u", b"."


class Who(NamedTuple):
    """A learner, as statements name one: an account, which is a pseudonym."""

    home: str
    name: str


class Pile:
    """Put all in, then read. Use as a context manager."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  closed on leaving
        self._keys: dict[Who, list[bytes]] = {}
        self._answered: dict[int, Who] = {}
        self._places: set[int] = set()
        self._bytes: Counter[Who] = Counter()
        self.count = 0
        self.twins: Counter[tuple[Who, Who]] = Counter()
        """Learners under whose names the same answers came, and how many."""
        self.repeated = 0
        """Events that came again, of those learners whose events were read."""

    def __enter__(self) -> Self:
        """Return the pile itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave nothing behind."""
        self._file.close()

    @property
    def learners(self) -> Sequence[Who]:
        """All of them, in the order in which they came."""
        return list(self._keys)

    def put(self, who: Who, event: Event) -> None:
        """Take in an event; FileError where no class can have so many."""
        place, body = self._file.tell(), msgspec.msgpack.encode(event)
        self._refuse_too_much(who, event, len(body))
        self._file.write(_number(len(body)) + body)
        self._keys.setdefault(who, []).append(_key(event, place))
        self.count += 1
        if isinstance(event.deed, Answered):
            self._compare(who, event.id)

    def _refuse_too_much(self, who: Who, event: Event, size: int) -> None:
        where = event.place
        self._places.add(hash((where.course, where.lesson, where.step, where.question)))
        self._bytes[who] += size
        if len(self._bytes) > MOST_LEARNERS:
            raise _too_many(f"{MOST_LEARNERS:,} learners")
        if self.count >= MOST_EVENTS:
            raise _too_many(f"{MOST_EVENTS:,} statements")
        if len(self._places) > MOST_PLACES:
            raise _too_many(f"{MOST_PLACES:,} steps and questions")
        if self._bytes[who] > MOST_BYTES_OF_ONE:
            raise _too_much_of_one(who)

    def _compare(self, who: Who, name: str) -> None:
        """Note an answer that came under another name before."""
        first = self._answered.setdefault(hash(name), who)
        if first != who:
            self.twins[first, who] += 1

    def events(self, *accounts: Who) -> Iterator[Event]:
        """What these accounts, all of one learner, did: in order, once, without what was undone."""
        whole = sorted(key for who in accounts for key in self._keys[who])
        keys = list(_once(whole))
        self.repeated += len(whole) - len(keys)
        if len(keys) > MOST_OF_ONE:
            raise _too_much_of_one(accounts[0])
        undoings = (self._read(key) for key in keys if _kind(key) == _UNDOING)
        undone = {_undoing(event) for event in undoings}
        for key in keys:
            if _kind(key) == _UNDOING:
                continue
            event = self._read(key)
            if (event.place.course, event.place.lesson, event.id) not in undone:
                yield event

    def _read(self, key: bytes) -> Event:
        self._file.seek(int.from_bytes(key[-_PLACE:], "big"))
        size = int.from_bytes(self._file.read(_PLACE), "big")
        return _decoder.decode(self._file.read(size))


_decoder = msgspec.msgpack.Decoder(Event)


def _key(event: Event, place: int) -> bytes:
    """What events are sorted by, as bytes that sort in the same way; then its kind and place."""
    moment, name = event.moment
    kind = _UNDOING if isinstance(event.deed, Undone) else _OTHER
    return b"\0".join((moment.encode(), name.encode(), kind + _number(place)))


def _number(value: int) -> bytes:
    return value.to_bytes(_PLACE, "big")


def _kind(key: bytes) -> bytes:
    return key[-_PLACE - 1 : -_PLACE]


def _once(keys: Sequence[bytes]) -> Iterator[bytes]:
    """The first of those that tell of the same event."""
    seen: set[bytes] = set()
    for key in keys:
        name = key.split(b"\0", 2)[1]
        if name not in seen:
            seen.add(name)
            yield key


def _undoing(event: Event) -> tuple[str, str, str]:
    """The lesson and the id of the event that this one undoes: none of another lesson."""
    assert isinstance(event.deed, Undone)
    return event.place.course, event.place.lesson, event.deed.event


def _too_many(what: str) -> FileError:
    hint = "give fewer files at a time, a course's or a group's"
    return FileError(f"more than {what} are no class that fits into one report", hint=hint)


def _too_much_of_one(who: Who) -> FileError:
    said = f"{who.name!r} has more statements than anybody can have made"
    return FileError(said, hint="leave that learner's file out")
