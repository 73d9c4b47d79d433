"""A small model with random weights, for tests that need any model at all."""

import numpy as np

from tutor.tinylm.model import Array, Model, from_weights
from tutor.tinylm.shape import Shape

SHAPE = Shape(vocabulary=96, width=32, layers=3, heads=4, context=48)


def weights(shape: Shape = SHAPE, seed: int = 0) -> dict[str, Array]:
    """Named weights large enough that every part of the model matters."""
    chance = np.random.default_rng(seed)
    width = shape.width
    sizes: dict[str, tuple[int, ...]] = {"embedding": (shape.vocabulary, width), "norm": (width,)}
    for layer in range(shape.layers):
        sizes |= {
            f"blocks.{layer}.attention_norm": (width,),
            f"blocks.{layer}.qkv": (3 * width, width),
            f"blocks.{layer}.out": (width, width),
            f"blocks.{layer}.mlp_norm": (width,),
            f"blocks.{layer}.up": (4 * width, width),
            f"blocks.{layer}.down": (width, 4 * width),
        }
    drawn = {name: chance.normal(0, 0.3, size).astype(np.float32) for name, size in sizes.items()}
    return {name: 1 + weight if weight.ndim == 1 else weight for name, weight in drawn.items()}


def model(shape: Shape = SHAPE, seed: int = 0) -> Model:
    return from_weights(weights(shape, seed), shape)


def some_tokens(count: int, seed: int = 1) -> list[int]:
    tokens: list[int] = np.random.default_rng(seed).integers(0, SHAPE.vocabulary, count).tolist()
    return tokens
