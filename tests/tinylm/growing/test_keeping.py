"""A model that was grown is there the next day, and an old one is not lost to a new one."""

from pathlib import Path

import numpy as np
import pytest

from tests.tinylm.growing import small
from tutor.errors import TutorError
from tutor.tinylm.growing.keeping import MASK, RAW, TOKENIZER, Nursery
from tutor.tinylm.growing.recipe import Recipe
from tutor.tinylm.model import forward

BOOK = small.book(20_000)


def kept(data: Path, name: str = "mine", seed: int = 1) -> Nursery:
    growing = small.growing(Recipe(steps=1, seed=seed), some=BOOK)
    transformer = growing.transformer.transformer
    about = {**transformer.shape.as_text(), "seed": str(seed), "loss_transformer": "0.5"}
    nursery = Nursery(data)
    nursery.keep(name, BOOK.tokenizer, transformer.stored(), about)
    return nursery


def test_a_kept_model_says_the_same_as_before(tmp_path: Path) -> None:
    mine = kept(tmp_path).load()
    grown = small.growing(Recipe(steps=1), some=BOOK).transformer.transformer.grown()
    tokens = BOOK.tokenizer.encode("The owl eats mice.")
    assert mine.tokenizer.encode("The owl eats mice.") == tokens
    np.testing.assert_allclose(forward(mine.raw, tokens), forward(grown, tokens), atol=1e-6)
    assert mine.about["loss_transformer"] == "0.5"
    assert mine.mask is None


def test_the_model_before_is_kept_once_more(tmp_path: Path) -> None:
    kept(tmp_path, seed=1)
    nursery = kept(tmp_path, seed=2)
    assert nursery.names() == ["mine", "mine-before"]
    assert nursery.load("mine").about["seed"] == "2"
    assert nursery.load("mine-before").about["seed"] == "1"


def test_a_mask_lies_beside_the_raw_model(tmp_path: Path) -> None:
    nursery = kept(tmp_path)
    raw = nursery.load().raw
    weights = small.growing(Recipe(steps=1), some=BOOK).transformer.transformer.stored()
    weights["norm"] = weights["norm"] * 2
    nursery.put_mask_on("mine", weights, raw.shape.as_text())
    mine = nursery.load()
    assert mine.mask is not None
    assert mine.mask.norm[0] == 2 * mine.raw.norm[0]


def test_where_there_is_none_it_is_said_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(TutorError) as caught:
        Nursery(tmp_path).load()
    assert "tutor train" in caught.value.hint
    nursery = kept(tmp_path, "novel")
    with pytest.raises(TutorError) as caught:
        nursery.load("other")
    assert "novel" in caught.value.hint


@pytest.mark.parametrize("name", ["", "../mine", "Mine", "a/b", "-x", ".hidden", "x" * 41])
def test_a_name_that_could_leave_the_folder_is_none(tmp_path: Path, name: str) -> None:
    with pytest.raises(TutorError, match="cannot be named"):
        Nursery(tmp_path).folder(name)


@pytest.mark.parametrize(
    ("file", "data"),
    [(RAW, b""), (RAW, b"\xff" * 100), (TOKENIZER, b"{}"), (TOKENIZER, b"\x00"), (MASK, b"no")],
)
def test_a_damaged_file_is_told_with_a_way_on(tmp_path: Path, file: str, data: bytes) -> None:
    nursery = kept(tmp_path)
    (nursery.folder("mine") / file).write_bytes(data)
    with pytest.raises(TutorError) as caught:
        nursery.load()
    assert "cannot be read" in caught.value.message
    assert "tutor train" in caught.value.hint


def test_a_folder_that_cannot_be_written_is_told_and_loses_nothing(tmp_path: Path) -> None:
    kept(tmp_path)
    (tmp_path / "grown" / ".mine.new").write_text("a file where a folder should be")
    with pytest.raises(TutorError, match="cannot be kept"):
        kept(tmp_path, seed=2)
    assert Nursery(tmp_path).load().about["seed"] == "1"
