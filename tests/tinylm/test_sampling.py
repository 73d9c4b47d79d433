"""Choosing the next token."""

from collections import Counter
from random import Random

import numpy as np
import pytest

from tests.tinylm import small
from tutor.tinylm.model import Array, forward, log_softmax, softmax
from tutor.tinylm.sampling import (
    Sampler,
    draw,
    generate,
    keep_min_p,
    keep_top_k,
    keep_top_p,
    penalise_repetition,
    probabilities,
)

MODEL = small.model()
SCORES: Array = np.log(np.array([0.5, 0.3, 0.15, 0.05], np.float32))


def alive(scores: Array) -> list[int]:
    return np.flatnonzero(np.isfinite(scores)).tolist()


@pytest.mark.parametrize(("count", "left"), [(0, 4), (1, 1), (3, 3), (9, 4)])
def test_top_k_keeps_k(count: int, left: int) -> None:
    assert alive(keep_top_k(SCORES, count)) == list(range(left))


@pytest.mark.parametrize(("mass", "left"), [(0.4, 1), (0.6, 2), (0.9, 3), (1.0, 4)])
def test_top_p_keeps_the_smallest_set_with_that_mass(mass: float, left: int) -> None:
    assert alive(keep_top_p(SCORES, mass)) == list(range(left))


@pytest.mark.parametrize(("share", "left"), [(0.0, 4), (0.2, 3), (0.5, 2), (0.9, 1)])
def test_min_p_compares_with_the_likeliest(share: float, left: int) -> None:
    assert alive(keep_min_p(SCORES, share)) == list(range(left))


def test_the_penalty_makes_seen_tokens_less_likely_whatever_their_sign() -> None:
    scores = np.array([2, -2, 1], np.float32)
    np.testing.assert_allclose(penalise_repetition(scores, [0, 1, 1], 2.0), [1, -4, 1])
    np.testing.assert_array_equal(scores, [2, -2, 1])


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_temperature_divides_the_scores(temperature: float) -> None:
    wanted = softmax((SCORES / temperature).astype(np.float32))
    np.testing.assert_allclose(probabilities(SCORES, Sampler(temperature)), wanted, atol=1e-6)


def test_temperature_zero_is_certain_of_the_likeliest() -> None:
    assert probabilities(SCORES, Sampler(0)).tolist() == [1, 0, 0, 0]


def test_draws_come_as_often_as_they_should() -> None:
    rng, shares = Random(0), softmax(SCORES)
    counts = Counter(draw(shares, rng) for _ in range(20_000))
    for token, share in enumerate(shares):
        assert counts[token] / 20_000 == pytest.approx(float(share), abs=0.01)


def test_the_same_seed_writes_the_same_text() -> None:
    def text(seed: int) -> list[int]:
        return [one.token for one in generate(MODEL, [1, 2], Sampler(limit=30), Random(seed))]

    assert text(5) == text(5)
    assert text(5) != text(6)


def test_greedy_text_is_the_arg_max_of_a_full_pass() -> None:
    tokens = [3, 1, 4]
    for one in generate(MODEL, tokens.copy(), Sampler(0, limit=10), Random(0)):
        scores = forward(MODEL, tokens)[-1]
        assert one.token == int(scores.argmax())
        assert one.log_probability == pytest.approx(float(log_softmax(scores).max()), abs=1e-4)
        tokens.append(one.token)


def test_a_stop_token_is_the_last_one() -> None:
    everything = range(small.SHAPE.vocabulary)
    assert len(list(generate(MODEL, [1], Sampler(), Random(0), stop=everything))) == 1


def test_text_ends_with_the_context() -> None:
    prompt = small.some_tokens(40)
    out = list(generate(MODEL, prompt, Sampler(), Random(0)))
    assert len(prompt) + len(out) == small.SHAPE.context
