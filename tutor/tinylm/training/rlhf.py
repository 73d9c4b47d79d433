"""Reinforcement learning from (simulated) human feedback: what the reward model likes, more often.

REINFORCE (Williams, 1992) with a leave-one-out baseline: each reply is held against the others to
the same prompt (Ahmadian and others, 2024, arXiv:2402.14740). The reward is the reward model's
score minus β times how far the policy has moved from the fine-tuned model. As in InstructGPT
(Ouyang and others, 2022, arXiv:2203.02155) some demonstrations and some corpus are read again along
the way, so that what nobody rates is not forgotten.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import torch
from torch import Tensor

from tutor.tinylm.training import preference, sft
from tutor.tinylm.training.answering import Said, divergence, likely
from tutor.tinylm.training.descent import descend
from tutor.tinylm.training.network import Network
from tutor.tinylm.training.reward import Fixed
from tutor.tinylm.training.schedule import Watch, begun_from, up, up_and_down
from tutor.tinylm.training.sft import Rows

PROMPTS = 32


@dataclass(frozen=True, slots=True)
class Recipe:
    """How strongly the policy is held, how fast it moves, and what it reads again."""

    beta: float
    rate: float = 4e-4
    steps: int = 120
    replay: float = 1.0
    """What the replayed loss (nats per token) counts; 0 replays nothing."""
    falling: bool = True
    """Whether the rate falls in the end."""

    def share(self, step: int) -> float:
        """The share of the full rate at this step."""
        return up_and_down(step, self.steps) if self.falling else up(step)


def advantages(rewards: Tensor) -> Tensor:
    """How much better each reply is than the mean of the others: (prompts, each), both."""
    each = rewards.shape[1]
    return (rewards - rewards.mean(1, keepdim=True)) * each / (each - 1)


def policy_loss(policy: Network, fixed: Fixed, some: list[Said], beta: float) -> Tensor:
    """What falls as replies with an advantage become likelier; `preference.EACH` to each prompt.

    β acts at every token on the whole distribution, not on the token drawn: the same aim, less
    noise, and it is noise that makes a small model forget.
    """
    new = likely(policy, some)
    with torch.no_grad():
        old = likely(fixed.reference, some)
        advantage = advantages(fixed.judge.score(some).view(-1, preference.EACH)).flatten()
    gained = (advantage * new.of_replies).sum() - beta * divergence(new, old).sum()
    return -gained / len(new.said)


def train(
    fixed: Fixed, recipe: Recipe, replayed: Iterator[Rows], seed: int, watch: Watch
) -> Network:
    """A policy that pleases the judge."""
    policy, optimiser = begun_from(fixed.reference, recipe.rate)
    prompts = preference.questions(seed, fixed.talk)
    watch(0, policy)
    for step in range(recipe.steps):
        asked = islice(prompts, PROMPTS)
        chance = seed * 1_000_003 + step
        drawn = preference.several(policy, fixed.tokenizer, asked, chance, fixed.talk.rate)
        loss = policy_loss(policy, fixed, [answer.said for answer in drawn], recipe.beta)
        if recipe.replay:
            rows = next(replayed)
            loss = loss + recipe.replay * sft.weighted_loss(policy, rows.tokens, rows.weights)
        descend(policy, [optimiser], loss, recipe.share(step))
        if watch(step + 1, policy):
            break
    return policy
