"""Counted pairs: the smallest language model there is, and no training at all."""

import numpy as np

from tutor.tinylm.growing.gradients import Tokens
from tutor.tinylm.model import Array

BESIDE = 0.05
"""Added to each count, lest a pair that never came be impossible."""


def count(tokens: Tokens, vocabulary: int) -> Array:
    """The probability of each token after each other one, from how often it came: (V, V)."""
    pairs = tokens[:-1].astype(np.int64) * vocabulary + tokens[1:]
    counts = np.bincount(pairs, minlength=vocabulary**2).reshape(vocabulary, vocabulary)
    filled = counts.astype(np.float32) + np.float32(BESIDE)
    shares: Array = filled / filled.sum(1, keepdims=True)
    return shares
