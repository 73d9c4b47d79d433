"""The corpus as files: a tokenizer and one long row of tokens for training and for validation."""

import sys
import time
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tutor.tinylm import tokenizer as bpe
from tutor.tinylm.tokenizer import END, Tokenizer
from tutor.tinylm.world import corpus
from tutor.tinylm.world.editions import SECOND, Edition
from tutor.tinylm.world.seeds import TOKENIZER_SEED, TRAINING_SEED, VALIDATION_SEED

Tokens = NDArray[np.uint16]
Shares = Mapping[corpus.Writer, int]

VOCABULARY = 3072
TOKENIZER_DOCUMENTS = 12_000
VALIDATION_TOKENS = 300_000


def prepare_tokenizer(
    folder: Path, edition: Edition = SECOND, vocabulary: int = VOCABULARY
) -> Tokenizer:
    """The folder's tokenizer; trained on a sample of the corpus if there is none yet."""
    path = folder / "tokenizer.json"
    if not path.exists():
        sample = islice(corpus.documents(TOKENIZER_SEED, edition.documents), TOKENIZER_DOCUMENTS)
        bpe.train(sample, vocabulary).save(path)
    return Tokenizer.load(path)


def write_tokens(
    path: Path, tokenizer: Tokenizer, seed: int, count: int, shares: Shares = SECOND.documents
) -> None:
    """Write `count` tokens of the corpus, each document after one END, as 16-bit numbers."""
    end, written, started = tokenizer.special[END], 0, time.monotonic()
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        documents = corpus.documents(seed, shares)
        while written < count:
            row: list[int] = []
            for document in islice(documents, 5_000):
                row.append(end)
                row += tokenizer.encode(document)
            row = row[: count - written]
            file.write(np.array(row, dtype=np.uint16).tobytes())
            written += len(row)
    unfinished.rename(path)
    print(f"{path.name}: {written:,} tokens in {time.monotonic() - started:.0f} s", file=sys.stderr)


def prepare_tokens(
    folder: Path, tokenizer: Tokenizer, count: int, edition: Edition = SECOND
) -> tuple[Tokens, Tokens]:
    """Training and validation tokens as memory maps, written first where they are missing."""
    training = token_map(
        folder / "training.tokens", tokenizer, TRAINING_SEED, count, edition.documents
    )
    return training, validation_map(folder, tokenizer, edition, count)


def validation_map(
    folder: Path, tokenizer: Tokenizer, edition: Edition, most: int = VALIDATION_TOKENS
) -> Tokens:
    """The edition's validation tokens, at most so many, written first where they are missing."""
    size = min(VALIDATION_TOKENS, most)
    path = folder / "validation.tokens"
    return token_map(path, tokenizer, VALIDATION_SEED, size, edition.documents)


def token_map(path: Path, tokenizer: Tokenizer, seed: int, size: int, shares: Shares) -> Tokens:
    """Tokens as a memory map of a file, which is written first where it is missing or short."""
    if not path.exists() or path.stat().st_size < 2 * size:
        write_tokens(path, tokenizer, seed, size, shares)
    return np.memmap(path, np.uint16, "r")


def batch(tokens: Tokens, rows: int, length: int, seed: tuple[int, int]) -> NDArray[np.int64]:
    """`rows` windows of `length` tokens at random places; the same seed gives the same windows."""
    starts = np.random.default_rng(seed).integers(0, len(tokens) - length, rows)
    return np.stack([tokens[start : start + length] for start in starts]).astype(np.int64)
