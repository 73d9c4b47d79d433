"""Probabilities and what they leave open: softmax, entropy, log loss."""

import math
from collections.abc import Iterable, Sequence


def softmax(scores: Sequence[float], temperature: float = 1.0) -> list[float]:
    """Shares that sum to 1, as e^(score / temperature); the largest score is taken off first.

    ValueError for no scores, ZeroDivisionError at temperature 0.
    """
    top = max(scores)
    weights = [math.exp((score - top) / temperature) for score in scores]
    total = math.fsum(weights)
    return [weight / total for weight in weights]


def entropy(shares: Iterable[float]) -> float:
    """Shannon entropy in bits: -sum p log2 p (Shannon 1948)."""
    return -sum(share * math.log2(share) for share in shares if share > 0) + 0.0


def cross_entropy(real: Sequence[float], guessed: Sequence[float]) -> float:
    """The expected surprise in bits of a guess, where `real` comes true: -sum p log2 q.

    Also called log loss. Infinite where something possible was guessed to be impossible.
    """
    return -math.fsum(
        share * (math.log2(guess) if guess > 0 else -math.inf)
        for share, guess in zip(real, guessed, strict=True)
        if share > 0
    )


def mean_surprise(probabilities: Sequence[float]) -> float:
    """Log loss in nats: the mean of -ln p over the tokens that came."""
    return -math.fsum(map(math.log, probabilities)) / len(probabilities)
