"""Where one document of a reply ends and the next begins: bytes in, JSON texts out.

Each wire format says which of these its replies are cut by. Both look at what really comes, not at
its label: event streams are sent as application/json, whole replies as text/plain or as event
streams, and error pages as anything.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from tutor.errors import BadReplyError
from tutor.providers.sse import LONGEST, Decoder, ServerEvent

BARE = "bare text"
"""The kind of what is neither an event nor JSON."""
TELLING = 5
"""So many first bytes tell an event stream from anything else."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_MARKS = re.compile(rb'["{}\[\]]')
_STRING_MARKS = re.compile(rb'["\\]')


@dataclass(frozen=True, slots=True)
class Frame:
    """One document: the kind of its event, mostly empty, and its text."""

    kind: str
    data: str


class Arriving(Protocol):
    """A reply whose bytes are still coming."""

    @property
    def host(self) -> str:
        """Who sends it."""
        ...

    def pieces(self) -> Iterator[bytes]:
        """Bytes as they come."""
        ...


def event_stream(answer: Arriving) -> Iterator[Frame]:
    """Server-Sent Events, or JSON where the server does not stream after all."""
    first, pieces = _begun(answer)
    return _documents(first, pieces) if first[:1] in (b"{", b"[") else _stream(first, pieces)


def json_documents(answer: Arriving) -> Iterator[Frame]:
    """JSON documents one after the other, a line each as a rule, or a single one.

    What begins as an event stream is read as one: it is another format, and will be named.
    """
    first, pieces = _begun(answer)
    return (
        _stream(first, pieces)
        if first[:TELLING] in (b"data:", b"event")
        else _documents(first, pieces)
    )


def _begun(answer: Arriving) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes that are no blanks, and those that follow; BadReplyError for a page."""
    pieces = _from_the_first_sign(answer)
    first = next(pieces, b"")
    if first.startswith(b"<"):
        raise BadReplyError(
            f"{answer.host} answers with a web page.",
            hint="Check the address; it mostly ends in /v1: tutor model list.",
        )
    return first, pieces


def _stream(first: bytes, pieces: Iterator[bytes]) -> Iterator[Frame]:
    decoder, is_bare = Decoder(), True
    for event in _events(decoder, first, pieces):
        is_bare = False
        yield Frame(event.kind, event.data)
    if is_bare and decoder.strays:  # as proxies send it with a status that all is well
        yield Frame(BARE, " ".join(decoder.strays))


def _events(decoder: Decoder, first: bytes, pieces: Iterator[bytes]) -> Iterator[ServerEvent]:
    yield from decoder.feed(first)
    for piece in pieces:
        yield from decoder.feed(piece)
    yield from decoder.end()


def _from_the_first_sign(answer: Arriving) -> Iterator[bytes]:
    """The bytes of a reply without the mark and the blanks before its first sign."""
    pieces = answer.pieces()
    begun = b""
    for piece in pieces:
        begun = (begun + piece).lstrip().removeprefix(_BYTE_ORDER_MARK).lstrip()
        if len(begun) >= TELLING:
            yield begun
            yield from pieces
            return
    yield begun


def _documents(first: bytes, pieces: Iterator[bytes]) -> Iterator[Frame]:
    splitter = Splitter()
    yield from splitter.feed(first)
    for piece in pieces:
        yield from splitter.feed(piece)
    yield from splitter.end()


@dataclass(slots=True)
class Splitter:
    """Cuts bytes where a JSON document ends, in time that grows with their number only."""

    _begun: list[bytes] = field(default_factory=list)
    _size: int = 0
    _depth: int = 0
    _in_string: bool = False
    _escaped: bool = False
    """The last piece ended within an escape."""

    def feed(self, piece: bytes) -> Iterator[Frame]:
        """The documents that these bytes complete; BadReplyError for one that never ends."""
        start = at = 0
        if self._escaped and piece:
            self._escaped, at = False, 1
        while mark := (_STRING_MARKS if self._in_string else _MARKS).search(piece, at):
            at = mark.end()
            if self._pass(mark.group()):  # an escape: whatever follows it means itself
                self._escaped = at == len(piece)
                at += 1
            elif not self._depth and not self._in_string:
                self._begun.append(piece[start:at])
                start = at
                if frame := self._take():
                    yield frame
        self._keep(piece[start:])

    def _pass(self, mark: bytes) -> bool:
        """Go over a mark; tell whether it is an escape."""
        if self._in_string:
            self._in_string = mark != b'"'
            return mark == b"\\"
        if mark == b'"':
            self._in_string = True
        elif mark in b"{[":
            self._depth += 1
        elif mark in b"}]":
            self._depth = max(0, self._depth - 1)
        return False

    def _keep(self, rest: bytes) -> None:
        self._begun.append(rest)
        self._size += len(rest)
        if self._size > LONGEST:
            raise BadReplyError(
                "The server sends on and on and nothing that is an answer.",
                hint="Check the address: tutor model list.",
            )

    def end(self) -> Iterator[Frame]:
        """What the last bytes hold; it is cut off, or no JSON."""
        if frame := self._take():
            yield frame

    def _take(self) -> Frame | None:
        text = b"".join(self._begun).decode("utf-8", "replace").strip(" \t\r\n,")
        self._begun, self._size = [], 0
        return Frame("", text) if text else None
