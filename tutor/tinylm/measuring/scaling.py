"""What size buys: `python -m tutor.tinylm.measuring.scaling LADDER`.

Reads the logs of a ladder of models, fits L = floor + (scale / N) ** exponent to their validation
losses (Hestness and others, 2017, arXiv:1712.00409; Kaplan and others, 2020, arXiv:2001.08361) and
shows which ability comes at which size. N counts the parameters without the embedding, which is
also the head: of a small model it is nearly all, and it hardly computes.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

import msgspec
import numpy as np
from numpy.typing import NDArray

from tutor.tinylm.shape import Shape

Floats = NDArray[np.float64]

EXPONENTS = np.linspace(0.02, 3.0, 1491)
MISSING, PRESENT = 5.0, 90.0
"""Per cent: an ability is missing at the most here, present at the least there."""
NEAR_FLOOR = 0.05
"""Share of the floor: a largest model that is nearer to it says little about larger ones."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A curve of loss (nats per token) against parameters."""

    floor: float
    scale: float
    exponent: float

    def at(self, parameters: float) -> float:
        """The loss that the curve gives a model of this size."""
        return float(self.floor + (self.scale / parameters) ** self.exponent)


@dataclass(slots=True)
class Size:
    """One size of the ladder, with what was measured at each seed."""

    name: str
    shape: Shape
    parameters: int
    non_embedding: int
    losses: dict[int, float] = field(default_factory=dict)
    """Validation loss in nats per token."""
    seconds: dict[int, float] = field(default_factory=dict)
    abilities: dict[str, dict[int, float]] = field(default_factory=dict)
    """Per cent of probes answered exactly, as the last open line of a quiz page."""

    @property
    def loss(self) -> float:
        """The mean over the seeds."""
        return fmean(self.losses.values())


@dataclass(slots=True)
class Scaling:
    """A whole ladder, as it lies in `weights/ladder.json`."""

    tokens: int
    seeds: list[int]
    sizes: list[Size]
    fit: Fit
    """Through the means over the seeds."""
    by_seed: dict[int, Fit]
    residuals: dict[str, float]
    """Mean loss minus curve, in nats."""
    emergent: list[str]
    """At most `MISSING` in the smallest and at least `PRESENT` in the largest, at every seed."""
    word: str


def fitted(parameters: Sequence[float], losses: Sequence[float]) -> Fit:
    """The curve with the least squared residuals; ValueError of fewer than four sizes.

    Given the exponent, floor and factor are a straight-line fit, so only the exponent is searched.
    """
    if len(parameters) < 4:  # noqa: PLR2004  (three numbers are fitted)
        raise ValueError("a curve of three numbers needs at least four sizes")
    sizes, wanted = np.array(parameters, float), np.array(losses, float)
    found = [line(sizes**-exponent, wanted) for exponent in EXPONENTS]
    best = int(np.argmin([error for *_, error in found]))
    (floor, factor, _), exponent = found[best], float(EXPONENTS[best])
    return Fit(floor, factor ** (1 / exponent), exponent)


def line(x: Floats, y: Floats) -> tuple[float, float, float]:
    """Floor (0 or more), factor (above 0) and squared error of y = floor + factor x, (n,) each."""
    factor = float(((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum())
    floor = float(y.mean() - factor * x.mean())
    if floor < 0:
        floor, factor = 0.0, float((x * y).sum() / (x * x).sum())
    error = float(((floor + factor * x - y) ** 2).sum())
    return floor, factor, error if factor > 0 else float("inf")


@dataclass(frozen=True, slots=True)
class Rung:
    """One finished run of one size: what its log says at the beginning and at the end."""

    shape: Shape
    seed: int
    tokens: int
    seconds: float
    validation: float
    probes: Mapping[str, float]

    @property
    def name(self) -> str:
        """Width and layers, such as "64x2"."""
        return f"{self.shape.width}x{self.shape.layers}"


def rungs(folder: Path) -> Iterator[Rung]:
    """Every finished rung of a ladder."""
    for path in sorted(folder.glob("*/log.jsonl")):
        records = [json.loads(text) for text in path.read_text("utf-8").splitlines()]
        plan = next(one["plan"] for one in records if "plan" in one)
        last = [one for one in records if "probes" in one][-1:]
        if last and last[0]["tokens"] >= plan["tokens"]:
            known = {name: last[0][name] for name in ("tokens", "seconds", "validation", "probes")}
            yield Rung(Shape(**plan["shape"]), plan["seed"], **known)


def sizes_of(some: Sequence[Rung]) -> list[Size]:
    """The rungs by size, from small to large."""
    sizes: dict[str, Size] = {}
    for one in some:
        inside = one.shape.vocabulary * one.shape.width
        total = one.shape.parameters
        size = sizes.setdefault(one.name, Size(one.name, one.shape, total, total - inside))
        size.losses[one.seed] = one.validation
        size.seconds[one.seed] = one.seconds
        for kind, share in one.probes.items():
            size.abilities.setdefault(kind, {})[one.seed] = share
    return sorted(sizes.values(), key=lambda size: size.non_embedding)


def measured(folder: Path) -> Scaling:
    """What a ladder shows; ValueError where fewer than four sizes are finished."""
    some = list(rungs(folder))
    sizes = sizes_of(some)
    fit = fitted([size.non_embedding for size in sizes], [size.loss for size in sizes])
    seeds = sorted({one.seed for one in some})
    by_seed = {seed: fit_of(sizes, seed) for seed in seeds if whole(sizes, seed)}
    residuals = {size.name: size.loss - fit.at(size.non_embedding) for size in sizes}
    tokens, word = max(one.tokens for one in some), floor_word(sizes, fit)
    return Scaling(tokens, seeds, sizes, fit, by_seed, residuals, emergent(sizes), word)


def whole(sizes: Sequence[Size], seed: int) -> bool:
    """Whether every size was trained with this seed."""
    return all(seed in size.losses for size in sizes)


def fit_of(sizes: Sequence[Size], seed: int) -> Fit:
    """The curve through one seed's losses."""
    return fitted([size.non_embedding for size in sizes], [size.losses[seed] for size in sizes])


def emergent(sizes: Sequence[Size]) -> list[str]:
    """The abilities that the smallest lacks and the largest has, at every seed."""
    smallest, largest = sizes[0].abilities, sizes[-1].abilities
    return [
        kind
        for kind in largest
        if max(smallest[kind].values()) <= MISSING and min(largest[kind].values()) >= PRESENT
    ]


def floor_word(sizes: Sequence[Size], fit: Fit) -> str:
    """How far the largest size is from the floor, and what follows."""
    above = sizes[-1].loss - fit.floor
    said = f"The largest model lies {above:.3f} nats above the fitted floor of {fit.floor:.3f}"
    if above > NEAR_FLOOR * fit.floor:
        part = round(100 * fit.floor / sizes[-1].loss)
        return f"{said}, which is already {part} % of its loss: a floor fitted to few points."
    return (
        f"{said}: the corpus's own randomness, which no size can foretell, bends the curve, "
        "so that it says nothing about larger models."
    )


def band(values: Iterable[float], digits: int) -> str:
    """Lowest to highest over the seeds; one number where they are the same."""
    low, high = (f"{some:.{digits}f}" for some in spread(values))
    return low if low == high else f"{low}–{high}"


def spread(values: Iterable[float]) -> tuple[float, float]:
    """The lowest and the highest of some values."""
    known = list(values)
    return min(known), max(known)


LABEL, CELL = 16, 13


def as_text(scaling: Scaling) -> str:
    """The ladder as a table: a column for each size, losses first, then the abilities."""
    sizes, fit = scaling.sizes, scaling.fit
    table = [
        ("", [size.name for size in sizes]),
        ("N, no embedding", [f"{size.non_embedding:,}" for size in sizes]),
        ("all parameters", [f"{size.parameters:,}" for size in sizes]),
        ("validation loss", [band(size.losses.values(), 3) for size in sizes]),
        ("fit's residual", [f"{scaling.residuals[size.name]:+.3f}" for size in sizes]),
        *((kind, [band(size.abilities[kind].values(), 0) for size in sizes])
          for kind in sizes[0].abilities),
    ]  # fmt: skip
    lines = [f"{name:{LABEL}}" + "".join(f"{one:>{CELL}}" for one in cells)
             for name, cells in table]  # fmt: skip
    curves = list(scaling.by_seed.values()) or [fit]
    bands = [band((getattr(curve, name) for curve in curves), 3) for name in ("floor", "exponent")]
    lines += [
        "",
        f"L = {fit.floor:.3f} + ({fit.scale:,.0f} / N)^{fit.exponent:.3f} nats per token",
        f"by seed: floor {bands[0]}, exponent {bands[1]}, seeds {scaling.seeds}",
        scaling.word,
        f"at most {MISSING:.0f} % in the smallest, at least {PRESENT:.0f} % in the largest: "
        + (", ".join(scaling.emergent) or "none"),
    ]
    return "\n".join(lines)


def read(path: Path) -> Scaling:
    """A ladder from its file; OSError if there is none, msgspec.DecodeError if it is not one."""
    return msgspec.json.decode(path.read_bytes(), type=Scaling)


def write(scaling: Scaling, path: Path) -> None:
    """Write a ladder as JSON."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(scaling), indent=1) + b"\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what a ladder shows, as the command line or `arguments` ask."""
    prog = "python -m tutor.tinylm.measuring.scaling"
    parser = argparse.ArgumentParser(prog=prog, description=__doc__)
    parser.add_argument("ladder", type=Path, help="folder with the rungs, or a ladder.json")
    parser.add_argument("--json", type=Path, help="write it to this file as well")
    given = parser.parse_args(arguments)
    found = measured(given.ladder) if given.ladder.is_dir() else read(given.ladder)
    if given.json is not None:
        write(found, given.json)
    print(as_text(found))


if __name__ == "__main__":
    main()
