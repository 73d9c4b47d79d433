"""A small network that sees the last few tokens, each at its fixed place, and nothing else.

After Bengio, Ducharme, Vincent and Jauvin (2003, JMLR 3).
"""

from dataclasses import dataclass

import numpy as np

from tutor.tinylm.growing import gradients as by
from tutor.tinylm.growing.adam import Weights
from tutor.tinylm.growing.gradients import Tokens
from tutor.tinylm.model import Array

SEEN = 4
"""So many tokens are all that it knows of a text."""
WIDTH, HIDDEN = 24, 96
"""As many weights in all as the transformer has."""


@dataclass(frozen=True, slots=True)
class SmallNetwork:
    """Weights that change as they learn."""

    weights: Weights

    @classmethod
    def drawn(cls, vocabulary: int, chance: np.random.Generator) -> "SmallNetwork":
        """A newborn one."""

        def drawn(rows: int, columns: int, size: float) -> Array:
            return (chance.standard_normal((rows, columns)) * size).astype(np.float32)

        inside = SEEN * WIDTH
        return cls(
            {
                "embedding": drawn(vocabulary, WIDTH, 0.3),
                "into": drawn(inside, HIDDEN, inside**-0.5),
                "bias": np.zeros(HIDDEN, np.float32),
                "out": drawn(HIDDEN, vocabulary, HIDDEN**-0.5),
                "prior": np.zeros(vocabulary, np.float32),
            }
        )

    def learn(self, windows: Tokens, wanted: Tokens) -> tuple[float, Weights]:
        """Loss at the tokens (N,) that follow the windows (N, SEEN), and each weight's slope."""
        hidden = hide(self.weights, windows)
        loss, slope = by.surprise(score(self.weights, hidden), wanted)
        return loss, network_back(self.weights, windows, hidden, slope)

    def scores(self, windows: Tokens) -> Array:
        """Scores of the token that follows each window: (N, SEEN) -> (N, V)."""
        return score(self.weights, hide(self.weights, windows))


def hide(weights: Weights, windows: Tokens) -> Array:
    """The hidden layer (N, HIDDEN): the windows' embeddings side by side, summed and bent."""
    x = by.look_up(weights["embedding"], windows.ravel()).reshape(len(windows), -1)
    hidden: Array = np.tanh(by.linear(x, weights["into"]) + weights["bias"])
    return hidden


def score(weights: Weights, hidden: Array) -> Array:
    """Scores from the hidden layer, and from how frequent each token is at all: (N, V)."""
    scores: Array = by.linear(hidden, weights["out"]) + weights["prior"]
    return scores


def network_back(weights: Weights, windows: Tokens, hidden: Array, slope: Array) -> Weights:
    """From the slope of the scores (N, V) to the slope of each weight."""
    slopes = {"prior": slope.sum(0)}
    slope, slopes["out"] = by.linear_back(slope, hidden, weights["out"])
    slope = by.tanh_back(slope, hidden)
    slopes["bias"] = slope.sum(0)
    x = by.look_up(weights["embedding"], windows.ravel()).reshape(len(windows), -1)
    slope, slopes["into"] = by.linear_back(slope, x, weights["into"])
    rows, vocabulary = slope.reshape(windows.size, -1), len(weights["embedding"])
    slopes["embedding"] = by.look_up_back(rows, windows.ravel(), vocabulary)
    return slopes
