"""Every slope that is worked out by hand is the one that tiny changes find."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.tinylm.growing import small
from tutor.tinylm import model as plain
from tutor.tinylm.growing import gradients as by
from tutor.tinylm.growing.adam import Weights
from tutor.tinylm.growing.small_network import SEEN, SmallNetwork
from tutor.tinylm.growing.transformer import Transformer, forward
from tutor.tinylm.shape import Shape

SHAPE = Shape(vocabulary=11, width=16, layers=2, heads=2, context=12)
STEP = 1e-5
CHANCE = np.random.default_rng(5)


def worst_difference(weights: Weights, learn: Callable[[], tuple[float, Weights]]) -> float:
    """The largest relative difference between a slope and what a tiny change of the weight does."""
    _, slopes = learn()
    chance, worst = np.random.default_rng(3), 0.0
    for name, weight in weights.items():
        for _ in range(6):
            at = tuple(chance.integers(0, size) for size in weight.shape)
            value = weight[at]
            weight[at] = value + STEP
            above, _ = learn()
            weight[at] = value - STEP
            below, _ = learn()
            weight[at] = value
            found, worked_out = (above - below) / (2 * STEP), slopes[name][at]
            worst = max(worst, abs(found - worked_out) / (abs(found) + abs(worked_out) + 1e-6))
    return worst


def test_the_transformers_slopes_are_those_that_tiny_changes_find() -> None:
    transformer = small.exact(SHAPE)
    tokens, wanted = CHANCE.integers(0, 11, (2, 2, 9)).astype(np.int32)
    assert worst_difference(transformer.weights, lambda: transformer.learn(tokens, wanted)) < 1e-5


def test_tokens_that_do_not_count_teach_nothing() -> None:
    transformer = small.exact(SHAPE)
    tokens, wanted = CHANCE.integers(0, 11, (2, 2, 9)).astype(np.int32)
    counted = np.zeros((2, 9), np.bool_)
    counted[:, 5:] = True

    def learn() -> tuple[float, Weights]:
        return transformer.learn(tokens, wanted, counted)

    assert worst_difference(transformer.weights, learn) < 1e-5
    other = np.where(counted, wanted, (wanted + 1) % 11).astype(np.int32)
    assert transformer.learn(tokens, other, counted)[0] == learn()[0]


def test_the_small_networks_slopes_are_those_that_tiny_changes_find() -> None:
    drawn = SmallNetwork.drawn(11, np.random.default_rng(0)).weights
    exact: Any = {name: weight.astype(np.float64) for name, weight in drawn.items()}
    network = SmallNetwork(exact)
    windows = CHANCE.integers(0, 11, (5, SEEN)).astype(np.int32)
    wanted = CHANCE.integers(0, 11, 5).astype(np.int32)
    assert worst_difference(network.weights, lambda: network.learn(windows, wanted)) < 1e-5


GAIN = np.full(6, 1.5)
COSINE, SINE = np.cos(np.arange(12.0)).reshape(4, 3), np.sin(np.arange(12.0)).reshape(4, 3)
LINKS: dict[str, tuple[Callable[[Any], Any], Callable[[Any, Any], Any]]] = {
    "norm": (
        lambda x: by.rms_norm(x, GAIN)[0],
        lambda slope, x: by.rms_norm_back(slope, by.rms_norm(x, GAIN)[1], GAIN)[0],
    ),
    "activation": (
        lambda x: by.squared_relu(x)[0],
        lambda slope, x: by.squared_relu_back(slope, by.squared_relu(x)[1]),
    ),
    "tanh": (np.tanh, lambda slope, x: by.tanh_back(slope, np.tanh(x))),
    "softmax": (
        lambda x: by.softmax(x.copy()),
        lambda slope, x: by.softmax_back(slope, by.softmax(x.copy())),
    ),
    "rotation": (
        lambda x: plain.rotate(x, COSINE, SINE),
        lambda slope, _: by.rotate_back(slope, COSINE, SINE),
    ),
}


@pytest.mark.parametrize("link", LINKS)
def test_each_link_of_the_chain_is_right_by_itself(link: str) -> None:
    ahead, back = LINKS[link]
    x, slope = CHANCE.normal(size=(4, 6)), CHANCE.normal(size=(4, 6))
    found = np.zeros_like(x)
    for at in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[at] += STEP
        down[at] -= STEP
        found[at] = ((ahead(up) - ahead(down)) * slope).sum() / (2 * STEP)
    np.testing.assert_allclose(back(slope, x), found, atol=1e-6)


def test_what_is_trained_is_the_model_that_is_used() -> None:
    transformer = Transformer.drawn(Shape(300, 64, 2, 2, 64), np.random.default_rng(0))
    tokens = CHANCE.integers(0, 300, (1, 64)).astype(np.int32)
    scores, _ = forward(transformer, tokens)
    used = plain.forward(transformer.grown(), tokens[0].tolist())
    np.testing.assert_allclose(scores, used, atol=1e-4)


def test_one_that_was_kept_can_go_on_learning_without_being_changed() -> None:
    kept = Transformer.drawn(SHAPE, np.random.default_rng(0)).grown()
    again = Transformer.of(kept)
    tokens = CHANCE.integers(0, 11, (1, 9)).astype(np.int32)
    np.testing.assert_allclose(
        forward(again, tokens)[0], plain.forward(kept, tokens[0].tolist()), atol=1e-5
    )
    again.weights["embedding"] += 1
    again.weights["blocks.0.qkv"] += 1
    assert kept.embedding.max() < 1
    assert kept.blocks[0].qkv.max() < 2
