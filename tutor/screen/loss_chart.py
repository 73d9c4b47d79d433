"""Two losses while they fall, in plain signs; each row of the scale is the same factor."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.text import Text

TRAINING, HELD_OUT = ".", "o"
STYLES = {TRAINING: "cyan", HELD_OUT: "bold green"}
Cell = tuple[str, str]
"""A sign and its style."""
EMPTY: Cell = (" ", "")
LABEL = 6
"""Columns for a number before the axis."""
WIDEST = 76
FLOORS = (5.0, 3.0, 2.0, 1.5, 1.0, 0.7, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01)
"""The lowest row stands for one of these, so that it seldom moves while the curve is drawn."""
LEAST_SPAN = 1.2
"""The highest row stands for at least so many times the lowest."""
HIGHEST = 1000.0
"""A loss that explodes is drawn no higher."""


@dataclass(frozen=True, slots=True)
class Point:
    """Both losses at a share, 0–1, of the way."""

    share: float
    training: float
    held_out: float


@dataclass(frozen=True, slots=True)
class Level:
    """A loss that another model has, to be passed on the way down."""

    name: str
    loss: float


@dataclass(frozen=True, slots=True)
class LossChart:
    """What is to be drawn."""

    points: Sequence[Point]
    levels: Sequence[Level]
    last: str
    """What stands under the right end."""


def loss_chart(chart: LossChart, width: int, rows: int) -> list[Text]:
    """So many rows of curves, an axis and its foot; no wider than `width`."""
    columns = min(WIDEST, width) - LABEL - 2
    scale = _scale(chart, rows)
    cells = [[EMPTY] * columns for _ in range(rows)]
    for level in chart.levels:
        _draw_level(cells[scale.row(level.loss)], level)
    for mark, heights in (
        (TRAINING, [(one.share, one.training) for one in chart.points]),
        (HELD_OUT, [(one.share, one.held_out) for one in chart.points]),
    ):
        for column, height in _columns(heights, columns):
            cells[scale.row(height)][column] = mark, STYLES[mark]
    labels = [scale.label(row) for row in range(rows)]
    lines = [_row(label, row) for label, row in zip(labels, cells, strict=True)]
    return [*lines, *_foot(columns, chart.last)]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Which row a loss is drawn in: logarithms, from the highest down to the lowest."""

    high: float
    low: float
    rows: int

    def row(self, loss: float) -> int:
        """From 0, the highest."""
        if math.isnan(loss):
            return 0
        kept = min(self.high, max(self.low, loss))
        span = math.log(self.high / self.low)
        return round((self.rows - 1) * math.log(self.high / kept) / span)

    def label(self, row: int) -> str:
        """The loss beside every third row, counted from the lowest."""
        if (self.rows - 1 - row) % 3:
            return ""
        loss = self.high * (self.low / self.high) ** (row / (self.rows - 1))
        return f"{loss:.0f}" if loss >= 10 else f"{loss:.2f}" if loss < 1 else f"{loss:.1f}"  # noqa: PLR2004  digits that fit


def _scale(chart: LossChart, rows: int) -> _Scale:
    known = [loss for one in chart.points for loss in (one.training, one.held_out)]
    known = [min(loss, HIGHEST) for loss in known if not math.isnan(loss)]
    known += [level.loss for level in chart.levels]
    low = min(known, default=1.0)
    floor = next((one for one in FLOORS if one < low), FLOORS[-1])
    return _Scale(max([*known, LEAST_SPAN * floor]), floor, rows)


def _draw_level(cells: list[Cell], level: Level) -> None:
    """A dashed line with the name at its right end."""
    said = f" {level.name} {level.loss:.2f}"
    room = len(cells) - len(said)
    if room > 0:
        signs = "".join("-" if at % 2 else " " for at in range(room)) + said
        cells[:] = [(sign, "dim") for sign in signs]


def _columns(heights: Sequence[tuple[float, float]], columns: int) -> list[tuple[int, float]]:
    """A height for each column from the first point to the last, straight between two points."""
    places = [(round(share * (columns - 1)), height) for share, height in heights]
    found = dict(places)
    for (left, low), (right, high) in pairwise(places):
        for column in range(left + 1, right):
            part = (column - left) / (right - left)
            found[column] = low + (high - low) * part
    return sorted(found.items())


def _row(label: str, cells: Sequence[Cell]) -> Text:
    drawn = Text(no_wrap=True).append(f"{label:>{LABEL}} |", style="dim")
    for sign, style in cells:
        drawn.append(sign, style=style)
    drawn.rstrip()
    return drawn


def _foot(columns: int, last: str) -> list[Text]:
    before = " " * (LABEL + 1)
    line = Text(f"{before}+{'-' * columns}", style="dim", no_wrap=True)
    return [
        line,
        Text(f"{before} {'0':<{max(1, columns - len(last))}}{last}", style="dim", no_wrap=True),
    ]
