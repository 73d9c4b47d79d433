"""A base run in small: it learns, it can be stopped and resumed, it can be repeated."""

import json
from pathlib import Path

import numpy as np
import pytest

from tutor.tinylm import model, safetensors
from tutor.tinylm.shape import Shape
from tutor.tinylm.tokenizer import Tokenizer, train
from tutor.tinylm.training import base
from tutor.tinylm.training.base import Plan, learning_rate, new_run
from tutor.tinylm.training.tokens import batch, write_tokens
from tutor.tinylm.world import corpus

STEP = base.ROWS * 128


def plan_in(folder: Path, steps: int) -> Plan:
    shape = Shape(vocabulary=404, width=32, layers=1, heads=2, context=128)
    return Plan(folder, shape, None, steps * STEP, 100_000, compile=False)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tokenizer, np.ndarray]:
    folder = tmp_path_factory.mktemp("tokens")
    documents = corpus.documents(1)
    tokenizer = train([next(documents) for _ in range(100)], 400)
    write_tokens(folder / "a.tokens", tokenizer, 2, 100_000)
    return tokenizer, np.fromfile(folder / "a.tokens", np.uint16)


def weights_of(path: Path) -> dict[str, np.ndarray]:
    return safetensors.read(path)[0]


def test_a_short_run_learns_and_leaves_its_files(
    tmp_path: Path, prepared: tuple[Tokenizer, np.ndarray]
) -> None:
    tokenizer, tokens = prepared
    plan = plan_in(tmp_path, 40)
    base.train(plan, new_run(plan), tokenizer, (tokens, tokens))
    records = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert records[-1]["validation"] < records[0]["validation"] - 1
    assert records[-1]["tokens"] == 40 * STEP
    assert set(records[-1]["probes"]) >= {"animal", "sum-2", "thing-moved", "one-way"}
    assert model.load(tmp_path / "base.safetensors").shape == plan.shape
    assert list(tmp_path.glob("snapshot-*.safetensors"))


def test_a_resumed_run_ends_where_an_unbroken_one_does(
    tmp_path: Path, prepared: tuple[Tokenizer, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    tokenizer, tokens = prepared
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    whole.mkdir()
    broken.mkdir()
    plan = plan_in(whole, 8)
    base.train(plan, new_run(plan), tokenizer, (tokens, tokens))
    plan = plan_in(broken, 8)
    run = new_run(plan)
    monkeypatch.setattr(base, "CHECKPOINT_SECONDS", 0.0)

    class CutError(Exception):
        """The power goes."""

    def cut(_plan: Plan, run: base.Run) -> bool:
        if run.step == 5:
            raise CutError
        return False

    with monkeypatch.context() as patch:
        patch.setattr(base, "keep_snapshots", cut)
        with pytest.raises(CutError):
            base.train(plan, run, tokenizer, (tokens, tokens))
    resumed = new_run(plan)
    resumed.load(broken / "checkpoint.pt")
    assert resumed.step == 5
    base.train(plan, resumed, tokenizer, (tokens, tokens))
    ends = [weights_of(folder / "base.safetensors") for folder in (whole, broken)]
    for name in ends[0]:
        np.testing.assert_array_equal(ends[0][name], ends[1][name])


def test_the_rate_rises_stays_and_falls() -> None:
    rates = [learning_rate(done / 100) for done in range(101)]
    assert rates[0] < 0.1
    assert rates[10] == rates[50] == 1
    assert rates[100] == pytest.approx(0.02)
    assert rates[60:] == sorted(rates[60:], reverse=True)


def test_the_same_seed_gives_the_same_windows() -> None:
    tokens = np.arange(1000, dtype=np.uint16)
    first, again, other = (batch(tokens, 4, 9, (0, step)) for step in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()
    assert (np.diff(first, axis=1) == 1).all()


def test_a_plan_is_read_from_the_command_line(tmp_path: Path) -> None:
    plan, resume = base.read_plan(["--out", str(tmp_path), "--minutes", "2", "--width", "64"])
    assert plan.shape.width == 64
    assert plan.minutes == 2
    assert not resume
