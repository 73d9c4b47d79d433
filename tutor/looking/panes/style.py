"""What all panes share: labels in a cell, glowing cells, the mark of the cursor."""

from dataclasses import replace
from functools import lru_cache

from tutor.looking.pieces import Line, Piece, Spot, quiet
from tutor.screen.palette import NIGHT, PAPER, Colour, heat, ink_on, mix
from tutor.screen.pieces_view import fitted

CURSOR = "▸"
FAINT: Colour = mix(NIGHT, PAPER, 0.45)
GROOVE: Colour = mix(NIGHT, PAPER, 0.08)
"""The ground of a cell in which nothing can be."""


def bare(label: str) -> str:
    """A token in a cell of its own, whose leading blank needs no sign there."""
    return label[1:] if label.startswith("␣") and len(label) > 1 else label


@lru_cache(4096)
def glow(share: float, colour: Colour) -> tuple[Colour, Colour]:
    """Letters and ground of a cell that glows by its share of 0 to 1."""
    ground = heat(share, colour)
    return ink_on(ground), ground


def glowing(text: str, width: int, share: float, colour: Colour, spot: Spot) -> Piece:
    """A cell that glows by its share of 0 to 1, its text in the middle."""
    ink, ground = glow(round(share, 2), colour)
    return Piece(centred(text, width) if text else " " * width, ink, ground, spot=spot)


def centred(text: str, width: int) -> str:
    """Text in the middle of so many cells, cut where it is longer."""
    shown = fitted(text, width)
    room = len(shown) - len(shown.rstrip())
    return " " * (room // 2) + shown[: len(shown) - room // 2] if room else shown


def chosen(piece: Piece) -> Piece:
    """The piece under the cursor."""
    return replace(piece, ink=ink_on(PAPER), ground=PAPER, bold=True)


def percent(share: float) -> str:
    """A share in at most three signs."""
    if share < 0.005:  # noqa: PLR2004
        return "·"
    return f"{100 * share:.0f}"


def filled(lines: list[Line], height: int) -> list[Line]:
    """Exactly so many lines."""
    return [*lines[:height], *((quiet(""),) for _ in range(height - len(lines)))]
