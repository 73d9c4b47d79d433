"""The two that learn step by step, each with its own way to read the book and to write."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Protocol

import numpy as np

from tutor.tinylm.growing import small_network
from tutor.tinylm.growing.adam import Weights
from tutor.tinylm.growing.book import Book
from tutor.tinylm.growing.events import Stage
from tutor.tinylm.growing.gradients import Tokens
from tutor.tinylm.growing.small_network import SmallNetwork
from tutor.tinylm.growing.transformer import Transformer, forward
from tutor.tinylm.model import Array, log_softmax
from tutor.tinylm.sampling import Sampler, draw, generate, probabilities

EXAMINED_ROWS = 64
"""Rows of kept-back text at which a model is examined; all three at the same tokens."""
ROWS_AT_ONCE = 8
WINDOWS = 256
WRITING = Sampler(temperature=0.7, limit=60)
"""How samples are drawn: a little bolder than the likeliest token, and so many tokens."""


class Learner(Protocol):
    """What can be trained."""

    @property
    def stage(self) -> Stage:
        """Which of the models it is."""

    @property
    def book(self) -> Book:
        """What it reads."""

    @property
    def weights(self) -> Weights:
        """What changes."""

    def lesson(self, chance: np.random.Generator) -> tuple[float, Weights]:
        """Loss and slopes on some places of the book, drawn at random."""

    def examine(self) -> float:
        """Mean surprise in nats a token at the pages that were kept back."""

    @property
    def beginning(self) -> str:
        """How its samples begin."""

    def write(self, seed: int) -> str:
        """How one goes on."""


def exam(held_out: Tokens, context: int) -> tuple[Tokens, Tokens]:
    """Rows of kept-back text, and the token that follows each place: (rows, T) twice."""
    times = min(context, len(held_out) - 1)
    rows = min(EXAMINED_ROWS, (len(held_out) - 1) // times)
    end = rows * times
    return held_out[:end].reshape(rows, times), held_out[1 : end + 1].reshape(rows, times)


def surprise_at(scores: Array, wanted: Tokens) -> float:
    """Sum of the surprise in nats at these tokens: scores (N, V), wanted (N,)."""
    return -float(log_softmax(scores)[np.arange(len(wanted)), wanted].sum(dtype=np.float64))


def windows_of(tokens: Tokens, end: int) -> Tokens:
    """What the small network sees before each place, the marks of a document before the first.

    (T,) -> (T, SEEN): the row for a place holds that token and those before it.
    """
    before = np.full(small_network.SEEN - 1, end, tokens.dtype)
    return np.lib.stride_tricks.sliding_window_view(
        np.concatenate([before, tokens]), small_network.SEEN
    )


@dataclass(frozen=True)
class NetworkLearner:
    """The small network at a book; `context` is that of the transformer it is compared with."""

    book: Book
    network: SmallNetwork
    context: int
    stage = Stage.NETWORK

    @property
    def weights(self) -> Weights:
        """Those of the network."""
        return self.network.weights

    @cached_property
    def _windows(self) -> Tokens:
        return windows_of(self.book.training, self.book.end)

    def lesson(self, chance: np.random.Generator) -> tuple[float, Weights]:
        """At places all over the book."""
        places = chance.integers(0, len(self.book.training) - 1, WINDOWS)
        return self.network.learn(self._windows[places], self.book.training[places + 1])

    def examine(self) -> float:
        """At the same tokens as the transformer."""
        read, wanted = exam(self.book.held_out, self.context)
        scores = self.network.scores(windows_of(read.ravel(), self.book.end))
        return surprise_at(scores, wanted.ravel()) / wanted.size

    @property
    def beginning(self) -> str:
        """As the book has it."""
        return self.book.beginning

    def write(self, seed: int) -> str:
        """Token by token, from the last few."""
        return write_on(self.book, self.beginning, self.next_scores, seed)

    def next_scores(self, tokens: Sequence[int]) -> Array:
        """Scores (V,) of the token that follows these."""
        window = windows_of(np.array(tokens, np.int32), self.book.end)[-1:]
        scores: Array = self.network.scores(window)[0]
        return scores


@dataclass(frozen=True)
class TransformerLearner:
    """The transformer at a book."""

    book: Book
    transformer: Transformer
    stage = Stage.TRANSFORMER

    @property
    def weights(self) -> Weights:
        """Those of the transformer."""
        return self.transformer.weights

    def lesson(self, chance: np.random.Generator) -> tuple[float, Weights]:
        """At some stretches of the book."""
        return self.transformer.learn(*self.stretches(chance, ROWS_AT_ONCE))

    def stretches(self, chance: np.random.Generator, rows: int) -> tuple[Tokens, Tokens]:
        """So many rows of text that begin anywhere, and the token after each: (rows, T) twice."""
        text = self.book.training
        times = min(self.transformer.shape.context, len(text) - 1)
        starts = chance.integers(0, len(text) - times, rows)
        found = text[starts[:, None] + np.arange(times + 1)]
        return found[:, :-1], found[:, 1:]

    def examine(self) -> float:
        """At rows of kept-back text, some at a time: all at once would take much memory."""
        read, wanted = exam(self.book.held_out, self.transformer.shape.context)
        found = 0.0
        for at in range(0, len(read), ROWS_AT_ONCE):
            some = slice(at, at + ROWS_AT_ONCE)
            scores, _ = forward(self.transformer, read[some])
            found += surprise_at(scores, wanted[some].ravel())
        return found / wanted.size

    @property
    def beginning(self) -> str:
        """As the book has it."""
        return self.book.beginning

    def write(self, seed: int) -> str:
        """As the model in the box does it."""
        model, end = self.transformer.grown(), self.book.end
        prompt = [end, *self.book.tokenizer.encode(self.beginning)]
        drawn = generate(model, prompt, WRITING, Random(seed), (end,))
        return self.book.tokenizer.decode(one.token for one in drawn)


class Scorer(Protocol):
    """Scores (V,) of the token that follows these."""

    def __call__(self, tokens: Sequence[int]) -> Array:
        """The scores."""


def write_on(book: Book, beginning: str, scores: Scorer, seed: int) -> str:
    """What a model writes that needs nothing but the tokens so far; the end of a page ends it.

    So does a model whose scores are no numbers any more.
    """
    rng = Random(seed)
    tokens = [book.end, *book.tokenizer.encode(beginning)]
    start = len(tokens)
    for _ in range(WRITING.limit):
        found = scores(tokens)
        if not np.isfinite(found).all():
            break
        token = draw(probabilities(found, WRITING), rng)
        if token == book.end:
            break
        tokens.append(token)
    return book.tokenizer.decode(tokens[start:])


def pairs_exam(logs: Array, book: Book, context: int) -> float:
    """Mean surprise in nats of the counted pairs, whose logarithms (V, V) are given."""
    read, wanted = exam(book.held_out, context)
    return -float(logs[read, wanted].mean(dtype=np.float64))
