"""Byte-level byte-pair encoding: any bytes in, numbers below `len(tokenizer)` out, and back.

After Sennrich, Haddow and Birch (2016, arXiv:1508.07909), on bytes as in GPT-2; the layout
follows minbpe. Tokens 0–255 are the bytes, then one token per merge, then the special tokens.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

Pair = tuple[int, int]

END, USER, ASSISTANT, STOP = "<|document|>", "<|user|>", "<|assistant|>", "<|end|>"
SPECIAL = (END, USER, ASSISTANT, STOP)
"""Start of a document; a user speaks; the assistant speaks; the assistant has finished."""

# Digits stand alone, so that 42 is always 4 and 2; a word takes the space before it.
PIECE = re.compile(r"\d| ?[^\W\d]+| ?[^\s\w]+|\s+(?!\S)|\s")


class Tokenizer:
    """The merges in the order learned, and what follows from them."""

    def __init__(self, merges: Sequence[Pair]) -> None:
        self.merges = tuple(merges)
        self.rank = {pair: rank for rank, pair in enumerate(self.merges)}
        self.bytes_of = [bytes([byte]) for byte in range(256)]
        for left, right in self.merges:
            self.bytes_of.append(self.bytes_of[left] + self.bytes_of[right])
        self.special = {name: len(self.bytes_of) + n for n, name in enumerate(SPECIAL)}
        self._known: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self.bytes_of) + len(self.special)

    def encode(self, text: str) -> list[int]:
        """The tokens of a text; special tokens never come out of text."""
        tokens: list[int] = []
        for piece in PIECE.findall(text):
            tokens += self._known.get(piece) or self._learn(piece)
        return tokens

    def decode(self, tokens: Iterable[int]) -> str:
        """The text of tokens; special tokens vanish, broken UTF-8 becomes U+FFFD."""
        return self.decode_bytes(tokens).decode("utf-8", "replace")

    def encode_bytes(self, data: bytes) -> list[int]:
        """The tokens of any bytes, even those that are not UTF-8."""
        return self.encode(data.decode("utf-8", "surrogateescape"))

    def decode_bytes(self, tokens: Iterable[int]) -> bytes:
        """The bytes of tokens; special tokens vanish."""
        first_special = len(self.bytes_of)
        return b"".join(self.bytes_of[token] for token in tokens if token < first_special)

    def _learn(self, piece: str) -> tuple[int, ...]:
        symbols = list(_bytes_of(piece))
        while len(symbols) > 1:
            pairs = pairwise(symbols)
            best = min(pairs, key=lambda pair: self.rank.get(pair, len(self.rank)))
            if best not in self.rank:
                break
            symbols = merged(symbols, best, 256 + self.rank[best])
        self._known[piece] = tuple(symbols)
        return self._known[piece]

    def save(self, path: Path) -> None:
        """Write the merges as JSON; all else follows from them."""
        path.write_text(json.dumps({"merges": self.merges}), "utf-8")

    @classmethod
    def load(cls, path: Path) -> "Tokenizer":
        """A tokenizer from its file; OSError if there is none, ValueError if it is not JSON."""
        return cls([(left, right) for left, right in json.loads(path.read_text("utf-8"))["merges"]])


def _bytes_of(piece: str) -> bytes:
    """UTF-8, bytes that were none as they came; half a surrogate pair, which is no text, as "?"."""
    try:
        return piece.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return piece.encode("utf-8", "replace")


def merged(symbols: Sequence[int], pair: Pair, new: int) -> list[int]:
    """`symbols` with every `pair` replaced by `new`."""
    out: list[int] = []
    at = 0
    while at < len(symbols):
        if tuple(symbols[at : at + 2]) == pair:
            out.append(new)
            at += 2
        else:
            out.append(symbols[at])
            at += 1
    return out


def train(texts: Iterable[str], vocabulary: int) -> Tokenizer:
    """Learn merges until there are `vocabulary` tokens (bytes and merges, without the special).

    Works on the distinct pieces with their counts: few in a small world, so it needs no index.
    """
    counts = Counter(piece for text in texts for piece in PIECE.findall(text))
    words = [(list(piece.encode()), count) for piece, count in counts.items()]
    merges: list[Pair] = []
    while 256 + len(merges) < vocabulary:
        pairs: Counter[Pair] = Counter()
        for symbols, count in words:
            for pair in pairwise(symbols):
                pairs[pair] += count
        if not pairs:
            break
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        new = 256 + len(merges)
        merges.append(best)
        words = [(merged(symbols, best, new), count) for symbols, count in words]
    return Tokenizer(merges)
