"""The logs of the built-in model's own preference training, as curves.

A log is JSON of any shape that somewhere holds a list of points, each with numbers under `reward`
(the reward model's mean score), `gold` (the rater's own), `kl` and `truth`, below a `beta`. What
does not look like that is passed over: a demo must not fail for a log. So are runs by another
method, and those for another rater.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

NEEDED = ("reward", "gold", "kl", "truth")
OTHERS = ("dpo", "sycophantic", "first-")
"""Trained by another method; for another rater, so that their gold is another measure; on
an earlier round of comparisons."""
LEAST = 2
"""So many points make a curve."""


@dataclass(frozen=True, slots=True)
class Point:
    """What was measured at one step; `truth` in per cent, `kl` in nats per reply."""

    step: int
    reward: float
    gold: float
    kl: float
    truth: float


@dataclass(frozen=True, slots=True)
class Run:
    """One training run, held with strength `beta`; of the rest of its recipe, what was logged."""

    beta: float
    points: tuple[Point, ...]
    recipe: Mapping[str, Any] = field(default_factory=dict)

    @property
    def best(self) -> Point:
        """Where the rater liked it most."""
        return max(self.points, key=lambda point: point.gold)

    @property
    def last(self) -> Point:
        """Where it ended."""
        return self.points[-1]


def read_runs(folder: Path) -> list[Run]:
    """The runs in all logs of a folder, each once, the loosest last; [] where there are none."""
    found: list[Run] = []
    for path in sorted(folder.glob("*.json"), reverse=True):
        if not any(other in path.stem for other in OTHERS):
            found += (run for run in runs_in(_decoded(path)) if run not in found)
    return sorted(found, key=lambda run: -run.beta)


SETTINGS = {
    "rate": "learning rate",
    "replay": "weight of what is read again",
    "falling": "rate that falls in the end",
    "steps": "steps at most",
}
"""What a recipe holds beside beta, in words."""


def alike(runs: Sequence[Run]) -> list[Run]:
    """The runs that differ from the first in beta alone, it among them."""
    return [
        run for run in runs
        if all(run.recipe.get(name) == runs[0].recipe.get(name) for name in SETTINGS)
    ]  # fmt: skip


def _decoded(path: Path) -> Any:
    try:
        return msgspec.json.decode(path.read_bytes())
    except (OSError, msgspec.MsgspecError, RecursionError):
        return None


def runs_in(
    value: Any, beta: float | None = None, recipe: Mapping[str, Any] | None = None
) -> Iterator[Run]:
    """Every run anywhere in some JSON."""
    match value:
        case dict():
            own, of_these = _beta_of(value), value.get("recipe")
            here = of_these if isinstance(of_these, dict) else recipe
            for name, part in value.items():
                if "dpo" not in str(name):
                    yield from runs_in(part, beta if own is None else own, here)
        case list():
            points = points_of(value)
            if beta is not None and len(points) >= LEAST:
                yield Run(beta, tuple(points), recipe or {})
            else:
                for part in value:
                    yield from runs_in(part, beta, recipe)
        case _:
            pass


def _beta_of(value: Mapping[str, Any]) -> float | None:
    recipe = value.get("recipe")
    inner = recipe.get("beta") if isinstance(recipe, dict) else None
    beta = value.get("beta", inner)
    return float(beta) if _is_number(beta) else None


def points_of(some: Sequence[Any]) -> list[Point]:
    """The points of a list, [] if anything in it is none; steps count on where they are missing."""
    points = []
    for place, one in enumerate(some):
        if not isinstance(one, dict) or not all(_is_number(one.get(name)) for name in NEEDED):
            return []
        step = one.get("step", place)
        points.append(
            Point(int(step) if _is_number(step) else place, *(float(one[name]) for name in NEEDED))
        )
    return points


def _is_number(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and math.isfinite(value)
