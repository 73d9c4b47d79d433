"""Scores of a model that knows nothing, and the arithmetic of intervals."""

from pathlib import Path

import pytest

from tests.tinylm import small
from tutor.tinylm import safetensors
from tutor.tinylm.measuring import scores
from tutor.tinylm.measuring.scores import WAYS, Score, answers, as_line
from tutor.tinylm.shape import Shape
from tutor.tinylm.tokenizer import train
from tutor.tinylm.world import probes

TOKENIZER = train(["hello world"], 260)
SHAPE = Shape(vocabulary=len(TOKENIZER), width=32, layers=1, heads=4, context=256)


def test_the_interval_is_wilsons() -> None:
    low, high = Score("x", 8, 10).interval
    assert low == pytest.approx(0.490, abs=0.001)
    assert high == pytest.approx(0.943, abs=0.001)


def test_an_interval_never_leaves_0_to_1() -> None:
    assert Score("x", 0, 5).interval[0] == 0
    assert Score("x", 5, 5).interval[1] == 1


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_model_that_knows_nothing_is_always_wrong(way: scores.Way) -> None:
    ignorant = small.model(SHAPE)
    some = probes.reversal_probes()[:3]
    assert not any(answer.right for answer in answers(ignorant, TOKENIZER, some, way))


def test_the_command_prints_a_line_for_every_kind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    TOKENIZER.save(tmp_path / "tokenizer.json")
    packed = safetensors.pack(small.weights(SHAPE), "F16")
    safetensors.write(tmp_path / "a.safetensors", packed, SHAPE.as_text())
    scores.main([str(tmp_path / "a.safetensors"), "--each", "1", "--how", "chat"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1].startswith("all")
    assert len(lines) > 20


def test_a_line_shows_share_interval_and_number() -> None:
    assert as_line(Score("sum-1", 8, 10)) == "sum-1            80.0 %  [ 49.0,  94.3]  n=10"
