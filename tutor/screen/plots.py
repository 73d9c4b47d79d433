"""Curves drawn in text, from numbers that were computed."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tutor.screen.tables import INDENT, short
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, dim, line, row

NARROWEST, WIDEST = 30, 60
ROWS = 11
BOTH = "*"
MARGIN = 9  # a height in up to seven characters, a blank, the axis


@dataclass(frozen=True)
class Curve:
    """A height for every x, and the mark that draws it."""

    mark: str
    name: str
    height: Callable[[float], float]


@dataclass(frozen=True)
class Cloud:
    """Points (x, y), and the mark that draws each."""

    mark: str
    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Axis:
    """The x axis: from where to where, and what is written under its ends and its middle."""

    start: float
    end: float
    name: str
    first: str
    last: str


def plot(curves: Sequence[Curve], axis: Axis, terminal: Terminal) -> list[Renderable]:
    """Draw curves over one axis, at most 60 columns by 15 rows.

    Nothing in plain mode and in a narrow window: the caller shows a table in any case.
    """
    if terminal.look.plain or terminal.width < NARROWEST:
        return []
    points = _points(axis, min(WIDEST, terminal.width) - MARGIN)
    heights = [[curve.height(x) for x in points] for curve in curves]
    low, high = _span(heights)
    grid = _grid([curve.mark for curve in curves], heights, low, high)
    return _framed(grid, _labels(low, high), axis, _legend(curves, grid))


def scatter(clouds: Sequence[Cloud], axis: Axis, terminal: Terminal) -> list[Renderable]:
    """Draw points over one axis, as large as a `plot`, and left out where that is."""
    if terminal.look.plain or terminal.width < NARROWEST:
        return []
    width = min(WIDEST, terminal.width) - MARGIN
    low, high = _span([[y for _x, y in cloud.points] for cloud in clouds])
    grid = [[" "] * width for _ in range(ROWS)]
    for cloud in clouds:
        for x, y in cloud.points:
            column = round((width - 1) * (x - axis.start) / (axis.end - axis.start))
            cell = round((ROWS - 1) * (high - y) / (high - low))
            there = grid[cell][column]
            grid[cell][column] = cloud.mark if there in (" ", cloud.mark) else BOTH
    return _framed(grid, _labels(low, high), axis, _legend(clouds, grid))


def _framed(
    grid: Sequence[Sequence[str]], labels: Sequence[str], axis: Axis, legend: Renderable
) -> list[Renderable]:
    """What was drawn, between its axes."""
    drawn = [
        row(f"{label:>{MARGIN - 2}} |{''.join(cells).rstrip()}")
        for label, cells in zip(labels, grid, strict=True)
    ]
    foot = " " * (MARGIN - 1)
    width = len(grid[0])
    drawn.append(row(f"{foot}+{'-' * width}"))
    drawn.append(row(f"{foot} {_under(axis, width)}"))
    return [line(), *drawn, legend]


def _points(axis: Axis, count: int) -> list[float]:
    step = (axis.end - axis.start) / (count - 1)
    return [axis.start + step * column for column in range(count - 1)] + [axis.end]


def _span(heights: Sequence[Sequence[float]]) -> tuple[float, float]:
    low = min(min(drawn) for drawn in heights)
    high = max(max(drawn) for drawn in heights)
    return (low, high) if high > low else (low - 1, high + 1)


def _labels(low: float, high: float) -> list[str]:
    """Heights beside the first, the middle and the last row, to a hundredth of what is drawn."""
    decimals = max(0, 1 - math.floor(math.log10(high - low)))
    labels = [""] * ROWS
    for place, height in ((0, high), (ROWS // 2, (low + high) / 2), (ROWS - 1, low)):
        labels[place] = short(round(height, decimals) + 0.0)
    return labels


def _grid(
    marks: Sequence[str], heights: Sequence[Sequence[float]], low: float, high: float
) -> list[list[str]]:
    grid = [[" "] * len(heights[0]) for _ in range(ROWS)]
    for mark, drawn in zip(marks, heights, strict=True):
        for column, height in enumerate(drawn):
            cell = round((ROWS - 1) * (high - height) / (high - low))
            grid[cell][column] = mark if grid[cell][column] == " " else BOTH
    return grid


def _under(axis: Axis, width: int) -> str:
    between = width - len(axis.first) - len(axis.last)
    return axis.first + f"{axis.name:^{between}}" + axis.last


def _legend(drawn: Sequence[Curve | Cloud], grid: Sequence[Sequence[str]]) -> Renderable:
    named = [f"{one.mark} {one.name}" for one in drawn]
    if any(BOTH in cells for cells in grid):
        named.append(f"{BOTH} both" if len(drawn) == len("xo") else f"{BOTH} several")
    return dim(INDENT + "; ".join(named))
