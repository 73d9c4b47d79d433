"""What happens while a model grows, as it is told to whoever looks on."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias


class Stage(Enum):
    """The three models, each larger than the one before."""

    PAIRS = auto()
    NETWORK = auto()
    TRANSFORMER = auto()
    MASK = auto()
    """Demonstrations, on top of the transformer."""


class How(Enum):
    """How a stage ended."""

    FINISHED = auto()
    STOPPED = auto()
    """By the learner."""
    DIVERGED = auto()
    """The loss grew instead of falling."""


@dataclass(frozen=True, slots=True)
class Began:
    """A stage begins with so many weights."""

    stage: Stage
    parameters: int


@dataclass(frozen=True, slots=True)
class WentOn:
    """Nothing but some time passed."""

    stage: Stage
    share: float
    """Of the stage that is over, 0–1."""
    step: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Measured:
    """How it stands; both losses in nats a token."""

    stage: Stage
    share: float
    """Of the stage that is over, 0–1."""
    step: int
    seconds: float
    training: float
    """Mean over the steps since it was measured last."""
    held_out: float


@dataclass(frozen=True, slots=True)
class Wrote:
    """A sample: how the beginning that it was given goes on."""

    stage: Stage
    seconds: float
    beginning: str
    text: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A stage is over."""

    stage: Stage
    how: How
    step: int
    seconds: float
    held_out: float


Event: TypeAlias = Began | WentOn | Measured | Wrote | Ended
