"""Votes, and the reward that is fitted to them."""

import pytest

from tests.demos.fitting import uphill
from tests.demos.playing import flat, play, stage_of, typing
from tutor.demos import rater
from tutor.demos.parts.five_answers import (
    ANSWERS,
    CAREFUL,
    PAIRS,
    UNSEEN,
    Vote,
    chance,
    fit,
    rewards,
)


def test_careful_votes_give_the_weights_that_the_lesson_speaks_of() -> None:
    assert [round(weight, 3) for weight in fit(CAREFUL)] == [3.372, 1.146, 1.827]
    assert fit(CAREFUL) == pytest.approx(uphill(CAREFUL))
    scores = {name: round(score, 2) for name, score in rewards(fit(CAREFUL)).items()}
    assert scores == {"A": 5.57, "B": 7.44, "C": 0.91, "D": 3.70, "E": 55.97}


def test_the_answers_have_the_lengths_that_the_weights_were_computed_for() -> None:
    lengths = {name: answer.words for name, answer in ANSWERS.items()}
    assert lengths == {"A": 12, "B": 16, "C": 5, "D": 14, "E": 300}
    assert sum(answer.share for answer in ANSWERS.values()) == pytest.approx(1)
    assert all(UNSEEN not in pair for pair in PAIRS)


def test_nobody_there_sees_the_numbers_and_hears_that_the_votes_are_an_example() -> None:
    words = flat(play("rater", stage_of()))
    for wanted in ("example", "+3.372", "+1.146", "+1.827", "55.97", "54.82", "5 of 6 votes"):
        assert wanted in words


@pytest.mark.parametrize("plain", [False, True])
def test_own_votes_change_the_model(plain: bool) -> None:  # noqa: FBT001
    screens = {
        play("rater", stage_of(text, plain=plain))
        for text in ("", "A B A B A C", "CCBDDC", "-----C")
    }
    assert len(screens) == 4


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A B B B A D", list(CAREFUL)),
        ("a,b;b > b a d", list(CAREFUL)),
        ("ABBBAD", list(CAREFUL)),
        ("A - - - - D", [("A", "C"), ("D", "C")]),
        ("C C A D D C", [(loser, winner) for winner, loser in CAREFUL]),
    ],
)
def test_votes_are_read_however_they_are_written(text: str, found: list[Vote]) -> None:
    assert rater.read_votes(text) == found


@pytest.mark.parametrize("text", ["A B", "E B B B A D", "A B B B A D A", "------"])
def test_votes_that_cannot_be_taken_are_explained_and_an_example_shown(text: str) -> None:
    words = flat(play("rater", stage_of(text)))
    assert "+3.372" in words
    assert "example" in words


def cast(seed: int, prefer: str, last: str) -> tuple[str, ...]:
    """What a learner types who ranks by `prefer`, and types `last` at the pair shown again."""
    some = rater.ballots(seed)[:-1]
    places = [
        "1" if prefer.index(ballot.first) < prefer.index(ballot.second) else "2" for ballot in some
    ]
    return ("", *places, last)


@pytest.mark.parametrize("seed", range(5))
def test_a_careful_learner_gets_the_same_weights_in_any_order(seed: int) -> None:
    typed = typing(*cast(seed, "BADC", ""))
    words = flat(play("rater", stage_of(seed=seed, ask=typed)))
    assert "+3.372" in words
    assert "example" not in words


def test_pairs_come_in_random_order_and_one_comes_twice_with_places_swapped() -> None:
    orders = {tuple(rater.ballots(seed)) for seed in range(20)}
    assert len(orders) == 20
    for *some, last in orders:
        assert sorted(sorted((one.first, one.second)) for one in some) == sorted(map(sorted, PAIRS))
        assert rater.Ballot(last.second, last.first) in some[:3]


def test_who_takes_the_same_place_twice_is_told_so() -> None:
    some = rater.ballots(1)
    swapped = rater.Ballot(some[-1].second, some[-1].first)
    typed = ["1" if ballot == swapped else "2" for ballot in some[:-1]]
    fixed = flat(play("rater", stage_of(ask=typing("", *typed, "1"))))
    steady = flat(play("rater", stage_of(ask=typing("", *typed, "2"))))
    assert "Both times you took the first one" in fixed
    assert "its place did not decide" in steady


def test_a_learner_who_leaves_in_the_middle_keeps_the_votes_cast() -> None:
    assert "on 2 votes" in flat(play("rater", stage_of(ask=typing("", "1", "2"))))


def test_nonsense_at_the_ballot_is_not_asked_for_ever() -> None:
    def always(_question: str) -> str:
        return "maybe"

    assert "+3.372" in flat(play("rater", stage_of(ask=always)))


def test_an_answer_of_ones_own_is_scored_by_its_length() -> None:
    short, long = (flat(play("rater", stage_of("Leaves cook." + " Really." * n))) for n in (1, 50))
    assert "Reward 3.92" in short  # 3.372 + 0.3 * 1.827
    assert "Reward 12.88" in long  # 3.372 + 5.2 * 1.827


@pytest.mark.parametrize("lead", [-1e6, -5, 0, 5, 1e6])
def test_no_lead_is_too_large_for_the_chance(lead: float) -> None:
    assert 0 <= chance(lead) <= 1
    assert chance(lead) + chance(-lead) == pytest.approx(1)
