"""What follows from a whole course or lesson, worked out once while the same one is asked about."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Whole = TypeVar("Whole")
Followed = TypeVar("Followed")


def once(work_out: Callable[[Whole], Followed]) -> Callable[[Whole], Followed]:
    """Keep what was worked out for the latest whole; one check after another asks for it."""
    latest: list[tuple[Whole, Followed]] = []

    @wraps(work_out)
    def kept(whole: Whole) -> Followed:
        if not latest or latest[0][0] is not whole:
            latest[:] = [(whole, work_out(whole))]
        return latest[0][1]

    return kept
