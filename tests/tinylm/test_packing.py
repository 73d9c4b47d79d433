"""Weights that are stored as the difference from others."""

from pathlib import Path

import numpy as np
import pytest

from tests.tinylm import small
from tutor.tinylm import packing
from tutor.tinylm.packing import Same
from tutor.tinylm.shape import Shape

ABOUT = small.SHAPE.as_text()


def near(weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    moved = small.weights(seed=1)
    return {name: weight + np.float32(0.01) * moved[name] for name, weight in weights.items()}


def test_a_difference_comes_back_nearer_than_the_whole_would(tmp_path: Path) -> None:
    base, close = small.weights(), near(small.weights())
    packing.write_whole(tmp_path / "base.safetensors", base, ABOUT, "F16")
    packing.write_over(tmp_path / "a.safetensors", close, ABOUT, tmp_path / "base.safetensors")
    packing.write_whole(tmp_path / "b.safetensors", close, ABOUT, "I8")
    over, whole = (packing.read_weights(tmp_path / f"{name}.safetensors")[0] for name in "ab")
    for name, weight in close.items():
        if weight.ndim > 1:
            assert np.abs(over[name] - weight).max() < 0.1 * np.abs(whole[name] - weight).max()


def test_a_difference_takes_half_the_bytes(tmp_path: Path) -> None:
    base = tmp_path / "base.safetensors"
    packing.write_whole(base, small.weights(), ABOUT, "F16")
    packing.write_over(tmp_path / "a.safetensors", near(small.weights()), ABOUT, base)
    assert (tmp_path / "a.safetensors").stat().st_size < 0.65 * base.stat().st_size


def test_a_difference_without_its_base_is_no_model(tmp_path: Path) -> None:
    base = tmp_path / "base.safetensors"
    packing.write_whole(base, small.weights(), ABOUT, "F16")
    packing.write_over(tmp_path / "a.safetensors", small.weights(), ABOUT, base)
    base.unlink()
    with pytest.raises(FileNotFoundError):
        packing.read_weights(tmp_path / "a.safetensors")


@pytest.mark.parametrize(("width", "kind"), [(16, "F16"), (32, "I8"), (48, "F16"), (64, "I8")])
def test_a_width_that_leaves_half_a_group_is_kept_in_fp16(width: int, kind: str) -> None:
    assert packing.kind_for(small.weights(Shape(64, width, 1, 2, 32))) == kind


def test_what_training_left_alone_is_stored_once_and_read_from_the_other_file(
    tmp_path: Path,
) -> None:
    base, sft, tuned = (tmp_path / f"{name}.safetensors" for name in ("base", "sft", "tuned"))
    packing.write_whole(base, small.weights(), ABOUT, "F16")
    packing.write_over(sft, near(small.weights()), ABOUT, base)
    same = Same(sft, frozenset({"embedding"}))
    packing.write_over(tuned, small.weights(), ABOUT, base, same)
    assert tuned.stat().st_size < sft.stat().st_size
    other, read = (packing.read_weights(path)[0] for path in (sft, tuned))
    assert np.array_equal(read["embedding"], other["embedding"])
    assert not np.array_equal(read["norm"], other["norm"])
    assert set(read) == set(other)


def test_what_the_file_below_lacks_is_kept_whole(tmp_path: Path) -> None:
    base, judge = tmp_path / "base.safetensors", tmp_path / "judge.safetensors"
    packing.write_whole(base, small.weights(), ABOUT, "F16")
    direction = np.arange(32, dtype=np.float32)
    packing.write_over(judge, {**small.weights(), "direction": direction}, ABOUT, base)
    assert np.array_equal(packing.read_weights(judge)[0]["direction"], direction)
