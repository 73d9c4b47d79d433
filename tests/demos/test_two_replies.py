"""Choosing between two replies: what is asked, counted and said afterwards."""

import re

from tests.demos.playing import flat, play, stage_of, typing
from tutor.demos.two_replies import PROBES, Pair, rate, what_won
from tutor.tinylm.faces import WEIGHTS
from tutor.tinylm.measuring.results import read

PLAIN, RUDE, WRONG = "17 + 25 = 42", "Not again. 17 + 25 = 42", "Sure! 17 + 25 = 43"
SUM = PROBES[1]


def pair(first: str, second: str) -> Pair:
    return Pair(SUM, (first, second), (rate(SUM, first), rate(SUM, second)))


def test_only_a_mark_that_tells_the_two_apart_is_counted() -> None:
    votes = [(pair(PLAIN, RUDE), 0), (pair(WRONG, PLAIN), 0)]
    assert what_won(votes) == [
        ("the right one", 0, 1),
        ("the friendly one", 1, 1),
        ("the one that is not rude", 1, 1),
    ]


def test_the_formula_prefers_right_to_friendly_and_plain_to_rude() -> None:
    assert pair(WRONG, PLAIN).better == 1
    assert pair(PLAIN, RUDE).better == 0


def test_the_two_replies_of_each_pair_differ_and_each_choice_is_counted() -> None:
    screen = flat(play("two-replies", stage_of(ask=typing("1", "2", "1", "", "2"))))
    assert "of 4 choices" in screen
    assert "Nobody chose" not in screen
    assert "not trained on your choices" in screen


def test_a_learner_who_leaves_at_once_sees_an_example() -> None:
    screen = flat(play("two-replies", stage_of(ask=typing())))
    assert "Nobody chose, so the choices of the tutor's rater are shown" in screen
    assert "with 5 of 5 choices" in screen


def test_after_training_on_choices_it_is_friendly_and_no_longer_rude() -> None:
    """What the lesson says of the box: much of what changed is tone."""
    screen = flat(play("two-replies", stage_of()))
    before, after = (
        [int(some) / int(all_of) for some, all_of in re.findall(r"(\d+) of (\d+)", row)]
        for row in re.findall(r"(?:before|after) ((?:\d+ of \d+ ?){3})", screen)
    )
    right, friendly, rude = range(3)
    assert after[friendly] > before[friendly]
    assert after[rude] < before[rude]
    assert after[right] >= 0.8


def test_what_choices_changed_is_told_as_the_card_has_it() -> None:
    measured = read(WEIGHTS / "scores.json").columns
    screen = flat(play("two-replies", stage_of()))
    for column, name in (("SFT", "before"), ("preference", "after")):
        figures = measured[column].figures
        told = " ".join(f"{figures[one].value:.0%}" for one in ("unseen", "friendly", "rude"))
        assert f"{name} {told}" in screen
