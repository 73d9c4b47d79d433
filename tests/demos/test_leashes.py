"""The runs at several betas, and that no sentence contradicts their figures."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.demos.playing import flat, guessing, stage_of
from tutor.demos import leashes
from tutor.demos.parts.training_curves import Point, Run, alike, read_runs
from tutor.tinylm.faces import WEIGHTS

CURVE = [
    {"step": 0, "reward": 0.0, "gold": 0.6, "kl": 0.0, "truth": 75.0},
    {"step": 25, "reward": 1.9, "gold": 1.4, "kl": 4.6, "truth": 67.0},
    {"step": 100, "reward": 2.0, "gold": -1.4, "kl": 160.0, "truth": 2.4},
]
LEASHED = {"rate": 4e-4, "steps": 120, "replay": 1.0, "falling": True}


def shown(logs: Path, **more: object) -> str:
    """What is shown where the runs in this folder were measured, on one line."""
    stage = stage_of(**more)  # type: ignore[arg-type]
    leashes.run(leashes.Settings(), stage, logs=logs)
    return flat(stage.terminal.text())


def write_logs(folder: Path) -> None:
    logs: dict[str, object] = {
        "over-optimised.json": {"recipe": {"beta": 0.0, "rate": 1e-3}, "curve": CURVE},
        "early-stopped.json": {"recipe": {"beta": 0.0, "rate": 1e-3}, "curve": CURVE[1:2]},
        "rlhf-0.json": {"recipe": LEASHED | {"beta": 0.0}, "curve": CURVE[:2]},
        "rlhf-0.1.json": {"recipe": LEASHED | {"beta": 0.1}, "curve": CURVE[:2]},
        "rlhf.json": {"recipe": LEASHED | {"beta": 0.1}, "curve": CURVE[:2]},
        "sycophantic.json": {"recipe": LEASHED | {"beta": 0.1}, "curve": CURVE},
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


def test_every_run_for_this_rater_is_shown_once_and_what_is_no_run_is_passed_over(
    tmp_path: Path,
) -> None:
    write_logs(tmp_path)
    assert [one.beta for one in read_runs(tmp_path)] == [0.1, 0.0, 0.0]
    assert [mark for mark, _run in leashes.marked(read_runs(tmp_path))] == ["a", "b", "o"]
    for plain in (False, True):
        words = shown(tmp_path, plain=plain)
        assert "MEASURED" in words
        assert "gold was highest at step 25 (1.40, true 67%)" in words
        assert "-1.40" in words


def runs_of(golds: Sequence[float]) -> list[Run]:
    """Runs with ever smaller betas that end at these golds, each a little further away."""
    return [
        Run(
            1.0 / (n + 1),
            (Point(0, 0.0, 0.6, 0.0, 75), Point(120, 1.0 + n, gold, 1.0 + n, 75)),
            LEASHED,
        )
        for n, gold in enumerate(golds)
    ]


@pytest.mark.parametrize(
    ("golds", "course"),
    [
        ((1.0, 1.04, 0.98, 1.05), "hardly change"),
        ((1.0, 1.3, 1.5, 1.6), "rise all the way"),
        ((1.0, 1.5, 1.6, 1.55), "rise, then stay about as high"),
        ((1.0, 1.5, 1.2, 0.4), "rise, then fall"),
        ((1.5, 1.2, 1.0, 0.4), "fall all the way"),
        ((1.5, 1.55, 1.0, 0.4), "stay about as high, then fall"),
        ((0.86, 0.91, 0.87, 0.78), "stay about as high, then fall"),
        ((1.5, 1.0, 1.2, 1.45), "fall, then come back"),
        ((1.5, 1.0, 1.2, 1.35), "fall, then come back"),
    ],
)
def test_what_gold_is_said_to_do_is_what_it_does(golds: Sequence[float], course: str) -> None:
    same = runs_of(golds)
    assert leashes.course_of_gold(same) == course
    assert f": {course}." in " ".join(leashes.what_beta_does(same))


def test_a_loose_leash_is_blamed_only_where_its_own_run_fell() -> None:
    held = " ".join(leashes.what_beta_does(runs_of((1.0, 1.2))))
    assert "a low beta alone had not ruined the answers" in held
    fell = [*runs_of((1.0, 1.2)), *runs_of((1.0, 1.2, 0.1))[2:]]
    assert "In the loosest of them gold was highest at step 0 (0.60) and then fell" in " ".join(
        leashes.what_beta_does(fell)
    )


@pytest.mark.parametrize(
    ("gold", "said"),
    [(1.0, "about the same. Here an earlier stop buys what a leash buys"),
     (1.4, "more for the early stop"), (0.7, "less for the early stop")],
)  # fmt: skip
def test_an_early_stop_is_held_against_the_leashed_run_at_its_distance(
    gold: float, said: str
) -> None:
    points = (Point(0, 0, 0.6, 0.0, 75), Point(10, 1, gold, 2.1, 75), Point(30, 2, -0.4, 22, 5))
    over = Run(0.0, points, {"rate": 1e-3})
    assert said in leashes.stopped_early(over, runs_of((0.9, 1.0)))


def test_a_run_that_only_fell_could_not_have_been_saved_by_a_stop() -> None:
    points = (Point(0, 0, 0.6, 0.0, 75), Point(10, 1, 0.3, 2.1, 75), Point(30, 2, -0.4, 22, 5))
    some = [*runs_of((0.9, 1.0)), Run(0.0, points, {"rate": 1e-3})]
    words = " ".join(leashes.what_went_astray(some))
    assert "no stop would have saved anything" in words
    assert "early stop" not in words


def test_a_run_that_differs_in_more_than_beta_is_said_to_be_no_fair_comparison() -> None:
    words = shown(WEIGHTS / "logs")
    assert "Run o is no fair comparison" in words
    assert "learning rate 0.0005 instead of 0.0004" in words
    assert len(alike(read_runs(WEIGHTS / "logs"))) >= 3


def test_runs_that_differ_in_beta_alone_are_compared_without_a_word(tmp_path: Path) -> None:
    write_logs(tmp_path)
    (tmp_path / "over-optimised.json").unlink()
    assert "no fair comparison" not in shown(tmp_path)


def test_without_logs_nothing_is_said_to_be_measured(tmp_path: Path) -> None:
    words = shown(tmp_path / "none", guess=guessing(0))
    assert "MEASURED" not in words
    assert "logs of its training are not here" in words


def test_the_faces_that_the_runs_made_are_heard() -> None:
    stage = stage_of("List three birds.")
    leashes.run(leashes.Settings(), stage)
    assert sum("List three birds." in note for note in stage.transcript) >= 3
