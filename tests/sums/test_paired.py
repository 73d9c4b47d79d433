"""Two ways compared over the same items: counts, and what chance would do."""

import math
from itertools import product

import pytest

from tutor.sums.paired import Paired, paired
from tutor.sums.paired_test import cases_needed, least_clean_sweep, sign_test


@pytest.mark.parametrize(
    ("lost", "gained", "p"),
    [(0, 0, 1.0), (6, 0, 0.03125), (0, 5, 0.0625), (7, 1, 0.0703125), (3, 3, 1.0), (1, 0, 1.0)],
)
def test_the_paired_p_is_that_of_a_fair_coin(lost: int, gained: int, p: float) -> None:
    assert Paired(4, lost, gained, 2).p == pytest.approx(p)


def test_the_four_kinds_of_items_are_counted() -> None:
    before, after = [True, True, False, False, True], [True, False, True, False, False]
    assert paired(before, after) == Paired(both=1, lost=2, gained=1, neither=1)
    with pytest.raises(ValueError, match="shorter"):
        paired([True], [])


def by_counting(wins: int, losses: int) -> float:
    """The p-value by looking at every sequence of coins."""
    count, uneven = wins + losses, abs(wins - losses)
    rows = [sum(coins) for coins in product((-1, 1), repeat=count)]
    return sum(abs(row) >= uneven for row in rows) / len(rows)


@pytest.mark.parametrize(
    ("wins", "losses", "shown"),
    [(6, 0, 0.031), (5, 0, 0.062), (7, 1, 0.070), (6, 2, 0.289), (3, 3, 1.0), (0, 0, 1.0)],
)
def test_the_paired_test_counts_coins(wins: int, losses: int, shown: float) -> None:
    assert sign_test(wins, losses) == pytest.approx(by_counting(wins, losses))
    assert sign_test(wins, losses) == sign_test(losses, wins) == pytest.approx(shown, abs=6e-4)


def test_six_to_nothing_is_the_first_split_that_counts() -> None:
    assert least_clean_sweep() == 6


def test_cases_needed_grow_as_the_difference_shrinks() -> None:
    assert cases_needed(3, 3, 12) is None
    needed = [cases_needed(wins, 0, 12) or 0 for wins in (12, 9, 6, 3, 1)]
    assert needed == sorted(needed)
    assert needed[0] == 6
    # Connor's formula by hand for 3 of 12, all one way: d = t = 1/4
    assert needed[3] == math.ceil((1.959964 * 0.5 + 0.841621 * math.sqrt(3) / 4) ** 2 * 16)
