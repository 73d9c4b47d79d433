"""What a majority of independent voters knows."""

import math


def majority(probability: float, voters: int) -> float:
    """How likely it is that more than half of independent voters are right.

    Condorcet (1785): each is right with the same probability, 0 to 1.
    """
    return math.fsum(
        math.comb(voters, right) * probability**right * (1 - probability) ** (voters - right)
        for right in range(voters // 2 + 1, voters + 1)
    )
