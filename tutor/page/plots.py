"""Plots in SVG. Each has a name that says what it shows; the numbers stand in a table beside it.

Lengths are in units of the drawing, which is `WIDE` units across and scales with the page.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from tutor.page.elements import Part, tag
from tutor.review.mastery import Calibration
from tutor.review.remembered import Practice

WIDE = 340
WEEK = 7
CELL, GAP = 13, 2
"""A day of the calendar and what lies between two."""
MARGIN = 30
"""Room for the names of weekdays."""
SIZES = ((30, 13), (10, 9), (1, 5))
"""The side of a day's mark, by the least minutes; the last for any shorter practice."""
COLUMNS_HIGH, FOOT = 110, 40
SQUARE, LEFT, TOP, BOTTOM = 180, 42, 24, 42
"""The field of the calibration plot, and the room for its two scales."""
DOT = (4, 11)
"""Radius of the dot for few answers and for many."""


def bar(share: float) -> Element:
    """A share of 0 to 1 as a bar, for a cell whose number says the same."""
    return _strip(_box(0, 0, 100, 8, "track"), _box(0, 0, 100 * share, 8, "mark"))


def span(low: float, middle: float, high: float) -> Element:
    """An estimate of 0 to 1 and its range, for a cell whose numbers say the same."""
    return _strip(
        _box(0, 0, 100, 8, "track"),
        _box(100 * low, 0, 100 * (high - low), 8, "range"),
        _box(100 * middle - 0.6, -3, 1.2, 14, "mark"),
    )


def forecast(counts: Sequence[int], today: int, name: str) -> Element:
    """A column a day: how many questions fall due."""
    step, most = WIDE / len(counts), max(*counts, 1)
    parts: list[Element] = []
    for ahead, count in enumerate(counts):
        left, middle = ahead * step + 3, (ahead + 0.5) * step
        high = COLUMNS_HIGH * count / most
        day = datetime.date.fromordinal(today + ahead)
        parts += [
            _box(left, 20, step - 6, COLUMNS_HIGH, "track"),
            _box(left, 20 + COLUMNS_HIGH - high, step - 6, high, "mark"),
            _words(middle, 14 + COLUMNS_HIGH - high, str(count) if count else "", "strong"),
            _words(middle, COLUMNS_HIGH + 36, f"{day:%a}"[:2]),
            _words(middle, COLUMNS_HIGH + 50, str(day.day)),
        ]
    return _plot(name, COLUMNS_HIGH + FOOT + 16, *parts)


def calendar(days: Mapping[int, Practice], today: int, weeks: int, name: str) -> Element:
    """A column a week, a square a day: the longer the practice, the larger its mark."""
    monday = today - datetime.date.fromordinal(today).weekday()
    first = monday - WEEK * (weeks - 1)
    parts = [
        _words(0, 26 + row * (CELL + GAP) + 10, said, "from")
        for row, said in ((0, "Mon"), (2, "Wed"), (4, "Fri"), (6, "Sun"))
    ]
    parts += _months(first, weeks)
    for day in range(first, today + 1):
        column, row = divmod(day - first, WEEK)
        parts.append(_day(days.get(day), day, MARGIN + column * (CELL + GAP), 26 + row * 15))
    return _plot(name, 26 + WEEK * (CELL + GAP), *parts)


def _months(first: int, weeks: int) -> Iterator[Element]:
    """The name of a month above the week in which it begins, where there is room for it."""
    before, free = 0, 0
    for column in range(weeks):
        day = datetime.date.fromordinal(first + column * WEEK)
        if day.month != before and column >= free:
            yield _words(MARGIN + column * (CELL + GAP), 14, f"{day:%b}", "from")
            free = column + 3
        before = day.month


def _day(done: Practice | None, day: int, left: float, top: float) -> Element:
    date = datetime.date.fromordinal(day)
    cell = _box(left, top, CELL, CELL, "track")
    if done is None:
        return cell
    minutes = done.seconds / 60
    side = next((size for least, size in SIZES if minutes >= least), SIZES[-1][1])
    inset = (CELL - side) / 2
    said = f"{date:%a} {date.day} {date:%b}: {done.answers} answers, {max(1, round(minutes))} min"
    mark = _box(left + inset, top + inset, side, side, "mark")
    return tag("g", tag("title", said), cell, mark)


def calibration(found: Calibration, name: str) -> Element:
    """How often right, over how sure; on the line both are the same; a large dot: many answers."""
    most = max(judged.answers for judged in found.levels.values())
    parts = [*_field()]
    for level, judged in found.levels.items():
        share = judged.right / judged.answers
        radius = DOT[0] + (DOT[1] - DOT[0]) * (judged.answers / most) ** 0.5
        said = f"said {level} %: right {judged.right} of {judged.answers}"
        x, y = _at(level / 100, share)
        dot = tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{radius:.1f}", class_="mark dot")
        parts.append(tag("g", tag("title", said), dot))
    return _plot(name, TOP + SQUARE + BOTTOM, *parts)


def _field() -> Iterator[Element]:
    yield _box(LEFT, TOP, SQUARE, SQUARE, "track")
    for share in (0.0, 0.5, 1.0):
        x, y = _at(share, share)
        yield _words(LEFT - 8, y + 4, f"{share:.0%}".replace("%", " %"), "to")
        yield _words(x, TOP + SQUARE + 18, f"{share:.0%}".replace("%", " %"))
    (x, y), (right, top) = _at(0, 0), _at(1, 1)
    yield tag("line", x1=x, y1=y, x2=right, y2=top, class_="ideal")
    yield _words(LEFT, TOP + SQUARE + 36, "how sure you were", "from")
    yield _words(right + 12, top + 12, "above the line:", "from")
    yield _words(right + 12, top + 28, "you knew more", "from")
    yield _words(right + 12, top + 44, "than you thought", "from")
    yield _words(right + 12, y - 36, "below it:", "from")
    yield _words(right + 12, y - 20, "you were too sure", "from")
    yield _words(0, 12, "how often you were right", "from")


def _at(sure: float, right: float) -> tuple[float, float]:
    return LEFT + SQUARE * sure, TOP + SQUARE * (1 - right)


def _plot(name: str, high: float, *parts: Part) -> Element:
    box = f"0 0 {WIDE} {high:g}"
    return tag("svg", *parts, class_="plot", role="img", aria_label=name, viewBox=box)


def _strip(*parts: Part) -> Element:
    more = {"viewBox": "0 -3 100 14", "preserveAspectRatio": "none"}
    return tag("svg", *parts, class_="strip", aria_hidden="true", **more)


def _box(x: float, y: float, width: float, height: float, kind: str) -> Element:
    size = {"width": f"{width:.2f}", "height": f"{height:.2f}"}
    return tag("rect", x=f"{x:.2f}", y=f"{y:.2f}", **size, class_=kind)


def _words(x: float, y: float, said: str, kind: str = "") -> Element:
    return tag("text", said, x=f"{x:.2f}", y=f"{y:.2f}", class_=f"words {kind}".strip())
