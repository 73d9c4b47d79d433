"""A model that the learner grew can be looked into like the ones in the box."""

from pathlib import Path
from random import Random

import numpy as np
import pytest

from tests.looking.benches import done
from tutor.errors import TutorError
from tutor.looking.bench import Bench
from tutor.looking.deeds import Deed
from tutor.looking.opening import opened_bench
from tutor.looking.sight import Pane
from tutor.tinylm.growing.keeping import Nursery
from tutor.tinylm.model import Array
from tutor.tinylm.shape import Shape
from tutor.tinylm.tokenizer import Tokenizer

SMALL = Shape(vocabulary=260, width=16, layers=1, heads=2, context=24)
"""A vocabulary of bytes and marks alone, and less room than our pages take."""


def weights(seed: int = 0) -> dict[str, Array]:
    chance = np.random.default_rng(seed)
    width, block = SMALL.width, "blocks.0."
    sizes: dict[str, tuple[int, ...]] = {
        "embedding": (SMALL.vocabulary, width), "norm": (width,),
        f"{block}attention_norm": (width,), f"{block}qkv": (3 * width, width),
        f"{block}out": (width, width), f"{block}mlp_norm": (width,),
        f"{block}up": (4 * width, width), f"{block}down": (width, 4 * width),
    }  # fmt: skip
    return {name: chance.normal(0, 0.3, size).astype(np.float32) for name, size in sizes.items()}


def opened(folder: Path, name: str, text: str = "ab") -> Bench:
    return opened_bench(name, text, 1, folder / "notebook.md", Nursery(folder))[0]


def keep(folder: Path, some: dict[str, Array]) -> Nursery:
    nursery = Nursery(folder)
    nursery.keep("mine", Tokenizer([]), some, SMALL.as_text())
    return nursery


def test_one_that_was_grown_is_opened_part_by_part(tmp_path: Path) -> None:
    keep(tmp_path, weights())
    bench = opened(tmp_path, "mine")
    assert bench.speaker.title == "grown by you, raw"
    assert bench.reading.labels == ("(start)", "a", "b")
    bench.see(Pane.PARTS)
    done(bench, Deed.TAKE_OUT)
    assert bench.reading.losses is not None
    assert "No direction is known" in done(bench, Deed.PUSH).note
    done(bench, *[Deed.WRITE] * 3)
    assert done(bench, Deed.MODEL).speaker.name == "raw"


def test_its_mask_can_be_looked_into_once_it_has_one(tmp_path: Path) -> None:
    nursery = keep(tmp_path, weights())
    with pytest.raises(TutorError, match="no mask yet") as caught:
        opened(tmp_path, "mine-mask")
    assert "tutor train --mask" in caught.value.hint
    nursery.put_mask_on("mine", weights(1), SMALL.as_text())
    bench = opened(tmp_path, "mine-mask")
    assert bench.reading.labels[-1] == "(reply)"
    assert done(opened(tmp_path, "mine"), Deed.MODEL).speaker.name == "mine-mask"


def test_without_one_it_says_how_to_grow_it(tmp_path: Path) -> None:
    with pytest.raises(TutorError, match="no model of yours") as caught:
        opened(tmp_path, "mine")
    assert "tutor train" in caught.value.hint


def test_one_whose_training_ran_off_is_refused_in_words(tmp_path: Path) -> None:
    keep(tmp_path, {name: np.full_like(part, np.nan) for name, part in weights().items()})
    with pytest.raises(TutorError, match="no numbers"):
        opened(tmp_path, "mine")


def test_a_text_beyond_its_small_context_is_refused(tmp_path: Path) -> None:
    keep(tmp_path, weights())
    with pytest.raises(TutorError, match="this view shows 23"):
        opened(tmp_path, "mine", "a" * 40)
    bench = opened(tmp_path, "mine", "a" * 22)
    bench.rng = Random(2)
    assert "this view shows" in done(bench, *[Deed.WRITE] * 9).note
