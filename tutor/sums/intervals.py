"""How far a count can be trusted."""

import math

Z = 1.96
"""Standard errors on either side of a figure that make its 95 % interval."""


def wilson(right: float, count: int) -> tuple[float, float]:
    """Wilson's (1927) 95 % score interval of a true share, 0–1; ZeroDivisionError for no count."""
    share, squared = right / count, Z * Z / count
    middle = (share + squared / 2) / (1 + squared)
    spread = math.sqrt(share * (1 - share) / count + squared / (4 * count))
    half = Z * spread / (1 + squared)
    return max(0.0, middle - half), min(1.0, middle + half)
