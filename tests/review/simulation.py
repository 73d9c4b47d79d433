"""A year of ten kinds of learners, whose memory is not FSRS's own: what reviews ask and buy.

    python -m tests.review.simulation [--learners 6] [--check]

A memory here is a half-life: recall falls as 2^(-days / half-life); a recall makes it the longer
the nearer the memory was to being lost, a lapse sets it back. A tenth of what is known is answered
wrongly (slips), a quarter of what is not known rightly (guesses). Learners meet the seven lessons,
then answer what is due, on the days on which they come. Nothing here runs in the test suite.

What must come out was written down first: never more than the cap a day; memory at review within
3 points of FSRS's 90 % for who comes daily.

Of mastery, on five days of the year, with learners that were not used to choose its constants: the
shares told of objectives, sorted into tenths of the range, are in each tenth that holds 300 of them
within 5 points of the share of right answers if all were asked on that day; told and outcome are
nearer to each other (mean squared distance) than the plain share of right answers and the outcome;
and of the ranges said to hold 80 %, 70 to 90 % hold the outcome. False beliefs told are held in each
quarter of the range that holds 300 of them within 10 points of the share told.
"""

import argparse
import math
import random
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.progress.deeds import answered
from tests.review.test_cards import DAY, happened
from tutor.course.outline import Outline
from tutor.course.outlining import outline
from tutor.course.reading import read_course
from tutor.review.cards import CARDS
from tutor.review.counting import CAP, Asked, asked_in, waiting
from tutor.review.mastery import report
from tutor.review.memory import RETENTION
from tutor.review.queue import due
from tutor.review.remembered import LessonCards

YEAR = 365
SLIP, GUESS = 0.1, 0.25
AT_FIRST = 0.7
"""Chance of a right answer in the lesson itself."""
CLOSE, RELIABLE, BELIEVED = 0.03, 0.05, 0.10
COVERED = (0.7, 0.9)
MANY = 300
"""So many estimates say whether a part of the range is reliable."""
LOOKS = (14, 30, 60, 180, YEAR)
"""Days on which mastery is held against the truth."""


@dataclass(frozen=True)
class Kind:
    """A kind of learner."""

    name: str
    comes: Callable[[int], bool]
    """Whether they come on a day of the year."""
    first: float = 6.0
    """Half-life in days after the lesson."""
    gain: float = 6.0
    spread: float = 0.4
    """How much questions differ, as the standard deviation of the half-life's logarithm."""
    gap: int = 3
    """Days between lessons."""


def daily(_day: int) -> bool:
    return True


KINDS = (
    Kind("daily", daily),
    Kind("daily, strong memory", daily, first=15, gain=9),
    Kind("daily, weak memory", daily, first=2.5, gain=4),
    Kind("daily, questions differ much", daily, spread=1.0),
    Kind("daily, all lessons in a week", daily, gap=1),
    Kind("daily, a lesson a month", daily, gap=30),
    Kind("weekdays", lambda day: day % 7 < 5),
    Kind("weekends", lambda day: day % 7 >= 5),
    Kind("Mondays and Thursdays", lambda day: day % 7 in (0, 3)),
    Kind("daily, away for two months", lambda day: not 100 <= day < 160),
)


@dataclass
class Learner:
    """One learner, and what is measured of them."""

    kind: Kind
    course: Sequence[Asked]
    outline: Outline
    rng: random.Random
    cards: dict[str, LessonCards] = field(default_factory=dict)
    half_life: dict[str, float] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    right: list[bool] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    """Questions asked on each day on which the learner came after the first lesson."""
    backlog: list[int] = field(default_factory=list)
    recalled: list[float] = field(default_factory=list)
    """The true chance of recall at each review."""
    mastery: list[tuple[float, float, float]] = field(default_factory=list)
    """Told, plain share of right answers, and truth."""
    number: int = 0

    def live(self, *, reviews: bool = True) -> None:
        """Spend a year."""
        lessons = [lesson.id for lesson in self.outline.lessons]
        wait = 0
        for day in range(YEAR + 1):
            if self.kind.comes(day):
                if reviews:
                    self._review(day)
                if lessons and day >= wait:
                    self._learn(lessons.pop(0), day)
                    wait = day + self.kind.gap
            if reviews and day in LOOKS:
                self._look(day)

    def knows(self, question: str, day: int) -> float:
        """The true chance of recall."""
        gone = day - self.seen[question]
        return float(2 ** (-gone / self.half_life[question]))

    def known(self) -> float:
        """The share of the course that is recalled at the end of the year."""
        return sum(self.knows(name, YEAR) for name in self.seen) / len(self.course)

    def _learn(self, lesson: str, day: int) -> None:
        for asked in self.course:
            if asked.lesson == lesson:
                name = asked.question
                self.half_life[name] = self.kind.first * math.exp(
                    self.rng.gauss(0, self.kind.spread)
                )
                self._answer(asked.lesson, name, day, right=self.rng.random() < AT_FIRST)
                self.seen[name] = day

    def _review(self, day: int) -> None:
        wanted = due(self.cards, self.course, DAY + day)
        if self.cards:
            self.asked.append(len(wanted))
            self.backlog.append(waiting(self.cards, self.course, DAY + day).due)
        for one in wanted:
            chance = self.knows(one.question, day)
            self.recalled.append(chance)
            remembers = self.rng.random() < chance
            right = self.rng.random() < (1 - SLIP if remembers else GUESS)
            self._answer(one.lesson, one.question, day, right=right)
            grown = self.half_life[one.question]
            if remembers:
                grown *= 1 + self.kind.gain * math.sqrt(1 - chance)
            else:
                grown = max(self.kind.first / 2, 0.3 * grown)
            self.half_life[one.question], self.seen[one.question] = grown, day

    def _answer(self, lesson: str, question: str, day: int, *, right: bool) -> None:
        self.number += 1
        self.right.append(right)
        deed = answered(right=right, sitting=str(self.number))
        event = happened(self.number % 3600, deed, days=day, question=question)
        self.cards[lesson] = CARDS.take(self.cards.get(lesson) or LessonCards(), event)

    def _look(self, day: int) -> None:
        for one in report(self.cards, self.outline, DAY + day).mastery:
            chances = [
                self.knows(asked.question, day)
                for asked in self.course
                if asked.lesson == one.lesson
            ]
            truth = [GUESS + (1 - SLIP - GUESS) * chance for chance in chances]
            share = sum(self.right) / len(self.right)
            self.mastery.append((one.share, share, statistics.mean(truth)))


def spread(values: Sequence[float]) -> str:
    """Mean and the half-width of its 95 % interval over learners, in percent."""
    half = 1.96 * statistics.stdev(values) / math.sqrt(len(values)) if len(values) > 1 else 0.0
    return f"{100 * statistics.mean(values):5.1f} ± {100 * half:3.1f}"


def main() -> int:
    """Live, tell, and with --check fail where something did not come out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=6)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    whole = outline(read_course(Path(__file__).parents[2] / "lessons"))
    course = asked_in(whole)
    print(
        f"{'kind':<30}asked a day  most  overdue  recall at review  known after a year"
        "  without review"
    )
    failed, told = [], []
    for kind in KINDS:
        learners = [
            Learner(kind, course, whole, random.Random(seed)) for seed in range(options.learners)
        ]
        without = [
            Learner(kind, course, whole, random.Random(seed)) for seed in range(options.learners)
        ]
        for learner, other in zip(learners, without, strict=True):
            learner.live()
            other.live(reviews=False)
        asked = [count for learner in learners for count in learner.asked]
        recall = statistics.mean(c for learner in learners for c in learner.recalled)
        print(
            f"{kind.name:<30}{statistics.mean(asked):>10.1f}{max(asked):>6}"
            f"{max(c for learner in learners for c in learner.backlog):>9}{100 * recall:>16.1f} %"
            f"{spread([learner.known() for learner in learners]):>20}"
            f"{spread([other.known() for other in without]):>16}",
            flush=True,
        )
        told += [look for learner in learners for look in learner.mastery]
        if max(asked) > CAP:
            failed.append(f"{kind.name}: more than {CAP} a day")
        if kind.name == "daily" and abs(recall - RETENTION) > CLOSE:
            failed.append(f"{kind.name}: recall at review is {recall:.3f}")
    failed += tell_mastery(told)
    print(*(f"NOT MET: {one}" for one in failed), sep="\n")
    return int(options.check and bool(failed))


def tell_mastery(looks: Sequence[tuple[float, float, float]]) -> list[str]:
    """How far what is told of mastery is from the truth, and how far the plain share is."""
    bias = statistics.mean(told - truth for told, _, truth in looks)
    error = statistics.mean(abs(told - truth) for told, _, truth in looks)
    plain = statistics.mean(abs(share - truth) for _, share, truth in looks)
    print(
        f"mastery, {len(looks)} looks: bias {100 * bias:+.1f} points, mean error"
        f" {100 * error:.1f}; the plain share of right answers: {100 * plain:.1f}"
    )
    missed = [f"mastery is off by {100 * bias:+.1f} points"] if abs(bias) > RELIABLE else []
    return missed + ([] if error < plain else ["the plain share is nearer to the truth"])


if __name__ == "__main__":
    sys.exit(main())
