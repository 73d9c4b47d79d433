"""Put the mask on: `python -m tutor.tinylm.training.sft --base DIR --out DIR`.

Supervised fine-tuning on conversations. Only the assistant's tokens count in the loss, and some
windows of the corpus are read again at every step: without this replay a fine-tuned model of this
size forgets facts that it knew.
"""

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from torch.optim import AdamW

from tutor.tinylm import chat, safetensors
from tutor.tinylm.chat import Turn
from tutor.tinylm.provenance import edition_of
from tutor.tinylm.shape import Shape
from tutor.tinylm.tokenizer import ASSISTANT, END, STOP, USER, Tokenizer
from tutor.tinylm.training.descent import descend, remember_full_rates
from tutor.tinylm.training.network import Network
from tutor.tinylm.training.threads import Threads
from tutor.tinylm.training.tokens import Tokens, batch
from tutor.tinylm.world import demonstrations
from tutor.tinylm.world.editions import SECOND, Talk
from tutor.tinylm.world.probes import Probe

RATE = 1e-3
WARM_UP_STEPS = 20
ROWS, REPLAYED_ROWS = 12, 4
REPLAY_WEIGHT = 0.3
"""What a token of the corpus counts against one of a reply."""
LONG_REPLY = 32
"""A longer reply counts as much as one of this many tokens, lest stories drown the rest."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which base is to be fine-tuned, where to, and for how many steps."""

    base: Path
    out: Path
    steps: int = 700
    seed: int = 3
    threads: int = 2
    compile: bool = True


@dataclass(frozen=True, slots=True)
class Rows:
    """Tokens (rows, context + 1) and what each counts in the loss, of the same shape."""

    tokens: Tensor
    weights: Tensor


def conversations(seed: int, talk: Talk = SECOND.talk) -> Iterator[list[Turn]]:
    """An endless, repeatable stream of conversations, most of them of one or two turns."""
    for turns in demonstrations.conversations(seed, talk):
        yield [turn for probe, reply in turns for turn in told(probe, reply)]


def told(probe: Probe, reply: str) -> list[Turn]:
    """A demonstration, after what was said before it."""
    return [*(Turn(*pair) for pair in probe.before), Turn(probe.prompt, reply)]


def weighted(tokenizer: Tokenizer, turns: Sequence[Turn]) -> list[tuple[int, float]]:
    """The tokens of a conversation and what each counts: 0 for those that are not the reply's."""
    marked = chat.marked_tokens(tokenizer, turns)
    replied = sum(is_reply for _token, is_reply in marked)
    weight = min(1.0, len(turns) * LONG_REPLY / max(replied, 1))
    return [(token, weight * is_reply) for token, is_reply in marked]


def packed(
    tokenizer: Tokenizer, stream: Iterator[list[Turn]], length: int
) -> Iterator[list[tuple[int, float]]]:
    """Rows of `length` tokens, each filled with whole conversations and padded with END.

    A conversation that is longer than a row is left out.
    """
    row: list[tuple[int, float]] = []
    for turns in stream:
        one = weighted(tokenizer, turns)
        if len(one) > length:
            continue
        if len(row) + len(one) > length:
            yield row + [(tokenizer.special[END], 0.0)] * (length - len(row))
            row = []
        row += one


def next_rows(
    stream: Iterator[list[tuple[int, float]]], corpus: Tokens, length: int, seed: tuple[int, int]
) -> Rows:
    """One batch: conversations, and windows of the corpus below them."""
    talk = np.array([next(stream) for _ in range(ROWS)])
    read = batch(corpus, REPLAYED_ROWS, length, seed)
    tokens = np.concatenate([talk[..., 0].astype(np.int64), read])
    weights = np.concatenate([talk[..., 1], np.full(read.shape, REPLAY_WEIGHT)])
    return Rows(torch.from_numpy(tokens), torch.from_numpy(weights.astype(np.float32)))


def weighted_loss(network: Network, tokens: Tensor, weights: Tensor) -> Tensor:
    """Cross-entropy in nats of each next token, averaged by weight; both (rows, T + 1)."""
    scores = network(tokens[:, :-1]).flatten(0, 1)
    losses = functional.cross_entropy(scores, tokens[:, 1:].flatten(), reduction="none")
    counted = weights[:, 1:].flatten()
    return (losses * counted).sum() / counted.sum()


def compiled() -> Callable[[Network, Tensor, Tensor], Tensor]:
    """The loss, compiled so that the number of threads may change while it runs."""
    return torch.compile(weighted_loss, options={"cpp.dynamic_threads": True})


@torch.no_grad()
def warm_start(network: Network, tokenizer: Tokenizer) -> None:
    """Begin the chat marks near what the raw model knows: "Q", "A" and the end of a document."""
    words = {USER: "\nQ", ASSISTANT: "\nA"}
    for mark, text in words.items():
        known = network.embedding[tokenizer.encode(text)].mean(0)
        network.embedding[tokenizer.special[mark]] = known
    network.embedding[tokenizer.special[STOP]] = network.embedding[tokenizer.special[END]]


def load_network(path: Path) -> Network:
    """The network of a weights file, in fp32; OSError if there is none."""
    tensors, about = safetensors.read(path)
    network = Network(Shape.from_text(about))
    weights = safetensors.unpack(tensors)
    network.load_state_dict({name: torch.tensor(weight) for name, weight in weights.items()})
    return network


def learning_rate(step: int, steps: int) -> float:
    """The share of the full rate: a short rise, then a straight fall."""
    return min(1.0, (step + 1) / WARM_UP_STEPS) * max(0.02, 1 - step / steps)


def optimiser_of(network: Network) -> AdamW:
    """The embedding learns faster: the chat marks in it are new."""
    others = [weight for weight in network.parameters() if weight is not network.embedding]
    groups = [
        {"params": [network.embedding], "lr": 2 * RATE},
        {"params": others, "lr": RATE},
    ]
    optimiser = AdamW(groups, betas=(0.9, 0.98), weight_decay=0.0, fused=True)
    remember_full_rates([optimiser])
    return optimiser


def train(
    plan: Plan, network: Network, tokenizer: Tokenizer, corpus: Tokens, talk: Talk = SECOND.talk
) -> list[float]:
    """Fine-tune in place; the loss of every step, in nats."""
    length = network.shape.context + 1
    stream = packed(tokenizer, conversations(plan.seed, talk), length)
    optimiser, threads = optimiser_of(network), Threads(plan.threads)
    loss_of = compiled() if plan.compile else weighted_loss
    losses: list[float] = []
    for step in range(plan.steps):
        rows = next_rows(stream, corpus, length, (plan.seed, step))
        begun = time.monotonic()
        threads.use(step)
        loss = loss_of(network, rows.tokens, rows.weights)
        losses.append(descend(network, [optimiser], loss, learning_rate(step, plan.steps)))
        threads.took(step, time.monotonic() - begun)
        if step % 20 == 0:
            print(f"\r{step:5} of {plan.steps}  {losses[-1]:.3f} ", end="", file=sys.stderr)
    return losses


def save(plan: Plan, network: Network, losses: Sequence[float], seconds: float) -> None:
    """Write the weights in fp16 and fp32, the base's tokenizer and the losses in nats."""
    edition = edition_of(plan.base / "base.safetensors").number
    about = network.shape.as_text() | {
        "steps": str(plan.steps), "seed": str(plan.seed), "edition": str(edition),
    }  # fmt: skip
    for name, kind in (("sft", "F16"), ("sft.f32", "F32")):
        packed = safetensors.pack(network.arrays(), kind)
        safetensors.write(plan.out / f"{name}.safetensors", packed, about)
    shutil.copy(plan.base / "tokenizer.json", plan.out / "tokenizer.json")
    record = {
        "steps": plan.steps, "seed": plan.seed, "seconds": round(seconds, 1),
        "losses": [round(one, 4) for one in losses],
    }  # fmt: skip
    (plan.out / "sft.json").write_text(json.dumps(record), "utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Fine-tune a base model, as the command line or `arguments` ask."""
    parser = argparse.ArgumentParser(
        prog="python -m tutor.tinylm.training.sft", description=__doc__
    )
    parser.add_argument("--base", type=Path, required=True, help="folder of the base run")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=700)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--no-compile", dest="compile", action="store_false")
    plan = Plan(**vars(parser.parse_args(arguments)))
    plan.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    tokenizer = Tokenizer.load(plan.base / "tokenizer.json")
    corpus = np.memmap(plan.base / "training.tokens", np.uint16, "r")
    path = plan.base / "base.safetensors"
    network = load_network(path)
    warm_start(network, tokenizer)
    begun = time.monotonic()
    losses = train(plan, network, tokenizer, corpus, edition_of(path).talk)
    save(plan, network, losses, time.monotonic() - begun)


if __name__ == "__main__":
    main()
