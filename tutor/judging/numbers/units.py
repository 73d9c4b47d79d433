"""The units that lessons ask in, by symbol, name and plural, in every scale.

Bytes, watt-hours, money, shares and time are always known; measures of other subjects (measures.py)
where the question asks for one, so that elsewhere `5m` and `3 g` keep their other meanings.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tutor.judging.numbers.measures import Measure, measure, spellings_of
from tutor.judging.numbers.sums import in_ascii
from tutor.judging.numbers.words import SCALES, singular

LETTERS = {"k": 1e3, "m": 1e6, "b": 1e9, "g": 1e9, "t": 1e12}
"""Scales of one letter; `m` and `g` have other meanings as well."""
PREFIXES = (
    ("", "", 1.0),
    ("k", "kilo", 1e3),
    ("M", "mega", 1e6),
    ("G", "giga", 1e9),
    ("T", "tera", 1e12),
    ("P", "peta", 1e15),
)
BINARY = (
    ("Ki", "kibi", 2.0**10),
    ("Mi", "mebi", 2.0**20),
    ("Gi", "gibi", 2.0**30),
    ("Ti", "tebi", 2.0**40),
)
PERCENT = ("%", "percent", "per cent", "pct", "percentage", "percentage point", "pp")
PER_MILLE = ("‰", "permille", "per mille", "promille", "per thousand")
OTHERS = (
    (("s", "sec", "second"), "time", 1.0),
    (("min", "minute", "'", "′"), "time", 60.0),
    (("h", "hr", "hour"), "time", 3600.0),
    (("day",), "time", 86_400.0),
    (("week",), "time", 7 * 86_400.0),
    (("cent", "ct", "¢", "US cent"), "dollars", 0.01),
    (("$", "dollar", "USD", "US$", "US dollar"), "dollars", 1.0),
    (("OOM", "order of magnitude", "orders of magnitude", "order"), "powers of ten", 1.0),
    (PERCENT, "share", 0.01),
    (PER_MILLE, "share", 0.001),
)
MOST_WORDS = 9
"""A unit has at most so many words and signs, as kg m^2/s^2 has."""
SHORTEST_PLURAL = 3
"""Letters without the s: ms are no metres."""
_STRANGERS_TEXT = """
bit nat kg g km cm mm m euro pound € £ pence yen month year watt w mw gw joule degree meter
metre
"""
REMEMBERED = 4_000
"""A checker asks about the same few units again and again."""
STRANGERS = frozenset(_STRANGERS_TEXT.split())
"""A number with one of these is not taken for a bare one."""


@dataclass(frozen=True)
class Unit:
    """`size` is in the base unit of its `kind`; the two kinds of bytes are kept apart."""

    kind: str
    size: float
    binary: bool = False

    @property
    def prefixed(self) -> bool:
        """Whether letters such as k and G stand before it, so that alone they tell too little."""
        return self.kind in ("memory", "energy")

    @property
    def is_scaled_by_letters(self) -> bool:
        """Whether k or M behind a number may be the beginning of its unit."""
        return self.kind not in ("dollars", "powers of ten", "share")


@lru_cache(maxsize=REMEMBERED)
def unit_named(text: str, asked: str = "") -> Unit | None:
    """The unit that `text` names, with or without blanks and hyphens; `asked` is the question's.

    Symbols mean what their case says; where nothing is written like that, case is forgiven.
    """
    key = _joined(text)
    if key in _exact():
        return _exact()[key]
    if key.casefold() == _joined(asked).casefold() and asked:
        return own_unit(asked)
    folded = key.casefold()
    found = _folded().get(folded) or _folded().get(singular(folded))
    return found or (_measured(text) if asked and measure(asked) else None)


@lru_cache(maxsize=REMEMBERED)
def own_unit(asked: str) -> Unit | None:
    """The unit in which a question asks; None for one of the author's own, such as tokens."""
    return unit_named(asked) or _measured(asked)


def _measured(text: str) -> Unit | None:
    found = measure(text)
    return _as_unit(found) if found else None


def _as_unit(one: Measure) -> Unit:
    dimension = " ".join(f"{base}^{power}" for base, power in one.dimension)
    return Unit("time" if dimension == "s^1" else dimension, one.size)


def is_case_to_ask_about(text: str, asked: str) -> bool:
    """Gb for GB: written by the book it is another unit, and seldom meant as one."""
    key = _joined(text)
    other = key != _joined(asked) and key.casefold() == _joined(asked).casefold()
    return other and (key in _exact() or _measured(text) not in (None, own_unit(asked)))


def means_the_same(word: str, asked: str) -> bool:
    """Tell whether a word measures what the question asks for: g where kg are asked for."""
    one, other = measure(word), measure(asked)
    return one is not None and other is not None and one.dimension == other.dimension


@lru_cache(maxsize=REMEMBERED)
def scale_of(unit: str) -> float | None:
    """How many a question counts by: a billion, 10^23; None where its unit is no scale."""
    if power := re.match(r"10\^(\d{1,2})\b", unit):
        return float(f"1e{power[1]}")
    return SCALES.get(singular(unit.casefold()))


def is_stranger(word: str) -> bool:
    """Tell whether a word measures something that no lesson asks for."""
    return word.casefold() in STRANGERS or singular(word.casefold()) in STRANGERS


def longest_unit(words: Sequence[str], asked: str, also: Sequence[str]) -> tuple[str, int] | None:
    """The longest name of a unit that `words` begin with, and how many words that takes.

    One that fits the question goes first: `6 m in total` has no minutes in it.
    """
    own = asked if scale_of(asked) is None else ""
    starts = [(" ".join(words[:n]), n) for n in range(min(MOST_WORDS, len(words)), 0, -1)]
    known = [(text, n) for text, n in starts if own and is_any_of(text, (own, *also))]
    if known:
        return known[0]
    units = [(unit, text, n) for text, n in starts if (unit := unit_named(text, own))]
    kind = getattr(own_unit(own), "kind", "")
    fitting = [(text, n) for unit, text, n in units if unit.kind == kind]
    return next(iter(fitting or [(text, n) for _, text, n in units]), None)


def is_any_of(text: str, names: Sequence[str]) -> bool:
    """Tell whether a text is one of the names that a question has for its unit."""
    return any(same_words(text, name) for name in names)


def same_words(one: str, other: str) -> bool:
    """Tell whether two names of a unit differ in case and number only."""
    first, second = _joined(one).casefold(), _joined(other).casefold()
    plural = len(singular(first)) >= SHORTEST_PLURAL and "/" not in first
    return first == second or (plural and singular(first) == singular(second))


@lru_cache(maxsize=REMEMBERED)
def _joined(text: str) -> str:
    return "".join(char for char in in_ascii(text) if char not in " -*")


@cache
def _exact() -> dict[str, Unit]:
    """Symbols, whose case tells Gb from GB."""
    units = {}
    for symbol, _, size in PREFIXES:
        units[f"{symbol}B"] = Unit("memory", size)
        units[f"{symbol}b"] = units[f"{symbol}bit"] = Unit("memory", size / 8)
        units[f"{symbol}Wh"] = Unit("energy", size)
    for symbol, _, size in BINARY:
        units[f"{symbol}B"] = Unit("memory", size, binary=True)
    del units["b"]
    return units


@cache
def _folded() -> dict[str, Unit]:
    """Names, and symbols in whatever case."""
    units = {key.casefold(): unit for key, unit in reversed(_exact().items())}
    for _, prefix, size in PREFIXES:
        units[f"{prefix}byte"] = Unit("memory", size)
        units[f"{prefix}bit"] = Unit("memory", size / 8)
        units[f"{prefix}watthour"] = Unit("energy", size)
    for _, prefix, size in BINARY:
        units[f"{prefix}byte"] = Unit("memory", size, binary=True)
    units |= {f"{p.casefold()}byte": Unit("memory", s) for p, _, s in PREFIXES}
    for names, kind, size in OTHERS:
        units |= {_joined(name).casefold(): Unit(kind, size) for name in names}
    return units


def spellings(unit: str) -> list[tuple[str, float]]:
    """Every name of a unit and of its other scales, with how many of the unit each is worth."""
    own = own_unit(unit)
    if own is None:
        return []
    single = measure(unit)
    others = spellings_of(single) if single else {}
    known = {name: _as_unit(one) for name, one in others.items()} | _folded() | _exact()
    return [
        (name, other.size / own.size)
        for name, other in known.items()
        if (other.kind, other.binary) == (own.kind, own.binary)
        and unit_named(name, unit) == other
        and not (name.casefold() in LETTERS or is_case_to_ask_about(name, unit))
    ]
