"""Weights as they are shipped: whole, or as the difference from a file beside them.

Fine-tuning moves most weights a little. That little, rounded to int8, takes half the bytes of fp16,
and the sum says the same token as the original far more often than weights rounded whole.
"""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from tutor.tinylm import safetensors
from tutor.tinylm.safetensors import GROUP, Float32

OVER = "over"
"""In a file's text: the name of the file beside it to whose weights these are to be added."""


def difference(weights: Mapping[str, Float32], base: Mapping[str, Float32]) -> dict[str, Float32]:
    """What must be added to the base's weights; what the base lacks stays whole."""
    return {
        name: weight - base[name] if name in base else weight for name, weight in weights.items()
    }


def kind_for(weights: Mapping[str, Float32]) -> str:
    """How to store weights small: "I8" if every matrix falls into whole groups, else "F16"."""
    even = all(weight.shape[-1] % GROUP == 0 for weight in weights.values())
    return "I8" if even else "F16"


def read_weights(path: Path) -> tuple[dict[str, Float32], dict[str, str]]:
    """The fp32 weights of a shipped file and the text about them; OSError if a file is missing."""
    tensors, about = safetensors.read(path)
    weights = safetensors.unpack(tensors)
    if OVER not in about:
        return weights, about
    base, _ = read_weights(path.with_name(about[OVER]))
    added = {name: base[name] + weight for name, weight in weights.items() if name in base}
    return base | weights | added, about


def write_whole(path: Path, weights: Mapping[str, Float32], about: Mapping[str, str],
                kind: str) -> None:  # fmt: skip
    """Write weights as "F16" or "I8"."""
    safetensors.write(path, safetensors.pack(weights, kind), about)


def write_over(path: Path, weights: Mapping[str, Float32], about: Mapping[str, str],
               base: Path, left_out: Collection[str] = ()) -> None:  # fmt: skip
    """Write weights as int8 differences from the file `base`, which must lie beside `path`.

    Those in `left_out` are not written: training left them alone, so the base's will do.
    """
    below, _ = read_weights(base)
    written = {name: weight for name, weight in weights.items() if name not in left_out}
    packed: dict[str, NDArray[Any]] = safetensors.pack(difference(written, below), "I8")
    safetensors.write(path, packed, {**about, OVER: base.name})
