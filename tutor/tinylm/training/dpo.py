"""Direct preference optimisation (Rafailov and others, 2023, arXiv:2305.18290).

The policy itself is the reward model: how much more likely it finds a reply than the fine-tuned
model did, times β, is the reply's reward, and that is fitted to the comparisons. Demonstrations are
read again along the way: the loss asks only that the better reply gains on the worse, and without
them both may become unlikely.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import torch
from torch import Tensor
from torch.nn import functional

from tutor.tinylm.training import sft
from tutor.tinylm.training.answering import likely
from tutor.tinylm.training.descent import descend
from tutor.tinylm.training.network import Network
from tutor.tinylm.training.preference import Comparison
from tutor.tinylm.training.schedule import Watch, begun_from, up_and_down
from tutor.tinylm.training.sft import Rows

PAIRS = 32


@dataclass(frozen=True, slots=True)
class Recipe:
    """How strongly the policy is held, how fast it moves, and what it reads again."""

    beta: float = 0.2
    rate: float = 2e-4
    steps: int = 150
    replay: float = 1.0
    """What the replayed loss (nats per token) counts; 0 replays nothing."""


def loss_of(policy: Network, reference: Network, some: Sequence[Comparison], beta: float) -> Tensor:
    """Minus the log-probability that the better replies win, by the policy's own reward."""
    replies = [one.better for one in some] + [one.worse for one in some]
    with torch.no_grad():
        before = likely(reference, replies).of_replies
    better, worse = (beta * (likely(policy, replies).of_replies - before)).chunk(2)
    return -functional.logsigmoid(better - worse).mean()


def batches(some: Sequence[Comparison], seed: int) -> Iterator[list[Comparison]]:
    """An endless, repeatable stream of a few comparisons at a time."""
    rng = Random(seed)
    while True:
        yield rng.sample(some, min(PAIRS, len(some)))


def train(
    reference: Network, recipe: Recipe, compared: Iterator[list[Comparison]],
    replayed: Iterator[Rows], watch: Watch,
) -> Network:  # fmt: skip
    """A policy that prefers what the rater preferred."""
    policy, optimiser = begun_from(reference, recipe.rate)
    watch(0, policy)
    for step in range(recipe.steps):
        loss = loss_of(policy, reference, next(compared), recipe.beta)
        if recipe.replay:
            rows = next(replayed)
            loss = loss + recipe.replay * sft.weighted_loss(policy, rows.tokens, rows.weights)
        descend(policy, [optimiser], loss, up_and_down(step, recipe.steps))
        if watch(step + 1, policy):
            break
    return policy
