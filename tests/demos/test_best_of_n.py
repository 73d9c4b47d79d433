"""Many tries and a checker: the numbers of the table."""

import pytest

from tests.demos.playing import play, stage_of
from tutor.demos.best_of_n import checked, groups, right, table, turned
from tutor.demos.parts.reading import addends
from tutor.screen.terminal import terminal_to_text
from tutor.screen.words import as_text

TRIES = (5, 1, 2, 5)
"""The answers to one sum in their order; the first happens to be right."""


def test_the_luck_of_the_first_try_decides_no_row() -> None:
    rows = [as_text(row).split() for row in table((1, 2, 4), [TRIES], [5], 10.0)]
    assert [row[1] for row in rows[1:4]] == ["50%", "50%", "50%"]


def test_every_try_stands_in_one_group_and_no_group_is_cut_short() -> None:
    assert [list(group) for group in groups(TRIES, 2)] == [[5, 1], [2, 5]]
    assert [list(group) for group in groups(TRIES, 3)] == [[5, 1, 2]]


def test_a_check_that_is_fooled_buys_no_more_than_one_try() -> None:
    assert [checked(2, 4, fooled) for fooled in (0, 1)] == [1, 0.5]
    assert checked(1, 2, 0.5) == pytest.approx(0.75), "alone as often as beside a wrong one"
    assert checked(0, 4, 0.5) == 0
    single, _, check = right(4, [TRIES], [5], fooled=1.0)
    assert single == check


def test_who_turns_the_check_sees_what_it_is_worth() -> None:
    turning = turned([TRIES], [5], terminal_to_text())
    strict, loose = (
        [as_text(row).split() for row in turning.picture((4, fooled))] for fooled in (0, 100)
    )
    assert strict[-1][:2] == ["check", "100%"]
    assert loose[-1][:2] == ["check", "50%"]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("3 + 8 + 6", (3, 8, 6)),
        ("4 7 9 5", (4, 7, 9, 5)),
        ("What is 3 + 8?", (3, 8)),
        ("3 - 8 + 6", ()),
        ("1.5 + 2.5", ()),
        ("3 + 8 = 6", ()),
        ("", ()),
    ],
)
def test_only_a_sum_is_taken_for_one(typed: str, numbers: tuple[int, ...]) -> None:
    assert addends(typed) == numbers


@pytest.mark.parametrize("typed", ["123 + 456", "3 - 8 + 6"])
def test_no_other_sum_is_asked_than_the_learners(typed: str) -> None:
    screen = play("best-of-n", stage_of(typed), sums=2, tries=(1, 2))
    assert "looks like this" in screen
