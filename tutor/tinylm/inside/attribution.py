"""Who made a score: what each part wrote into the stream, held against one token's direction.

Direct logit attribution (Elhage and others 2021, "A Mathematical Framework for Transformer
Circuits"; the last norm is taken as it came out).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tutor.tinylm.inside.passing import Seen, brought
from tutor.tinylm.model import EPSILON, Array, Model


@dataclass(frozen=True, slots=True)
class Shares:
    """What each part adds to one score at one place; all of it adds up to `total`."""

    text: float
    """The embedding of the token itself."""
    heads: NDArray[np.float64]  # (layers, H)
    mlps: NDArray[np.float64]  # (layers,)
    put_in: float
    """What patches and pushes added."""

    @property
    def total(self) -> float:
        """The score that the parts make."""
        return float(self.text + self.heads.sum() + self.mlps.sum() + self.put_in)


def raw_score(model: Model, token: int) -> Array:
    """The direction (width,) of a token's own score (logit)."""
    return model.head[:, token]


def above_average(model: Model, token: int) -> Array:
    """The direction (width,) of a token's score above the mean of all tokens'.

    What raises every score alike changes no probability, and does not count here.
    """
    direction: Array = model.head[:, token] - model.head.mean(1)
    return direction


def above_another(model: Model, token: int, other: int) -> Array:
    """The direction (width,) of one token's score above another's."""
    direction: Array = model.head[:, token] - model.head[:, other]
    return direction


def attribute(model: Model, seen: Seen, place: int, direction: Array) -> Shares:
    """What each part adds to the score in this direction at a place."""
    last = seen.stream[-1, place].astype(np.float64)
    scale = np.sqrt(np.square(last).mean() + float(EPSILON))
    read = model.norm * direction.astype(np.float64) / scale
    return Shares(
        text=float((seen.stream[0] - seen.put_in[0])[place] @ read),
        heads=brought(model, seen, place) @ read,
        mlps=np.array([layer.mlp[place] @ read for layer in seen.layers]),
        put_in=float((seen.put_in[:, place] @ read).sum()),
    )
