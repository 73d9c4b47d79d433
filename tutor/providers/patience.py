"""How long a model somewhere else is waited for, and how the waiting is shown."""

from collections.abc import Callable
from dataclasses import dataclass

Wait = Callable[[float, str], None]
"""Wait so many seconds where the learner sees it, and why; Ctrl-C may break out of it at once."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Limits of waiting."""

    connect: float = 10.0
    """Seconds for a connection."""
    silence: float = 120.0
    """Seconds for the next word; models that reason first are silent for long. Signs of life that
    are no word (comments, empty events) do not lengthen it."""
    total: float = 900.0
    """Seconds for one reply, from the question to its end."""
    tries: int = 3
    """Calls in all, when a host says that it is busy."""
    waiting: float = 60.0
    """Seconds between those calls, all waits together."""
    bytes: int = 32_000_000
    """Of one reply."""


PATIENT = Patience()
