"""Softmax, entropy, log loss, and the vote of a majority: against a second way to compute them."""

import itertools
import math
import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.sums.information import cross_entropy, entropy, mean_surprise, softmax
from tutor.sums.voting import majority


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


@pytest.mark.parametrize(
    ("shares", "bits"),
    [([1], 0), ([0.5, 0.5], 1), ([0.25] * 4, 2), ([0.5, 0.25, 0.25], 1.5), ([], 0)],
)
def test_entropy_is_what_is_worked_out_by_hand(shares: list[float], bits: float) -> None:
    assert entropy(shares) == pytest.approx(bits)
    assert math.copysign(1, entropy(shares)) == 1  # never "-0.00"


@given(st.lists(st.integers(1, 50), min_size=1, max_size=8))
def test_entropy_is_log_n_less_the_mean_log_of_the_counts(sizes: list[int]) -> None:
    total = sum(sizes)
    other_way = math.log2(total) - math.fsum(n * math.log2(n) for n in sizes) / total
    assert entropy([size / total for size in sizes]) == pytest.approx(other_way, abs=1e-9)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=8))
def test_nobody_loses_less_than_who_guesses_what_is_so(sizes: list[int]) -> None:
    real = [size / sum(sizes) for size in sizes]
    even = [1 / len(sizes)] * len(sizes)
    assert cross_entropy(real, real) == pytest.approx(entropy(real), abs=1e-9)
    assert cross_entropy(real, even) >= entropy(real) - 1e-9


def test_what_was_held_for_impossible_costs_without_end() -> None:
    assert cross_entropy([0.5, 0.5], [1, 0]) == math.inf
    assert cross_entropy([1, 0], [1, 0]) == 0


def test_perplexity_is_the_inverse_geometric_mean() -> None:
    given_ = [0.5, 0.25, 0.8, 0.1]
    assert math.exp(mean_surprise(given_)) == pytest.approx(math.prod(given_) ** (-1 / 4))
