"""Train the same recipe in several sizes: `python -m tutor.tinylm.training.ladder --help`.

Each rung is a base run of its own (`--out/NAME-seedN`) on the tokens of another run. Seeds come one
after the other, so that whatever is finished is a whole ladder. Started again, a finished rung is
passed over and a broken-off one goes on from its checkpoint.
`tutor.tinylm.measuring.scaling` reads the logs.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from tutor.tinylm.shape import Shape
from tutor.tinylm.tokenizer import Tokenizer
from tutor.tinylm.training import base
from tutor.tinylm.training.base import Plan
from tutor.tinylm.training.tokens import Tokens
from tutor.tinylm.world.editions import EDITIONS, SECOND

SIZES = ("16x1", "32x1", "48x2", "64x3", "96x3")
"""Width and layers; from about 3,000 to about 300,000 parameters beside the embedding."""
HEAD_WIDTH = 32
TOKENS = 14_000_000


@dataclass(frozen=True, slots=True)
class Ladder:
    """Which sizes and seeds are to be trained, on whose tokens, and for how many."""

    corpus_from: Path
    out: Path
    tokens: int = TOKENS
    seeds: tuple[int, ...] = (0,)
    sizes: tuple[str, ...] = SIZES
    threads: int = 2
    compile: bool = True
    edition: int = SECOND.number
    """Of which edition those tokens are."""


def shape_of(size: str, vocabulary: int, context: int = 256) -> Shape:
    """The shape that a name such as "64x2" means; ValueError if it means none."""
    width, layers = map(int, size.split("x"))
    return Shape(vocabulary, width, layers, max(2, width // HEAD_WIDTH), context)


def plans(ladder: Ladder, vocabulary: int, corpus: int) -> Iterator[Plan]:
    """Every rung, a whole ladder of one seed before the next."""
    for seed in ladder.seeds:
        for size in ladder.sizes:
            shape, out = shape_of(size, vocabulary), ladder.out / f"{size}-seed{seed}"
            yield Plan(
                out, shape, None, ladder.tokens, corpus, seed, ladder.threads, ladder.compile,
                ladder.edition,
            )  # fmt: skip


def finished(plan: Plan) -> bool:
    """Whether its log ends with the measurement that is made when all tokens are read."""
    path = plan.out / "log.jsonl"
    if not path.exists():
        return False
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    goal = plan.tokens or plan.corpus
    return any(record.get("tokens", 0) >= goal for record in records)


def climb(plan: Plan, tokenizer: Tokenizer, data: tuple[Tokens, Tokens]) -> None:
    """Train one rung, or the rest of it."""
    plan.out.mkdir(parents=True, exist_ok=True)
    torch.compiler.reset()  # else the next size counts as the same function, compiled once more
    run = base.new_run(plan)
    checkpoint = plan.out / "checkpoint.pt"
    if checkpoint.exists():
        run.load(checkpoint)
    parameters = plan.shape.parameters
    base.log(plan, {"plan": asdict(plan) | {"out": plan.out.name}, "parameters": parameters})
    base.train(plan, run, tokenizer, data)


def climb_all(ladder: Ladder) -> None:
    """Train every rung that is not finished; OSError where the other run lacks its tokens."""
    tokenizer = Tokenizer.load(ladder.corpus_from / "tokenizer.json")
    training, validation = (
        np.memmap(ladder.corpus_from / f"{name}.tokens", np.uint16, "r")
        for name in ("training", "validation")
    )
    for plan in plans(ladder, len(tokenizer), len(training)):
        state = "finished" if finished(plan) else "begins"
        print(f"\n{plan.out.name}: {plan.shape.parameters:,} parameters, {state}", file=sys.stderr)
        if not finished(plan):
            climb(plan, tokenizer, (training, validation))


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the ladder, as the command line or `arguments` ask."""
    parser = argparse.ArgumentParser(
        prog="python -m tutor.tinylm.training.ladder", description=__doc__
    )
    parser.add_argument("--corpus-from", type=Path, required=True, help="folder of a base run")
    parser.add_argument("--out", type=Path, required=True, help="folder of the ladder")
    parser.add_argument("--tokens", type=int, default=TOKENS)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    parser.add_argument("--sizes", nargs="+", default=SIZES, metavar="WIDTHxLAYERS")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--edition", type=int, choices=list(EDITIONS), default=SECOND.number)
    parser.add_argument("--no-compile", dest="compile", action="store_false")
    given = vars(parser.parse_args(arguments))
    given |= {name: tuple(given[name]) for name in ("seeds", "sizes")}
    torch.set_num_threads(given["threads"])
    climb_all(Ladder(**given))


if __name__ == "__main__":
    main()
