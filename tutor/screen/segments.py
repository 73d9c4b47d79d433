"""Coloured text as rich's segments, for a screen that draws its own lines."""

from collections.abc import Iterable
from functools import lru_cache

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from tutor.screen.palette import Colour

Segments = list[Segment]


@lru_cache(4096)
def style(ink: Colour, ground: Colour, *, bold: bool = False) -> Style:
    """Letters of one colour on a ground of another."""
    return Style(color=Color.from_rgb(*ink), bgcolor=Color.from_rgb(*ground), bold=bold or None)


def segments(pieces: Iterable[tuple[str, Style]]) -> Segments:
    """Texts in their styles, one after the other."""
    return [Segment(text, one) for text, one in pieces]
