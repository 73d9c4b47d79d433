"""What the model card quotes: all that lies beside the weights."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from tutor.tinylm import manifest
from tutor.tinylm.faces import FACES, LADDER, WEIGHTS
from tutor.tinylm.manifest import Manifest
from tutor.tinylm.measuring import results, scaling
from tutor.tinylm.measuring.promised import Report
from tutor.tinylm.measuring.results import Table
from tutor.tinylm.measuring.scaling import Scaling
from tutor.tinylm.shape import Shape

REPORT = "scores-promised.json"
"""What `measuring.promised --final --json` wrote, beside the weights."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the card quotes."""

    files: Manifest
    table: Table
    plan: Mapping[str, Any]
    """How the base run was begun."""
    ladder: Scaling | None
    development: Table | None
    """The same measured with the seed by which the versions were chosen."""
    logs: Path
    report: Report | None = None
    """Whether the promises were kept, where they were measured by themselves."""

    @property
    def shape(self) -> Shape:
        """The shape that all four faces share."""
        return Shape(**self.plan["shape"])

    @property
    def seconds(self) -> float:
        """Training time of all that is shipped, as far as it was logged."""
        alone = sum(self.files.files[f"{name}.safetensors"].seconds or 0.0 for name in FACES)
        rungs = self.ladder.sizes if self.ladder is not None else []
        return alone + sum(sum(size.seconds.values()) for size in rungs)


def read(weights: Path = WEIGHTS) -> Facts:
    """What lies beside the weights; OSError where a part of it is missing."""
    log = (weights / "logs" / "base.jsonl").read_text("utf-8").splitlines()
    plan = next(record["plan"] for record in map(json.loads, log) if "plan" in record)
    ladder, development = weights / LADDER.name, weights / "scores-development.json"
    report = weights / REPORT
    return Facts(
        manifest.read(weights),
        results.read(weights / "scores.json"),
        plan,
        scaling.read(ladder) if ladder.exists() else None,
        results.read(development) if development.exists() else None,
        weights / "logs",
        msgspec.json.decode(report.read_bytes(), type=Report) if report.exists() else None,
    )
