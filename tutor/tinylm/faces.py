"""The shipped model in its four faces, and where their files lie."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import msgspec

from tutor.errors import TutorError
from tutor.tinylm import judge
from tutor.tinylm.judge import Judge
from tutor.tinylm.model import Model, load
from tutor.tinylm.tokenizer import Tokenizer

WEIGHTS = Path(__file__).parent / "weights"

LADDER = WEIGHTS / "ladder.json"
"""What was measured of raw models of several sizes; their weights lie in `ladder/`."""

FACES = ("base", "sft", "rlhf", "over-optimised")
"""The raw model; fine-tuned; tuned on preferences; tuned on them without restraint."""

FURTHER = ("early-stopped", "sycophantic", "checked")
"""Others made from SFT, from the third edition on: RLHF without restraint, but ended in time; tuned
for raters who like to be agreed with; tuned on rewards that code checks."""


@contextmanager
def shipped(path: Path) -> Iterator[Path]:
    """Read a file that came with the package; TutorError where it is missing or damaged."""
    try:
        yield path
    except (OSError, ValueError, KeyError, TypeError, OverflowError, msgspec.DecodeError) as error:
        raise TutorError(
            f"a file of the built-in model is missing or damaged: {path}",
            hint="install the tutor anew",
        ) from error


@cache
def load_tokenizer() -> Tokenizer:
    """The tokenizer that all faces share; TutorError where it cannot be had."""
    with shipped(WEIGHTS / "tokenizer.json") as path:
        return Tokenizer.load(path)


@cache
def load_face(name: str) -> Model:
    """A face by its name in `FACES`; TutorError where it cannot be had."""
    with shipped(WEIGHTS / f"{name}.safetensors") as path:
        return load(path)


def is_shipped(name: str) -> bool:
    """Whether the box has such a face, or whatever else has weights of this name."""
    return (WEIGHTS / f"{name}.safetensors").is_file()


@cache
def load_judge() -> Judge:
    """The reward model; TutorError where it cannot be had."""
    with shipped(WEIGHTS / "reward.safetensors") as path:
        return judge.load(path)


def growth() -> tuple[tuple[int, Path], ...]:
    """Pictures of the raw model growing up: tokens read by then, in thousands, and the file."""
    paths = sorted((WEIGHTS / "growth").glob("*.safetensors"))
    return tuple((int(path.stem.rstrip("k")), path) for path in paths)


@cache
def load_ladder_tokenizer() -> Tokenizer:
    """The tokenizer of the ladder: its own, where it was trained for an older edition."""
    own = WEIGHTS / "ladder" / "tokenizer.json"
    if not own.is_file():
        return load_tokenizer()
    with shipped(own) as path:
        return Tokenizer.load(path)


@cache
def load_rung(name: str) -> Model:
    """A raw model of another size, by its name in the ladder; TutorError where it cannot be had."""
    with shipped(WEIGHTS / "ladder" / f"{name}.safetensors") as path:
        return load(path)
