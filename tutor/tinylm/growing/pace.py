"""How far a training has come: by the clock, or by counted steps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

Clock = Callable[[], float]
"""Seconds since any moment."""


class Pace(Protocol):
    """Tells how much of a training is over."""

    def share(self, step: int, seconds: float) -> float:
        """The share, 0–1, that is over after so many steps and seconds."""


@dataclass(frozen=True, slots=True)
class ByClock:
    """So many seconds, whatever is done in them."""

    limit: float

    def share(self, step: int, seconds: float) -> float:  # noqa: ARG002  the other pace needs it
        """By the seconds."""
        return min(1.0, seconds / self.limit)


@dataclass(frozen=True, slots=True)
class BySteps:
    """So many steps, however long they take: the same seed gives the same model."""

    limit: int

    def share(self, step: int, seconds: float) -> float:  # noqa: ARG002  the other pace needs it
        """By the steps."""
        return min(1.0, step / self.limit)
