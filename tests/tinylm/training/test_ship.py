"""Packing runs: what is lost, what is said about it, and what stops it."""

import json
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.tinylm import small
from tutor.errors import TutorError
from tutor.tinylm import judge, manifest, packing, safetensors
from tutor.tinylm.manifest import File
from tutor.tinylm.shape import Shape
from tutor.tinylm.tokenizer import train
from tutor.tinylm.training import ship
from tutor.tinylm.training.ship import Runs
from tutor.tinylm.training.tokens import write_tokens
from tutor.tinylm.world import corpus

TOKENIZER = train(islice(corpus.documents(1), 50), 300)
SHAPE = Shape(vocabulary=len(TOKENIZER), width=32, layers=1, heads=2, context=64)
NAMES = ("base", "sft", "rlhf", "over-optimised")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One folder that serves as all three runs; its random weights lose more than trained ones."""
    monkeypatch.setattr(ship, "OTHERS_AGREE", 0.9)
    folder = tmp_path / "run"
    folder.mkdir()
    TOKENIZER.save(folder / "tokenizer.json")
    write_tokens(folder / "validation.tokens", TOKENIZER, 3, 5_000)
    base = small.weights(SHAPE)
    moved = small.weights(SHAPE, seed=1)
    about = SHAPE.as_text() | {"tokens": "1000", "loss": "1.5"}
    for name in (*NAMES, "snapshot-000100k"):
        near = {
            key: weight + 0.01 * moved[key] * (name in NAMES[1:]) for key, weight in base.items()
        }
        safetensors.write(folder / f"{name}.safetensors", safetensors.pack(near, "F16"), about)
    state = {name: torch.from_numpy(weight) for name, weight in base.items()}
    torch.save({"network": state}, folder / "checkpoint.pt")
    record = {"step": 1, "tokens": 1000, "seconds": 2.5, "loss": 1.5}
    (folder / "log.jsonl").write_text(json.dumps(record) + "\n")
    (folder / "sft.json").write_text(json.dumps({"losses": [1.0] * 250}))
    return folder


def runs(run: Path, out: Path) -> Runs:
    return Runs(run, run, run, None, out, "2026-01-01", growth=(100,))


def test_what_is_shipped_is_written_down_with_its_hash(run: Path, tmp_path: Path) -> None:
    out = tmp_path / "weights"
    made = ship.ship(runs(run, out))
    assert made == manifest.read(out)
    assert made.bytes == sum(file.bytes for file in made.files.values())
    for name, file in made.files.items():
        assert file.sha256 == manifest.digest(out / name)
    base = made.files["base.safetensors"]
    assert (base.tokens, base.loss, base.seconds) == (1000, 1.5, 2.5)
    assert base.agreement is not None
    assert base.agreement.original == "F32"
    assert made.files["sft.safetensors"].stored == "I8 over base"
    assert made.files["growth/000100k.safetensors"].stored == "I8"


def test_a_long_row_of_losses_is_shortened(run: Path, tmp_path: Path) -> None:
    ship.ship(runs(run, tmp_path / "weights"))
    record = json.loads((tmp_path / "weights" / "logs" / "sft.json").read_text())
    assert len(record["losses"]) <= ship.KEPT_LOSSES


def test_weights_that_lost_too_much_are_not_shipped(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ship, "FACES_AGREE", 1.1)
    with pytest.raises(TutorError, match=r"base\.safetensors agrees in"):
        ship.ship(runs(run, tmp_path / "weights"))


def test_too_many_bytes_are_not_shipped(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "LIMIT", 1000)
    with pytest.raises(TutorError, match="bytes are more than 1,000"):
        ship.ship(runs(run, tmp_path / "weights"))


def test_a_twin_in_fp32_is_the_original(run: Path) -> None:
    exact = small.weights(SHAPE, seed=1)
    packing.write_whole(run / "sft.f32.safetensors", exact, SHAPE.as_text(), "F32")
    kept = ship.original(run / "sft.safetensors")
    assert kept.precision == "F32"
    np.testing.assert_array_equal(kept.weights["norm"], exact["norm"])


def test_faces_of_the_third_edition_store_once_what_they_share_and_the_judge_comes_along(
    run: Path, tmp_path: Path
) -> None:
    about = SHAPE.as_text() | {"tokens": "1000", "loss": "1.5", "edition": "3"}
    base = small.weights(SHAPE)
    moved = small.weights(SHAPE, seed=1)
    for name in (*NAMES, "reward", "sycophantic", "checked"):
        near = {key: weight + 0.01 * moved[key] * (name != "base") for key, weight in base.items()}
        if name not in ("base", "sft"):
            near["norm"] = near["norm"] + 0.01
        if name == "reward":
            near |= {"direction": moved["norm"], "middle": np.zeros(1, np.float32)}
        packed = safetensors.pack(near, "F16")
        safetensors.write(run / f"{name}.safetensors", packed, about)
    out = tmp_path / "weights"
    made = ship.ship(Runs(run, run, run, None, out, "2026-01-01", checked=run, growth=(100,)))
    assert made.edition == 3
    assert manifest.read(out) == made
    assert made.files["checked.safetensors"].stored == "I8 over base"
    assert made.files["sycophantic.safetensors"].bytes < made.files["sft.safetensors"].bytes / 4
    assert judge.load(out / "reward.safetensors").direction.shape == (32,)
    below, over = (packing.read_weights(out / f"{name}.safetensors")[0] for name in ("sft", "rlhf"))
    assert np.array_equal(below["embedding"], over["embedding"])
    assert not np.array_equal(below["norm"], over["norm"])


def test_a_ladder_that_is_not_trained_anew_stays_with_its_own_tokenizer(
    run: Path, tmp_path: Path
) -> None:
    out = tmp_path / "weights"
    ship.ship(runs(run, out))
    rung = out / "ladder" / "16x1.safetensors"
    rung.parent.mkdir()
    rung.write_bytes(b"a rung")
    before = manifest.read(out)
    entry = File(6, manifest.digest(rung))
    manifest.write(replace(before, files=before.files | {"ladder/16x1.safetensors": entry}), out)
    old = (out / "tokenizer.json").read_bytes()
    (run / "tokenizer.json").write_bytes(old + b" ")
    made = ship.ship(runs(run, out))
    assert made.files["ladder/16x1.safetensors"] == entry
    assert (out / "ladder" / "tokenizer.json").read_bytes() == old
    assert "ladder/tokenizer.json" in made.files
    ship.ship(runs(run, out))
    assert (out / "ladder" / "tokenizer.json").read_bytes() == old
