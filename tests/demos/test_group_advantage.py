"""The advantage of each answer in its group, and what is said of it."""

import pytest

from tests.demos.playing import flat, guessing, play, stage_of
from tutor.demos.group_advantage import advantages


@pytest.mark.parametrize(
    ("rewards", "found"),
    [
        ((1, 0, 0, 0), (1.732, -0.577, -0.577, -0.577)),  # mean 1/4, deviation √3/4
        ((1, 0, 0, 0, 0), (2, -0.5, -0.5, -0.5, -0.5)),
        ((1, 1, 0, 0), (1, 1, -1, -1)),
        ((3, 1), (1, -1)),
        ((1, 1, 1), (0, 0, 0)),
        ((0, 0), (0, 0)),
    ],
)
def test_an_advantage_is_the_distance_from_the_mean_in_deviations(
    rewards: tuple[float, ...], found: tuple[float, ...]
) -> None:
    assert advantages(rewards) == pytest.approx(found, abs=0.001)


def test_the_lesson_speaks_of_the_group_that_is_shown() -> None:
    """Two of eight are right: mean 1/4, so 1.73 and -0.58; the easy question teaches nothing."""
    screen = flat(play("group-advantage", stage_of(guess=guessing(2))))
    for wanted in ("+1.73", "-0.58", "Mean reward 0.250, standard deviation 0.433"):
        assert wanted in screen
    assert "right answers are fewer" in screen
    assert "every advantage is 0" in screen
    assert "You guessed: whichever are fewer" in screen


@pytest.mark.parametrize("typed", ["123 + 456", "3 - 8 + 6"])
def test_no_other_sum_is_asked_than_the_learners(typed: str) -> None:
    assert "looks like this" in play("group-advantage", stage_of(typed), size=2)
