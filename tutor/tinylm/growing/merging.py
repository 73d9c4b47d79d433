"""Byte-pair encoding of a whole text at once: the tokens of `tokenizer`, for texts of any kind.

`tokenizer.train` and `encode` take a text piece by piece, which is plain but slow where the pieces
are long, as in Chinese, or all different. Here all different pieces lie in one row, a merge is made
everywhere at once, and the tokens are the same.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from tutor.tinylm.tokenizer import PIECE, Pair

Row = NDArray[np.int32]

BETWEEN = -1
"""Stands between two pieces, so that no merge joins them."""
RAREST = 4
"""A pair that comes less often is not worth a token."""
MOST_SYMBOLS = 200_000
"""Merges are learned from the most frequent pieces, up to so many bytes of different ones."""


def pieces_of(pages: Iterable[str]) -> Counter[str]:
    """The different pieces of a text and how often each comes."""
    return Counter(chain.from_iterable(map(PIECE.findall, pages)))


def learn_merges(pieces: Counter[str], most: int) -> list[Pair]:
    """The most frequent pair becomes a token, again and again, `most` times at the most."""
    row, counts = _frequent(pieces)
    merges: list[Pair] = []
    while len(merges) < most and (pair := _commonest(row, counts)):
        row, counts = _merge(row, counts, pair, 256 + len(merges))
        merges.append(pair)
    return merges


def _frequent(pieces: Counter[str]) -> tuple[Row, Row]:
    """The most frequent pieces in a row, and for each place how often its piece comes."""
    chosen, size = [], 0
    for piece, count in sorted(pieces.items(), key=lambda one: (-one[1], one[0])):
        size += len(piece.encode())
        if size > MOST_SYMBOLS:
            break
        chosen.append((piece, count))
    row = lay_out([piece for piece, _ in chosen])
    sizes = [len(piece.encode()) + 1 for piece, _ in chosen]
    return row, np.repeat(np.array([count for _, count in chosen], np.int32), sizes)


def lay_out(pieces: Sequence[str]) -> Row:
    """The bytes of all pieces in a row, `BETWEEN` behind each."""
    spread: list[int] = []
    for piece in pieces:
        spread += piece.encode()
        spread.append(BETWEEN)
    return np.array(spread, np.int32)


def _commonest(row: Row, counts: Row) -> Pair | None:
    """The pair of neighbours that comes most often, or none that comes often enough."""
    inside = np.flatnonzero((row[:-1] != BETWEEN) & (row[1:] != BETWEEN))
    if not len(inside):
        return None
    size = int(row.max()) + 1
    came = np.bincount(row[inside] * size + row[inside + 1], weights=counts[inside])
    best = int(came.argmax())
    return divmod(best, size) if came[best] >= RAREST else None


def _merge(row: Row, counts: Row, pair: Pair, new: int) -> tuple[Row, Row]:
    """The row with every such pair replaced by `new`, from left to right."""
    at = np.flatnonzero((row[:-1] == pair[0]) & (row[1:] == pair[1]))
    if pair[0] == pair[1]:
        at = _every_other(at)
    row = row.copy()
    row[at] = new
    kept = np.ones(len(row), bool)
    kept[at + 1] = False
    return row[kept], counts[kept]


def _every_other(at: NDArray[np.intp]) -> NDArray[np.intp]:
    """Of places that follow one another, as in "aaaa", the first, the third and so on."""
    starts = np.flatnonzero(np.diff(at, prepend=-2) != 1)
    nearest = np.repeat(starts, np.diff(starts, append=len(at)))
    kept: NDArray[np.intp] = at[(np.arange(len(at)) - nearest) % 2 == 0]
    return kept


def tokens_of(pieces: Sequence[str], merges: Sequence[Pair]) -> dict[str, list[int]]:
    """The tokens of each different piece: the merges made in the order in which they were learned.

    The same tokens as when the earliest possible merge is made again and again in each piece: a
    merge makes only pairs that were learned after it.
    """
    row = lay_out(pieces)
    for rank, pair in enumerate(merges):
        row, _ = _merge(row, row, pair, 256 + rank)
    ends = np.flatnonzero(row == BETWEEN).tolist()
    flat = row.tolist()
    bounds = pairwise([-1, *ends])
    return {
        piece: flat[left + 1 : right] for piece, (left, right) in zip(pieces, bounds, strict=True)
    }
