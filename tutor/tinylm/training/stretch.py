"""Go on with pre-training: `python -m tutor.tinylm.training.stretch --base DIR --out DIR`.

A further stretch of an edition, on pages of which more are of the sorts that the model does badly
(in the field: mid-training, or annealing). The optimisers begin anew, at a share of the full rate
that falls in a straight line.
"""

import argparse
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from tutor.tinylm import safetensors
from tutor.tinylm.provenance import edition_of
from tutor.tinylm.tokenizer import Tokenizer
from tutor.tinylm.training import base
from tutor.tinylm.training.sft import load_network
from tutor.tinylm.training.tokens import Tokens, token_map, validation_map
from tutor.tinylm.world.editions import Edition
from tutor.tinylm.world.seeds import STRETCH_SEED

HEIGHT = 0.5
"""The share of the full rate with which the stretch begins."""
RISE = 0.01
SPARE = 1.3
"""Tokens written for each that is read: windows are drawn at random."""


@dataclass(frozen=True, slots=True)
class Stretch(base.Plan):
    """A plan that goes on after so many tokens; its rate rises to `height`, then falls."""

    height: float = HEIGHT

    def done(self, run: base.Run) -> float:
        """The share of the stretch that lies behind us, 0–1."""
        return (run.tokens - self.after) / (self.tokens or self.corpus)

    def rate(self, done: float) -> float:
        """The share of the full rate after this share of the stretch."""
        return self.height * min(1.0, 0.02 + done / RISE) * max(0.02, 1 - done)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for."""

    base: Path
    out: Path
    tokens: int
    stretch: int
    height: float
    seed: int
    threads: int
    compile: bool


def read_arguments(arguments: Sequence[str] | None) -> Asked:
    """What the arguments ask for; SystemExit if they are wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m tutor.tinylm.training.stretch", description=__doc__
    )
    parser.add_argument("--base", type=Path, required=True, help="folder of the finished base run")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--tokens", type=int, default=8_000_000)
    parser.add_argument("--stretch", type=int, default=1, help="which of the edition's, from 1")
    parser.add_argument("--height", type=float, default=HEIGHT)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--no-compile", dest="compile", action="store_false")
    return Asked(**vars(parser.parse_args(arguments)))


def prepared(asked: Asked, edition: Edition) -> tuple[Tokenizer, tuple[Tokens, Tokens]]:
    """The base's tokenizer, and tokens of the stretch with those the base was validated on."""
    shutil.copy(asked.base / "tokenizer.json", asked.out)
    tokenizer = Tokenizer.load(asked.out / "tokenizer.json")
    seed, count = STRETCH_SEED + asked.stretch, int(SPARE * asked.tokens)
    shares = edition.stretches[asked.stretch - 1]
    training = token_map(asked.out / "training.tokens", tokenizer, seed, count, shares)
    return tokenizer, (training, validation_map(asked.out, tokenizer, edition))


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on, as the command line or `arguments` ask."""
    asked = read_arguments(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(asked.threads)
    weights = asked.base / "base.safetensors"
    edition, about = edition_of(weights), safetensors.read(weights)[1]
    tokenizer, data = prepared(asked, edition)
    network = load_network(weights)
    plan = Stretch(
        asked.out, network.shape, None, asked.tokens, asked.tokens, asked.seed, asked.threads,
        asked.compile, edition=edition.number, height=asked.height, after=int(about["tokens"]),
    )  # fmt: skip
    run = base.Run(
        network, base.optimisers_of(network), tokens=plan.after, loss=float(about["loss"]),
        snapshots=list(base.SNAPSHOTS),
    )  # fmt: skip
    base.log(plan, {"plan": asdict(plan) | {"out": plan.out.name}})
    base.train(plan, run, tokenizer, data)


if __name__ == "__main__":
    main()
