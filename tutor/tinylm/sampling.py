"""From scores to the next token: each rule a function, and the loop that generates with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from tutor.tinylm.model import Array, Cache, Model, forward, log_softmax, softmax


@dataclass(frozen=True, slots=True)
class Sampler:
    """How to choose; each default leaves the scores alone.

    `temperature` 0 means the most likely token; `top_k` 0 and `top_p` 1 keep all of them.
    """

    temperature: float = 1.0
    top_k: int = 0
    top_p: float = 1.0
    min_p: float = 0.0
    repetition_penalty: float = 1.0
    limit: int = 200
    """The most tokens to generate."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """A chosen token and the model's own log-probability of it, before any rule."""

    token: int
    log_probability: float
    scores: Array  # (vocabulary,)


def penalise_repetition(scores: Array, seen: Sequence[int], penalty: float) -> Array:
    """Make seen tokens less likely: (vocabulary,) (Keskar and others, 2019, arXiv:1909.05858)."""
    penalised = scores.copy()
    known = sorted(set(seen))
    old = penalised[known]
    penalised[known] = np.where(old > 0, old / penalty, old * penalty)
    return penalised


def keep_top_k(scores: Array, count: int) -> Array:
    """Rule out all but the `count` most likely tokens: (vocabulary,) (Fan and others, 2018)."""
    if not 0 < count < len(scores):
        return scores
    threshold = np.partition(scores, -count)[-count]
    return np.where(scores < threshold, np.float32(-np.inf), scores)


def keep_top_p(scores: Array, mass: float) -> Array:
    """Rule out all but the smallest set of likely tokens with this mass, 0–1: (vocabulary,).

    Holtzman and others (2019, arXiv:1904.09751).
    """
    if mass >= 1:
        return scores
    order = np.argsort(-scores, kind="stable")
    before = np.cumsum(softmax(scores[order])) - softmax(scores[order])
    kept = np.full_like(scores, -np.inf)
    chosen = order[before < mass]
    kept[chosen] = scores[chosen]
    return kept


def keep_min_p(scores: Array, share: float) -> Array:
    """Rule out tokens less likely than this share of the likeliest one: (vocabulary,).

    Nguyen and others (2024, arXiv:2407.01082).
    """
    if share <= 0:
        return scores
    return np.where(scores < scores.max() + np.log(share), np.float32(-np.inf), scores)


def probabilities(scores: Array, sampler: Sampler, seen: Sequence[int] = ()) -> Array:
    """The distribution (vocabulary,) that the sampler draws from."""
    if sampler.repetition_penalty != 1:
        scores = penalise_repetition(scores, seen, sampler.repetition_penalty)
    if sampler.temperature == 0:
        certain = np.zeros_like(scores)
        certain[int(scores.argmax())] = 1
        return certain
    scores = scores / np.float32(sampler.temperature)
    scores = keep_min_p(keep_top_p(keep_top_k(scores, sampler.top_k), sampler.top_p), sampler.min_p)
    return softmax(scores)


def likeliest(scores: Array, count: int) -> list[tuple[int, float]]:
    """The `count` likeliest tokens of scores (vocabulary,) and their natural log-probabilities."""
    logs = log_softmax(scores)
    among = _at_least_the(count, logs)
    best = among[np.argsort(-logs[among], kind="stable")[:count]]
    return [(int(token), float(logs[token])) for token in best]


def _at_least_the(count: int, logs: Array) -> NDArray[np.intp]:
    """Where the `count` highest are, and their equals: to sort these alone is ten times as fast."""
    if not 0 < count < len(logs):
        return np.arange(len(logs))
    return np.flatnonzero(logs >= np.partition(logs, -count)[-count])


def draw(shares: Array, rng: Random) -> int:
    """One index, drawn with these probabilities (n,)."""
    heights = np.cumsum(shares, dtype=np.float64)
    return int(np.searchsorted(heights, rng.random() * heights[-1], side="right"))


def generate(
    model: Model, prompt: Sequence[int], sampler: Sampler, rng: Random, stop: Sequence[int] = ()
) -> Iterator[Sampled]:
    """Tokens that follow the prompt, until a stop token, the limit or the end of the context.

    The stop token itself is yielded too, so that the caller sees why it ended.
    """
    cache, seen = Cache.empty(model.shape), list(prompt)
    scores = forward(model, prompt, cache)[-1]
    for _ in range(min(sampler.limit, model.shape.context - len(prompt))):
        token = draw(probabilities(scores, sampler, seen), rng)
        yield Sampled(token, float(log_softmax(scores)[token]), scores)
        if token in stop or cache.length == model.shape.context:
            return
        seen.append(token)
        scores = forward(model, [token], cache)[-1]
