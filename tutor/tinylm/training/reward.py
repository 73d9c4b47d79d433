"""A reward model: it learns from comparisons how much a reply would please the rater.

Bradley and Terry (1952): the better the one against the other, the likelier it wins. The score is
read from the state of the last token (Stiennon and others, 2020, arXiv:2009.01325), which is all
that later training ever sees of the rater.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim import AdamW

from tutor.tinylm.shape import Shape
from tutor.tinylm.tokenizer import Tokenizer
from tutor.tinylm.training.answering import Said, alike, final_states, in_batches, padded
from tutor.tinylm.training.descent import descend, remember_full_rates
from tutor.tinylm.training.network import Network
from tutor.tinylm.training.preference import Comparison
from tutor.tinylm.training.schedule import up_and_down
from tutor.tinylm.world.editions import SECOND, Talk

RATE, STEPS, PROMPTS = 5e-4, 600, 16


class RewardModel(Network):
    """The network with one score in place of the head."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape)
        self.direction = nn.Parameter(torch.zeros(shape.width))
        self.middle = nn.Parameter(torch.zeros(1))

    def score(self, some: Sequence[Said]) -> Tensor:
        """How much each reply should please: (replies,)."""
        places, parts = [], []
        for at in alike(some):
            tokens, lengths = padded([some[n].prompt + some[n].reply for n in at], 0)
            last = final_states(self, tokens)[torch.arange(len(at)), lengths - 1]
            parts.append(last @ self.direction - self.middle)
            places += at
        return torch.cat(parts)[torch.tensor(places).argsort()]

    @torch.no_grad()
    def scores(self, some: Sequence[Said]) -> Tensor:
        """The same for any number of replies, for use: (replies,)."""
        return torch.cat([self.score(few) for few in in_batches(some)])

    @torch.no_grad()
    def standardise(self, some: Sequence[Said]) -> None:
        """Shift and scale so that these replies have mean 0 and spread 1; a rank stays a rank."""
        found = self.scores(some)
        self.middle.add_(found.mean()).div_(found.std())
        self.direction.div_(found.std())


@dataclass(frozen=True, slots=True)
class Fixed:
    """What never changes while a policy learns: where it began, who judges it, words and talk."""

    reference: Network
    judge: RewardModel
    tokenizer: Tokenizer
    talk: Talk = SECOND.talk


def begun_from(network: Network) -> RewardModel:
    """A reward model that understands what the network does, and has no taste yet."""
    model = RewardModel(network.shape)
    model.load_state_dict(network.state_dict(), strict=False)
    return model


def loss_of(model: RewardModel, some: Sequence[Comparison]) -> Tensor:
    """Minus the log-probability that the better replies win, in nats; each reply is read once."""
    replies = list(dict.fromkeys(said for one in some for said in (one.better, one.worse)))
    row = {said: n for n, said in enumerate(replies)}
    scores = model.score(replies)
    better, worse = (
        scores[[row[one.better] for one in some]],
        scores[[row[one.worse] for one in some]],
    )
    return -functional.logsigmoid(better - worse).mean()


def train(
    model: RewardModel, some: Sequence[Comparison], seed: int, steps: int = STEPS
) -> list[float]:
    """Learn from comparisons in place, all those of a prompt at once; every step's loss."""
    rng = Random(seed)
    learned = [
        weight
        for weight in model.parameters()
        if weight is not model.middle and weight.requires_grad
    ]
    optimiser = AdamW(learned, lr=RATE, weight_decay=0.01, fused=True)
    remember_full_rates([optimiser])
    prompts = [list(few) for _, few in groupby(some, key=lambda one: one.better.prompt)]
    losses = []
    for step in range(steps):
        drawn = rng.sample(prompts, min(PROMPTS, len(prompts)))
        loss = loss_of(model, [one for few in drawn for one in few])
        losses.append(descend(model, [optimiser], loss, up_and_down(step, steps)))
    return losses


def accuracy(model: RewardModel, some: Sequence[Comparison]) -> float:
    """The share of comparisons in which the model agrees with the label."""
    better = model.scores([one.better for one in some])
    worse = model.scores([one.worse for one in some])
    return float((better > worse).float().mean())
