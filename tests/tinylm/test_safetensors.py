"""Weights on disk."""

import json
from pathlib import Path

import numpy as np

from tutor.tinylm import safetensors


def test_tensors_and_text_come_back(tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    tensors: dict[str, np.ndarray] = {
        "a": np.arange(6, dtype=np.float32).reshape(2, 3),
        "b": np.array([1, -2], np.int8),
        "c": np.array([0.5], np.float16),
    }
    safetensors.write(path, tensors, {"who": "me"})
    back, about = safetensors.read(path)
    assert about == {"who": "me"}
    assert back.keys() == tensors.keys()
    for name, tensor in tensors.items():
        assert back[name].dtype == tensor.dtype
        np.testing.assert_array_equal(back[name], tensor)


def test_the_file_is_laid_out_as_the_format_says(tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    safetensors.write(path, {"a": np.zeros((2, 2), np.float16)}, {})
    data = path.read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    assert length % 8 == 0
    assert header["a"] == {"dtype": "F16", "shape": [2, 2], "data_offsets": [0, 8]}
    assert len(data) == 8 + length + 8


def test_int8_is_off_by_half_a_step_at_most() -> None:
    weight = np.random.default_rng(0).normal(size=(8, 64)).astype(np.float32)
    steps, scales = safetensors.quantised(weight)
    error = np.abs(safetensors.dequantised(steps, scales) - weight)
    step = np.repeat(scales.astype(np.float32), safetensors.GROUP, axis=1)
    assert scales.shape == (8, 2)
    assert (error <= 0.51 * step).all()


def test_a_group_of_zeros_stays_zero() -> None:
    zeros = np.zeros((2, 32), np.float32)
    np.testing.assert_array_equal(safetensors.dequantised(*safetensors.quantised(zeros)), zeros)
