"""Server-Sent Events: bytes in, events out, nothing else.

Our own, because httpx-sse 0.4.3 loses what servers really send: the first event after a byte order
mark, the last one where no empty line follows it, all letters beyond ASCII under a wrong `charset`;
it holds events back where lines end with CR, and takes comments for events once an `id` was seen.
Two liberties beyond the standard, which servers in the wild ask for: a line of data that is a whole
JSON document is an event, be there an empty line after it or not; and so is a line of bare JSON.
"""

import re
from dataclasses import dataclass, field

import msgspec

from tutor.errors import BadReplyError
from tutor.providers.picking import is_json

LONGEST = 16_000_000
"""Bytes of one event; a longer one is no answer to a question of ours."""
END_MARK = "[DONE]"
"""The data of the last event, in OpenAI's format and its many copies."""
MOST_STRAYS, LONGEST_STRAY = 20, 1000
_RAW = msgspec.json.Decoder(msgspec.Raw)
_LINE_END = re.compile(rb"\r\n|\r|\n")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """One event: its kind, mostly empty, and its data."""

    kind: str
    data: str


@dataclass(slots=True)
class Decoder:
    """Makes events of bytes, wherever these are cut."""

    _begun: list[bytes] = field(default_factory=list)
    """The line that is still coming, in pieces."""
    _kind: str = ""
    _data: list[str] = field(default_factory=list)
    _size: int = 0
    strays: list[str] = field(default_factory=list)
    """The first lines that are no part of any event, while none has come."""
    _after_cr: bool = False
    _at_start: bool = True

    def feed(self, piece: bytes) -> list[ServerEvent]:
        """The events that these bytes complete; BadReplyError for one that never ends."""
        events = [event for line in self._lines(piece) if (event := self._take(line))]
        self._size = 0 if events else self._size + len(piece)
        if self._size > LONGEST:
            raise BadReplyError(
                "The server sends on and on and nothing that is an answer.",
                hint="Check the address: tutor model list.",
            )
        return events

    def end(self) -> list[ServerEvent]:
        """What the last bytes hold where no empty line follows them; it may be cut off."""
        return self.feed(b"\n\n" if not self._after_cr else b"\n\n\n")

    def _lines(self, piece: bytes) -> list[bytes]:
        """The lines completed; a CR ends its line at once, and an LF after it is part of it."""
        if self._after_cr and piece[:1] == b"\n":
            piece = piece[1:]
            self._after_cr = False
        if not piece:
            return []
        self._after_cr = piece.endswith(b"\r")
        *whole, rest = _LINE_END.split(piece)
        if whole:
            whole[0] = b"".join((*self._begun, whole[0]))
            self._begun = []
            if self._at_start:
                self._at_start = False
                whole[0] = whole[0].removeprefix(_BYTE_ORDER_MARK)
        self._begun.append(rest)
        return whole

    def _take(self, line: bytes) -> ServerEvent | None:
        """The event that a line completes; its characters are whole by now."""
        if not line:
            return self._event()
        text = line.decode("utf-8", "replace")
        name, _, value = text.partition(":")
        match name:
            case "data":
                value = value.removeprefix(" ")
                if value.startswith("data:"):  # some gateways wrap what is wrapped already
                    value = value.removeprefix("data:").removeprefix(" ")
                self._data.append(value)
                if len(self._data) == 1 and _is_whole(self._data[0]):
                    return self._event()
            case "event":
                self._kind = value.removeprefix(" ")
            case _ if text.startswith("{") and _is_whole(text):
                self._data.append(text)
                return self._event()
            case "" | "id" | "retry":  # a comment, which keeps the line alive, or of no use here
                pass
            case _ if len(self.strays) < MOST_STRAYS:
                self.strays.append(text[:LONGEST_STRAY])
            case _:
                pass
        return None

    def _event(self) -> ServerEvent | None:
        """The event so far; None where it has no data."""
        event = ServerEvent(self._kind, "\n".join(self._data)) if self._data else None
        self._kind, self._data = "", []
        return event


def _is_whole(text: str) -> bool:
    """Whether a text needs no further line: it is a whole JSON object, or the mark of the end."""
    text = text.strip()
    if not text.endswith("}"):
        return text == END_MARK
    try:
        _RAW.decode(text)  # a third of the time of reading it
    except (msgspec.MsgspecError, UnicodeError):
        return is_json(text)
    return True
