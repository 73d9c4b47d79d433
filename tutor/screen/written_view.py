"""What a model wrote: a row for each token with the chance it had, and the text, aglow."""

import math
from collections.abc import Iterator, Sequence

from rich.text import Text

from tutor.providers.talk import Chance
from tutor.screen.chances_view import bar, percent
from tutor.screen.palette import VIOLET, code, heat, ink_on
from tutor.screen.pieces_view import fitted, visible
from tutor.screen.streaming import harmless
from tutor.screen.terminal import Look

MOST_BITS = 8.0
"""A token of so many bits of surprise, or more, glows fully."""
LEAST_BITS = 0.5
"""A token of fewer was expected: it does not glow."""
_LABEL, _PERCENT, _BAR = 14, 6, 24
_MARGIN = "  "


def written_rows(written: Sequence[Chance], look: Look, width: int) -> Iterator[Text]:
    """A row for each token that was drawn, with the chance that it had then."""
    room = min(_BAR, width - _LABEL - _PERCENT - 3 * len(_MARGIN))
    for one in written:
        label, share = visible(one.text, look), one.probability
        if look.plain:
            yield Text(f"{label or '(nothing)'}: {percent(share)}")
            continue
        row = f"{_MARGIN}{fitted(label, _LABEL)}{percent(share):>{_PERCENT}}{_MARGIN}"
        yield Text(row, no_wrap=True).append(bar(share, room), style=code(VIOLET))


def glowing(text: str, written: Sequence[Chance], look: Look) -> Text:
    """The whole text, each token that was drawn the brighter the more it surprises."""
    whole = Text(f"= {' '.join(harmless(text).split())}")
    for one in written:
        bits = surprise(one.probability)
        ground = heat(bits / MOST_BITS, VIOLET)
        style = f"{code(ink_on(ground))} on {code(ground)}"
        words = harmless(one.text).replace("\n", " ")
        whole.append(words, style=style if bits > LEAST_BITS and not look.plain else "")
    return whole


def surprise(share: float) -> float:
    """Bits of surprise at a token that had this chance: minus its logarithm to base two."""
    return -math.log2(max(share, 1e-12))
