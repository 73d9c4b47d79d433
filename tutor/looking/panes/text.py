"""The text as tokens: how surprised the model was at each, or what the head looks at."""

from collections.abc import Sequence
from functools import lru_cache

from tutor.looking.laboratory import Reading
from tutor.looking.panes.style import bare, chosen, filled, glow
from tutor.looking.pieces import Line, Piece, Spot, quiet
from tutor.looking.sight import Pane
from tutor.screen.pieces_view import cells

MOST_BITS = 10.0
"""A surprise that glows fully."""


def draw(reading: Reading, width: int, height: int) -> list[Line]:
    """The tokens, broken into lines between tokens only; the lines around the cursor."""
    rows: list[list[Piece]] = [[]]
    column = 0
    for piece in (*pieces(reading), *expected(reading)):
        size = cells(piece.text)
        if column and column + size > width:
            rows.append([])
            column = 0
        rows[-1].append(piece)
        column += size
    here = next((n for n, row in enumerate(rows) if _holds(row, reading.sight.place)), 0)
    first = max(0, min(here, len(rows) - height))
    return filled([tuple(row) for row in rows[first : first + height]], height)


def _holds(row: Sequence[Piece], place: int) -> bool:
    return any(piece.spot is not None and piece.spot.place == place for piece in row)


def pieces(reading: Reading) -> list[Piece]:
    """A piece for each token, coloured by what the pane in view is about."""
    colour, found = reading.speaker.colour, []
    for place, share in enumerate(shares(reading)):
        ink, ground = glow(round(share, 2), colour)
        piece = Piece(readable(reading.labels[place]), ink, ground, spot=Spot(place=place))
        found.append(chosen(piece) if place == reading.sight.place else piece)
    return found


def shares(reading: Reading) -> list[float]:
    """How much each token glows, 0 to 1."""
    if reading.sight.pane is Pane.ATTENTION:
        row = reading.attention[reading.sight.place]
        return [*row, *(0.0 for _ in range(reading.places - len(row)))]
    return [min(1.0, bits / MOST_BITS) for bits in reading.surprises]


def title(reading: Reading) -> str:
    """What the colours say."""
    if reading.sight.pane is Pane.ATTENTION:
        return "text: what the head looks at from the chosen token"
    return "text: how surprised the model was at each token"


def readable(label: str) -> str:
    """A token in running text: its blank is a blank."""
    return f" {bare(label)}" if label.startswith("␣") and len(label) > 1 else label


@lru_cache(64)
def length(labels: tuple[str, ...]) -> int:
    """How many cells these tokens take one after the other."""
    return sum(cells(readable(label)) for label in labels)


def expected(reading: Reading) -> list[Piece]:
    """What would come next, at the end of the text."""
    if reading.at != reading.places - 1:
        return []
    best = reading.nexts[0]
    return [quiet(f" → {bare(best.label)} {best.chance:.0%}")]
