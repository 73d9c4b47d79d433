"""The policy that a reward and a leash lead to, in closed form.

The optimum of expected reward - beta * KL(policy, reference) is policy = reference *
exp(reward / beta), scaled to add up to 1 (Rafailov et al. 2023, equation 4).
"""

import math
from collections.abc import Sequence

from tutor.sums.information import softmax


def best_policy(reference: Sequence[float], rewards: Sequence[float], beta: float) -> list[float]:
    """Weight the reference by exp(reward / beta); done in logarithms, where nothing overflows."""
    pairs = zip(reference, rewards, strict=True)
    return softmax([math.log(share) + reward / beta for share, reward in pairs])


def divergence(policy: Sequence[float], reference: Sequence[float]) -> float:
    """KL(policy, reference) in nats: how far the policy has gone."""
    return math.fsum(p * math.log(p / q) for p, q in zip(policy, reference, strict=True) if p)


def expected(policy: Sequence[float], rewards: Sequence[float]) -> float:
    """Mean reward of answers drawn from the policy."""
    return math.fsum(p * reward for p, reward in zip(policy, rewards, strict=True))
