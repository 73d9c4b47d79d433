import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.providers.wire_server import pieces_of
from tutor.errors import BadReplyError
from tutor.providers.sse import LONGEST, Decoder, ServerEvent

SAMPLES = {
    "plain": (b"data: a\n\ndata: b\n\n", ["a", "b"]),
    "CRLF": (b"data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]),
    "CR": (b"data: a\r\rdata: b\r\r", ["a", "b"]),
    "mixed": (b"data: a\r\n\ndata: b\n\r\n", ["a", "b"]),
    "comments first": (b":\n\n: still here\n\n:\n\ndata: a\n\n", ["a"]),
    "comment within": (b"data: a\n: still here\ndata: b\n\n", ["a\nb"]),
    "several lines": (b"data: a\ndata:\ndata: b\n\n", ["a\n\nb"]),
    "no blank after the colon": (b"data:a\n\ndata:  b\n\n", ["a", " b"]),
    "byte order mark": (b"\xef\xbb\xbfdata: a\n\n", ["a"]),
    "letters": ("data: é 漢字 🙂\u2028\x85\x0c.\n\n".encode(), ["é 漢字 🙂\u2028\x85\x0c."]),
    "no UTF-8": (b"data: \xff\xc3\n\n", ["\ufffd\ufffd"]),
    "other fields": (b"id: 7\nretry: 10\nodd\ndata: a\n\n:\n\n\n\n", ["a"]),
    "kinds": (b"event: ping\n\nevent: x\ndata: a\n\n", ["a"]),
    "no empty line at the end": (b"data: a\n\ndata: [DONE]\n", ["a", "[DONE]"]),
    "no line end at all": (b"data: a\n\ndata: [DONE]", ["a", "[DONE]"]),
    "CR at the end": (b"data: a\n\ndata: b\r", ["a", "b"]),
    "nothing": (b"", []),
}


def decoded(pieces: list[bytes]) -> list[str]:
    decoder = Decoder()
    found = [event for piece in pieces for event in decoder.feed(piece)]
    return [event.data for event in found + decoder.end()]


@pytest.mark.parametrize(("sent", "expected"), SAMPLES.values(), ids=SAMPLES)
def test_events_arrive_whole_however_a_server_ends_its_lines(
    sent: bytes, expected: list[str]
) -> None:
    assert decoded([sent]) == expected
    assert decoded([bytes([one]) for one in sent]) == expected


@given(st.binary(max_size=60), st.lists(st.integers(0, 200), max_size=20))
@example(b"data: a\r\n\r\n", [9])
def test_bytes_cut_anywhere_give_the_same_events(noise: bytes, cuts: list[int]) -> None:
    for sent, expected in SAMPLES.values():
        assert decoded(pieces_of(sent, cuts)) == expected
    assert decoded(pieces_of(noise, cuts)) == decoded([noise])


@given(st.lists(st.text(st.sampled_from("da:t \r\n\ufeff🙂é"), max_size=6), max_size=12))
def test_no_mix_of_marks_breaks_the_decoder_or_depends_on_the_cuts(parts: list[str]) -> None:
    pieces = [part.encode() for part in parts]
    assert decoded(pieces) == decoded([b"".join(pieces)])


@pytest.mark.parametrize("ending", [b"\n\n", b"\r\r", b"\r\n\r\n"])
def test_an_event_is_shown_at_once_and_not_when_the_next_one_comes(ending: bytes) -> None:
    assert Decoder().feed(b"data: a" + ending) == [ServerEvent("", "a")]


def test_a_megabyte_on_one_line_comes_through() -> None:
    megabyte = "x" * 1_000_000
    assert decoded(pieces_of(f"data: {megabyte}\n\n".encode(), range(0, 1_000_000, 4096))) == [
        megabyte
    ]


def test_a_line_without_end_does_not_fill_the_memory() -> None:
    decoder = Decoder()
    for _ in range(LONGEST // 1_000_000):
        decoder.feed(b"x" * 1_000_000)
    with pytest.raises(BadReplyError, match="on and on"):
        decoder.feed(b"x" * 1_000_000)
