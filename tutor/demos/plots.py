"""Curves drawn in text, from numbers that were computed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tutor.demos.tables import INDENT, short
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, dim, line, row

WIDEST = 60
ROWS = 11
BOTH = "*"


@dataclass(frozen=True)
class Curve:
    """A height for every x, and the mark that draws it."""

    mark: str
    name: str
    height: Callable[[float], float]


@dataclass(frozen=True)
class Axis:
    """The x axis: from where to where, and what is written under its ends and its middle."""

    start: float
    end: float
    name: str
    first: str
    last: str


def plot(curves: Sequence[Curve], axis: Axis, terminal: Terminal) -> list[Renderable]:
    """Draw curves over one axis, at most 60 columns by 15 rows; nothing in plain mode.

    A plain screen needs the same numbers as a table, so the caller shows one in any case.
    """
    if terminal.look.plain:
        return []
    room = min(WIDEST, terminal.width)
    margin = 9  # a height in up to seven characters, a blank, the axis
    points = _points(axis, room - margin)
    heights = [[curve.height(x) for x in points] for curve in curves]
    low, high = _span(heights)
    grid = _grid([curve.mark for curve in curves], heights, low, high)
    labels = {0: high, ROWS // 2: (low + high) / 2, ROWS - 1: low}
    drawn: list[Renderable] = [
        row(f"{short(labels[i]) if i in labels else '':>{margin - 2}} |{''.join(cells).rstrip()}")
        for i, cells in enumerate(grid)
    ]
    foot = " " * (margin - 1)
    drawn.append(row(f"{foot}+{'-' * len(points)}"))
    drawn.append(row(foot + " " + _under(axis, len(points))))
    return [*drawn, *_legend(curves, grid)]


def _points(axis: Axis, count: int) -> list[float]:
    step = (axis.end - axis.start) / (count - 1)
    return [axis.start + step * column for column in range(count - 1)] + [axis.end]


def _span(heights: Sequence[Sequence[float]]) -> tuple[float, float]:
    low = min(min(line) for line in heights)
    high = max(max(line) for line in heights)
    return (low, high) if high > low else (low - 1, high + 1)


def _grid(
    marks: Sequence[str], heights: Sequence[Sequence[float]], low: float, high: float
) -> list[list[str]]:
    grid = [[" "] * len(heights[0]) for _ in range(ROWS)]
    for mark, line_heights in zip(marks, heights, strict=True):
        for column, height in enumerate(line_heights):
            cell = round((ROWS - 1) * (high - height) / (high - low))
            grid[cell][column] = mark if grid[cell][column] == " " else BOTH
    return grid


def _under(axis: Axis, width: int) -> str:
    between = width - len(axis.first) - len(axis.last)
    return axis.first + f"{axis.name:^{between}}" + axis.last


def _legend(curves: Sequence[Curve], grid: Sequence[Sequence[str]]) -> list[Renderable]:
    named = [f"{curve.mark} {curve.name}" for curve in curves]
    if any(BOTH in cells for cells in grid):
        named.append(f"{BOTH} both")
    return [line(), dim(INDENT + "; ".join(named))]
