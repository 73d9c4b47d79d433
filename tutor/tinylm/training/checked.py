"""A reward that code can check: `python -m tutor.tinylm.training.checked --base DIR --out DIR`.

Reinforcement learning with verifiable rewards (Lambert and others, 2024, arXiv:2411.15124): sums
and copying, rewarded by a check and by nothing else. Several replies to a prompt are held against
each other, each by how far its reward lies from the group's mean in units of the group's spread
(GRPO; Shao and others, 2024, arXiv:2402.03300). A second run has a checker with a hole. Each leaves
its weights and a log in --out; a run whose files are there is not run again.
"""

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from statistics import fmean

import numpy as np
import torch
from torch import Tensor

from tutor.tinylm import chat
from tutor.tinylm.provenance import edition_of
from tutor.tinylm.tokenizer import Tokenizer
from tutor.tinylm.training import replay, sft
from tutor.tinylm.training.answering import Draw, Said, answered, divergence, likely, text_of
from tutor.tinylm.training.descent import descend
from tutor.tinylm.training.network import Network
from tutor.tinylm.training.prefer import save, say, write_log
from tutor.tinylm.training.schedule import begun_from, up_and_down
from tutor.tinylm.training.sft import Rows, load_network
from tutor.tinylm.world import checked
from tutor.tinylm.world.checked import Check
from tutor.tinylm.world.editions import Talk
from tutor.tinylm.world.probes import Probe

PROMPTS, EACH = 16, 8
"""Prompts of a step, and replies to each of them."""
LIMIT = 110
"""Tokens of a reply: eight numbers added up aloud take about a hundred."""
CHECKS: dict[str, Check] = {"checked": checked.right, "hole": checked.states_a_truth}


@dataclass(frozen=True, slots=True)
class Recipe:
    """How strongly the policy is held, how fast it moves, and what it reads again."""

    beta: float = 0.01
    rate: float = 3e-4
    steps: int = 120
    replay: float = 1.0
    """What the replayed loss (nats per token) counts; 0 replays nothing."""


@dataclass(frozen=True, slots=True)
class Group:
    """A prompt's replies, and which of them the check rewards."""

    probe: Probe
    said: tuple[Said, ...]
    rewards: tuple[float, ...]


def advantages(rewards: Tensor) -> Tensor:
    """How far each reward lies from its group's mean, in spreads: (groups, each), both.

    A group of equals teaches nothing: its advantages are 0.
    """
    apart = rewards - rewards.mean(1, keepdim=True)
    return apart / (rewards.std(1, keepdim=True, correction=0) + 1e-6)


def groups(
    policy: Network, tokenizer: Tokenizer, probes: Sequence[Probe], check: Check, seed: int
) -> list[Group]:
    """`EACH` replies to each probe, with their rewards: 1 where the check passes, else 0."""
    prompts = [chat.as_tokens(tokenizer, chat.put(probe.prompt)) for probe in probes]
    every = [prompt for prompt in prompts for _ in range(EACH)]
    said = answered(policy, tokenizer, every, Draw(LIMIT, 1.0, seed))
    return [
        _group(tokenizer, probe, said[n * EACH : (n + 1) * EACH], check)
        for n, probe in enumerate(probes)
    ]


def _group(tokenizer: Tokenizer, probe: Probe, said: Sequence[Said], check: Check) -> Group:
    passed = [one.ended and check(probe, text_of(tokenizer, one)) for one in said]
    return Group(probe, tuple(said), tuple(map(float, passed)))


def policy_loss(policy: Network, reference: Network, drawn: Sequence[Group], beta: float) -> Tensor:
    """What falls as replies with an advantage become likelier."""
    said = [one for group in drawn for one in group.said]
    new = likely(policy, said)
    with torch.no_grad():
        old = likely(reference, said)
        advantage = advantages(torch.tensor([group.rewards for group in drawn])).flatten()
    gained = (advantage * new.of_replies).sum() - beta * divergence(new, old).sum()
    return -gained / len(new.said)


def tasks(seed: int, *, held_out: bool = False) -> Iterator[Probe]:
    """An endless, repeatable stream of tasks."""
    rng = Random(seed)
    while True:
        yield checked.task(rng, held_out=held_out)


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every run has in common."""

    reference: Network
    tokenizer: Tokenizer
    replayed: Iterator[Rows]
    seed: int


def train(shop: Workshop, recipe: Recipe, check: Check) -> tuple[Network, list[dict[str, float]]]:
    """A policy that passes the check more often; of each step, what was rewarded and what right."""
    policy, optimiser = begun_from(shop.reference, recipe.rate)
    stream, curve = tasks(shop.seed), list[dict[str, float]]()
    for step in range(recipe.steps):
        asked = [next(stream) for _ in range(PROMPTS)]
        drawn = groups(policy, shop.tokenizer, asked, check, shop.seed * 1_000_003 + step)
        loss = policy_loss(policy, shop.reference, drawn, recipe.beta)
        if recipe.replay:
            rows = next(shop.replayed)
            loss = loss + recipe.replay * sft.weighted_loss(policy, rows.tokens, rows.weights)
        descend(policy, [optimiser], loss, up_and_down(step, recipe.steps))
        curve.append(point(shop.tokenizer, step, drawn))
        if step % 10 == 0:
            say(json.dumps(curve[-1]))
    return policy, curve


def point(tokenizer: Tokenizer, step: int, drawn: Sequence[Group]) -> dict[str, float]:
    """Per cent rewarded, per cent really right, and tokens per reply of one step."""
    right = [
        checked.right(group.probe, text_of(tokenizer, one)) for group in drawn for one in group.said
    ]
    rewards = [reward for group in drawn for reward in group.rewards]
    length = fmean(len(one.reply) for group in drawn for one in group.said)
    return {
        "step": step, "rewarded": round(100 * fmean(rewards), 1),
        "right": round(100 * fmean(right), 1), "tokens": round(length, 1),
    }  # fmt: skip


def replaying(
    tokenizer: Tokenizer, base: Path, seed: int, length: int, talk: Talk
) -> Iterator[Rows]:
    """Demonstrations and corpus, so that what no check rewards is not forgotten."""
    corpus = np.memmap(base / "training.tokens", np.uint16, "r")
    return replay.rows(tokenizer, corpus, seed, length, talk)


def run_all(base: Path, tuned: Path, out: Path, seed: int, recipe: Recipe) -> None:
    """Both runs, each from the fine-tuned model, unless their files are there."""
    tokenizer, path = Tokenizer.load(base / "tokenizer.json"), tuned / "sft.safetensors"
    reference, edition = load_network(path), edition_of(path)
    for name, check in CHECKS.items():
        file = out / f"{name}.safetensors"
        if file.exists():
            continue
        length, begun = reference.shape.context + 1, time.monotonic()
        replayed = replaying(tokenizer, base, seed, length, edition.talk)
        policy, curve = train(Workshop(reference, tokenizer, replayed, seed), recipe, check)
        record: dict[str, object] = {
            "stage": name, "seed": seed, "recipe": asdict(recipe), "prompts": PROMPTS,
            "each": EACH, "curve": curve, "seconds": round(time.monotonic() - begun, 1),
        }  # fmt: skip
        write_log(file.with_suffix(".json"), record)
        save(policy, file, {"stage": name, "seed": str(seed), "edition": str(edition.number)})


def main(arguments: Sequence[str] | None = None) -> None:
    """Train with checked rewards, as the command line or `arguments` ask."""
    parser = argparse.ArgumentParser(
        prog="python -m tutor.tinylm.training.checked", description=__doc__
    )
    parser.add_argument("--base", type=Path, required=True, help="folder of the base run")
    parser.add_argument("--sft", type=Path, help="folder with sft.safetensors; default: --out")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=23)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=Recipe().steps)
    parser.add_argument("--rate", type=float, default=Recipe().rate)
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    recipe = replace(Recipe(), steps=given.steps, rate=given.rate)
    run_all(given.base, given.sft or given.out, given.out, given.seed, recipe)


if __name__ == "__main__":
    main()
