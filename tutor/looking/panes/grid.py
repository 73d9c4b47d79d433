"""Layers by tokens: the frame that the lens and the sweep share."""

from collections.abc import Callable
from dataclasses import dataclass

from tutor.looking.laboratory import Reading
from tutor.looking.panes.style import CURSOR, FAINT, bare, centred, chosen, filled
from tutor.looking.pieces import Line, Piece, Spot, quiet, strong, window

LABEL = 10
Cell = Callable[[int, int, int], Piece]
"""What stands at a border and a place, in so many cells."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A row for each border, from the text down to the answer; a column for each token."""

    reading: Reading
    widest: int
    narrowest: int
    below: tuple[str, ...] = ()
    """A second row of labels under the tokens."""

    def draw(self, width: int, height: int, cell: Cell) -> list[Line]:
        """The tokens in view, and the rows."""
        reading, sight = self.reading, self.reading.sight
        room = width - LABEL
        size = max(self.narrowest, min(self.widest, room // reading.places))
        columns = window(reading.places, room // size, sight.place)
        lines = [self._head(columns, size, reading.labels)]
        if self.below:
            lines.append(self._head(columns, size, self.below))
        borders = window(reading.speaker.model.shape.layers + 1, height - len(lines), sight.after)
        for after in borders:
            row = [self._label(after)]
            for place in columns:
                one = cell(after, place, size)
                here = place == sight.place and after == sight.after
                row.append(chosen(one) if here else one)
            lines.append(tuple(row))
        return filled(lines, height)

    def _head(self, columns: range, size: int, labels: tuple[str, ...]) -> Line:
        found = [quiet(" " * LABEL)]
        for place in columns:
            text = centred(bare(labels[place]), size - 1) + " "
            here = place == self.reading.sight.place
            colour = self.reading.speaker.colour if here else FAINT
            found.append(Piece(text, ink=colour, bold=here, spot=Spot(place=place)))
        return tuple(found)

    def _label(self, after: int) -> Piece:
        text = f"layer {after}" if after else "text"
        if after == self.reading.sight.after:
            return strong(f"{CURSOR}{text:<{LABEL - 1}}", self.reading.speaker.colour)
        return Piece(f" {text:<{LABEL - 1}}", ink=FAINT)
