"""Small tables and bars, for any width, and for readers who cannot see columns."""

import re
from collections.abc import Sequence

from rich.cells import cell_len

from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, dim, line, row

INDENT = "  "
BAR, BARS = 20, "cyan"
"""How long a bar can be, and its colour."""
_EXPONENT = re.compile(r"e\+?(-?)0*")
_EXACT = (1e-4, 1e6)
_THOUSAND = 1000
_SCALES = ((1e15, "quadrillion"), (1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], terminal: Terminal
) -> list[Renderable]:
    """Set out columns under their heads, the first to the left and numbers to the right.

    In plain mode, or where the columns do not fit, a row is a line: each cell after its head.
    """
    widths = [max(cell_len(cells[i]) for cells in (heads, *rows)) for i in range(len(heads))]
    if terminal.look.plain or sum(widths) + len(INDENT) * len(widths) > terminal.width:
        return [line(_spoken(heads, cells)) for cells in rows]
    return [dim(_aligned(heads, widths)), *(row(_aligned(cells, widths)) for cells in rows)]


def _spoken(heads: Sequence[str], cells: Sequence[str]) -> str:
    first, *rest = (f"{head} {cell}".strip() for head, cell in zip(heads, cells, strict=True))
    return f"{first}: {', '.join(rest)}"


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = [
        (cell, " " * (width - cell_len(cell))) for cell, width in zip(cells, widths, strict=True)
    ]
    return INDENT.join(["", "".join(first), *(gap + cell for cell, gap in rest)])


def bars(
    labels: Sequence[str],
    shares: Sequence[float],
    terminal: Terminal,
    written: Sequence[str] = (),
) -> list[Renderable]:
    """Draw a bar for each share between 0 and 1; in plain mode the numbers alone.

    The number beside a bar is the share, unless something else is `written` there.
    """
    numbers = written or [f"{share:.4f}" for share in shares]
    width, digits = max(map(len, labels)), max(map(len, numbers))
    room = min(BAR, terminal.width - width - digits - 3 * len(INDENT))
    rows = list(zip(labels, numbers, shares, strict=True))
    if terminal.look.plain or room < 1:
        return [line(f"{label}: {number}") for label, number, _ in rows]
    return [
        row(f"  {label:<{width}}  {number:>{digits}}  ").append("█" * round(room * share), BARS)
        for label, number, share in rows
    ]


def short(number: float) -> str:
    """A number in at most four digits that matter: 0.16, 2.5, 1,300, 4.29e9."""
    least, most = _EXACT
    if number and not least <= abs(number) < most:
        return _EXPONENT.sub(r"e\1", f"{number:.3g}")
    if abs(number) >= _THOUSAND:
        return f"{number:,.0f}"
    return f"{number:.4g}" if number else "0"


def spelt(number: float) -> str:
    """A large number in words: 69.3 billion."""
    rounded = float(f"{number:.3g}")
    for scale, word in _SCALES:
        if scale <= rounded < _THOUSAND * scale:
            return f"{rounded / scale:g} {word}"
    return short(number)
