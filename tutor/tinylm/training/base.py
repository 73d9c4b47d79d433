"""Train the base model: `python -m tutor.tinylm.training.base --out DIR --minutes N`.

The recipe: Muon (Jordan 2024) for the matrices and AdamW for the rest, warm-up, a long plateau and
a linear decay, all in fp32: compiled, it was 1.6 times as fast here as bfloat16 on processors
without matrix units for it. A run can be stopped at any time and resumed.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.optim import AdamW, Muon, Optimizer

from tutor.tinylm import safetensors
from tutor.tinylm.shape import Shape
from tutor.tinylm.tokenizer import END, Tokenizer
from tutor.tinylm.training import evaluate
from tutor.tinylm.training.descent import descend, remember_full_rates
from tutor.tinylm.training.network import Network
from tutor.tinylm.training.threads import Threads
from tutor.tinylm.training.tokens import Tokens, batch, prepare_tokenizer, prepare_tokens
from tutor.tinylm.world.editions import EDITIONS, SECOND

MUON_RATE, ADAM_RATE = 0.016, 2.5e-3
WARM_UP, DECAY = 0.01, 0.45
"""Shares of the run in which the learning rate rises, and in which it falls."""
ROWS = 16
CHECKPOINT_SECONDS = 120.0
EVALUATION_TOKENS = 2_000_000
PROBES_EACH = 50
SNAPSHOTS = tuple(int(million * 1e6) for million in (0, 0.1, 0.3, 1, 2, 4, 8, 16, 32))
"""Tokens after which a picture of the growing model is kept."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be trained, and for how long: by minutes of wall time, or by tokens."""

    out: Path
    shape: Shape
    minutes: float | None
    tokens: int | None
    corpus: int
    seed: int = 0
    threads: int = 2
    compile: bool = True
    edition: int = SECOND.number
    after: int = 0
    """Tokens that were read before the run."""

    def done(self, run: "Run") -> float:
        """The share of the run that lies behind us, 0–1."""
        if self.minutes is not None:
            return run.seconds / (60 * self.minutes)
        return run.tokens / (self.tokens or self.corpus)

    def rate(self, done: float) -> float:
        """The share of the full learning rate after this share of the run."""
        return learning_rate(done)


@dataclass(slots=True)
class Run:
    """A run under way: all that a checkpoint must hold."""

    network: Network
    optimisers: tuple[Optimizer, ...]
    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    loss: float = 0.0
    """Smoothed over about the last hundred steps."""
    snapshots: list[int] = field(default_factory=list)

    def save(self, path: Path) -> None:
        """Write a checkpoint, under another name until it is whole."""
        state = {one.name: getattr(self, one.name) for one in fields(self)}
        state["network"] = self.network.state_dict()
        state["optimisers"] = [one.state_dict() for one in self.optimisers]
        unfinished = path.with_suffix(".part")
        torch.save(state, unfinished)
        unfinished.rename(path)

    def load(self, path: Path) -> None:
        """Go on from a checkpoint; OSError if there is none, RuntimeError on another shape."""
        state: dict[str, Any] = torch.load(path, weights_only=True)
        self.network.load_state_dict(state.pop("network"))
        for optimiser, one in zip(self.optimisers, state.pop("optimisers"), strict=True):
            optimiser.load_state_dict(one)
        for name, value in state.items():
            setattr(self, name, value)


def learning_rate(done: float) -> float:
    """The share of the full rate after this share of the run: up, level, down."""
    rising = min(1.0, 0.02 + done / WARM_UP)
    falling = min(1.0, (1 - done) / DECAY)
    return rising * max(0.02, falling)


def optimisers_of(network: Network) -> tuple[Optimizer, ...]:
    """Muon (Jordan, 2024) for the matrices, AdamW (Loshchilov and Hutter, 2017) for the rest."""
    muon = Muon(network.matrices(), lr=MUON_RATE, momentum=0.95, weight_decay=0.01)
    adam = AdamW(network.others(), lr=ADAM_RATE, betas=(0.9, 0.98), weight_decay=0.0, fused=True)
    remember_full_rates((muon, adam))
    return muon, adam


def new_run(plan: Plan) -> Run:
    """A run at step 0; seeds torch, so that the same plan begins with the same weights."""
    torch.manual_seed(plan.seed)
    network = Network(plan.shape)
    return Run(network, optimisers_of(network))


def compiled(network: Network) -> Callable[[Tensor], Tensor]:
    """The loss, compiled so that the number of threads may change while it runs."""
    return torch.compile(network.loss, options={"cpp.dynamic_threads": True})


def save_weights(plan: Plan, run: Run, path: Path) -> None:
    """Write the weights in fp16 with shape, edition, tokens read and loss (nats) as metadata."""
    about = run.network.shape.as_text() | {
        "tokens": str(run.tokens), "loss": f"{run.loss:.4f}", "edition": str(plan.edition),
    }  # fmt: skip
    safetensors.write(path, safetensors.pack(run.network.arrays(), "F16"), about)


def log(plan: Plan, record: dict[str, object]) -> None:
    """Append one record to log.jsonl in the folder of the run."""
    with (plan.out / "log.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")


def measure(plan: Plan, run: Run, tokenizer: Tokenizer, validation: Tokens) -> None:
    """Write one record: the losses, what the model knows and can do, and how it writes."""
    network = run.network
    sample = evaluate.continuation(network, [tokenizer.special[END]], 60, plan.seed)
    record = {
        "step": run.step, "tokens": run.tokens, "seconds": round(run.seconds, 1),
        "loss": round(run.loss, 4),
        "validation": round(evaluate.validation_loss(network, validation), 4),
        "probes": evaluate.probe_scores(
            network, tokenizer, EDITIONS[plan.edition].probes(PROBES_EACH)
        ),
        "sample": tokenizer.decode(sample),
    }  # fmt: skip
    log(plan, record)
    print(f"\n{json.dumps(record)}", flush=True)


def show(plan: Plan, run: Run) -> None:
    """One line on stderr: per cent done, tokens, loss in nats, tokens per second, minutes left."""
    done = min(1.0, plan.done(run))
    left = run.seconds * (1 - done) / done / 60 if done else 0.0
    speed = (run.tokens - plan.after) / max(run.seconds, 1e-9)
    line = f"{100 * done:5.1f} %  {run.tokens / 1e6:7.2f}M tokens  loss {run.loss:.3f}"
    print(f"\r{line}  {speed:7,.0f} tokens/s  {left:5.1f} min left ", end="", file=sys.stderr)


def keep_snapshots(plan: Plan, run: Run) -> bool:
    """Keep a picture at each milestone that has just been passed."""
    due = [one for one in SNAPSHOTS if one <= run.tokens and one not in run.snapshots]
    if due:
        run.snapshots += due
        save_weights(plan, run, plan.out / f"snapshot-{run.tokens // 1000:06d}k.safetensors")
    return bool(due)


def train(plan: Plan, run: Run, tokenizer: Tokenizer, data: tuple[Tokens, Tokens]) -> None:
    """Run to the end of the plan, keeping checkpoints, snapshots and the log."""
    training, validation = data
    loss_of = compiled(run.network) if plan.compile else run.network.loss
    threads = Threads(plan.threads)
    begun = time.monotonic() - run.seconds
    saved, measured = run.seconds, run.tokens
    while (done := plan.done(run)) < 1:
        if keep_snapshots(plan, run) or run.tokens - measured > EVALUATION_TOKENS:
            measure(plan, run, tokenizer, validation)
            measured = run.tokens
        rows = batch(training, ROWS, plan.shape.context + 1, (plan.seed, run.step))
        threads.use(run.step)
        loss_now = loss_of(torch.from_numpy(rows))
        loss = descend(run.network, run.optimisers, loss_now, plan.rate(done))
        threads.took(run.step, time.monotonic() - begun - run.seconds)
        run.step += 1
        run.tokens += ROWS * plan.shape.context
        run.loss = loss if run.step == 1 else 0.99 * run.loss + 0.01 * loss
        run.seconds = time.monotonic() - begun
        if run.step % 20 == 0:
            show(plan, run)
        if run.seconds - saved > CHECKPOINT_SECONDS:
            run.save(plan.out / "checkpoint.pt")
            saved = run.seconds
    run.save(plan.out / "checkpoint.pt")
    save_weights(plan, run, plan.out / "base.safetensors")
    measure(plan, run, tokenizer, validation)


def read_plan(arguments: Sequence[str] | None) -> tuple[Plan, bool]:
    """The plan that the arguments ask for, and whether to resume; SystemExit if they are wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m tutor.tinylm.training.base", description=__doc__
    )
    parser.add_argument("--out", type=Path, required=True, help="folder of the run")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--minutes", type=float, help="stop after so many minutes")
    length.add_argument("--tokens", type=int, help="stop after so many tokens")
    parser.add_argument("--corpus", type=int, default=60_000_000, help="tokens of the corpus file")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--layers", type=int, default=5)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--edition", type=int, choices=list(EDITIONS), default=SECOND.number)
    parser.add_argument("--no-compile", dest="compile", action="store_false")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    given = vars(parser.parse_args(arguments))
    resume = given.pop("resume")
    shape = Shape(**{name: given.pop(name) for name in ("width", "layers", "heads")})
    return Plan(shape=shape, **given), resume


def main(arguments: Sequence[str] | None = None) -> None:
    """Train a base model, as the command line or `arguments` ask."""
    plan, resume = read_plan(arguments)
    plan.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(plan.threads)
    edition = EDITIONS[plan.edition]
    tokenizer = prepare_tokenizer(plan.out, edition)
    data = prepare_tokens(plan.out, tokenizer, plan.corpus, edition)
    run = new_run(plan)
    if resume:
        run.load(plan.out / "checkpoint.pt")
    log(plan, {"plan": asdict(plan) | {"out": plan.out.name}, "parameters": plan.shape.parameters})
    train(plan, run, tokenizer, data)


if __name__ == "__main__":
    main()
