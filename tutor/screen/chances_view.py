"""What may come next: tokens with their chances as bars, and how open it is."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from tutor.providers.talk import Chance
from tutor.screen.pieces_view import fitted, visible
from tutor.screen.terminal import Look
from tutor.sums.information import entropy

SHOWN = 8
BAR = 30
WIDEST_LABEL = 16
OTHERS = "all others"
NEGLIGIBLE = 5e-4
"""A remainder of probability below this is rounding."""
_MARGIN = "  "
_PERCENT = 6


def chances_view(
    chances: Sequence[Chance], look: Look, width: int, *, shown: int = SHOWN, style: str = ""
) -> list[Text]:
    """A row for each of the first `shown` chances, and one for all that is left of 1.

    Bars are drawn to one scale, 100% for the whole length: two distributions can be compared; in
    the `style` of whoever chooses.
    """
    rows = [(visible(one.text, look), one.probability) for one in chances[:shown]]
    left = 1 - sum(share for _, share in rows)
    if left > NEGLIGIBLE:
        rows.append((OTHERS, left))
    if look.plain:
        return [Text(f"{label or '(nothing)'}: {percent(share)}") for label, share in rows]
    most = min(WIDEST_LABEL, max(4, width - _PERCENT - 4 * len(_MARGIN)))
    label_width = min(most, max((cell_len(label) for label, _ in rows), default=0))
    room = min(BAR, width - label_width - _PERCENT - 3 * len(_MARGIN))
    return [_row(fitted(label, label_width), share, room, style) for label, share in rows]


def _row(label: str, share: float, room: int, style: str) -> Text:
    dimmed = "dim" if label.strip() == OTHERS else ""
    drawn = Text(_MARGIN, no_wrap=True).append(label, style=dimmed)
    drawn.append(f"{_MARGIN}{percent(share):>{_PERCENT}}{_MARGIN}")
    return drawn.append(bar(share, room), style=dimmed or style or "cyan")


def bar(share: float, room: int) -> str:
    """A bar for a share of 0 to 1, in half cells; anything that is not nothing leaves a mark."""
    halves = round(2 * max(room, 0) * share)
    return "█" * (halves // 2) + "▌" * (halves % 2) or ("▏" if share > NEGLIGIBLE else "")


def percent(share: float) -> str:
    """A chance as people read it."""
    return f"{share:.1%}" if share >= NEGLIGIBLE else "<0.1%"


def entropy_of(chances: Sequence[Chance]) -> tuple[float, bool]:
    """Bits of entropy, and whether that is all of it.

    Where only the likeliest tokens are known, the others count as one: the least that it can be.
    """
    shares = [one.probability for one in chances]
    left = 1 - sum(shares)
    whole = left <= NEGLIGIBLE
    return entropy(shares if whole else [*shares, left]), whole


def entropy_line(chances: Sequence[Chance]) -> Text:
    """The entropy in words that need no logarithm: so many equally likely tokens leave as much."""
    bits, whole = entropy_of(chances)
    least = "" if whole else "at least "
    return Text(f"Entropy {least}{bits:.2f} bits: as open as {2**bits:,.1f} equal chances.")
