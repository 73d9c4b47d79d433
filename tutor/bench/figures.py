"""What a benchmark comes to: shares, pairs and labels, of cases that both sides answered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tutor.bench.checks import Grade
from tutor.sums.intervals import wilson
from tutor.sums.paired_test import cases_needed, sign_test


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case: a row of grades for each side, one for each repeat."""

    case: int
    """Its place in the file, from 0."""
    grades: tuple[tuple[Grade, ...], ...]

    def passed(self, side: int) -> int:
        """How many replies of a side passed."""
        return sum(grade.passed for grade in self.grades[side])

    @property
    def is_steady(self) -> bool:
        """Whether each side's repeats came out alike."""
        return all(len({grade.passed for grade in row}) == 1 for row in self.grades)


@dataclass(frozen=True, slots=True)
class Share:
    """How often a side passed, and between what its true share lies (95 %, Wilson)."""

    passed: int
    replies: int
    low: float
    high: float
    unlabelled: int


def share(outcomes: Sequence[Outcome], side: int) -> Share:
    """Of all replies; the interval counts cases, as repeats of a case are no new cases."""
    rows = [outcome.grades[side] for outcome in outcomes]
    replies = sum(map(len, rows))
    passed = sum(outcome.passed(side) for outcome in outcomes)
    low, high = wilson(passed / replies * len(outcomes), len(outcomes))
    unlabelled = sum(grade.is_unlabelled for row in rows for grade in row)
    return Share(passed, replies, low, high, unlabelled)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Cases on which the first did better, the second, or neither."""

    first: int
    second: int
    alike: int

    @property
    def count(self) -> int:
        """All of them."""
        return self.first + self.second + self.alike

    @property
    def p(self) -> float:
        """The exact paired test: how often equally good sides come to a split so uneven."""
        return sign_test(self.second, self.first)

    @property
    def needed(self) -> int | None:
        """Cases that would show such a difference in 80 of 100 tests; None without one."""
        return cases_needed(self.second, self.first, self.count)


def pairs(outcomes: Sequence[Outcome]) -> Pairs:
    """Each case counts once, however often it was repeated."""
    leads = [outcome.passed(0) - outcome.passed(1) for outcome in outcomes]
    return Pairs(sum(n > 0 for n in leads), sum(n < 0 for n in leads), leads.count(0))


def confusion(
    outcomes: Sequence[Outcome], expected: Sequence[str], side: int
) -> Counter[tuple[str, str]]:
    """How often (expected label, label given) came; `expected` has one for each case."""
    return Counter(
        (expected[outcome.case], grade.label)
        for outcome in outcomes
        for grade in outcome.grades[side]
    )
