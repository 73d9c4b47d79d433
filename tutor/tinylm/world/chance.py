"""Chance, always from the `Random` that is handed in."""

from collections.abc import Mapping
from random import Random

HELD_OUT_TENTHS = 3
"""Of ten facts, words or pairs of words, so many are held out by a stable hash."""


def happens(rng: Random, share: float) -> bool:
    """True in this share of the cases."""
    return rng.random() < share


def drawn(rng: Random, shares: Mapping[str, int]) -> str:
    """One of the names, each as often as its share says."""
    return rng.choices(list(shares), list(shares.values()))[0]
