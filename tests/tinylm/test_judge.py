"""The reward model as it is shipped."""

from pathlib import Path

import numpy as np
import pytest

from tests.tinylm import small
from tutor.tinylm import judge, model, packing

DIRECTION = np.linspace(-1, 1, small.SHAPE.width, dtype=np.float32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    weights = {**small.weights(), "direction": DIRECTION, "middle": np.array([0.5], np.float32)}
    packing.write_whole(tmp_path / "judge.safetensors", weights, small.SHAPE.as_text(), "F32")
    return tmp_path / "judge.safetensors"


def test_a_score_is_the_last_state_along_the_direction(path: Path) -> None:
    tokens, trace = [3, 1, 4, 1, 5], model.Trace()
    found = judge.load(path)
    model.forward(found.model, tokens, trace=trace)
    state = model.rms_norm(trace.stream[-1], found.model.norm)[-1]
    assert judge.score(found, tokens) == pytest.approx(float(state @ DIRECTION) - 0.5, abs=1e-5)


def test_a_score_hangs_on_the_reply_and_not_on_what_comes_after(path: Path) -> None:
    found = judge.load(path)
    assert judge.score(found, [3, 1, 4]) != judge.score(found, [3, 1, 5])
    assert judge.score(found, [3, 1, 4]) == judge.score(found, [3, 1, 4])


def test_a_model_that_is_no_judge_is_told_from_one(tmp_path: Path) -> None:
    plain = tmp_path / "plain.safetensors"
    packing.write_whole(plain, small.weights(), small.SHAPE.as_text(), "F32")
    with pytest.raises(KeyError):
        judge.load(plain)
