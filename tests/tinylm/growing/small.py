"""Small books and models, for tests that need any."""

import numpy as np

from tutor.tinylm.growing import shelf
from tutor.tinylm.growing.book import Book, bind
from tutor.tinylm.growing.growing import Growing, Watch
from tutor.tinylm.growing.recipe import Recipe
from tutor.tinylm.growing.transformer import Transformer
from tutor.tinylm.shape import Shape

BEGINNING = "Once upon a time there was"


def book(characters: int = 40_000) -> Book:
    return bind(list(shelf.pages(1, characters)), BEGINNING)


class Ticks:
    """A clock that goes on by itself at each look."""

    def __init__(self, step: float = 0.01) -> None:
        self.now, self.step = 0.0, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def growing(recipe: Recipe, stopped: object = None, some: Book | None = None) -> Growing:
    wish = stopped if callable(stopped) else lambda: False
    return Growing(some or book(), recipe, Watch(Ticks(), wish))


def exact(shape: Shape, seed: int = 0) -> Transformer:
    """A transformer in double precision with weights large enough that every part matters."""
    chance = np.random.default_rng(seed)
    drawn = Transformer.drawn(shape, chance)
    weights = {
        name: (weight * 3 if weight.ndim > 1 else weight) + chance.normal(0, 0.1, weight.shape)
        for name, weight in drawn.weights.items()
    }
    cosine, sine = drawn.cosine.astype(np.float64), drawn.sine.astype(np.float64)
    return Transformer(shape, weights, cosine, sine)  # type: ignore[arg-type]
