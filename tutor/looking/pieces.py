"""What a pane draws: lines of pieces, each with its colours, and what it stands for."""

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.screen.palette import NIGHT, PAPER, Colour, mix
from tutor.screen.pieces_view import cells, fitted


@dataclass(frozen=True, slots=True)
class Spot:
    """What a piece stands for, so that a click leads there; what is None is left as it is."""

    place: int | None = None
    layer: int | None = None
    column: int | None = None
    after: int | None = None
    token: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text in one style."""

    text: str
    ink: Colour | None = None
    ground: Colour | None = None
    bold: bool = False
    dim: bool = False
    spot: Spot | None = None


FADED = 0.55
"""So much of their colour is left to letters that keep in the background."""
Line = tuple[Piece, ...]


def line(*pieces: Piece | str) -> Line:
    """A line; bare words stand in no style."""
    return tuple(Piece(one) if isinstance(one, str) else one for one in pieces)


def quiet(text: str) -> Piece:
    """Words that keep in the background."""
    return Piece(text, dim=True)


def strong(text: str, ink: Colour | None = None) -> Piece:
    """Words that stand out."""
    return Piece(text, ink=ink, bold=True)


def ink_of(piece: Piece) -> Colour:
    """The colour of a piece's letters; quiet ones fade into the ground."""
    ink = piece.ink or PAPER
    return mix(piece.ground or NIGHT, ink, FADED) if piece.dim else ink


def plain(lines: Sequence[Line]) -> str:
    """The lines as text."""
    return "\n".join("".join(piece.text for piece in one).rstrip() for one in lines)


def width_of(one: Line) -> int:
    """How many cells a line takes."""
    return sum(cells(piece.text) for piece in one)


def wrapped(words: str, width: int) -> list[str]:
    """Words on lines of so many cells."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if cells(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return [fitted(one, width).rstrip() if cells(one) > width else one for one in lines]


def window(count: int, room: int, at: int) -> range:
    """So many of `count` places as there is room for, the place `at` among them."""
    first = min(max(0, at - room // 2), max(0, count - room))
    return range(first, min(count, first + max(1, room)))
