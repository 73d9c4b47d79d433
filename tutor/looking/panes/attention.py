"""One head: which token looks at which; and where every head looks from the chosen token."""

from functools import lru_cache

from tutor.looking.laboratory import Reading
from tutor.looking.panes.style import (
    CURSOR,
    FAINT,
    GROOVE,
    bare,
    centred,
    chosen,
    filled,
    glowing,
    percent,
)
from tutor.looking.pieces import Line, Piece, Spot, line, quiet, strong, width_of, window, wrapped
from tutor.screen.palette import Colour
from tutor.screen.pieces_view import cells, fitted
from tutor.tinylm.inside.changes import Head, Mlp

WIDEST_LABEL, WIDEST_CELL, NUMBERED = 10, 6, 4
"""Cells from this width on hold their weight as a number."""
MARGIN, GAP = 2, 3
FAVOURITE, NARROWEST = 11, 7
"""Cells that a head takes where all of them are seen at a glance."""
NAME = 5
"""Cells for a layer's name there."""
MLP = (
    "An MLP looks at no other token. It works on each place by itself, on what the heads have"
    " brought there: pane 3 shows what it adds."
)


def title(reading: Reading) -> str:
    """Which head."""
    part = reading.sight.part(reading.speaker.model.shape)
    return f"attention · head {part}" if isinstance(part, Head) else f"attention · {part}"


def draw(reading: Reading, width: int, height: int) -> list[Line]:
    """The map of one head; all heads below it or beside it, where there is room."""
    if isinstance(reading.sight.part(reading.speaker.model.shape), Mlp):
        return filled([(quiet(row),) for row in wrapped(MLP, width)], height)
    shape = reading.speaker.model.shape
    if height >= reading.places + 2 + shape.layers + 2:
        below = at_a_glance(reading, width)
        drawn = whole_map(reading, width, height - len(below) - 1)
        return filled([*drawn, (), *below], height)
    narrow = width - GAP - NAME - NARROWEST * shape.heads
    if height >= shape.layers + 2 and is_room_beside(reading, narrow, width):
        drawn = whole_map(reading, narrow, height)
        left = width - GAP - max(map(width_of, drawn))
        return filled(beside(drawn, at_a_glance(reading, left)), height)
    return filled(whole_map(reading, width, height), height)


def is_room_beside(reading: Reading, narrow: int, width: int) -> bool:
    """Whether the map, made narrow, loses neither columns nor its numbers."""
    size = _size(reading, narrow)
    if narrow < reading.places + WIDEST_LABEL + MARGIN:
        return False
    return size >= NUMBERED or _size(reading, width) < NUMBERED


def _label_width(reading: Reading, width: int) -> int:
    longest = max(cells(bare(label)) for label in reading.labels)
    return min(WIDEST_LABEL, longest, max(4, width // 4))


def _size(reading: Reading, width: int) -> int:
    """How many cells a weight takes on a map of that width."""
    room = width - _label_width(reading, width) - MARGIN
    return max(1, min(WIDEST_CELL, room // reading.places))


def beside(left: list[Line], right: list[Line]) -> list[Line]:
    """Two blocks of lines next to each other."""
    wide = max(map(width_of, left)) + GAP
    return [
        (*one, quiet(" " * (wide - width_of(one))), *(right[at] if at < len(right) else ()))
        for at, one in enumerate(left)
    ]


def whole_map(reading: Reading, width: int, height: int) -> list[Line]:
    """A row for each token that looks, a column for each that is looked at."""
    label_width, size = _label_width(reading, width), _size(reading, width)
    columns = window(reading.places, (width - label_width - MARGIN) // size, reading.sight.place)
    rows = window(reading.places, min(height - 1, reading.places), reading.sight.place)
    weights, colour = reading.attention, reading.speaker.colour
    head = (quiet(" " * (label_width + MARGIN)), *(_head(reading, at, size) for at in columns))
    lines: list[Line] = [head]
    for place in rows:
        row = looked_at(weights[place], columns, size, colour)
        lines.append((_label(reading, place, label_width), *row))
    return lines


@lru_cache(2048)
def looked_at(weights: tuple[float, ...], columns: range, size: int, colour: Colour) -> Line:
    """One token's weights in the columns in view; the groove where it cannot look.

    Kept: most rows of a map are the same after a step, and are then not even compared.
    """
    spot = Spot(place=len(weights) - 1)
    seen = (weights[at] for at in columns if at < len(weights))
    row = [
        glowing(percent(one) if size >= NUMBERED else "", size, one, colour, spot) for one in seen
    ]
    groove = size * (len(columns) - len(row))
    return (*row, Piece(" " * groove, ground=GROOVE)) if groove else tuple(row)


def _head(reading: Reading, place: int, size: int) -> Piece:
    """The number of a column, or the beginning of its token where there is room."""
    if size >= NUMBERED:
        text = centred(bare(reading.labels[place]), size - 1) + " "
    else:
        text = f"{place % 10:<{size}}"
    return Piece(text, ink=FAINT, spot=Spot(place=place))


def _label(reading: Reading, place: int, width: int) -> Piece:
    text = fitted(bare(reading.labels[place]), width)
    spot = Spot(place=place)
    if place == reading.sight.place:
        return Piece(f"{CURSOR}{text} ", reading.speaker.colour, bold=True, spot=spot)
    return Piece(f" {text} ", ink=FAINT, spot=spot)


def at_a_glance(reading: Reading, width: int) -> list[Line]:
    """For each head the token that it looks at most from here; the brighter, the more."""
    shape = reading.speaker.model.shape
    size = min(FAVOURITE, (width - NAME) // shape.heads)
    here = bare(reading.labels[reading.sight.place])
    heads = (Piece(centred(f"h{head + 1}", size), ink=FAINT) for head in range(shape.heads))
    lines = [
        line(quiet("each head’s favourite, from "), strong(f"“{here}”")),
        (quiet(" " * NAME), *heads),
    ]
    for layer, row in enumerate(reading.favourites):
        name = strong(f"{CURSOR}L{layer + 1:<{NAME - 2}}", reading.speaker.colour)
        if layer != reading.sight.layer:
            name = Piece(f" L{layer + 1:<{NAME - 2}}", ink=FAINT)
        favourites = (_favourite(reading, layer, head, size) for head in range(len(row)))
        lines.append((name, *favourites))
    return lines


def _favourite(reading: Reading, layer: int, head: int, size: int) -> Piece:
    place, share = reading.favourites[layer][head]
    spot = Spot(layer=layer, column=head)
    if Head(layer, head) in reading.sight.changed.without:
        piece = Piece(centred("out", size), FAINT, GROOVE, spot=spot)
    else:
        text = bare(reading.labels[place])
        piece = glowing(text, size, share, reading.speaker.colour, spot)
    here = (layer, head) == (reading.sight.layer, reading.sight.column)
    return chosen(piece) if here else piece
