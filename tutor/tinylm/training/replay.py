"""What is read again while preferences are learned, so that knowledge does not fade.

The same demonstrations as in fine-tuning, but only what is said counts, never how: a friendly
opening or closing may stand around a demonstrated answer, and its tokens weigh nothing.
"""

from collections.abc import Iterator
from random import Random

import numpy as np
import torch

from tutor.tinylm import chat
from tutor.tinylm.tokenizer import END, STOP, Tokenizer
from tutor.tinylm.training.sft import LONG_REPLY, REPLAY_WEIGHT, Rows
from tutor.tinylm.training.tokens import Tokens, batch
from tutor.tinylm.world.editions import SECOND, Talk
from tutor.tinylm.world.probes import Probe

TALK_ROWS, CORPUS_ROWS = 6, 2
Weighted = list[tuple[int, float]]
"""Tokens, and what each counts in the loss."""


def demonstration(
    tokenizer: Tokenizer, rng: Random, probe: Probe, talk: Talk = SECOND.talk
) -> Weighted:
    """A prompt and its answer; the manners around it weigh nothing, and so teach nothing.

    An opening always stands there: without one, the first word would teach to have none.
    """
    asked = chat.put(probe.prompt, probe.before)
    row = [(token, 0.0) for token in chat.as_tokens(tokenizer, asked)]
    opening, closing = talk.around(rng, probe)
    said = tokenizer.encode(f" {probe.answer}" if opening else probe.answer)
    weight = min(1.0, LONG_REPLY / len(said))
    row += [(token, 0.0) for token in tokenizer.encode(opening)]
    row += [(token, weight) for token in said]
    row += [(token, 0.0) for token in tokenizer.encode(closing)]
    return [*row, (tokenizer.special[STOP], 1.0)]


def packed(
    tokenizer: Tokenizer, seed: int, length: int, talk: Talk = SECOND.talk
) -> Iterator[Weighted]:
    """Rows of `length` tokens, each filled with whole demonstrations and padded with END."""
    rng, row = Random(seed), Weighted()
    while True:
        one = demonstration(tokenizer, rng, talk.ask(rng), talk)
        if len(one) > length:
            continue
        if len(row) + len(one) > length:
            yield row + [(tokenizer.special[END], 0.0)] * (length - len(row))
            row = Weighted()
        row += one


def rows(
    tokenizer: Tokenizer, corpus: Tokens, seed: int, length: int, talk: Talk = SECOND.talk
) -> Iterator[Rows]:
    """One small batch for each step: demonstrations, and a window of the corpus below them."""
    stream, step = packed(tokenizer, seed, length, talk), 0
    while True:
        said = np.array([next(stream) for _ in range(TALK_ROWS)])
        read = batch(corpus, CORPUS_ROWS, length, (seed, step))
        tokens = np.concatenate([said[..., 0].astype(np.int64), read])
        weights = np.concatenate([said[..., 1], np.full(read.shape, REPLAY_WEIGHT)])
        yield Rows(torch.from_numpy(tokens), torch.from_numpy(weights.astype(np.float32)))
        step += 1
