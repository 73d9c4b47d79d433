"""The logit lens: what the model would say at each place if it stopped after each layer."""

from tutor.looking.laboratory import Reading
from tutor.looking.panes.grid import Grid
from tutor.looking.panes.style import bare, glowing
from tutor.looking.pieces import Line, Piece, Spot

WIDEST, NARROWEST = 12, 7


def title(_reading: Reading) -> str:
    """What it is."""
    return "logit lens · the next token if it stopped there"


def draw(reading: Reading, width: int, height: int) -> list[Line]:
    """A row for each border, a column for each token; the likeliest next token in each cell."""
    rows = reading.cells

    def one(after: int, place: int, size: int) -> Piece:
        found = rows[after][place]
        return glowing(
            bare(found.label), size, found.chance, reading.speaker.colour, Spot(place, after=after)
        )

    return Grid(reading, WIDEST, NARROWEST).draw(width, height, one)
