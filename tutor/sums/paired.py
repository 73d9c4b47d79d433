"""Two ways tried on the same items: what changed, and how easily chance alone would do it."""

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.sums.paired_test import sign_test

_LEAST = 0.001


@dataclass(frozen=True, slots=True)
class Paired:
    """Items right both times, only before, only after, and never."""

    both: int
    lost: int
    gained: int
    neither: int

    @property
    def p(self) -> float:
        """McNemar's test, exact and two-sided: only the items that changed speak."""
        return sign_test(self.gained, self.lost)

    @property
    def verdict(self) -> str:
        """The counts and the p, as a clause."""
        p = f"p < {_LEAST}" if self.p < _LEAST else f"p = {self.p:.3f}"
        return f"{self.gained} gained, {self.lost} lost (exact McNemar test, {p})"


def paired(before: Sequence[bool], after: Sequence[bool]) -> Paired:
    """Count the four kinds of items; ValueError where the rows differ in length."""
    pairs = list(zip(before, after, strict=True))
    return Paired(
        both=pairs.count((True, True)),
        lost=pairs.count((True, False)),
        gained=pairs.count((False, True)),
        neither=pairs.count((False, False)),
    )
