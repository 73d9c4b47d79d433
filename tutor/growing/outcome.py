"""What was asked for, what the learner thought, and what came of it."""

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from tutor.tinylm.growing.events import Ended, How, Measured, Stage, Wrote
from tutor.tinylm.growing.growing import Growing
from tutor.tinylm.growing.keeping import MINE
from tutor.tinylm.growing.recipe import Recipe


class Outcome(Enum):
    """How a training went."""

    KEPT = auto()
    STOPPED = auto()
    """By the learner; what had grown by then was kept, if it had begun to grow."""
    DIVERGED = auto()


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for."""

    recipe: Recipe
    file: Path | None = None
    name: str = MINE
    mask: bool = False
    """Whether demonstrations are to be put on top of it."""


@dataclass(frozen=True, slots=True)
class Guesses:
    """What the learner thought before; empty where nobody guessed."""

    loss: str = ""
    quiz: str = ""


@dataclass(frozen=True, slots=True)
class Grown:
    """What came of it."""

    growing: Growing
    weights: dict[Stage, int]
    """How many each stage has that was reached."""
    ends: dict[Stage, Ended]
    """How each stage ended that was reached."""
    curve: tuple[Measured, ...]
    """What was measured of the last of them."""
    samples: tuple[Wrote, ...]
    """What that one wrote meanwhile."""

    @property
    def last(self) -> Ended:
        """How the last stage ended."""
        return list(self.ends.values())[-1]

    @property
    def how(self) -> How:
        """In which way."""
        return self.last.how
