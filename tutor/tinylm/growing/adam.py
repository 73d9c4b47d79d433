"""The optimiser: which way each weight goes, and how far."""

from dataclasses import dataclass, field

import numpy as np

from tutor.tinylm.model import Array

Weights = dict[str, Array]
"""Weights, or their slopes, by name."""

MEMORY, SQUARE_MEMORY = 0.9, 0.98
"""How much of the running means is kept at each step."""
LARGEST = 1.0
"""Longer slopes, all weights taken together, are cut to this length."""
WARM_UP = 50
"""Steps over which the rate rises: at first nothing is known of the slopes."""
LAST = 0.03
"""The share of the rate that is left at the end."""


@dataclass(slots=True)
class Adam:
    """Steps against the mean slope, in units of its own usual size.

    Kingma and Ba (2014, arXiv:1412.6980). The weights are changed where they are.
    """

    weights: Weights
    rate: float
    steps: int = 0
    mean: Weights = field(init=False)
    square: Weights = field(init=False)

    def __post_init__(self) -> None:
        self.mean = {name: np.zeros_like(weight) for name, weight in self.weights.items()}
        self.square = {name: np.zeros_like(weight) for name, weight in self.weights.items()}

    def step(self, slopes: Weights, share: float) -> None:
        """Go one step, at this share (0–1) of the way through the training."""
        self.steps += 1
        correction = (1 - SQUARE_MEMORY**self.steps) ** 0.5 / (1 - MEMORY**self.steps)
        stride = np.float32(self.rate * schedule(self.steps, share) * correction)
        cut = np.float32(min(1.0, LARGEST / (length(slopes) + 1e-9)))
        for name, slope in slopes.items():
            self._move(name, slope * cut, stride)

    def _move(self, name: str, slope: Array, stride: np.float32) -> None:
        mean, square = self.mean[name], self.square[name]
        mean += np.float32(1 - MEMORY) * (slope - mean)
        square += np.float32(1 - SQUARE_MEMORY) * (slope * slope - square)
        self.weights[name] -= stride * mean / (np.sqrt(square) + np.float32(1e-8))


def schedule(step: int, share: float) -> float:
    """The share of the rate to go by: up over the first steps, then down to nearly nothing."""
    return min(1.0, step / WARM_UP) * max(LAST, 1 - share)


def length(slopes: Weights) -> float:
    """The length of all slopes taken as one vector."""
    return float(sum(float(np.vdot(slope, slope)) for slope in slopes.values()) ** 0.5)
