"""Who looks at whom: a matrix of weights as shades, as numbers, or in words."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from tutor.screen.palette import VIOLET, code, heat
from tutor.screen.pieces_view import fitted
from tutor.screen.terminal import Look

SHADES = ((0.05, "·"), (0.2, "░"), (0.4, "▒"), (0.7, "▓"), (1.01, "█"))
"""Below each limit, its shade; a place that may not be looked at stays empty."""
LEGEND = ((0.03, "below 0.05"), (0.12, "to 0.2"), (0.3, "to 0.4"), (0.55, "to 0.7"), (0.9, "above"))
"""A weight of each shade, and what it stands for."""
LINKS = 3
MOST_NUMBERS = 20
NEGLIGIBLE = 0.005
_MARGIN = "  "
_WIDEST_LABEL = 12
Matrix = Sequence[Sequence[float]]


def heat_view(tokens: Sequence[str], weights: Matrix, look: Look, width: int) -> list[Text]:
    """A row for each token that looks, a column for each that is looked at, both numbered from 0.

    `tokens` are already visible ones. `weights[i]` may end at i: nobody looks ahead. What does not
    fit is left out from the beginning, and said so. In plain output, each row's strongest links.
    """
    if look.plain:
        return [_spoken(tokens, place, row) for place, row in enumerate(weights)]
    label_width = min(_WIDEST_LABEL, width // 4, max(map(cell_len, tokens), default=0))
    room = max(8, width - label_width - len(_MARGIN) - len("000 "))
    first = max(0, len(tokens) - room)
    step = 2 if 2 * (len(tokens) - first) <= room else 1
    lines = [Text(f"Only the last {room} of {len(tokens)} tokens are drawn.")] if first else []
    before = " " * (len(_MARGIN) + len("000 ") + label_width)
    lines += [
        Text(before + head, style="dim", no_wrap=True) for head in _heads(tokens, first, step)
    ]
    for place in range(first, len(tokens)):
        row = Text(f"{_MARGIN}{place:>3} {fitted(tokens[place], label_width)}", no_wrap=True)
        for weight in weights[place][first:]:
            row.append(f"{shade(weight):>{step}}", style=_glow(weight))
        lines.append(row)
    return [*lines, legend()]


def legend() -> Text:
    """What the shades stand for, each as it is drawn."""
    said = Text(no_wrap=True)
    for weight, words in LEGEND:
        said.append(_MARGIN).append(shade(weight), _glow(weight)).append(f" {words}", "dim")
    return said


def _glow(weight: float) -> str:
    """A cell in colour is all glow; its shade is seen where there is no colour."""
    ground = code(heat(weight, VIOLET))
    return f"{ground} on {ground}"


def _heads(tokens: Sequence[str], first: int, step: int) -> list[str]:
    """The columns' numbers, their digits one below the other."""
    places = range(first, len(tokens))
    tens = "".join(
        f"{place // 10 if place % 10 == 0 and place else '':>{step}}" for place in places
    )
    ones = "".join(f"{place % 10:>{step}}" for place in places)
    return [tens, ones] if tens.strip() else [ones]


def shade(weight: float) -> str:
    """The sign for a weight of 0 to 1."""
    return next(sign for limit, sign in SHADES if weight < limit)


def links(row: Sequence[float], most: int = LINKS) -> list[tuple[int, float]]:
    """Where a row's greatest weights are, the greatest first; but for it, none that rounds to 0."""
    places = sorted(range(len(row)), key=lambda place: -row[place])[:most]
    return [(at, row[at]) for at in places if row[at] >= NEGLIGIBLE or at == places[0]]


def _spoken(tokens: Sequence[str], place: int, row: Sequence[float]) -> Text:
    seen = ", ".join(f"{at} {tokens[at]} {weight:.2f}" for at, weight in links(row))
    return Text(f"{place} {tokens[place]} looks at: {seen}.")


def row_view(tokens: Sequence[str], place: int, row: Sequence[float], look: Look) -> list[Text]:
    """What one token looks at most, in numbers, the greatest first."""
    found = links(row, MOST_NUMBERS)
    if look.plain:
        seen = ", ".join(f"{at} {tokens[at]} {weight:.3f}" for at, weight in found)
        return [Text(f"{place} {tokens[place]} looks at: {seen}.")]
    label_width = min(_WIDEST_LABEL, max(cell_len(tokens[at]) for at, _ in found))
    lines = [Text(f"{place} {tokens[place]} looks at:")]
    for at, weight in found:
        label = f"{_MARGIN}{at:>3} {fitted(tokens[at], label_width)}  {weight:.3f}  "
        lines.append(Text(label, no_wrap=True).append(shade(weight), style=_glow(weight)))
    return lines
