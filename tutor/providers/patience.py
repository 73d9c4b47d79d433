"""How long a model somewhere else is waited for, and how the waiting is shown."""

from collections.abc import Callable
from dataclasses import dataclass

Wait = Callable[[float, str], None]
"""Wait so many seconds where the learner sees it, and why; Ctrl-C may break out of it at once."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Limits of waiting, in seconds."""

    connect: float = 10.0
    """For a connection."""
    silence: float = 120.0
    """For the next byte; models that reason first are silent for long."""
    tries: int = 3
    """Calls in all, when a host says that it is busy."""
    waiting: float = 60.0
    """Between those calls, all waits together."""


PATIENT = Patience()
