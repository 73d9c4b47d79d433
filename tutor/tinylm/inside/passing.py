"""A pass that keeps what every part added, and lets every part be changed on the way.

T tokens, H heads, B passes side by side; a border `after` = 0 … layers lies before the first layer
and after each one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tutor.tinylm.inside.changes import UNCHANGED, Changes, Mlp
from tutor.tinylm.model import Array, Model, attention_weights, mlp, rms_norm, rotate, unembed


@dataclass(frozen=True, slots=True)
class Layer:
    """What happened in one layer, to one text or to several side by side (B first)."""

    keys: Array  # (…, H, T, head_width), turned by their positions
    values: Array  # (…, H, T, head_width)
    attention: Array  # (…, H, T, S): how much each token looks at each; rows sum to 1
    mixed: Array  # (…, H, T, head_width): what each head took along, before `out`
    mlp: Array  # (…, T, width): what the MLP added
    after: Array  # (…, T, width): the stream behind it, before anything is put in


@dataclass(frozen=True, slots=True)
class Seen:
    """All that happened in a pass."""

    tokens: tuple[int, ...]
    changes: Changes
    stream: Array  # (layers + 1, T, width), with what was put in
    put_in: Array  # (layers + 1, T, width): what patches and pushes added
    layers: tuple[Layer, ...]
    scores: Array  # (T, vocabulary)


@dataclass(frozen=True, slots=True)
class Past:
    """Keys and values of the places before those that are led through a layer."""

    keys: Array  # (H, P, head_width)
    values: Array  # (H, P, head_width)


def see(model: Model, tokens: Sequence[int], changes: Changes = UNCHANGED) -> Seen:
    """Read the tokens with these changes. IndexError beyond the vocabulary."""
    before = model.embedding[list(tokens)]
    stream = [changes.put_in(0, before)]
    put_in, layers = [stream[0] - before], []
    for number in range(model.shape.layers):
        layer = through(model, number, stream[-1], changes)
        stream.append(changes.put_in(number + 1, layer.after))
        put_in.append(stream[-1] - layer.after)
        layers.append(layer)
    scores = unembed(model, stream[-1])
    return Seen(tuple(tokens), changes, np.stack(stream), np.stack(put_in), tuple(layers), scores)


def through(
    model: Model, number: int, x: Array, changes: Changes = UNCHANGED, past: Past | None = None
) -> Layer:
    """The stream x (…, T, width) led through one layer; what stands before it is in the past."""
    block = model.blocks[number]
    queries, keys, values = project(model, number, rms_norm(x, block.attention_norm), past)
    weights = looks(queries, keys)
    mixed = weights @ values
    mixed[..., changes.removed_heads(number), :, :] = 0
    together: Array = np.swapaxes(mixed, -2, -3).reshape(x.shape)
    between: Array = x + together @ block.out
    moved = mlp(rms_norm(between, block.mlp_norm), block)
    if Mlp(number) in changes.without:
        moved = np.zeros_like(moved)
    return Layer(keys, values, weights, mixed, moved, between + moved)


def onward(model: Model, x: Array, after: int, changes: Changes) -> Array:
    """The stream x (…, T, width) that stands after so many layers, led through all the others."""
    for number in range(after, model.shape.layers):
        x = changes.put_in(number + 1, through(model, number, x, changes).after)
    return x


def project(model: Model, number: int, x: Array, past: Past | None) -> tuple[Array, Array, Array]:
    """Queries (…, H, T, head_width), and keys and values of the past too (…, H, S, head_width)."""
    heads, length = model.shape.heads, x.shape[-2]
    begin = 0 if past is None else past.keys.shape[-2]
    qkv = (x @ model.blocks[number].qkv).reshape(*x.shape[:-1], 3 * heads, -1)
    qkv = np.swapaxes(qkv, -2, -3)  # (…, 3 H, T, head_width)
    places = slice(begin, begin + length)
    turned = rotate(qkv[..., : 2 * heads, :, :], model.cosine[places], model.sine[places])
    queries, keys = turned[..., :heads, :, :], turned[..., heads:, :, :]
    values = qkv[..., 2 * heads :, :, :]
    if past is None:
        return queries, keys, values
    return queries, behind(past.keys, keys), behind(past.values, values)


def behind(past: Array, now: Array) -> Array:
    """The past (H, P, d) before each of (…, H, T, d): (…, H, P + T, d)."""
    return np.concatenate([np.broadcast_to(past, (*now.shape[:-2], *past.shape[-2:])), now], -2)


def looks(queries: Array, keys: Array) -> Array:
    """How much each query (…, T, d) looks at each key (…, S, d), none at a later one: (…, T, S)."""
    flat = [x.reshape(-1, *x.shape[-2:]) for x in (queries, keys)]
    return attention_weights(*flat).reshape(*queries.shape[:-1], keys.shape[-2])


def brought(model: Model, seen: Seen, place: int) -> Array:
    """What each head added to the stream of one place: (layers, H, width).

    The heads of a layer share one matrix, whose rows belong to them in turn: so their shares add up
    to what the layer's attention brings.
    """
    heads, width = model.shape.heads, model.shape.width
    mixed = np.stack([layer.mixed[:, place, None] for layer in seen.layers])  # (layers, H, 1, d)
    out = np.stack([block.out.reshape(heads, -1, width) for block in model.blocks])
    return (mixed @ out)[:, :, 0]


def lens(model: Model, seen: Seen) -> Array:
    """Scores as if the model stopped at each border: (layers + 1, T, vocabulary).

    The last norm and the head, applied to the stream on its way (nostalgebraist 2020).
    """
    return unembed(model, seen.stream)


def likeliest_at_borders(model: Model, seen: Seen) -> tuple[Array, Array]:
    """What `lens` makes likeliest at each border and place, and its share: (layers + 1, T) twice.

    The share is the softmax there alone: exp(0) / sum exp(x - max x).
    """
    scores = lens(model, seen)
    return scores.argmax(-1), 1 / np.exp(scores - scores.max(-1, keepdims=True)).sum(-1)
