"""Softmax, and the vote of a majority."""

import math
from collections.abc import Sequence


def softmax(scores: Sequence[float], temperature: float = 1.0) -> list[float]:
    """Turn scores into probabilities: exp(score / temperature), divided by their sum."""
    top = max(scores)  # taken off first, so that exp cannot overflow; the quotient stays the same
    powers = [math.exp((score - top) / temperature) for score in scores]
    return [power / sum(powers) for power in powers]


def majority(probability: float, voters: int) -> float:
    """How likely it is that more than half of independent voters are right."""
    return math.fsum(
        math.comb(voters, right) * probability**right * (1 - probability) ** (voters - right)
        for right in range(voters // 2 + 1, voters + 1)
    )
