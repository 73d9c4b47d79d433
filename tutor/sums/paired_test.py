"""Two prompts on the same cases: a difference or luck, and how many cases would show it."""

import math

LEVEL, POWER = 0.05, 0.80
"""A p-value below LEVEL counts; POWER is how often a true difference is then seen."""
Z_LEVEL, Z_POWER = 1.959964, 0.841621
"""Standard normal quantiles for LEVEL on two sides, and for POWER."""


def sign_test(wins: int, losses: int) -> float:
    """The exact p-value of a split as uneven as this, were each case the toss of a coin.

    Cases on which both agree say nothing. Also called McNemar's (1947) test, exact, two-sided.
    """
    count, fewer = wins + losses, min(wins, losses)
    tail = sum(math.comb(count, k) for k in range(fewer + 1))
    return float(min(1.0, 2 * tail / 2**count))


def least_clean_sweep(level: float = LEVEL) -> int:
    """So many cases, all decided the same way, are the fewest that count."""
    return next(count for count in range(1, 100) if sign_test(count, 0) < level)


def cases_needed(wins: int, losses: int, count: int) -> int | None:
    """Cases for an 80 % chance to see a difference as large as in these; None without one.

    Connor (1987), Biometrics 43, 207-211: (z√d + z'√(d - t²))² / t² for a share d of cases on
    which the two differ and a difference t between their shares of wins.
    """
    differ, lead = (wins + losses) / count, abs(wins - losses) / count
    if not lead:
        return None
    spread = Z_LEVEL * math.sqrt(differ) + Z_POWER * math.sqrt(differ - lead * lead)
    return max(least_clean_sweep(), math.ceil((spread / lead) ** 2))
