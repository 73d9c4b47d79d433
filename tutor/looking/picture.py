"""Lines of pieces as a picture: SVG, one element a piece, in the colours of the screen."""

from collections.abc import Sequence
from html import escape

from tutor.looking.pieces import Line, Piece, ink_of, width_of
from tutor.screen.palette import NIGHT, code
from tutor.screen.pieces_view import cells

WIDE, HIGH, SIZE = 8.4, 18, 14
"""Pixels of a cell, and of its letters."""
EDGE = 12
FONT = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"


def svg(title: str, lines: Sequence[Line]) -> str:
    """A pane under its title."""
    return drawn(title, [(Piece(title, bold=True),), (), *lines])


def drawn(title: str, lines: Sequence[Line]) -> str:
    """Lines alone; the title is for those who cannot see them."""
    columns = max(*(width_of(one) for one in lines), 1)
    width, height = columns * WIDE + 2 * EDGE, len(lines) * HIGH + 2 * EDGE
    box = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>',
        f"<title>{escape(title)}</title>",
        f'<rect width="100%" height="100%" rx="8" fill="{code(NIGHT)}"/>',
        f'<g font-family="{FONT}" font-size="{SIZE}" xml:space="preserve">',
    ]
    for row, one in enumerate(lines):
        parts += _row(one, EDGE + row * HIGH)
    return "\n".join([*parts, "</g>", "</svg>"]) + "\n"


def _row(one: Line, top: float) -> list[str]:
    found, left = [], float(EDGE)
    for piece in one:
        width = cells(piece.text) * WIDE
        if piece.ground is not None:
            found.append(
                f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{HIGH}"'
                f' fill="{code(piece.ground)}"/>'
            )
        if piece.text.strip():
            found.append(_letters(piece, left, top + SIZE))
        left += width
    return found


def _letters(piece: Piece, left: float, base: float) -> str:
    bold = ' font-weight="bold"' if piece.bold else ""
    wide = cells(piece.text) * WIDE
    return (
        f'<text x="{left:g}" y="{base:g}" fill="{code(ink_of(piece))}"{bold}'
        f' textLength="{wide:g}">{escape(piece.text)}</text>'
    )
