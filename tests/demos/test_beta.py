"""How far a policy goes after a reward, computed."""

import math

import pytest

from tests.demos.fitting import uphill
from tests.demos.playing import flat, play, stage_of, typing
from tutor.demos import beta
from tutor.demos.parts.five_answers import (
    CAREFUL,
)


@pytest.mark.parametrize(
    ("most_words", "expected"),
    [
        (math.inf, {100: 0.588, 20: 0.402, 10: 0.074, 5: 0.001}),
        (20, {100: 0.608, 10: 0.677, 5: 0.742, 2: 0.877, 1: 0.968}),
    ],
)
def test_the_chance_of_a_right_answer_is_the_lessons_before_and_after_the_cap(
    most_words: float, expected: dict[float, float]
) -> None:
    weights = uphill(CAREFUL)
    share = {"A": 0.40, "B": 0.20, "C": 0.15, "D": 0.20, "E": 0.05}
    sizes = {"A": (1, 0, 12), "B": (1, 1, 16), "C": (0, 0, 5), "D": (0, 1, 14), "E": (0, 1, 300)}
    for at, right in expected.items():
        tilted = {}
        for name, (true, warm, words) in sizes.items():
            worth = weights[0] * true + weights[1] * warm + weights[2] * min(words, most_words) / 10
            tilted[name] = share[name] * math.exp(worth / at)
        by_hand = (tilted["A"] + tilted["B"]) / sum(tilted.values())
        found = beta.right_share(beta.policy(at, most_words=most_words))
        assert found == pytest.approx(by_hand)
        assert round(found, 3) == right


@pytest.mark.parametrize("plain", [False, True])
def test_the_numbers_of_the_lesson_stand_on_the_screen(plain: bool) -> None:  # noqa: FBT001
    words = flat(play("beta", stage_of(width=60, plain=plain)))
    for number in ("0.588", "0.402", "0.074", "0.001", "0.608", "0.968"):
        assert number in words


def test_own_betas_are_computed_and_nonsense_is_asked_again() -> None:
    words = flat(play("beta", stage_of(ask=typing("50", "nan", "-1", "x", "1e99"))))
    assert f"{beta.right_share(beta.policy(50)):.3f}" in words
    assert words.count("Wanted: beta (0.01 to 1,000). Such as: 100") == 4


def test_an_own_prompt_is_put_to_three_faces() -> None:
    stage = stage_of("List three birds.")
    one, other = play("beta", stage), play("beta", stage_of("What is 2 + 3?"))
    assert one != other
    assert sum("List three birds." in note for note in stage.transcript) == 3
    for label in beta.FACES.values():
        assert label in flat(one)
