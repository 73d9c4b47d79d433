"""Softmax, and the vote of a majority."""

import itertools
import math
import random
from fractions import Fraction

import pytest

from tutor.course.formulas import majority, softmax


def voted(probability: float, voters: int) -> float:
    """Count every way in which the votes can fall."""
    total = Fraction(0)
    right = Fraction(str(probability))
    for votes in itertools.product((True, False), repeat=voters):
        if sum(votes) > voters / 2:
            total += math.prod(right if vote else 1 - right for vote in votes)
    return float(total)


def test_softmax_does_not_overflow_and_adds_up_to_one() -> None:
    rng = random.Random(7)
    for _ in range(200):
        scores = [rng.uniform(-1000, 1000) for _ in range(5)]
        assert sum(softmax(scores, rng.uniform(0.01, 100))) == pytest.approx(1)


def test_a_majority_of_one_is_the_voter() -> None:
    assert majority(0.37, 1) == pytest.approx(0.37)
    assert majority(0.5, 999) == pytest.approx(0.5)


@pytest.mark.parametrize("voters", [3, 5])
@pytest.mark.parametrize("probability", [0.2, 0.6, 0.95])
def test_a_majority_counts_every_way_in_which_the_votes_can_fall(
    probability: float, voters: int
) -> None:
    assert majority(probability, voters) == pytest.approx(voted(probability, voters))
