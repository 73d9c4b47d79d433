"""A table of shares as numbers on glowing cells: read by the eye first, then by the digits."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from tutor.screen.palette import VIOLET, Colour, code, heat, ink_on
from tutor.screen.pieces_view import fitted
from tutor.screen.terminal import Look

INDENT = "  "
CELL = 5
SMALLEST_LABEL = 6


def heat_table(
    heads: Sequence[str],
    rows: Sequence[tuple[str, Sequence[float]]],
    look: Look,
    width: int,
    colour: Colour = VIOLET,
) -> list[Text]:
    """A label and a share of 0 to 1 for each head in a row; the first head stands over labels.

    In plain output a row is a sentence that names its largest shares.
    """
    if look.plain:
        return [_spoken(heads, label, shares) for label, shares in rows]
    room = width - len(INDENT) - CELL * (len(heads) - 1)
    wide = max((cell_len(label) for label in (heads[0], *(label for label, _ in rows))), default=0)
    label_width = max(SMALLEST_LABEL, min(wide, room))
    top = INDENT + fitted(heads[0], label_width) + "".join(f"{head:>{CELL}}" for head in heads[1:])
    return [Text(top, style="dim", no_wrap=True), *(_row(r, label_width, colour) for r in rows)]


def _row(row: tuple[str, Sequence[float]], label_width: int, colour: Colour) -> Text:
    label, shares = row
    drawn = Text(INDENT + fitted(label, label_width), no_wrap=True)
    for share in shares:
        ground = heat(share, colour)
        drawn.append(f"{percent(share):>{CELL}}", style=f"{code(ink_on(ground))} on {code(ground)}")
    return drawn


def _spoken(heads: Sequence[str], label: str, shares: Sequence[float]) -> Text:
    found: dict[str, list[str]] = {}
    for head, share in zip(heads[1:], shares, strict=True):
        found.setdefault(percent(share), []).append(head)
    if len(found) == 1:
        return Text(f"{label}: {next(iter(found))} throughout.")
    told = "; ".join(f"{', '.join(names)}: {share}" for share, names in found.items())
    return Text(f"{label}. {told}.")


def percent(share: float) -> str:
    """A share in whole per cent; nearly nothing is not called nothing, nor nearly all all."""
    if 0 < share < 0.005:  # noqa: PLR2004
        return "<1%"
    return ">99%" if 0.995 <= share < 1 else f"{share:.0%}"  # noqa: PLR2004
