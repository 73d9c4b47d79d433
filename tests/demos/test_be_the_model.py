"""Bets on the next word: how they are read, and what they score."""

import math

import pytest

from tests.demos.playing import play, stage_of, typing
from tutor.demos import be_the_model
from tutor.providers.built_in import built_in


def test_a_bet_of_nothing_costs_as_much_as_a_tenth_of_a_point_and_the_screen_says_so() -> None:
    assert be_the_model.loss(0) == be_the_model.loss(0.1) == pytest.approx(6.9078, abs=1e-4)
    assert be_the_model.perplexity([-math.log(p) for p in (0.5, 0.25, 0.8, 0.1)]) == pytest.approx(
        3.1623, abs=1e-4
    )
    assert "counts as 0.1" in " ".join(play("be-the-model", stage_of()).split())


def test_the_bets_of_a_learner_make_their_score() -> None:
    rounds = ("The sky is | blue | red", "Grass is | green | black")
    even = ("50 50", "50 50")

    def score(*bets: str) -> str:
        return play("be-the-model", stage_of(ask=typing(*bets)), rounds=rounds, bets=even)

    careful, bold = score("50 50", "50 50"), score("99 1", "1 99")
    assert "2.00" in careful
    assert careful != bold
    assert "example" not in careful


def test_without_anybody_the_bets_are_called_examples() -> None:
    shown = play("be-the-model", stage_of())
    assert "example bets" in shown
    assert "6 words" in shown


@pytest.mark.parametrize(
    ("typed", "bet"),
    [
        ("70 10 10 10", (70, 10, 10, 10)),
        ("7, 1, 1, 1", (70, 10, 10, 10)),
        ("0 0 0 5", (0, 0, 0, 100)),
        ("0 0 0 0", None),
        ("70 10 10", None),
        ("-1 50 50 1", None),
        ("nan 1 1 1", None),
        ("inf 1 1 1", None),
        ("all on red", None),
    ],
)
def test_points_are_scaled_to_a_hundred(typed: str, bet: tuple[float, ...] | None) -> None:
    read = be_the_model.read_bet(typed, 4)
    assert read == (bet if bet is None else pytest.approx(bet))


def test_the_models_bets_are_its_chances_for_these_words_alone() -> None:
    base = built_in("base")
    one = be_the_model.read_round("The sky is | blue | red | wet")
    bets = be_the_model.model_bets(base, one)
    logs = [be_the_model.log_chance(base, one.before, word) for word in one.words]
    assert sum(bets) == pytest.approx(100)
    assert bets[0] / bets[1] == pytest.approx(math.exp(logs[0] - logs[1]), rel=1e-3)
