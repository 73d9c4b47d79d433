"""Texts ranked by the words that they share with a question: BM25. Pure."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

SATURATION, LENGTH = 1.2, 0.75
"""BM25's own two numbers, at their usual values."""
TITLE_WEIGHT = 2
"""A word of a heading, caption or term counts as often."""
LETTERS = 3
"""Shorter endings are not taken for a word's stem."""
_COMMON = """
a about all also am an and any are as at be because been being but by can could did do does
doing for from get gets had has have he her him his how i if in into is it its just like may me my
no not of on one or our out shall she should so some such than that the their them then there these
they this those to too up us was we were what when where which who whose why will with would you
your
"""
STOP_WORDS = frozenset(_COMMON.split())
_WORD = re.compile(r"\w+")
_OWNER = re.compile(r"['’]s\b")


def best(question: str, texts: Sequence[tuple[str, str]]) -> list[int]:
    """Indices of the (title, text) pairs that have any of the question's words, best first."""
    counted = [Counter(stems(title) * TITLE_WEIGHT + stems(text)) for title, text in texts]
    points = scores(dict.fromkeys(stems(question), 1.0), counted)
    ranked = sorted(range(len(texts)), key=lambda index: (-points[index], index))
    return [index for index in ranked if points[index] > 0]


def scores(wanted: Mapping[str, float], counted: Sequence[Mapping[str, float]]) -> list[float]:
    """BM25 of each text: rare words count more, repeated ones ever less, long texts need more.

    `wanted` says how much each word of the question weighs.
    """
    rarity = rarities(counted)
    lengths = [sum(counts.values()) for counts in counted]
    mean = max(1.0, sum(lengths) / max(1, len(lengths)))
    return [
        _score(wanted, counts, rarity, length / mean)
        for counts, length in zip(counted, lengths, strict=True)
    ]


def rarities(counted: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """For each word, how much it tells: the fewer texts have it, the more."""
    all_counts = list(counted)
    having = Counter(word for counts in all_counts for word in counts)
    size = len(all_counts)
    return {word: math.log(1 + (size - n + 0.5) / (n + 0.5)) for word, n in having.items()}


def _score(
    wanted: Mapping[str, float],
    counts: Mapping[str, float],
    rarity: Mapping[str, float],
    length: float,
) -> float:
    norm = SATURATION * (1 - LENGTH + LENGTH * length)
    return sum(
        wanted[word] * rarity[word] * counts[word] * (SATURATION + 1) / (counts[word] + norm)
        for word in wanted.keys() & counts.keys()
    )


def stems(text: str) -> list[str]:
    """The words that tell something, without the commonest endings of English."""
    words = (word.casefold() for word in _WORD.findall(_OWNER.sub("", text)))
    return [_stem(word) for word in words if word not in STOP_WORDS]


@lru_cache(maxsize=20_000)  # a course says the same few thousand words again and again
def _stem(word: str) -> str:
    for ending, instead in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= LETTERS and word[-2:] != "ss":
            word = word.removesuffix(ending) + instead
            break
    return word.removesuffix("e") if len(word) > LETTERS else word
