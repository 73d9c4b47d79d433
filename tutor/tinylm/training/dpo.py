"""Direct preference optimisation (Rafailov and others, 2023, arXiv:2305.18290).

The policy itself is the reward model: how much more likely it finds a reply than the fine-tuned
model did, times β, is the reply's reward, and that is fitted to the comparisons.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import torch
from torch import Tensor
from torch.nn import functional

from tutor.tinylm.training.answering import likely
from tutor.tinylm.training.descent import descend
from tutor.tinylm.training.network import Network
from tutor.tinylm.training.preference import Comparison
from tutor.tinylm.training.schedule import Watch, begun_from, up_and_down

PAIRS = 32


@dataclass(frozen=True, slots=True)
class Recipe:
    """How strongly the policy is held, how fast it moves, and for how many steps."""

    beta: float = 0.2
    rate: float = 2.5e-4
    steps: int = 150


def loss_of(policy: Network, reference: Network, some: Sequence[Comparison], beta: float) -> Tensor:
    """Minus the log-probability that the better replies win, by the policy's own reward."""
    replies = [one.better for one in some] + [one.worse for one in some]
    with torch.no_grad():
        before = likely(reference, replies).of_replies
    better, worse = (beta * (likely(policy, replies).of_replies - before)).chunk(2)
    return -functional.logsigmoid(better - worse).mean()


def train(
    reference: Network, some: Sequence[Comparison], recipe: Recipe, seed: int, watch: Watch
) -> Network:
    """A policy that prefers what the rater preferred."""
    rng = Random(seed)
    policy, optimiser = begun_from(reference, recipe.rate)
    watch(0, policy)
    for step in range(recipe.steps):
        loss = loss_of(policy, reference, rng.sample(some, min(PAIRS, len(some))), recipe.beta)
        descend(policy, [optimiser], loss, up_and_down(step, recipe.steps))
        if watch(step + 1, policy):
            break
    return policy
