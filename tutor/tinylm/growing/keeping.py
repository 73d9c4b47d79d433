"""Where models that the learner grew are kept: a folder each, of files like those in the box.

grown/mine/raw.safetensors      the weights, with the recipe and the losses in words
grown/mine/mask.safetensors     the same after the demonstrations, if there were any
grown/mine/tokenizer.json       its own tokenizer
"""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tutor.errors import TutorError
from tutor.tinylm import packing
from tutor.tinylm.model import Model, from_weights
from tutor.tinylm.packing import read_weights
from tutor.tinylm.safetensors import Float32
from tutor.tinylm.shape import Shape
from tutor.tinylm.tokenizer import Tokenizer

MINE = "mine"
FOLDER = "grown"
BEFORE = "-before"
"""Behind the name of the one whose place a new model took."""
RAW, MASK, TOKENIZER = "raw.safetensors", "mask.safetensors", "tokenizer.json"
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A model that the learner grew."""

    name: str
    raw: Model
    mask: Model | None
    tokenizer: Tokenizer
    about: Mapping[str, str]
    """What it read, its recipe, and its losses, as they were written down."""


@dataclass(frozen=True, slots=True)
class Nursery:
    """The folder of the learner's own models, in the data folder."""

    data: Path

    def folder(self, name: str) -> Path:
        """Where a model of this name is kept; TutorError for a name that is none."""
        if not NAME.fullmatch(name):
            hint = "use small letters, digits and hyphens, as in: my-novel"
            raise TutorError(f"a model cannot be named {name!r}", hint=hint)
        return self.data / FOLDER / name

    def names(self) -> list[str]:
        """The names of all models that are kept."""
        return sorted(path.parent.name for path in (self.data / FOLDER).glob(f"*/{RAW}"))

    def keep(
        self,
        name: str,
        tokenizer: Tokenizer,
        weights: Mapping[str, Float32],
        about: Mapping[str, str],
    ) -> Path:
        """Keep a raw model; one that had the name is kept under another. All of it or nothing."""
        folder = self.folder(name)
        fresh = folder.with_name(f".{name}.new")
        try:
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(parents=True)
            tokenizer.save(fresh / TOKENIZER)
            packing.write_whole(fresh / RAW, weights, about, "F32")
            _make_way(folder)
            fresh.rename(folder)
        except OSError as error:
            raise _unwritable(folder, error) from error
        return folder

    def put_mask_on(
        self, name: str, weights: Mapping[str, Float32], about: Mapping[str, str]
    ) -> Path:
        """Keep the fine-tuned weights beside the raw ones."""
        path = self.folder(name) / MASK
        fresh = path.with_suffix(".new")
        try:
            packing.write_whole(fresh, weights, about, "F32")
            fresh.replace(path)
        except OSError as error:
            raise _unwritable(path, error) from error
        return path

    def load(self, name: str = MINE) -> Kept:
        """A model that was kept; TutorError where there is none, or none that can be read."""
        folder = self.folder(name)
        if not (folder / RAW).exists():
            raise TutorError(f"there is no model of yours named {name}", hint=self._instead(name))
        try:
            raw, about = _read(folder / RAW)
            masked = folder / MASK
            mask = _read(masked)[0] if masked.exists() else None
            tokenizer = Tokenizer.load(folder / TOKENIZER)
        except (OSError, ValueError, KeyError, TypeError, OverflowError) as error:
            hint = f"delete that folder and grow it again: tutor train{_option(name)}"
            raise TutorError(f"the model in {folder} cannot be read", hint=hint) from error
        return Kept(name, raw, mask, tokenizer, about)

    def _instead(self, name: str) -> str:
        grow = f"grow one, in a minute: tutor train{_option(name)}"
        return f"{grow}; you have: {', '.join(self.names())}" if self.names() else grow


def _option(name: str) -> str:
    return "" if name == MINE else f" --name {name}"


def _read(path: Path) -> tuple[Model, dict[str, str]]:
    weights, about = read_weights(path)
    return from_weights(weights, Shape.from_text(about)), about


def _make_way(folder: Path) -> None:
    if folder.exists():
        before = folder.with_name(folder.name + BEFORE)
        shutil.rmtree(before, ignore_errors=True)
        folder.rename(before)


def _unwritable(path: Path, error: OSError) -> TutorError:
    said = f"the model cannot be kept in {path}: {error.strerror or error}"
    return TutorError(
        said, hint="make room there, or choose another folder with TUTOR_HOME{os.sep}"
    )
