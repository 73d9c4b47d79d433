"""Counting which word follows which: the smallest language model there is."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[\w'-]+|[^\w\s]")
Weighted = Iterable[tuple[Sequence[str], int]]


def words(text: str) -> list[str]:
    """Split text into lower-case words and punctuation marks."""
    return _WORD.findall(text.casefold())


def followers(text: Sequence[str], context: Sequence[str]) -> Counter[str]:
    """Count what follows each occurrence of `context` in `text`."""
    size = len(context)
    return Counter(
        text[i + size] for i in range(len(text) - size) if list(text[i : i + size]) == list(context)
    )


def longest_match(texts: Weighted, context: Sequence[str]) -> tuple[Counter[str], int]:
    """Count what follows the longest ending of `context` that occurs in the weighted texts.

    Returns the counts and how many words of context matched; with none, all words are counted.
    """
    texts = list(texts)
    for size in range(len(context), -1, -1):
        tail = list(context)[len(context) - size :]
        total: Counter[str] = Counter()
        for text, weight in texts:
            for word, count in followers(text, tail).items():
                total[word] += weight * count
        if total:
            return total, size
    return Counter(), 0
