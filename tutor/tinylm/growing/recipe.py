"""What the learner may change about a training, and what follows from it."""

import math
from dataclasses import asdict, dataclass

from tutor.errors import TutorError
from tutor.tinylm.shape import Shape

HEAD = 32
"""Numbers of a vector that belong to a head: a model of width 64 has two."""
CONTEXT = 128
WIDEST, DEEPEST = 256, 6
SHORTEST, LONGEST = 3.0, 3600.0
"""Seconds."""
NETWORK_SHARE = 1 / 6
"""Of the time; the transformer has the rest."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is to grow. With a limit of steps the clock decides nothing."""

    width: int = 64
    layers: int = 1
    rate: float = 0.01
    seconds: float = 60.0
    steps: int | None = None
    seed: int = 1

    def __post_init__(self) -> None:
        """Refuse what cannot be trained, or not in a learner's time; TutorError."""
        if self.width % HEAD or not HEAD <= self.width <= WIDEST:
            hint = f"try {HEAD}, 32, 64 or 128; at the most {WIDEST}"
            raise TutorError(f"the width must be a multiple of {HEAD}, not {self.width}", hint=hint)
        _between("number of layers", self.layers, 1, DEEPEST)
        _between("number of seconds", self.seconds, SHORTEST, LONGEST)
        if not (math.isfinite(self.rate) and self.rate > 0):
            hint = "0.01 is a good one; try 50 to see what too much does"
            raise TutorError(f"a rate must be greater than 0, not {self.rate:g}", hint=hint)
        if self.steps is not None:
            _between("number of steps", self.steps, 1, 1_000_000)

    def shape(self, vocabulary: int) -> Shape:
        """The transformer that it asks for."""
        return Shape(vocabulary, self.width, self.layers, self.width // HEAD, CONTEXT)

    def as_text(self) -> dict[str, str]:
        """For the metadata of a weights file, which holds text only."""
        return {name: str(value) for name, value in asdict(self).items() if value is not None}


def _between(what: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        said = f"the {what} must lie between {least:g} and {most:g}, not be {value:g}"
        raise TutorError(said, hint="see what can be changed: tutor train --help")
