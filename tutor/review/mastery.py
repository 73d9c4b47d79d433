"""What practice has come to: what would be right today, how one judges oneself, what is due.

Mastery is the share of the questions met in a lesson that would be answered right today. Each of
them counts as one trial, right with the chance that FSRS gives its average learner for today. One
that was missed last counts a tenth of that until it is answered right: its answer was read, which
is not the same as to know it. With a flat prior that is a Beta distribution; its mean and the
middle 80 % are told, so that three questions say less than thirty. Questions never met say nothing.
"""

import math
from collections.abc import Sequence

from msgspec import Struct

from tutor.course.outline import Outline
from tutor.review.counting import (
    Asked,
    Lessons,
    Waiting,
    asked_in,
    forecast,
    held,
    met,
    waiting,
    was_missed,
)
from tutor.review.memory import recall
from tutor.review.remembered import Card, Judged, Practice

MISSED_IS_WORTH = 0.1
"""So much of the chance is left to a question that was missed last."""
MIDDLE = 1.2816
"""Standard deviations to each side that hold the middle 80 % of a normal distribution."""
COMING = 14
"""Days of forecast."""


class Mastery(Struct, frozen=True):
    """An estimate with its uncertainty, and what it rests on."""

    lesson: str
    met: int
    """Questions that were met,"""
    of: int
    """of so many."""
    share: float
    """Of the questions that were met, how many would be right today, 0 to 1."""
    low: float
    high: float


class Calibration(Struct, frozen=True):
    """How sure the learner was, held against how it came out."""

    levels: dict[int, Judged]
    """By confidence in percent."""
    answers: int
    brier: float
    """Mean squared distance of confidence from outcome: 0 is perfect, 0.25 is 50 % always."""


class Report(Struct, frozen=True):
    """What practice has come to by a day."""

    today: int
    """The day, as an ordinal."""
    waiting: Waiting
    forecast: tuple[int, ...]
    mastery: tuple[Mastery, ...]
    """Of each lesson in which a question was met."""
    beliefs: dict[str, int]
    """False beliefs that stand, with the day on which each was chosen."""
    calibration: Calibration | None
    days: dict[int, Practice]
    """What was done on each day, as an ordinal."""


def report(lessons: Lessons, course: Outline, day: int) -> Report:
    """Sum up what practice has left."""
    asked = asked_in(course)
    mastery = (_mastery(lessons, asked, lesson.id, day) for lesson in course.lessons)
    return Report(
        today=day,
        waiting=waiting(lessons, asked, day),
        forecast=tuple(forecast(lessons, asked, day, COMING)),
        mastery=tuple(one for one in mastery if one.met),
        beliefs=held(lessons, asked),
        calibration=_calibration(lessons),
        days=_days(lessons),
    )


def _mastery(lessons: Lessons, course: Sequence[Asked], lesson: str, day: int) -> Mastery:
    own = [asked for asked in course if asked.lesson == lesson]
    chances = [_chance(card, day) for _, card in met(lessons, own)]
    right, wrong = 1 + sum(chances), 1 + len(chances) - sum(chances)
    share, low, high = middle(right, wrong)
    return Mastery(lesson, len(chances), len(own), share, low, high)


def _chance(card: Card, day: int) -> float:
    chance = recall(card.memory, day) if card.memory else 0.0
    return chance * (MISSED_IS_WORTH if was_missed(card) else 1.0)


def middle(right: float, wrong: float) -> tuple[float, float, float]:
    """Mean and the middle 80 % of Beta(right, wrong), by its normal approximation."""
    total = right + wrong
    mean = right / total
    spread = MIDDLE * math.sqrt(mean * (1 - mean) / (total + 1))
    return mean, max(0.0, mean - spread), min(1.0, mean + spread)


def _calibration(lessons: Lessons) -> Calibration | None:
    levels: dict[int, Judged] = {}
    for cards in lessons.values():
        for level, judged in cards.sure.items():
            before = levels.get(level) or Judged()
            answers, right = before.answers + judged.answers, before.right + judged.right
            levels[level] = Judged(answers, right)
    answers = sum(judged.answers for judged in levels.values())
    if not answers:
        return None
    return Calibration(dict(sorted(levels.items())), answers, _brier(levels) / answers)


def _brier(levels: dict[int, Judged]) -> float:
    """The sum of squared distances between what was said and what came."""
    total = 0.0
    for level, judged in levels.items():
        sure, wrong = level / 100, judged.answers - judged.right
        total += judged.right * (1 - sure) ** 2 + wrong * sure**2
    return total


def _days(lessons: Lessons) -> dict[int, Practice]:
    days: dict[int, Practice] = {}
    for cards in lessons.values():
        for day, done in cards.days.items():
            before = days.get(day) or Practice()
            answers, seconds = before.answers + done.answers, before.seconds + done.seconds
            days[day] = Practice(answers, round(seconds, 1))
    return dict(sorted(days.items()))
