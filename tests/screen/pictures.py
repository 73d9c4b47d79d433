"""Screens as pictures: `python -m tests.screen.pictures` keeps those that the documentation shows.

A test compares them with what is drawn now; digits are not compared, as another machine's
arithmetic may round the last one otherwise.
"""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import pyte
from pyte.screens import Char

from tests.player.window import Window
from tutor.looking.picture import svg
from tutor.looking.pieces import Line, Piece
from tutor.screen.palette import Colour

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
NAMED: dict[str, Colour] = {
    "black": (60, 56, 70),
    "red": (239, 91, 110),
    "green": (79, 184, 160),
    "brown": (242, 193, 78),
    "blue": (96, 150, 220),
    "magenta": (157, 124, 244),
    "cyan": (94, 200, 216),
    "white": (240, 237, 246),
}
"""The sixteen colours of a terminal, as a dark one draws them; pyte calls yellow brown."""


def lines_of(cells: pyte.Screen) -> list[Line]:
    """What a window shows, in pieces of one style each."""
    rows = [[cells.buffer[y][x] for x in range(cells.columns)] for y in range(cells.lines)]
    return [_line(row) for row in rows]


def _line(row: Sequence[Char]) -> Line:
    pieces = []
    for style, chars in groupby(row, key=_style):
        ink, ground, bold, dim = style
        pieces.append(Piece("".join(char.data for char in chars), ink, ground, bold, dim))
    return tuple(pieces)


def _style(char: Char) -> tuple[Colour | None, Colour | None, bool, bool]:
    ink, ground = _colour(char.fg), _colour(char.bg)
    if char.reverse:
        ink, ground = ground or (20, 17, 28), ink or (240, 237, 246)
    return ink, ground, char.bold, char.blink


def _colour(name: str) -> Colour | None:
    if name == "default":
        return None
    plain = name.removeprefix("bright")
    if plain in NAMED:
        return NAMED[plain]
    return int(name[:2], 16), int(name[2:4], 16), int(name[4:], 16)


def picture(window: Window, title: str) -> str:
    """A window as SVG."""
    return svg(title, lines_of(window.cells))
