"""Pairs typed by words: "a = its food; b = the mask", or the right-hand sides in order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from tutor.judging.wording import fold

_EQUALS = re.compile(r"\s*(?:[=-]+>|→|=+|:|\s[-–—]+\s)\s*")
_SEPARATORS = ";,"
_NOT = frozenset({"not", "no", "never", "nobody", "none", "nothing", "nor", "neither"}) | frozenset(
    {"without", "cannot", "less", "fewer"}
)
TELLING = 4
"""Letters in a word that may stand for a longer name: "raw text", but not "it" or "the"."""


@dataclass(frozen=True)
class Several:
    """Words that may mean more than one thing; empty where nothing was understood."""

    words: str = ""


def paired(
    text: str, lefts: Sequence[str], rights: Sequence[str], keys: str
) -> list[int] | Several:
    """For each left-hand side in turn, the place of the right-hand side that was typed for it."""
    parts = _parts(text, len(lefts))
    on_left = [(key, label) for key, label in zip(keys, lefts, strict=False)]
    on_right = [(str(number), label) for number, label in enumerate(rights, 1)]
    found = [_pairs(part, on_left, on_right) for part in parts]
    if not any(found):
        in_order = enumerate(parts)
        found = [{(at, right) for right in _named(part, on_right)} for at, part in in_order]
    return _settled(parts, found)


def _parts(text: str, count: int) -> list[str]:
    """What was typed for each pair; nothing where that cannot be told."""
    for separator in _SEPARATORS:
        parts = [part.strip() for part in text.strip(f" .{separator}").split(separator)]
        if len(parts) == count and all(parts):
            return parts
    return []


def _settled(parts: Sequence[str], found: Sequence[set[tuple[int, int]]]) -> list[int] | Several:
    unsure = next((part for part, pairs in zip(parts, found, strict=True) if len(pairs) > 1), "")
    if unsure or not all(found):
        return Several(unsure)
    pairs = sorted(pair for ones in found for pair in ones)
    is_each_once = bool(pairs) and [left for left, _ in pairs] == list(range(len(parts)))
    return [right for _, right in pairs] if is_each_once else Several()


Listed = Sequence[tuple[str, str]]
"""Keys and what stands behind them."""


def _pairs(part: str, lefts: Listed, rights: Listed) -> set[tuple[int, int]]:
    """All that "this = that" may mean, wherever its sign of equality is."""
    found: set[tuple[int, int]] = set()
    for sign in _EQUALS.finditer(part):
        ones, others = _named(part[: sign.start()], lefts), _named(part[sign.end() :], rights)
        found |= set(product(ones, others))
    return found


def _named(words: str, listed: Listed) -> list[int]:
    """Where that stands whose key or words were typed, or else some of its words in a row."""
    said = fold(words)
    whole = [at for at, (key, label) in enumerate(listed) if said and said in (key, fold(label))]
    return whole or [at for at, (_, label) in enumerate(listed) if _is_part(said, fold(label))]


def _is_part(said: str, label: str) -> bool:
    """Whether words stand for a longer name; never for one with a "not", which may turn round."""
    is_telling = max(map(len, said.split()), default=0) >= TELLING
    return is_telling and f" {said} " in f" {label} " and _NOT.isdisjoint(label.split())
