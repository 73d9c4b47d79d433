"""Weights as they are shipped: whole, or as the difference from a file beside them.

Fine-tuning moves most weights a little. That little, rounded to int8, takes half the bytes of fp16,
and the sum says the same token as the original far more often than weights rounded whole.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from tutor.tinylm import safetensors
from tutor.tinylm.safetensors import GROUP, Float32

OVER = "over"
"""In a file's text: the name of the file beside it to whose weights these are to be added."""


SAME = "same"
"""In a file's text: the name of the file beside it that holds the differences missing here."""


@dataclass(frozen=True, slots=True)
class Same:
    """Weights that further tuning left alone, and the file that holds them already."""

    path: Path
    names: frozenset[str]


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
    if SAME in about:
        weights |= differences_in(path.with_name(about[SAME]), base.keys() - weights.keys())
    added = {name: base[name] + weight for name, weight in weights.items() if name in base}
    return base | weights | added, about


def differences_in(path: Path, names: Collection[str]) -> dict[str, Float32]:
    """Some of the differences that another file over the same base holds; OSError without it."""
    tensors, _ = safetensors.read(path)
    return safetensors.unpack(
        {name: tensor for name, tensor in tensors.items() if name.removesuffix(".scale") in names}
    )


def write_whole(path: Path, weights: Mapping[str, Float32], about: Mapping[str, str],
                kind: str) -> None:  # fmt: skip
    """Write weights as "F16" or "I8"."""
    safetensors.write(path, safetensors.pack(weights, kind), about)


def write_over(path: Path, weights: Mapping[str, Float32], about: Mapping[str, str],
               base: Path, same: Same | None = None) -> None:  # fmt: skip
    """Write weights as int8 differences from the file `base`, which must lie beside `path`.

    Those that are the same as in another file over that base are not written once more.
    """
    below, _ = read_weights(base)
    left_out = same.names if same else frozenset[str]()
    written = {name: weight for name, weight in weights.items() if name not in left_out}
    packed: dict[str, NDArray[Any]] = safetensors.pack(difference(written, below), "I8")
    there = {SAME: same.path.name} if same else {}
    safetensors.write(path, packed, {**about, OVER: base.name, **there})
