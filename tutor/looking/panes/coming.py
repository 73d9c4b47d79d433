"""What may come next after the token under the cursor: bars, with what they were before."""

from tutor.looking.laboratory import Next, Reading
from tutor.looking.panes.style import CURSOR, FAINT, GROOVE, bare, filled
from tutor.looking.pieces import Line, Piece, Spot, line, quiet, strong
from tutor.screen.pieces_view import cells, fitted

WIDEST_LABEL, NUMBER = 12, 6
BEFORE = "▏"


def title(reading: Reading) -> str:
    """After which token."""
    return f"next, after “{bare(reading.labels[reading.at])}”"


def subtitle(reading: Reading) -> str:
    """Entropy, temperature and top-p."""
    sight = reading.sight
    return f"{reading.bits:.2f} bits · T {sight.temperature:.1f} · p {sight.top_p:.1f}"


def draw(reading: Reading, width: int, height: int) -> list[Line]:
    """A bar for each of the likeliest, and for the followed one wherever it is."""
    shown = [*reading.nexts[:height]]
    if all(one.token != reading.wanted for one in shown):
        shown[-1] = reading.followed
    longest = max(cells(bare(one.label)) for one in shown)
    label_width = min(WIDEST_LABEL, longest, max(4, width // 3))
    return filled([_row(reading, one, width, label_width) for one in shown], height)


def _row(reading: Reading, one: Next, width: int, label_width: int) -> Line:
    sight, colour = reading.sight, reading.speaker.colour
    untouched = sight.temperature == 1 and sight.top_p == 1
    share = one.chance if untouched else one.drawn
    followed = one.token == reading.wanted
    mark = CURSOR if followed else " "
    text = f"{mark}{fitted(bare(one.label), label_width)} {in_per_cent(share):>{NUMBER}} "
    spot = Spot(token=one.token)
    name = Piece(text, bold=followed, dim=not share, ink=colour if followed else None, spot=spot)
    room = width - cells(text)
    was = one.before if sight.changed and untouched else None
    return (name, *bar(share, was, room, reading))


def bar(share: float, was: float | None, room: int, reading: Reading) -> Line:
    """A bar in half cells; where it stood before the changes, a thin mark."""
    halves = round(2 * room * share)
    drawn = "█" * (halves // 2) + "▌" * (halves % 2)
    colour = reading.speaker.colour
    if was is None or abs(was - share) < 1 / max(room, 1):
        return line(Piece(drawn, ink=colour), Piece(" " * (room - len(drawn)), ink=GROOVE))
    before = min(room - 1, round(room * was))
    if before > len(drawn):
        gap = "─" * (before - len(drawn))
        return line(Piece(drawn, ink=colour), Piece(gap, ink=FAINT), Piece(BEFORE, ink=FAINT))
    return line(Piece(drawn[:before], ink=colour), Piece(drawn[before:], ink=colour, dim=True))


def in_per_cent(share: float) -> str:
    """A share with one digit; what is nearly nothing is not called nothing."""
    if share == 0:
        return "never"
    return "<0.1%" if share < 5e-4 else f"{share:.1%}"  # noqa: PLR2004


def folded(reading: Reading, width: int) -> Line:
    """The likeliest on one line, for where there is no room for bars."""
    found: list[Piece] = [quiet(" next ")]
    for one in reading.nexts[:4]:
        piece = f"{bare(one.label)} {in_per_cent(one.chance)}  "
        if sum(cells(each.text) for each in found) + len(piece) > width:
            break
        strong_one = one.token == reading.wanted
        found.append(strong(piece, reading.speaker.colour) if strong_one else Piece(piece))
    return tuple(found)
