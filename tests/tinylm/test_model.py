"""The model, checked against what must hold of any causal transformer."""

from pathlib import Path

import numpy as np
import pytest

from tests.tinylm import small
from tutor.tinylm import safetensors
from tutor.tinylm.model import (
    Cache,
    Trace,
    attention_weights,
    forward,
    load,
    log_probabilities,
    log_softmax,
    logit_lens,
    rms_norm,
    rotary_tables,
    rotate,
    softmax,
)

MODEL = small.model()
TOKENS = small.some_tokens(20)


def test_no_token_sees_a_later_one() -> None:
    whole = forward(MODEL, TOKENS)
    for length in (1, 7, 19):
        changed = [*TOKENS[:length], *small.some_tokens(20 - length, seed=9)]
        np.testing.assert_allclose(forward(MODEL, changed)[:length], whole[:length], atol=1e-5)


@pytest.mark.parametrize("pieces", [[1] * 20, [5, 1, 14], [19, 1], [20]])
def test_the_cache_gives_what_a_full_pass_gives(pieces: list[int]) -> None:
    cache, rows, at = Cache.empty(MODEL.shape), [], 0
    for piece in pieces:
        rows.append(forward(MODEL, TOKENS[at : at + piece], cache))
        at += piece
    np.testing.assert_allclose(np.concatenate(rows), forward(MODEL, TOKENS), atol=1e-4)
    assert cache.length == len(TOKENS)


def test_a_pass_leaves_its_arguments_alone() -> None:
    before = [array.copy() for array in (MODEL.embedding, MODEL.blocks[0].qkv, MODEL.norm)]
    forward(MODEL, TOKENS)
    for old, new in zip(before, (MODEL.embedding, MODEL.blocks[0].qkv, MODEL.norm), strict=True):
        np.testing.assert_array_equal(old, new)


def test_attention_rows_sum_to_one_and_never_look_ahead() -> None:
    trace = Trace()
    forward(MODEL, TOKENS, trace=trace)
    assert len(trace.attention) == MODEL.shape.layers
    for weights in trace.attention:
        assert weights.shape == (MODEL.shape.heads, 20, 20)
        np.testing.assert_allclose(weights.sum(-1), 1, atol=1e-5)
        assert not np.triu(weights, 1).any()


def test_the_trace_changes_nothing() -> None:
    np.testing.assert_array_equal(forward(MODEL, TOKENS, trace=Trace()), forward(MODEL, TOKENS))


def test_the_last_layer_of_the_lens_is_the_model_itself() -> None:
    trace = Trace()
    scores = forward(MODEL, TOKENS, trace=trace)
    lens = logit_lens(MODEL, trace)
    assert lens.shape == (MODEL.shape.layers + 1, 20, MODEL.shape.vocabulary)
    np.testing.assert_allclose(lens[-1], scores, atol=1e-5)


def test_log_probabilities_are_those_of_the_scores() -> None:
    shares = softmax(forward(MODEL, TOKENS))
    wanted = [np.log(shares[at, token]) for at, token in enumerate(TOKENS[1:])]
    np.testing.assert_allclose(log_probabilities(MODEL, TOKENS), wanted, atol=1e-4)


def test_softmax_survives_large_scores() -> None:
    shares = softmax(np.array([1e4, 1e4, -1e4], np.float32))
    np.testing.assert_allclose(shares, [0.5, 0.5, 0])
    np.testing.assert_allclose(
        np.exp(log_softmax(np.array([3, 2], np.float32))).sum(), 1, atol=1e-6
    )


def test_a_normed_row_has_a_root_mean_square_of_one() -> None:
    row = np.array([[3, -4, 0, 12]], np.float32)
    normed = rms_norm(row, np.ones(4, np.float32))
    np.testing.assert_allclose(np.sqrt(np.square(normed).mean()), 1, atol=1e-4)


def test_rotation_keeps_lengths_and_shows_only_the_distance() -> None:
    cosine, sine = rotary_tables(small.SHAPE)
    vectors = np.random.default_rng(3).normal(size=(2, 1, small.SHAPE.head_width))
    q, k = vectors.astype(np.float32)

    def score(i: int, j: int) -> float:
        turned_q = rotate(q[None], cosine[i : i + 1], sine[i : i + 1])
        turned_k = rotate(k[None], cosine[j : j + 1], sine[j : j + 1])
        np.testing.assert_allclose(np.linalg.norm(turned_q), np.linalg.norm(q), atol=1e-4)
        return float((turned_q * turned_k).sum())

    assert score(5, 2) == pytest.approx(score(25, 22), abs=1e-3)
    assert score(5, 2) != pytest.approx(score(5, 4), abs=1e-3)


def test_equal_keys_get_equal_attention() -> None:
    q = np.ones((1, 1, 4), np.float32)
    np.testing.assert_allclose(attention_weights(q, np.ones((1, 5, 4), np.float32)), 0.2)


@pytest.mark.parametrize(("kind", "tolerance"), [("F32", 0), ("F16", 2e-3), ("I8", 2e-2)])
def test_a_model_comes_back_from_its_file(tmp_path: Path, kind: str, tolerance: float) -> None:
    path = tmp_path / "model.safetensors"
    packed = safetensors.pack(small.weights(), kind)
    safetensors.write(path, packed, small.SHAPE.as_text())
    loaded = load(path)
    assert loaded.shape == small.SHAPE
    np.testing.assert_allclose(loaded.blocks[1].up, MODEL.blocks[1].up, atol=tolerance)


def test_the_shape_knows_the_number_of_parameters() -> None:
    assert small.SHAPE.parameters == sum(weight.size for weight in small.weights().values())
