"""Half a minute of the real recipe, from the corpus to weights that the tutor can load."""

import json
from itertools import pairwise
from pathlib import Path

from tutor.tinylm import model
from tutor.tinylm.training import base

SHAPE = ["--width", "48", "--layers", "2", "--heads", "2"]


def test_half_a_minute_of_training_makes_a_model_that_has_begun_to_read(tmp_path: Path) -> None:
    length = ["--minutes", "0.5", "--corpus", "400000", "--no-compile"]
    base.main(["--out", str(tmp_path), *SHAPE, *length])
    lines = (tmp_path / "log.jsonl").read_text("utf-8").splitlines()
    losses = [record["validation"] for record in map(json.loads, lines) if "validation" in record]
    assert losses[0] > 7.9, "before training every token is as likely as any other: ln 3076 nats"
    assert losses[-1] < losses[0] - 2.5
    assert all(later < earlier for earlier, later in pairwise(losses))
    assert model.load(tmp_path / "base.safetensors").shape.width == 48
