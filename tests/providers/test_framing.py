"""Where a document ends is seen in the bytes, whatever the server calls them."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.providers.wire_server import pieces_of
from tutor.errors import BadReplyError
from tutor.providers.framing import Frame, event_stream, json_documents

ONE, TWO = {"a": 'x"}\\ é'}, {"b": [{}, "]"]}


@dataclass
class Sent:
    """A reply, in these pieces."""

    cut: list[bytes]
    host: str = "there"

    def pieces(self) -> Iterator[bytes]:
        yield from self.cut


def packed(*documents: object, indent: int | None = None, between: str = "") -> bytes:
    return between.join(json.dumps(one, indent=indent) for one in documents).encode()


STREAMS = {
    "events": b"".join(b"data: " + packed(one) + b"\n\n" for one in (ONE, TWO)),
    "one line end between events": b"".join(b"data: " + packed(one) + b"\n" for one in (ONE, TWO)),
    "an event over lines": b"data: "
    + packed(ONE)
    + b"\n\ndata: {\ndata: "
    + packed(TWO)[1:]
    + b"\n",
    "bare JSON among events": b"data: " + packed(ONE) + b"\n\n" + packed(TWO) + b"\n",
    "lines of JSON": packed(ONE, TWO, between="\n"),
    "JSON over several lines": packed(ONE, TWO, indent=2, between="\n\n"),
    "JSON without line ends": packed(ONE, TWO),
    "a byte order mark": b"\xef\xbb\xbf \n" + packed(ONE, TWO, between="\r\n"),
}


@pytest.mark.parametrize("sent", STREAMS.values(), ids=STREAMS)
@pytest.mark.parametrize("every", [1, 3, 1000])
def test_documents_are_found_however_they_are_cut(sent: bytes, every: int) -> None:
    pieces = pieces_of(sent, range(0, len(sent), every))
    found = [json.loads(frame.data) for frame in event_stream(Sent(pieces))]
    assert found == [ONE, TWO]


@given(st.binary(max_size=80), st.lists(st.integers(0, 200), max_size=20))
def test_no_bytes_break_the_cutting_or_depend_on_the_pieces(noise: bytes, cuts: list[int]) -> None:
    def found(pieces: list[bytes]) -> list[Frame] | str:
        try:
            return list(json_documents(Sent(pieces)))
        except BadReplyError:
            return "a page"

    assert found(pieces_of(noise, cuts)) == found([noise])


def test_an_event_is_there_before_the_next_line() -> None:
    def slowly() -> Iterator[bytes]:
        yield b'data: {"a": 1}\n'
        pytest.fail("the event was complete")

    class Slow(Sent):
        def pieces(self) -> Iterator[bytes]:
            return slowly()

    assert next(event_stream(Slow([]))).data == '{"a": 1}'


def test_a_web_page_is_named_whatever_it_is_labelled() -> None:
    for cut in (event_stream, json_documents):
        with pytest.raises(BadReplyError, match="web page"):
            list(cut(Sent([b"\n  <!DOCTYPE html>"])))


@pytest.mark.parametrize("sign", [b"{", b'"', b"[", b"\\", b"}", b'{"a":"\\'])
def test_megabytes_of_nonsense_take_no_longer_than_reading_them(sign: bytes) -> None:
    piece = sign * (1_000_000 // len(sign))
    start = time.process_time()
    list(json_documents(Sent([b"{", *[piece] * 2])))
    assert time.process_time() - start < 10
