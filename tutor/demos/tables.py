"""Small tables and bars, for any width, and for readers who cannot see columns."""

from collections.abc import Sequence

from tutor.screen.terminal import Look, Terminal
from tutor.screen.words import Renderable, dim, line, row

INDENT = "  "
_EXACT = (1e-4, 1e6)
_THOUSAND = 1000
_SCALES = ((1e15, "quadrillion"), (1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], terminal: Terminal
) -> list[Renderable]:
    """Set out columns under their heads, the first to the left and numbers to the right.

    In plain mode, or where the columns do not fit, a row is a line: each cell after its head.
    """
    widths = [max(len(cells[i]) for cells in (heads, *rows)) for i in range(len(heads))]
    if terminal.look.plain or sum(widths) + len(INDENT) * len(widths) > terminal.width:
        return [line(_spoken(heads, cells)) for cells in rows]
    return [dim(_aligned(heads, widths)), *(row(_aligned(cells, widths)) for cells in rows)]


def _spoken(heads: Sequence[str], cells: Sequence[str]) -> str:
    pairs = zip(heads, cells, strict=True)
    return INDENT + ", ".join(f"{head} {cell}".strip() for head, cell in pairs)


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    return INDENT.join(
        ["", f"{first[0]:<{first[1]}}", *(f"{cell:>{width}}" for cell, width in rest)]
    )


def bar(share: float, width: int, look: Look) -> str:
    """A bar for a share between 0 and 1; nothing in plain mode, where the number says it."""
    return "" if look.plain else "█" * round(width * share)


def short(number: float) -> str:
    """A number in at most four digits that matter: 0.16, 2.5, 1,300, 4.29e+09."""
    least, most = _EXACT
    if number and not least <= abs(number) < most:
        return f"{number:.3g}"
    if abs(number) >= _THOUSAND:
        return f"{number:,.0f}"
    return f"{number:.4g}" if number else "0"


def spelt(number: float) -> str:
    """A large number in words: 69.3 billion."""
    for scale, word in _SCALES:
        if scale <= number < _THOUSAND * scale:
            return f"{number / scale:.3g} {word}"
    return short(number)
