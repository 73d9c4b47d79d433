"""Reading and writing weights in the safetensors format, with fp16 or group-wise int8 inside.

The format: eight bytes that give the length of a JSON header, the header (name, type, shape and
place of each tensor), then the bytes (https://github.com/huggingface/safetensors#format).
"""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Float32 = NDArray[np.float32]

TYPES: dict[str, np.dtype[Any]] = {
    "F32": np.dtype("<f4"),
    "F16": np.dtype("<f2"),
    "I8": np.dtype("i1"),
}
NAMES = {dtype: name for name, dtype in TYPES.items()}
GROUP = 32
"""So many weights of a row share one scale in int8."""


def write(path: Path, tensors: Mapping[str, NDArray[Any]], about: Mapping[str, str]) -> None:
    """Write tensors and a little text about them (`__metadata__`)."""
    header: dict[str, object] = {"__metadata__": dict(about)}
    start = 0
    for name, tensor in tensors.items():
        end = start + tensor.nbytes
        header[name] = {
            "dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [start, end]
        }  # fmt: skip
        start = end
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    with path.open("wb") as file:
        file.write(len(head).to_bytes(8, "little") + head)
        for tensor in tensors.values():
            file.write(np.ascontiguousarray(tensor).tobytes())


def read(path: Path) -> tuple[dict[str, NDArray[Any]], dict[str, str]]:
    """The tensors as they are stored, and the text about them."""
    data = path.read_bytes()
    begin = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:begin])
    about = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        shape, (start, _end) = entry["shape"], entry["data_offsets"]
        flat = np.frombuffer(data, TYPES[entry["dtype"]], math.prod(shape), begin + start)
        tensors[name] = flat.reshape(shape)
    return tensors, about


def quantised(weight: Float32) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Round (rows, columns) to 255 steps per group of a row: int8 weights, fp16 scales.

    A weight is about `int8 * scale`, with one scale for every `GROUP` columns.
    """
    groups = weight.reshape(len(weight), -1, GROUP)
    largest = np.abs(groups).max(-1, keepdims=True)
    scales = np.maximum(largest / 127, 1e-7).astype(np.float16)
    steps = np.rint(groups / scales.astype(np.float32)).clip(-127, 127)
    return steps.astype(np.int8).reshape(weight.shape), scales[..., 0]


def dequantised(steps: NDArray[np.int8], scales: NDArray[np.float16]) -> Float32:
    """The inverse of `quantised`, up to its rounding."""
    groups = steps.reshape(len(steps), -1, GROUP).astype(np.float32)
    weight: Float32 = (groups * scales.astype(np.float32)[..., None]).reshape(steps.shape)
    return weight


def pack(weights: Mapping[str, Float32], kind: str) -> dict[str, NDArray[Any]]:
    """Weights as they are to be stored: `kind` is "F32", "F16" or "I8"; vectors stay F32 or F16."""
    if kind != "I8":
        return {name: weight.astype(TYPES[kind]) for name, weight in weights.items()}
    packed: dict[str, NDArray[Any]] = {}
    for name, weight in weights.items():
        if weight.ndim == 1:
            packed[name] = weight.astype(np.float16)
        else:
            packed[name], packed[name + ".scale"] = quantised(weight)
    return packed


def unpack(tensors: Mapping[str, NDArray[Any]]) -> dict[str, Float32]:
    """Stored tensors as fp32 weights."""
    weights = {}
    for name, tensor in tensors.items():
        if name.endswith(".scale"):
            continue
        scale = tensors.get(name + ".scale")
        weights[name] = tensor.astype(np.float32) if scale is None else dequantised(tensor, scale)
    return weights
