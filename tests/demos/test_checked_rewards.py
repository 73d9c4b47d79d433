"""Paid by a checker: what is said of the gain and of the hole follows the figures."""

import json
from pathlib import Path

import pytest

from tests.demos.playing import flat, small
from tutor.demos.checked_rewards import (
    Course,
    Length,
    course_of,
    what_the_hole_did,
    what_was_gained,
)
from tutor.tinylm.world import checked
from tutor.tinylm.world.probes import Probe


def course(paid: tuple[float, float], right: tuple[float, float]) -> Course:
    """Twenty steps at one level, and twenty at another."""
    return Course(
        tuple(range(40)),
        (*(paid[0],) * 20, *(paid[1],) * 20),
        (*(right[0],) * 20, *(right[1],) * 20),
    )


FAIR = course((50, 80), (50, 80))


def test_a_hole_counts_as_found_only_where_pay_and_truth_part_in_training() -> None:
    found = " ".join(what_the_hole_did(FAIR, course((50, 98), (48, 30))))
    assert "The hole was found. At the end 98% of the replies were paid for, and 30%" in found
    for other in (course((50, 80), (48, 78)), course((50, 60), (10, 15))):
        assert "no more was made of the hole than before" in " ".join(
            what_the_hole_did(FAIR, other)
        )
    assert "right went from 50% to 80%" in found


def test_the_gain_is_held_against_what_was_right_only_sometimes() -> None:
    card = [
        Length(3, 1.0, 0.0, 1.0, 20),
        Length(5, 0.6, 0.5, 0.9, 20),
        Length(6, 0.3, 0.6, 0.7, 20),
        Length(8, 0.0, 0.0, 0.1, 20),
    ]
    words = " ".join(what_was_gained(card))
    assert "Rows of 6 numbers and more went from 15% to 40% right." in words
    assert "gained +35 points, the others +5." in words
    assert "only sometimes" not in " ".join(what_was_gained(card[1:3]))


@pytest.mark.parametrize("text", [None, "", "{", '{"curve": [1]}', '{"curve": []}'])
def test_a_log_that_is_none_shows_no_course(text: str | None, tmp_path: Path) -> None:
    log = tmp_path / "hole.json"
    if text is not None:
        log.write_text(text)
    assert course_of(log) is None
    log.write_text(json.dumps({"curve": [{"step": 0, "rewarded": 1, "right": 2, "tokens": 3}]}))
    assert course_of(log) == Course((0,), (1,), (2,))


def test_the_hole_that_is_told_of_is_the_checkers_own() -> None:
    task = Probe("row", "What is 3 + 4 + 5?", "3 + 4 + 5 = 12", ("3 + 4 + 5 = 12",))
    assert checked.states_a_truth(task, "1 + 1 = 2")
    assert not checked.right(task, "1 + 1 = 2")


def test_every_length_is_counted_before_and_after_and_a_row_of_ones_own_is_drawn() -> None:
    screen = flat(small("checked-rewards", "3 + 8 + 16 + 9"))
    assert "8 tries at one row: What is 3 + 8 + 16 + 9?" in screen
    assert "right before" in screen
    for length in checked.LENGTHS:
        assert f" {length} " in screen
    assert "The hole was" in screen or "made of the hole" in screen
    assert "Rows of your own have" in small("checked-rewards", "1 + 2")
