"""What each head and each MLP adds to the followed token's score, and which of them are out."""

from tutor.looking.laboratory import Reading
from tutor.looking.panes.style import CURSOR, FAINT, GROOVE, bare, centred, chosen, filled
from tutor.looking.pieces import Line, Piece, Spot, line, quiet, strong
from tutor.screen.palette import ink_on, two_sided
from tutor.tinylm.inside.changes import Head, Mlp, Part

LABEL, WIDEST = 10, 8
LEAST = 0.05
"""What adds less than this rounds to nothing."""


def title(reading: Reading) -> str:
    """Whose score."""
    return f"parts · the score of “{bare(reading.label(reading.wanted))}”"


def draw(reading: Reading, width: int, height: int) -> list[Line]:
    """A row for each layer, a column for each head, the MLP last; then the sum."""
    shape, shares = reading.speaker.model.shape, reading.shares
    size = max(4, min(WIDEST, (width - LABEL) // (shape.heads + 1)))
    heads = [*(f"h{head + 1}" for head in range(shape.heads)), "MLP"]
    lines: list[Line] = [
        (quiet(" " * LABEL), *(Piece(centred(head, size), ink=FAINT) for head in heads))
    ]
    values = [
        [*map(float, shares.heads[layer]), float(shares.mlps[layer])]
        for layer in range(shape.layers)
    ]
    most = max(abs(value) for row in values for value in row)
    for layer, row in enumerate(values):
        cells = [_cell(reading, layer, column, size) for column in range(len(row))]
        shown = [
            _valued(piece, value, most, reading) for piece, value in zip(cells, row, strict=True)
        ]
        lines.append((_label(reading, layer), *shown))
    rest = f"  the token {shares.text:+.1f}"
    if shares.put_in:
        rest += f" · put in {shares.put_in:+.1f}"
    lines.append((quiet(rest),))
    lines.append(line(strong(f"  together {shares.total:+.1f}"), quiet(" above average")))
    return filled(lines, height)


def _label(reading: Reading, layer: int) -> Piece:
    text = f"layer {layer + 1}"
    if layer == reading.sight.layer:
        return strong(f"{CURSOR}{text:<{LABEL - 1}}", reading.speaker.colour)
    return Piece(f" {text:<{LABEL - 1}}", ink=FAINT)


def _part(reading: Reading, layer: int, column: int) -> Part:
    heads = reading.speaker.model.shape.heads
    return Head(layer, column) if column < heads else Mlp(layer)


def _cell(reading: Reading, layer: int, column: int, size: int) -> Piece:
    out = _part(reading, layer, column) in reading.sight.changed.without
    text = centred("out" if out else "", size)
    spot = Spot(layer=layer, column=column)
    piece = Piece(text, ink=FAINT, ground=GROOVE, spot=spot)
    here = (layer, column) == (reading.sight.layer, reading.sight.column)
    return chosen(piece) if here else piece


def _valued(piece: Piece, value: float, most: float, reading: Reading) -> Piece:
    """The cell with its number, unless the part is out."""
    if piece.text.strip():
        return piece
    size, here = len(piece.text), piece.bold
    ground = two_sided(value, most, reading.speaker.colour)
    text = centred(f"{value:+.1f}" if abs(value) >= LEAST else "·", size)
    shown = Piece(text, ink_on(ground), ground, spot=piece.spot)
    return chosen(shown) if here else shown
