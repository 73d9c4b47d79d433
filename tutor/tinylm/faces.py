"""The shipped model in its four faces, and where their files lie."""

from functools import cache
from pathlib import Path

from tutor.tinylm.model import Model, load
from tutor.tinylm.tokenizer import Tokenizer

WEIGHTS = Path(__file__).parent / "weights"

LADDER = WEIGHTS / "ladder.json"
"""What was measured of raw models of several sizes; their weights lie in `ladder/`."""

FACES = ("base", "sft", "rlhf", "over-optimised")
"""The raw model; fine-tuned; tuned on preferences; tuned on them without restraint."""


@cache
def load_tokenizer() -> Tokenizer:
    """The tokenizer that all faces share."""
    return Tokenizer.load(WEIGHTS / "tokenizer.json")


@cache
def load_face(name: str) -> Model:
    """A face by its name in `FACES`; OSError where the installation lacks its file."""
    return load(WEIGHTS / f"{name}.safetensors")


def growth() -> tuple[tuple[int, Path], ...]:
    """Pictures of the raw model growing up: tokens read by then, in thousands, and the file."""
    paths = sorted((WEIGHTS / "growth").glob("*.safetensors"))
    return tuple((int(path.stem.rstrip("k")), path) for path in paths)


@cache
def load_rung(name: str) -> Model:
    """A raw model of another size, by its name in the ladder; OSError where it is not shipped."""
    return load(WEIGHTS / "ladder" / f"{name}.safetensors")
