"""What practice has come to: what would be right today, how one judges oneself, what is due.

Mastery of an objective, or of a lesson, is the share of its questions met so far that would be
answered right if all were asked today. Each has a chance of its own (`tutor.review.knowing`); the
share is their mean with a prior worth two questions, as in a Beta distribution, at the share of all
that was met, itself begun at one half. The range told is the middle 80 % of a binomial distribution
at that share: three questions say less than thirty. Questions never met say nothing.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from tutor.course.outline import Outline
from tutor.review.believing import Belief, beliefs
from tutor.review.counting import Asked, Lessons, Waiting, asked_in, forecast, met, waiting
from tutor.review.knowing import chance
from tutor.review.remembered import Card, Judged, Practice

WORTH = 2
"""Questions that the prior counts for."""
MIDDLE = 1.2816
"""Standard deviations to each side that hold the middle 80 % of a normal distribution."""
OFTEN = 5
"""Answers of one confidence that say something of it."""
COMING = 14
"""Days of forecast."""


class Known(NamedTuple):
    """A question that was met, and the chance that it would be answered right."""

    asked: Asked
    card: Card
    chance: float


class Mastery(Struct, frozen=True):
    """An estimate with its uncertainty, and what it rests on."""

    lesson: str
    objective: str
    """As lesson/objective; empty for the whole lesson."""
    text: str
    """The objective, or the lesson's title."""
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
    ece: float
    """Expected calibration error (Guo and others 2017): how far what was said lay from how often it
    was right, on average over the answers. 0 is perfect."""
    beside: str = ""
    """What the course has to hold it against."""

    @property
    def furthest(self) -> int | None:
        """The confidence that was furthest off, of those that were said often enough to tell."""
        often = {level: one for level, one in self.levels.items() if one.answers >= OFTEN}
        off = {level: abs(level / 100 - one.right / one.answers) for level, one in often.items()}
        return max(off, key=lambda level: off[level], default=None)


class Bets(Struct, frozen=True):
    """The first bets of a learner, each question's latest; losses are means in bits."""

    count: int
    loss: float
    even: float
    """What an even spread would have cost."""
    best: float
    """What a model would have lost whose probabilities are the true shares."""


class Report(Struct, frozen=True, omit_defaults=True):
    """What practice has come to by a day."""

    today: int
    """The day, as an ordinal."""
    waiting: Waiting
    forecast: tuple[int, ...]
    mastery: tuple[Mastery, ...]
    """Of each lesson in which a question was met."""
    objectives: tuple[Mastery, ...]
    """Of each objective on which a question was met."""
    beliefs: tuple[Belief, ...]
    """False beliefs that were chosen, the likeliest to be held still first."""
    calibration: Calibration | None
    days: dict[int, Practice]
    """What was done on each day, as an ordinal."""
    bets: Bets | None = None
    """What was bet, where the course asks for bets."""
    model: dict[int, Judged] = {}
    """What came of the built-in raw model's first choices, by about how sure it was of them."""


def report(lessons: Lessons, course: Outline, day: int) -> Report:
    """Sum up what practice has left."""
    asked = asked_in(course)
    chances = known_today(lessons, asked, day)
    prior = _prior(chances)
    return Report(
        today=day,
        waiting=waiting(lessons, asked, day),
        forecast=tuple(forecast(lessons, asked, day, COMING)),
        mastery=tuple(by_lesson(chances, course, prior)),
        objectives=tuple(by_objective(chances, course, prior)),
        beliefs=tuple(beliefs(lessons, asked)),
        calibration=_calibration(lessons, course.calibration),
        days=_days(lessons),
    )


def known_today(lessons: Lessons, course: Sequence[Asked], day: int) -> list[Known]:
    """Every question that was met, with its chance to be answered right on a day."""
    return [
        Known(asked, card, chance(card, asked.guess, day)) for asked, card in met(lessons, course)
    ]


def by_lesson(known: Sequence[Known], course: Outline, prior: float) -> Iterator[Mastery]:
    """Mastery of each lesson in which a question was met."""
    for lesson in course.lessons:
        own = [one.chance for one in known if one.asked.lesson == lesson.id]
        if own:
            estimate = estimated(own, prior)
            yield Mastery(lesson.id, "", lesson.title, len(own), len(lesson.questions), *estimate)


def by_objective(known: Sequence[Known], course: Outline, prior: float) -> Iterator[Mastery]:
    """Mastery of each objective on which a question was met, whatever lesson asked it."""
    of = Counter(name for asked in asked_in(course) for name in asked.serves)
    for lesson in course.lessons:
        for objective in lesson.objectives:
            own = [one.chance for one in known if objective.id in one.asked.serves]
            if own:
                estimate = estimated(own, prior)
                yield Mastery(
                    lesson.id, objective.id, objective.text, len(own), of[objective.id], *estimate
                )


def estimated(chances: Sequence[float], prior: float) -> tuple[float, float, float]:
    """The share of some questions that would be right, and a range that holds it for 80 %."""
    share = (WORTH * prior + sum(chances)) / (WORTH + len(chances))
    return share, *middle(share, len(chances))


def _prior(known: Sequence[Known]) -> float:
    """The share that would be right of all that was met."""
    return (1 + sum(one.chance for one in known)) / (2 + len(known))


def middle(share: float, count: int) -> tuple[float, float]:
    """The middle 80 % of the share of right answers among `count`, by the normal approximation."""
    spread = MIDDLE * math.sqrt(share * (1 - share) / count)
    return max(0.0, share - spread), min(1.0, share + spread)


def _calibration(lessons: Lessons, beside: str) -> Calibration | None:
    levels: dict[int, Judged] = {}
    for cards in lessons.values():
        for level, judged in cards.sure.items():
            before = levels.get(level) or Judged()
            answers, right = before.answers + judged.answers, before.right + judged.right
            levels[level] = Judged(answers, right)
    answers = sum(judged.answers for judged in levels.values())
    if not answers:
        return None
    ordered = dict(sorted(levels.items()))
    brier, ece = _brier(levels) / answers, _ece(levels) / answers
    return Calibration(ordered, answers, brier, ece, beside)


def _brier(levels: dict[int, Judged]) -> float:
    """The sum of squared distances between what was said and what came."""
    total = 0.0
    for level, judged in levels.items():
        sure, wrong = level / 100, judged.answers - judged.right
        total += judged.right * (1 - sure) ** 2 + wrong * sure**2
    return total


def _ece(levels: dict[int, Judged]) -> float:
    """The sum over all answers of how far their level was off."""
    return sum(abs(level / 100 * one.answers - one.right) for level, one in levels.items())


def _days(lessons: Lessons) -> dict[int, Practice]:
    days: dict[int, Practice] = {}
    for cards in lessons.values():
        for day, done in cards.days.items():
            before = days.get(day) or Practice()
            answers, seconds = before.answers + done.answers, before.seconds + done.seconds
            days[day] = Practice(answers, round(seconds, 1))
    return dict(sorted(days.items()))
