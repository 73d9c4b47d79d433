"""A ladder in small: what is finished stays, what broke off goes on."""

from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch

from tutor.tinylm.measuring import scaling
from tutor.tinylm.measuring.questions import UNASKED
from tutor.tinylm.tokenizer import train
from tutor.tinylm.training import base, ladder
from tutor.tinylm.training.ladder import Ladder, finished, plans, shape_of
from tutor.tinylm.training.preference import KEPT_OUT
from tutor.tinylm.training.tokens import write_tokens
from tutor.tinylm.world import corpus

STEP = base.ROWS * 256


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    tokenizer = train(islice(corpus.documents(1), 100), 400)
    tokenizer.save(folder / "tokenizer.json")
    write_tokens(folder / "training.tokens", tokenizer, 2, 30_000)
    write_tokens(folder / "validation.tokens", tokenizer, 3, 5_000)
    return folder


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "PROBES_EACH", 2)
    monkeypatch.setattr(base, "SNAPSHOTS", ())


def test_a_finished_rung_is_not_trained_again(run: Path, tmp_path: Path) -> None:
    small = Ladder(run, tmp_path, 2 * STEP, (0,), ("16x1", "32x1"), threads=1, compile=False)
    ladder.climb_all(small)
    before = {path: path.read_bytes() for path in tmp_path.glob("*/base.safetensors")}
    assert {path.parent.name for path in before} == {"16x1-seed0", "32x1-seed0"}
    ladder.climb_all(small)
    assert {path: path.read_bytes() for path in before} == before
    assert len(list(scaling.rungs(tmp_path))) == 2


def test_a_rung_that_broke_off_goes_on_from_its_checkpoint(run: Path, tmp_path: Path) -> None:
    one = Ladder(run, tmp_path, 2 * STEP, (0,), ("16x1",), threads=1, compile=False)
    ladder.climb_all(one)
    longer = Ladder(run, tmp_path, 3 * STEP, (0,), ("16x1",), threads=1, compile=False)
    (plan,) = plans(longer, 404, 30_000)
    assert not finished(plan)
    ladder.climb_all(longer)
    assert finished(plan)
    assert torch.load(plan.out / "checkpoint.pt", weights_only=True)["step"] == 3


def test_rungs_are_of_the_edition_of_their_tokens(tmp_path: Path) -> None:
    (plan,) = plans(Ladder(tmp_path, tmp_path, sizes=("16x1",), edition=3), 404, 30_000)
    assert plan.edition == 3


def test_a_whole_ladder_of_one_seed_comes_before_the_next(tmp_path: Path) -> None:
    both = Ladder(tmp_path, tmp_path, seeds=(0, 1), sizes=("16x1", "32x1"))
    names = [plan.out.name for plan in plans(both, 404, 30_000)]
    assert names == ["16x1-seed0", "32x1-seed0", "16x1-seed1", "32x1-seed1"]


@pytest.mark.parametrize("size", ladder.SIZES)
def test_every_size_has_heads_that_can_be_turned(size: str) -> None:
    shape = shape_of(size, 404)
    assert shape.width % shape.heads == 0
    assert shape.head_width % 2 == 0


def test_the_sizes_span_more_than_two_powers_of_ten() -> None:
    counts = [shape_of(size, 0).parameters for size in ladder.SIZES]
    assert counts == sorted(counts)
    assert np.log10(counts[-1] / counts[0]) > 2


def test_the_table_knows_the_kinds_for_which_no_preference_was_stated() -> None:
    assert UNASKED == KEPT_OUT
