"""Many tries and a checker: the numbers of the table."""

from tutor.demos.best_of_n import groups, table
from tutor.screen.words import as_text

TRIES = (5, 1, 2, 5)
"""The answers to one sum in their order; the first happens to be right."""


def test_the_luck_of_the_first_try_decides_no_row() -> None:
    rows = [as_text(row).split() for row in table((1, 2, 4), [TRIES], [5], 10.0)]
    assert [row[1] for row in rows[1:4]] == ["50%", "50%", "50%"]


def test_every_try_stands_in_one_group_and_no_group_is_cut_short() -> None:
    assert [list(group) for group in groups(TRIES, 2)] == [[5, 1], [2, 5]]
    assert [list(group) for group in groups(TRIES, 3)] == [[5, 1, 2]]
