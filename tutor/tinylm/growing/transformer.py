"""The transformer that grows: the very model of `tutor.tinylm.model`, with the way back.

Its weights are named as there, but stored (in, out), so that `x @ weights` applies them.
"""

from dataclasses import dataclass

import numpy as np

from tutor.tinylm.growing import gradients as by
from tutor.tinylm.growing.adam import Weights
from tutor.tinylm.growing.gradients import Chosen, Tokens
from tutor.tinylm.model import Array, Block, Model, from_weights, rotary_tables, rotate
from tutor.tinylm.shape import Shape


@dataclass(frozen=True, slots=True)
class Transformer:
    """Weights that change as they learn, and what never changes."""

    shape: Shape
    weights: Weights
    cosine: Array  # (context, D / 2)
    sine: Array  # (context, D / 2)

    @classmethod
    def drawn(cls, shape: Shape, chance: np.random.Generator) -> "Transformer":
        """A newborn one: small random weights, so that no two neurons are alike."""
        return cls(shape, drawn_weights(shape, chance), *rotary_tables(shape))

    @classmethod
    def of(cls, model: Model) -> "Transformer":
        """One that goes on learning where a model stands; the model itself is left as it is."""
        weights = {"embedding": model.embedding.copy(), "norm": model.norm.copy()}
        for layer, block in enumerate(model.blocks):
            parts = {name: getattr(block, name) for name in Block.__dataclass_fields__}
            weights |= {f"blocks.{layer}.{name}": part.copy() for name, part in parts.items()}
        return cls(model.shape, weights, model.cosine, model.sine)

    def learn(
        self, tokens: Tokens, wanted: Tokens, counted: Chosen | None = None
    ) -> tuple[float, Weights]:
        """Loss on texts (B, T), whose next tokens are `wanted` (B, T), and each weight's slope.

        Where `counted` (B, T) is False, a token is read and nothing is learned from it.
        """
        scores, passed = forward(self, tokens)
        chosen = None if counted is None else counted.ravel()
        loss, slope = by.surprise(scores, wanted.ravel(), chosen)
        return loss, backward(self, tokens, passed, slope)

    def grown(self) -> Model:
        """The model as it stands now, ready for use."""
        return from_weights(self.stored(), self.shape)

    def stored(self) -> Weights:
        """The weights as a file holds them: matrices of the blocks (out, in)."""
        return {
            name: np.ascontiguousarray(weight.T) if name.startswith("blocks.") else weight.copy()
            for name, weight in self.weights.items()
        }


def drawn_weights(shape: Shape, chance: np.random.Generator) -> Weights:
    """Random weights; the wider the input, the smaller, so that sums stay as large as before."""
    width = shape.width

    def drawn(rows: int, columns: int, size: float) -> Array:
        return (chance.standard_normal((rows, columns)) * size).astype(np.float32)

    weights = {
        "embedding": drawn(shape.vocabulary, width, 0.05),
        "norm": np.ones(width, np.float32),
    }
    for layer in range(shape.layers):
        weights |= {
            f"blocks.{layer}.attention_norm": np.ones(width, np.float32),
            f"blocks.{layer}.qkv": drawn(width, 3 * width, width**-0.5),
            f"blocks.{layer}.out": drawn(width, width, 0.5 * width**-0.5),
            f"blocks.{layer}.mlp_norm": np.ones(width, np.float32),
            f"blocks.{layer}.up": drawn(width, 4 * width, width**-0.5),
            f"blocks.{layer}.down": drawn(4 * width, width, 0.25 * width**-0.5),
        }
    return weights


@dataclass(frozen=True, slots=True)
class Passed:
    """What the way back needs of one layer."""

    attention_normed: by.Normed
    attended: by.Attended
    joined: Array  # (N, C)
    mlp_normed: by.Normed
    positive: Array  # (N, 4 C)


@dataclass(frozen=True, slots=True)
class Whole:
    """What the way back needs of the whole way forward."""

    layers: list[Passed]
    last: by.Normed


def forward(model: Transformer, tokens: Tokens) -> tuple[Array, Whole]:
    """Scores of the next token at every place: (B, T) -> (N, V)."""
    weights, layers = model.weights, []
    x = by.look_up(weights["embedding"], tokens.ravel())  # (N, C)
    for layer in range(model.shape.layers):
        x, passed = layer_forward(model, layer, x, tokens.shape)
        layers.append(passed)
    final, last = by.rms_norm(x, weights["norm"])
    return by.linear(final, weights["embedding"].T), Whole(layers, last)


def backward(model: Transformer, tokens: Tokens, passed: Whole, slope: Array) -> Weights:
    """From the slope of the scores (N, V) to the slope of each weight, last things first."""
    weights, slopes = model.weights, {}
    final = passed.last.rows * weights["norm"]
    x_slope, head_slope = by.linear_back(slope, final, weights["embedding"].T)
    x_slope, slopes["norm"] = by.rms_norm_back(x_slope, passed.last, weights["norm"])
    for layer in reversed(range(model.shape.layers)):
        x_slope, found = layer_back(model, layer, x_slope, passed.layers[layer])
        slopes |= found
    gathered = by.look_up_back(x_slope, tokens.ravel(), model.shape.vocabulary)
    slopes["embedding"] = gathered + head_slope.T  # one matrix with two uses: its slopes add up
    return slopes


def layer_forward(
    model: Transformer, layer: int, x: Array, size: tuple[int, ...]
) -> tuple[Array, Passed]:
    """One layer on texts of this size (B, T): what attention brings and the MLP adds, (N, C)."""
    own = of_layer(model.weights, layer)
    normed, attention_normed = by.rms_norm(x, own["attention_norm"])
    heads, count = split(by.linear(normed, own["qkv"]), size, model.shape), model.shape.heads
    turned = rotate(heads[:, : 2 * count], *turns(model, size))
    q, k, v = turned[:, :count], turned[:, count:], heads[:, 2 * count :]
    brought, attended = by.attend(q, k, v)
    joined = join(brought)
    x = x + by.linear(joined, own["out"])
    normed, mlp_normed = by.rms_norm(x, own["mlp_norm"])
    hidden, positive = by.squared_relu(by.linear(normed, own["up"]))
    passed = Passed(attention_normed, attended, joined, mlp_normed, positive)
    return x + by.linear(hidden, own["down"]), passed


def layer_back(
    model: Transformer, layer: int, slope: Array, passed: Passed
) -> tuple[Array, Weights]:
    """The slope (N, C) on its way back through a layer, and the slopes of the layer's weights.

    A sum hands its slope on to both of its parts: the stream, and what was added to it.
    """
    own = of_layer(model.weights, layer)
    added, mlp_slopes = mlp_back(own, slope, passed)
    slope = slope + added
    added, attention_slopes = attention_back(model, own, slope, passed)
    found = mlp_slopes | attention_slopes
    return slope + added, {f"blocks.{layer}.{name}": part for name, part in found.items()}


def mlp_back(own: Weights, slope: Array, passed: Passed) -> tuple[Array, Weights]:
    """Back through the MLP, its activation and the norm before it."""
    found: Weights = {}
    hidden = passed.positive * passed.positive
    slope, found["down"] = by.linear_back(slope, hidden, own["down"])
    slope = by.squared_relu_back(slope, passed.positive)
    normed = passed.mlp_normed.rows * own["mlp_norm"]
    slope, found["up"] = by.linear_back(slope, normed, own["up"])
    slope, found["mlp_norm"] = by.rms_norm_back(slope, passed.mlp_normed, own["mlp_norm"])
    return slope, found


def attention_back(
    model: Transformer, own: Weights, slope: Array, passed: Passed
) -> tuple[Array, Weights]:
    """Back through the heads, their rotation and the norm before them."""
    found: Weights = {}
    slope, found["out"] = by.linear_back(slope, passed.joined, own["out"])
    texts, _, times, _ = passed.attended.q.shape
    q, k, v = by.attend_back(split(slope, (texts, times), model.shape), passed.attended)
    turned = by.rotate_back(np.concatenate([q, k], 1), *turns(model, (texts, times)))
    slope = join(np.concatenate([turned, v], 1))
    normed = passed.attention_normed.rows * own["attention_norm"]
    slope, found["qkv"] = by.linear_back(slope, normed, own["qkv"])
    gain = own["attention_norm"]
    slope, found["attention_norm"] = by.rms_norm_back(slope, passed.attention_normed, gain)
    return slope, found


def of_layer(weights: Weights, layer: int) -> Weights:
    """A layer's weights by their short names."""
    prefix = f"blocks.{layer}."
    return {
        name.removeprefix(prefix): weight
        for name, weight in weights.items()
        if name.startswith(prefix)
    }


def turns(model: Transformer, size: tuple[int, ...]) -> tuple[Array, Array]:
    """Cosine and sine of the angle at each place of texts of this size (B, T)."""
    return model.cosine[: size[1]], model.sine[: size[1]]


def split(x: Array, size: tuple[int, ...], shape: Shape) -> Array:
    """Each row cut into heads: (N, H D) -> (B, H, T, D), of as many heads as there are."""
    return x.reshape(*size, -1, shape.head_width).swapaxes(1, 2)


def join(heads: Array) -> Array:
    """The heads' slices side by side again: (B, H, T, D) -> (N, H D)."""
    texts, count, times, width = heads.shape
    return heads.swapaxes(1, 2).reshape(texts * times, count * width)
