import re
import unicodedata

import pyte
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from tests.screen.screens import PLAIN, RICH, Wire
from tutor.screen.streaming import MOST_SHOWN, Stream, harmless
from tutor.screen.terminal import Look, Terminal

WIDTH = 60
EVIL = {
    "clear the screen": ("a\x1b[2Jb", "a[2Jb"),
    "set the title": ("a\x1b]0;gone\x07b", "a]0;goneb"),
    "a hyperlink": ("\x1b]8;;http://x\x1b\\b", "]8;;http://x\\b"),
    "one-byte CSI": ("a\x9b31mb", "a31mb"),
    "the bell, backspaces, NUL": ("a\x07\x08\x08\x00b", "ab"),
    "back to the line's start": ("safe\rgone", "safegone"),
    "delete": ("a\x7fb", "ab"),
    "right to left": ("a\u202egpj.exe\u2066b\u200f", "agpj.exeb"),
    "markup": ("[bold]a[/bold] [/INST] <think> <s> list[int]",) * 2,
    "half a character": ("a\ud83db", "ab"),
    "Windows lines": ("a\r\nb", "a\n  b"),
    "other line ends": ("a\u2028b\u2029c\x85d", "a\n  b\n  cd"),
    "a tab": ("a\tb", "a    b"),
}


def terminal(
    *, watched: bool = False, look: Look = RICH, width: int = WIDTH
) -> tuple[Terminal, Wire]:
    wire = Wire(tty=watched)
    console = Console(
        file=wire, width=width, markup=False, _environ={"TERM": "xterm"}, force_terminal=watched
    )
    return Terminal(console, look, input, echo=True), wire


def streamed(*pieces: str, watched: bool = False, look: Look = RICH, width: int = WIDTH) -> str:
    """What was written, byte by byte."""
    seat, wire = terminal(watched=watched, look=look, width=width)
    stream = Stream(seat)
    for piece in pieces:
        stream.add(piece)
    stream.end()
    return wire.text()


def seen(written: str, lines: int, width: int = WIDTH) -> list[str]:
    """What stands on a screen after that was written."""
    screen = pyte.Screen(width, lines)
    pyte.Stream(screen).feed(written.replace("\n", "\r\n"))
    return [line.rstrip() for line in screen.display]


@pytest.mark.parametrize("watched", [True, False])
@pytest.mark.parametrize(("sent", "expected"), EVIL.values(), ids=EVIL)
def test_a_reply_commands_nothing_and_loses_no_mark(
    sent: str, expected: str, *, watched: bool
) -> None:
    assert streamed(sent, watched=watched) == f"  {expected}\n"
    apart = streamed(*sent, watched=watched)  # an escape sequence, sign by sign
    assert apart.replace("\b", "") in (f"  {expected}\n", apart)
    assert seen(apart, 8)[: expected.count("\n") + 1] == f"  {expected}".split("\n")


@given(st.text())
def test_nothing_that_a_terminal_obeys_comes_through(text: str) -> None:
    shown = harmless(text)
    assert all(c == "\n" or unicodedata.category(c) not in ("Cc", "Cs") for c in shown)
    assert all(unicodedata.bidirectional(c) not in BIDIRECTIONAL for c in shown)


BIDIRECTIONAL = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
WORDS = st.text(st.sampled_from("abcdefghij  \n\né漢🙂.-\u0301"), max_size=8)


@given(st.lists(WORDS, max_size=40), st.sampled_from([16, 20, 60]))
@example(["x" * 13, "x", "x"], 16)
@example(["a ", "b" * 12, "b", "b b"], 16)
@example(["    " + "a" * 8, "a" * 9], 16)
@example(["aaa é", "é" * 13], 16)
def test_words_shown_early_end_up_where_words_shown_late_do(pieces: list[str], width: int) -> None:
    late = streamed("".join(pieces), width=width)
    early = streamed(*pieces, watched=True, width=width)
    lines = late.count("\n") + 3
    assert seen(early, lines, width) == seen(late, lines, width)


@given(st.lists(WORDS, max_size=40), st.sampled_from([16, 20, 60]), st.booleans())
@example(["\u0301 aaaa漢", "漢", "aaaa"], 16, False)
def test_no_line_is_wider_than_the_window_and_no_sign_is_lost(
    pieces: list[str],
    width: int,
    watched: bool,  # noqa: FBT001  hypothesis names it
) -> None:
    late = streamed(*pieces, width=width)
    assert all(cell_len(line) <= width for line in late.split("\n"))
    assert re.sub(r"\s", "", late) == re.sub(r"\s", "", "".join(pieces))
    if watched:
        assert not re.search(r"[\x00-\x07\x0b-\x1f]", streamed(*pieces, watched=True, width=width))


def test_half_a_word_is_seen_before_its_end_is_known() -> None:
    seat, wire = terminal(watched=True)
    Stream(seat).add("A tok")
    assert wire.text() == "  A tok"


def test_no_token_waits_for_the_next_but_one_that_ends_in_the_last_column() -> None:
    seat, wire = terminal(watched=True)
    stream = Stream(seat)
    late = 0
    for number in range(300):
        stream.add(f" w{number}é")
        late += not wire.text().endswith(f"w{number}é")
    assert late < 0.03 * 300  # one in thirteen waited, at the end of each line


@pytest.mark.parametrize(("watched", "look"), [(False, RICH), (True, PLAIN), (False, PLAIN)])
def test_nothing_is_painted_over_where_it_would_be_read_aloud_or_kept(
    watched: bool,  # noqa: FBT001  pytest names it
    look: Look,
) -> None:
    words = "Many words that are longer than one line of a window can take, letter by letter. "
    assert "\b" not in streamed(*words * 3, watched=watched, look=look)
    assert "\b" in streamed(*words * 3, watched=True)


def test_a_terminal_that_can_do_nothing_is_asked_nothing() -> None:
    wire = Wire(tty=True)
    console = Console(file=wire, width=WIDTH, _environ={"TERM": "dumb"}, force_terminal=True)
    stream = Stream(Terminal(console, RICH, input, echo=True))
    for sign in "letter by letter " * 20:
        stream.add(sign)
    stream.end()
    assert "\b" not in wire.text()


@pytest.mark.parametrize("watched", [True, False])
@pytest.mark.parametrize("sign", ["x", "漢", "[b]", "\u0301"])
def test_a_megabyte_on_one_line_fills_no_screen(sign: str, *, watched: bool) -> None:
    megabyte = sign * (1_000_000 // len(sign))
    written = streamed(megabyte[:500_000], megabyte[500_000:], watched=watched)
    assert len(written) < 2 * MOST_SHOWN
    assert f"[{len(megabyte) - MOST_SHOWN:,} more characters not shown]" in written
    assert all(cell_len(line) <= WIDTH for line in written.split("\n"))


def test_the_end_may_be_said_twice() -> None:
    seat, wire = terminal()
    stream = Stream(seat)
    stream.add("x" * (MOST_SHOWN + 5))
    stream.end()
    stream.end()
    assert wire.text().count("more characters") == 1
