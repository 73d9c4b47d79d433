"""The model in plain numpy: one function per idea, the shapes on the lines.

A decoder-only transformer with RMSNorm, rotary positions, a squared-ReLU MLP and one matrix that is
both embedding and head. T tokens are read at once, S are visible (those before and these), H heads.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tutor.tinylm import packing
from tutor.tinylm.shape import Shape

Array = NDArray[np.float32]

EPSILON = np.float32(1e-5)


@dataclass(frozen=True, slots=True)
class Block:
    """The weights of one layer; matrices are (in, out), so that `x @ matrix` applies them."""

    attention_norm: Array  # (width,)
    qkv: Array  # (width, 3 width)
    out: Array  # (width, width)
    mlp_norm: Array  # (width,)
    up: Array  # (width, 4 width)
    down: Array  # (4 width, width)


@dataclass(frozen=True, slots=True)
class Model:
    """Weights, ready for use; nothing in here ever changes."""

    shape: Shape
    embedding: Array  # (vocabulary, width)
    blocks: tuple[Block, ...]
    norm: Array  # (width,)
    head: Array  # (width, vocabulary): the embedding, turned once for speed
    cosine: Array  # (context, head_width / 2)
    sine: Array  # (context, head_width / 2)


@dataclass(slots=True)
class Cache:
    """Keys and values of the tokens read so far: what makes the next token cheap."""

    keys: Array  # (layers, H, context, head_width)
    values: Array  # (layers, H, context, head_width)
    length: int = 0

    @classmethod
    def empty(cls, shape: Shape) -> "Cache":
        """Room for a whole context, with nothing read yet."""
        size = (shape.layers, shape.heads, shape.context, shape.head_width)
        return cls(np.zeros(size, np.float32), np.zeros(size, np.float32))


@dataclass(slots=True)
class Trace:
    """What a pass leaves behind for those who look inside."""

    attention: list[Array] = field(default_factory=list)
    """For each layer (H, T, S): how much each token looks at each other one; rows sum to 1."""
    stream: list[Array] = field(default_factory=list)
    """The residual stream (T, width) before the first layer and after each one."""


def rms_norm(x: Array, gain: Array) -> Array:
    """Scale each row of `x` (..., n) to a root mean square of 1, then by `gain` (n,).

    Zhang and Sennrich (2019, arXiv:1910.07467).
    """
    square_sum = (x * x).sum(-1, keepdims=True)
    normed: Array = x / np.sqrt(square_sum / np.float32(len(gain)) + EPSILON) * gain
    return normed


def softmax(x: Array) -> Array:
    """exp(x) / sum exp(x) over the last axis (..., n), shifted so that nothing overflows."""
    powers = np.exp(x - x.max(-1, keepdims=True))
    shares: Array = powers / powers.sum(-1, keepdims=True)
    return shares


def log_softmax(x: Array) -> Array:
    """Natural logarithm of `softmax` over the last axis (..., n), safe where a share is near 0."""
    shifted = x - x.max(-1, keepdims=True)
    logs: Array = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return logs


def rotary_tables(shape: Shape) -> tuple[Array, Array]:
    """Cosine and sine of position times frequency, each (context, head_width / 2).

    Su and others (2021, arXiv:2104.09864).
    """
    half = np.arange(0, shape.head_width, 2, dtype=np.float32) / shape.head_width
    angles = np.outer(np.arange(shape.context), 10_000.0**-half).astype(np.float32)
    return np.cos(angles), np.sin(angles)


def rotate(x: Array, cosine: Array, sine: Array) -> Array:
    """Turn each pair (first half, second half) of `x` (..., T, head_width) by its angle."""
    half = x.shape[-1] // 2
    left, right = x[..., :half], x[..., half:]
    return np.concatenate([left * cosine - right * sine, left * sine + right * cosine], -1)


def split_heads(x: Array, heads: int) -> Array:
    """One slice of each row per head: (T, H head_width) -> (H, T, head_width)."""
    return x.reshape(len(x), heads, -1).transpose(1, 0, 2)


def join_heads(x: Array) -> Array:
    """The heads' slices side by side again: (H, T, head_width) -> (T, width)."""
    return x.transpose(1, 0, 2).reshape(x.shape[1], -1)


def attention_weights(q: Array, k: Array) -> Array:
    """How much each query (H, T, d) looks at each key (H, S, d), none at a later one: (H, T, S).

    Vaswani and others (2017, arXiv:1706.03762).
    """
    scores = q @ k.transpose(0, 2, 1) * np.float32(q.shape[-1] ** -0.5)
    now, visible = scores.shape[1:]
    if now > 1:
        scores[:, ~np.tri(now, visible, visible - now, dtype=bool)] = -np.inf
    return softmax(scores)


def mlp(x: Array, block: Block) -> Array:
    """Squared-ReLU MLP, (T, width) -> (T, width) (So and others, 2021, arXiv:2109.08668)."""
    hidden = np.maximum(x @ block.up, 0)
    moved: Array = np.square(hidden) @ block.down
    return moved


def forward(
    model: Model, tokens: Sequence[int], cache: Cache | None = None, trace: Trace | None = None
) -> Array:
    """Scores of the token that follows each of these: (T, vocabulary).

    With a cache, `tokens` continue what it has read, and it is extended; with a trace, what happens
    on the way is written down. ValueError beyond the context, IndexError beyond the vocabulary.
    """
    cache = cache or Cache.empty(model.shape)
    x = model.embedding[list(tokens)]  # (T, width)
    for layer, block in enumerate(model.blocks):
        if trace is not None:
            trace.stream.append(x)
        x = x + attend(model, layer, rms_norm(x, block.attention_norm), cache, trace)
        x = x + mlp(rms_norm(x, block.mlp_norm), block)
    cache.length += len(tokens)
    if trace is not None:
        trace.stream.append(x)
    return unembed(model, x)


def attend(model: Model, layer: int, x: Array, cache: Cache, trace: Trace | None) -> Array:
    """What the heads of a layer bring to each token from the ones before: (T, width)."""
    block, heads = model.blocks[layer], model.shape.heads
    begin, end = cache.length, cache.length + len(x)
    cosine, sine = model.cosine[begin:end], model.sine[begin:end]
    qkv = split_heads(x @ block.qkv, 3 * heads)
    turned = rotate(qkv[: 2 * heads], cosine, sine)
    cache.keys[layer, :, begin:end] = turned[heads:]
    cache.values[layer, :, begin:end] = qkv[2 * heads :]
    weights = attention_weights(turned[:heads], cache.keys[layer, :, :end])
    if trace is not None:
        trace.attention.append(weights)
    brought: Array = join_heads(weights @ cache.values[layer, :, :end]) @ block.out
    return brought


def unembed(model: Model, x: Array) -> Array:
    """Scores of every token from the residual stream: (..., width) -> (..., vocabulary)."""
    scores: Array = rms_norm(x, model.norm) @ model.head
    return scores


def logit_lens(model: Model, trace: Trace) -> Array:
    """What the model would say if it stopped after each layer: (layers + 1, T, vocabulary).

    The last norm and the head, applied to the stream on its way (nostalgebraist 2020).
    """
    return unembed(model, np.stack(trace.stream))


def log_probabilities(model: Model, tokens: Sequence[int]) -> Array:
    """Natural logarithms of the probability of each token but the first, given those before.

    (T,) -> (T - 1,).
    """
    logs = log_softmax(forward(model, tokens[:-1]))
    return logs[np.arange(len(tokens) - 1), list(tokens[1:])]


def load(path: Path) -> Model:
    """A model from its safetensors file; OSError if there is none."""
    weights, about = packing.read_weights(path)
    return from_weights(weights, Shape.from_text(about))


def from_weights(weights: dict[str, Array], shape: Shape) -> Model:
    """A model from named fp32 weights, whose matrices are stored (out, in)."""
    cosine, sine = rotary_tables(shape)
    embedding = weights["embedding"]
    blocks = tuple(_block(weights, f"blocks.{layer}.") for layer in range(shape.layers))
    head = np.ascontiguousarray(embedding.T)
    return Model(shape, embedding, blocks, weights["norm"], head, cosine, sine)


def _block(weights: dict[str, Array], prefix: str) -> Block:
    parts = {name: weights[prefix + name] for name in Block.__dataclass_fields__}
    return Block(**{name: np.ascontiguousarray(part.T) for name, part in parts.items()})
