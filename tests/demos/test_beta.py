"""How far a policy goes after a reward, computed and measured."""

import json
import math
from pathlib import Path

import pytest

from tests.demos.fitting import uphill
from tests.demos.playing import flat, play, stage_of, typing
from tutor.demos import beta
from tutor.demos.parts.five_answers import (
    CAREFUL,
)
from tutor.demos.parts.training_curves import read_runs


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


CURVE = [
    {"step": 0, "reward": 0.0, "gold": 0.6, "kl": 0.0, "truth": 75.0},
    {"step": 25, "reward": 1.9, "gold": 1.4, "kl": 4.6, "truth": 67.0},
    {"step": 100, "reward": 2.0, "gold": -1.4, "kl": 160.0, "truth": 2.4},
]


def measured(logs: Path, *, plain: bool = False) -> str:
    """What is shown where the runs in this folder were measured, on one line."""
    stage = stage_of(plain=plain)
    beta.run(beta.Settings(), stage, logs=logs)
    return flat(stage.terminal.text())


def write_logs(folder: Path) -> None:
    logs: dict[str, object] = {
        "over-optimised.json": {"recipe": {"beta": 0.0}, "curve": CURVE},
        "rlhf-0.1.json": {"recipe": {"beta": 0.1}, "curve": CURVE[:2]},
        "rlhf.json": {"recipe": {"beta": 0.1}, "curve": CURVE[:2]},
        "dpo.json": {"recipe": {"beta": 0.3}, "curve": CURVE},
        "reward.json": {"sft": 0.1, "rlhf": 1.2},
        "odd.json": {"beta": "warm", "curve": [{"reward": None}], "more": [[[]]]},
        "half.json": {"recipe": {"beta": 0.7}, "curve": [{"step": 0, "reward": 1.0}]},
    }
    for name, log in logs.items():
        (folder / name).write_text(json.dumps(log))
    (folder / "broken.json").write_text('{"beta": 0.5, "curve": [')
    (folder / "deep.json").write_text("[" * 100_000)
    (folder / "binary.json").write_bytes(b"\xff\xfe\x00")


def test_the_measured_runs_are_shown_and_what_is_no_run_is_passed_over(tmp_path: Path) -> None:
    write_logs(tmp_path)
    assert [run.beta for run in read_runs(tmp_path)] == [0.1, 0.0]
    for plain in (False, True):
        words = measured(tmp_path, plain=plain)
        assert "MEASURED" in words
        assert "gold was highest at step 25 (1.40, true 67%)" in words
        assert "-1.40" in words


def test_a_run_that_differs_in_more_than_beta_is_said_to_be_no_fair_comparison() -> None:
    words = flat(play("beta", stage_of(width=60)))
    assert "no fair comparison" in words
    assert "learning rate 0.001 instead of 0.0004" in words
    assert "stopped at step 30" in words


def test_runs_that_differ_in_beta_alone_are_compared_without_a_word(tmp_path: Path) -> None:
    write_logs(tmp_path)
    assert "no fair comparison" not in measured(tmp_path)


def test_without_logs_nothing_is_said_to_be_measured(tmp_path: Path) -> None:
    assert "MEASURED" not in measured(tmp_path / "none")
