"""What a model learns from, in tokens: most pages to be read, some kept back to examine it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tutor.tinylm.growing.gradients import Tokens
from tutor.tinylm.growing.merging import learn_merges, pieces_of, tokens_of
from tutor.tinylm.tokenizer import END, PIECE, Tokenizer

MERGES = 512
BEGINNING = 6
"""Tokens."""
KEPT_BACK = 10
"""One page in so many is never trained on."""


@dataclass(frozen=True, slots=True)
class Book:
    """A text in tokens, each page after the mark of a new document."""

    tokenizer: Tokenizer
    training: Tokens  # (n,)
    held_out: Tokens  # (m,)
    characters: int
    """Of all pages together."""

    beginning: str
    """How each sample begins."""

    @property
    def end(self) -> int:
        """The mark between pages."""
        return self.tokenizer.special[END]

    @property
    def characters_a_token(self) -> float:
        """How much text a token stands for."""
        return self.characters / (len(self.training) + len(self.held_out))


def bind(pages: Sequence[str], beginning: str = "", tokenizer: Tokenizer | None = None) -> Book:
    """Write pages in the tokens of a tokenizer, or of one that is learned from them.

    Without a `beginning`, samples begin as a page that was kept back does.
    """
    pieces = pieces_of(pages)
    tokenizer = tokenizer or Tokenizer(learn_merges(pieces, MERGES))
    known = tokens_of(list(pieces), tokenizer.merges)
    read = [page for at, page in enumerate(pages, 1) if at % KEPT_BACK]
    training = _in_tokens(read, known, tokenizer)
    held_out = _in_tokens(pages[KEPT_BACK - 1 :: KEPT_BACK], known, tokenizer)
    beginning = beginning or _first_words(held_out, tokenizer)
    return Book(tokenizer, training, held_out, sum(map(len, pages)), beginning)


def _first_words(held_out: Tokens, tokenizer: Tokenizer) -> str:
    """The first tokens of the first page, without half a character at their end."""
    return tokenizer.decode(held_out[1 : 1 + BEGINNING].tolist()).rstrip(
        "\N{REPLACEMENT CHARACTER} \n"
    )


def _in_tokens(pages: Sequence[str], known: dict[str, list[int]], tokenizer: Tokenizer) -> Tokens:
    tokens: list[int] = []
    for page in pages:
        tokens.append(tokenizer.special[END])
        for piece in PIECE.findall(page):
            tokens += known[piece]
    return np.array(tokens, np.int32)
