"""Forward and back, a pair of functions for each idea, the shapes on the lines.

Forward computes what comes out. Back takes `slope`, how much the loss changes with each number that
came out, and returns how much it changes with each number that went in: the chain rule, one link at
a time (Rumelhart, Hinton and Williams 1986, Nature 323). No slope is approximate; each is checked
against tiny changes of its input.

B texts of T tokens are learned from at once; N = B T rows stand below each other. H heads of D
numbers make the width C; V is the vocabulary.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tutor.tinylm.model import EPSILON, Array, rotate

Tokens = NDArray[np.int32]
Chosen = NDArray[np.bool_]


def look_up(embedding: Array, tokens: Tokens) -> Array:
    """Each token's row of the embedding (V, C): tokens (N,) -> (N, C)."""
    rows: Array = embedding[tokens]
    return rows


def look_up_back(slope: Array, tokens: Tokens, vocabulary: int) -> Array:
    """Each row of the embedding gathers the slopes (N, C) of all places of its token: (V, C)."""
    gathered: Array = np.zeros((vocabulary, slope.shape[1]), slope.dtype)
    np.add.at(gathered, tokens, slope)
    return gathered


def linear(x: Array, weights: Array) -> Array:
    """Each output is a weighted sum of the inputs: (N, in) @ (in, out) -> (N, out)."""
    summed: Array = x @ weights
    return summed


def linear_back(slope: Array, x: Array, weights: Array) -> tuple[Array, Array]:
    """Slopes of the input (N, in) and of the weights (in, out)."""
    return slope @ weights.T, x.T @ slope


@dataclass(frozen=True, slots=True)
class Normed:
    """What `rms_norm` did: the rows at a root mean square of 1, and what they were scaled by."""

    rows: Array  # (N, C)
    scale: Array  # (N, 1)


def rms_norm(x: Array, gain: Array) -> tuple[Array, Normed]:
    """Scale each row (N, C) to a root mean square of 1, then by `gain` (C,).

    Zhang and Sennrich (2019, arXiv:1910.07467).
    """
    scale = 1 / np.sqrt((x * x).mean(-1, keepdims=True) + EPSILON)
    rows = x * scale
    return rows * gain, Normed(rows, scale)


def rms_norm_back(slope: Array, normed: Normed, gain: Array) -> tuple[Array, Array]:
    """Slopes of x (N, C) and of the gain (C,).

    A change along the row itself is scaled away again, so that part of the slope is taken out.
    """
    gain_slope = (slope * normed.rows).sum(0)
    slope = slope * gain
    along = (slope * normed.rows).mean(-1, keepdims=True)
    return normed.scale * (slope - normed.rows * along), gain_slope


def rotate_back(slope: Array, cosine: Array, sine: Array) -> Array:
    """Turning back by the same angle: the slope of `model.rotate`'s input (..., T, D)."""
    return rotate(slope, cosine, -sine)


@dataclass(frozen=True, slots=True)
class Attended:
    """What went into attention, and the weights (B, H, T, T) with which the tokens looked."""

    q: Array  # (B, H, T, D)
    k: Array  # (B, H, T, D)
    v: Array  # (B, H, T, D)
    weights: Array  # (B, H, T, T)


def attend(q: Array, k: Array, v: Array) -> tuple[Array, Attended]:
    """Each token brings the values of those before it, by how well its query fits their keys.

    (B, H, T, D) three times -> (B, H, T, D). Vaswani and others (2017, arXiv:1706.03762).
    """
    scores = q @ k.swapaxes(-1, -2)
    scores *= np.float32(q.shape[-1] ** -0.5)
    scores += ahead(q.shape[-2])
    weights = softmax(scores)
    return weights @ v, Attended(q, k, v, weights)


@cache
def ahead(times: int) -> Array:
    """Added to the scores (T, T): minus infinity for every look ahead, else nothing."""
    return np.triu(np.full((times, times), -np.inf, np.float32), 1)


def softmax(scores: Array) -> Array:
    """`model.softmax` in place, for fresh memory costs more than the sum: (..., n)."""
    scores -= scores.max(-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(-1, keepdims=True)
    return scores


def attend_back(slope: Array, seen: Attended) -> tuple[Array, Array, Array]:
    """Slopes of q, k and v, each (B, H, T, D)."""
    v_slope = seen.weights.swapaxes(-1, -2) @ slope
    scores = softmax_back(slope @ seen.v.swapaxes(-1, -2), seen.weights)
    scores *= np.float32(seen.q.shape[-1] ** -0.5)
    return scores @ seen.k, scores.swapaxes(-1, -2) @ seen.q, v_slope


def softmax_back(slope: Array, shares: Array) -> Array:
    """Slope of the scores (..., n): what one share gains, the others lose."""
    gain: Array = slope * shares
    gain -= shares * gain.sum(-1, keepdims=True)
    return gain


def squared_relu(x: Array) -> tuple[Array, Array]:
    """Nothing below 0, the square above; and what was not cut off (both as x).

    So and others (2021, arXiv:2109.08668).
    """
    positive = np.maximum(x, 0)
    return positive * positive, positive


def squared_relu_back(slope: Array, positive: Array) -> Array:
    """The slope of a square is twice its root; below 0 it is flat."""
    back: Array = 2 * slope * positive
    return back


def tanh_back(slope: Array, out: Array) -> Array:
    """Slope of tanh's input, from what came out: steep at 0, flat near 1 and -1."""
    back: Array = slope * (1 - out * out)
    return back


def surprise(scores: Array, wanted: Tokens, counted: Chosen | None = None) -> tuple[float, Array]:
    """Mean surprise in nats at the tokens that came (N,), and the slope of the scores (N, V).

    Surprise is -log of the probability that the token had. Its slope is as plain as can be: the
    probabilities, less 1 at the token that came. Where `counted` (N,) is False, nothing is learned.
    """
    rows = np.arange(len(wanted))
    counts = np.ones(len(wanted), scores.dtype) if counted is None else counted.astype(scores.dtype)
    counts /= counts.sum()
    shares = softmax(scores)
    loss = -(counts * np.log(shares[rows, wanted] + np.finfo(shares.dtype).tiny)).sum()
    shares[rows, wanted] -= 1
    shares *= counts[:, None]
    return float(loss), shares
