"""Rows of numbers as arrows: how far two point the same way."""

import math
from collections.abc import Sequence

Vector = tuple[float, ...]


def dot(one: Sequence[float], other: Sequence[float]) -> float:
    """Add up the products, number by number."""
    return math.fsum(a * b for a, b in zip(one, other, strict=True))


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """Dot product over the lengths: 1 for the same direction, 0 for a right angle."""
    return dot(one, other) / (math.hypot(*one) * math.hypot(*other))
