"""What there is room for, and what is said of the keys: nothing of the screen itself."""

from tutor.looking.bench import Bench
from tutor.looking.deeds import BAR
from tutor.looking.pieces import Line, Piece, line, quiet, strong, width_of, wrapped
from tutor.looking.sight import Pane
from tutor.looking.telling import EXPLAINED
from tutor.screen.palette import Colour

MEDIUM, WIDE = (78, 22), (104, 32)
"""Columns and rows from which one pane stands beside the bars, and from which all are shown."""
KEY = 18
"""Columns for a key and what it does."""


def panes_for(width: int, height: int, looked_at: Pane) -> frozenset[str]:
    """Which panes there is room for: all, one beside the bars, or one alone."""
    name = looked_at.name.lower()
    if width >= WIDE[0] and height >= WIDE[1]:
        second = "left-patch" if looked_at is Pane.PATCH else "left-lens"
        right = {"right-next", "right-parts", "right-changed"}
        return frozenset({"text", "left-attention", second, *right})
    if width >= MEDIUM[0] and height >= MEDIUM[1]:
        main = "left-attention" if looked_at is Pane.NEXT else f"left-{name}"
        return frozenset({"text", main, "right-next", "right-changed"})
    return frozenset({"text", f"left-{name}"})


def key_bar(bench: Bench, width: int) -> Line:
    """The keys that work now, as many as fit."""
    if bench.typing is not None:
        return line(strong("Enter", bench.speaker.colour), quiet(" done"))
    found: list[Piece] = []
    for key, does in BAR:
        pieces = [strong(key, bench.speaker.colour), quiet(f" {does}  ")]
        if width_of((*found, *pieces)) > width:
            break
        found += pieces
    return tuple(found)


def explanation(bench: Bench, width: int) -> list[Line]:
    """The pane in three sentences, and every key."""
    colour, said = bench.speaker.colour, EXPLAINED[bench.sight.pane]
    lines: list[Line] = []
    for words in (said.shows, said.to_read, f"What it does not prove: {said.proves_not}"):
        lines += [line(row) for row in wrapped(words, width)]
    return [*lines, (), *all_keys(colour, width)]


def all_keys(colour: Colour, width: int) -> list[Line]:
    """Every key with what it does, in columns."""
    shown = [(strong(f"{key:>7} ", colour), quiet(f"{does:<{KEY - 8}}")) for key, does in BAR]
    across = max(1, width // KEY)
    return [
        tuple(piece for pair in shown[at : at + across] for piece in pair)
        for at in range(0, len(shown), across)
    ]
