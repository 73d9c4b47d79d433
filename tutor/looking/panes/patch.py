"""The sweep: what one state of the other text would do, put in at each layer and place."""

from tutor.looking.laboratory import Reading
from tutor.looking.panes.grid import Grid
from tutor.looking.panes.style import bare, filled, glowing, percent
from tutor.looking.pieces import Line, Piece, Spot, quiet, wrapped
from tutor.looking.sight import Carried

WIDEST, NARROWEST = 10, 4
EMPTY = (
    "Press p and type a second text, such as the same sentence about another country. Its inner"
    " states can then be carried into this one, at any layer and place."
)


def title(reading: Reading) -> str:
    """Which answer is looked for."""
    sweep = reading.sweep
    if sweep is None:
        return "patch · carry a state over from a second text"
    return f"patch · chance of “{bare(sweep.answer)}”"


def draw(reading: Reading, width: int, height: int) -> list[Line]:
    """A row for each border, a column for each token; under it the token it is exchanged for."""
    sweep = reading.sweep
    if sweep is None:
        return filled([(quiet(row),) for row in wrapped(EMPTY, width)], height)

    def one(after: int, place: int, size: int) -> Piece:
        share = sweep.shares[after][place]
        put = Carried(after, place) in reading.sight.changed.carried
        text, spot = "◆" if put else percent(share), Spot(place, after=after)
        return glowing(text, size, share, reading.speaker.colour, spot)

    return Grid(reading, WIDEST, NARROWEST, sweep.labels).draw(width, height, one)
