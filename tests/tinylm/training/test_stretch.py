"""A further stretch: the finished base reads on, and its file says how much it has read in all."""

import json
from pathlib import Path

import pytest

from tutor.tinylm import safetensors, tokenizer
from tutor.tinylm.shape import Shape
from tutor.tinylm.training import base, stretch, tokens
from tutor.tinylm.training.base import Plan, new_run
from tutor.tinylm.training.stretch import RISE, Stretch
from tutor.tinylm.world import corpus
from tutor.tinylm.world.editions import THIRD

READ = 5_000
STEP = base.ROWS * 128


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    """A base of the third edition that has read `READ` tokens."""
    documents = corpus.documents(1, THIRD.documents)
    words = tokenizer.train([next(documents) for _ in range(100)], 400)
    words.save(tmp_path / "tokenizer.json")
    shape = Shape(vocabulary=404, width=32, layers=1, heads=2, context=128)
    plan = Plan(tmp_path, shape, None, READ, READ, edition=THIRD.number)
    run = new_run(plan)
    run.tokens, run.loss = READ, 6.0
    base.save_weights(plan, run, tmp_path / "base.safetensors")
    return tmp_path


def test_the_base_reads_on_where_it_was(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "VALIDATION_TOKENS", 3_000)
    out, steps = tmp_path / "out", 12
    stretch.main(
        [
            f"--base={finished}",
            f"--out={out}",
            f"--tokens={steps * STEP}",
            "--stretch=2",
            "--threads=1",
            "--no-compile",
        ]
    )
    records = [json.loads(line) for line in (out / "log.jsonl").read_text("utf-8").splitlines()]
    about = safetensors.read(out / "base.safetensors")[1]
    assert records[0]["plan"]["after"] == READ
    assert about["tokens"] == str(records[-1]["tokens"]) == str(READ + steps * STEP)
    assert about["edition"] == "3"
    before, after = (safetensors.read(one / "base.safetensors")[0] for one in (finished, out))
    assert any((before[name] != after[name]).any() for name in before)


def test_the_rate_rises_to_its_height_and_falls_to_next_to_nothing() -> None:
    shape = Shape(vocabulary=404, width=32, layers=1, heads=2, context=128)
    plan = Stretch(Path(), shape, None, READ, READ, height=0.4)
    assert plan.rate(0) < 0.01 < plan.rate(RISE) <= 0.4
    assert plan.rate(0.5) == pytest.approx(0.2)
    assert plan.rate(1) == pytest.approx(0.4 * 0.02)
