"""What a change does to everything else: the loss on a few fixed pages of the village."""

from dataclasses import replace
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
from numpy.typing import NDArray

from tutor.tinylm.inside.changes import UNCHANGED, Changes
from tutor.tinylm.inside.passing import onward
from tutor.tinylm.model import Model, log_softmax, unembed
from tutor.tinylm.tokenizer import END, Tokenizer

LENGTH = 32
"""Tokens that are read of each page, its start among them."""


@cache
def pages() -> tuple[str, ...]:
    """Eight pages: a story, an entry, questions, a letter, opposites, sums, copying, a forum.

    The corpus's own generators wrote them, from a seed that no training used.
    """
    return msgspec.json.decode(
        files(__package__).joinpath("texts.json").read_bytes(), type=tuple[str, ...]
    )


def in_tokens(tokenizer: Tokenizer, context: int = LENGTH) -> NDArray[np.intp]:
    """The beginnings of the pages, one as long as the other: (pages, LENGTH + 1), or shorter."""
    length = min(LENGTH, context) + 1
    rows = [[tokenizer.special[END], *tokenizer.encode(page)][:length] for page in pages()]
    return np.array(rows)


def loss(model: Model, tokens: NDArray[np.intp], changes: Changes = UNCHANGED) -> float:
    """Mean surprise in nats at each next token of the pages (B, T + 1).

    Patches belong to one text, and are left out here; a push goes to every place but the start.
    """
    read, wanted = tokens[:, :-1], tokens[:, 1:]
    pushes = tuple(replace(push, begin=1, end=None) for push in changes.pushes)
    everywhere = replace(changes, patches=(), pushes=pushes)
    x = onward(model, everywhere.put_in(0, model.embedding[read]), 0, everywhere)
    logs = log_softmax(unembed(model, x))
    return -float(np.take_along_axis(logs, wanted[..., None], -1).mean())
