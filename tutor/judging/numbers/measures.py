"""Measures of any subject: a name of a unit, or a product and quotient of some, in every scale.

Metres, mm, m/s, m/s², kg·m/s², g/l, kW, square metres, km per hour. What a symbol means is what its
case says; names, and symbols that no other shares, are understood in any case.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from tutor.judging.numbers.sums import in_ascii
from tutor.judging.numbers.words import singular

PREFIXES = {
    "G": ("giga", 1e9),
    "M": ("mega", 1e6),
    "k": ("kilo", 1e3),
    "h": ("hecto", 1e2),
    "d": ("deci", 1e-1),
    "c": ("centi", 1e-2),
    "m": ("milli", 1e-3),
    "μ": ("micro", 1e-6),
    "n": ("nano", 1e-9),
}
_SCALED = {
    "m": ("metre meter", "m", 1.0),
    "g": ("gram gramme", "g", 1.0),
    "s": ("second", "s", 1.0),
    "A": ("ampere amp", "A", 1.0),
    "K": ("kelvin", "K", 1.0),
    "mol": ("mole", "mol", 1.0),
    "l": ("litre liter", "m^3", 1e-3),
    "Hz": ("hertz", "s^-1", 1.0),
    "N": ("newton", "g m s^-2", 1e3),
    "Pa": ("pascal", "g m^-1 s^-2", 1e3),
    "J": ("joule", "g m^2 s^-2", 1e3),
    "W": ("watt", "g m^2 s^-3", 1e3),
    "V": ("volt", "g m^2 s^-3 A^-1", 1e3),
    "Ω": ("ohm", "g m^2 s^-3 A^-2", 1e3),
    "cal": ("calorie", "g m^2 s^-2", 4184.0),
    "eV": ("electronvolt", "g m^2 s^-2", 1.602176634e-16),
}
"""What prefixes stand before: names, what it is made of, how much of that it is."""
_UNSCALED = {
    "min": ("minute", "s", 60.0),
    "h": ("hr hour", "s", 3600.0),
    "d": ("day", "s", 86_400.0),
    "week": ("wk", "s", 7 * 86_400.0),
    "sec": ("", "s", 1.0),
    "inch": ("inche", "m", 0.0254),
    "ft": ("foot feet", "m", 0.3048),
    "yd": ("yard", "m", 0.9144),
    "mi": ("mile", "m", 1609.344),
    "t": ("tonne", "g", 1e6),
    "lb": ("pound", "g", 453.59237),
    "oz": ("ounce", "g", 28.349523125),
    "bar": ("", "g m^-1 s^-2", 1e8),
    "kph": ("kmh kmph", "m s^-1", 1 / 3.6),
    "mph": ("", "m s^-1", 0.44704),
    "rpm": ("", "s^-1", 1 / 60),
}
_PER = re.compile(r"\s*/\s*|\s+(?:per|an?|each|every)\s+")
_BEFORE = re.compile(r"\b(square|sq|cubic)\s+([^\W\d_]+)", re.IGNORECASE)
_BEHIND = re.compile(r"([^\W\d_]+)\s+(squared|cubed)\b", re.IGNORECASE)
_POWERS = {"square": 2, "sq": 2, "squared": 2, "cubic": 3, "cubed": 3}
_FACTOR = re.compile(r"([^\W\d_]+)(?:\s*\^?\s*(-?\s*[1-9])(?!\d))?")


@dataclass(frozen=True)
class Measure:
    """What a unit measures, as powers of base units, and how large it is in them."""

    dimension: tuple[tuple[str, int], ...]
    size: float

    def times(self, other: "Measure", power: int = 1) -> "Measure":
        """A product with some power of another: metres times seconds to the power -1."""
        powers = Counter(dict(self.dimension))
        for base, each in other.dimension:
            powers[base] += each * power
        kept = tuple(sorted((base, each) for base, each in powers.items() if each))
        return Measure(kept, self.size * other.size**power)


ONE = Measure((), 1.0)


@cache
def measure(text: str) -> Measure | None:
    """The unit that `text` writes; None where some part of it is none."""
    text = _BEFORE.sub(lambda m: f"{m[2]}^{_POWERS[m[1].casefold()]}", in_ascii(text))
    text = _BEHIND.sub(lambda m: f"{m[1]}^{_POWERS[m[2].casefold()]}", text)
    found = ONE
    for index, part in enumerate(_PER.split(text)):
        product = _product(re.sub(r"[*-](?=\s*[^\W\d_])", " ", part).strip("( )"))
        if product is None:
            return None
        found = found.times(product, -1 if index else 1)
    return found if found.dimension else None


def _product(text: str) -> Measure | None:
    """Newton metres, kg m^2, s^-1."""
    found = ONE
    if not re.fullmatch(rf"(?:{_FACTOR.pattern}\s*)+", text):
        return None
    for name, power in _FACTOR.findall(text):
        one = _one(name)
        if one is None:
            return None
        found = found.times(one, int(power.replace(" ", "") or 1))
    return found


def _one(name: str) -> Measure | None:
    folded = name.casefold()
    return (
        _symbols().get(name)
        or _names().get(name)
        or _names().get(folded)
        or _names().get(singular(folded))
    )


@cache
def _symbols() -> dict[str, Measure]:
    """Symbols, whose case tells mW from MW."""
    found = {}
    for symbol, (_, base, size) in (_SCALED | _UNSCALED).items():
        found[symbol] = Measure(_dimension(base), size)
    for symbol in _SCALED:
        for prefix, (_, scale) in PREFIXES.items():
            own = found[symbol]
            found.setdefault(prefix + symbol, Measure(own.dimension, own.size * scale))
    return found


@cache
def _names() -> dict[str, Measure]:
    """Names, and symbols of several letters that mean one thing in whatever case."""
    symbols = _symbols()
    times = Counter(symbol.casefold() for symbol in symbols)
    alone = [s for s in symbols if len(s) > 1 and times[s.casefold()] == 1]
    found = {symbol.casefold(): symbols[symbol] for symbol in alone} | {"L": symbols["l"]}
    for symbol, (names, _, _) in (_SCALED | _UNSCALED).items():
        found |= dict.fromkeys(names.split(), symbols[symbol])
    for symbol, (names, _, _) in _SCALED.items():
        for prefix, (word, _) in PREFIXES.items():
            found |= {word + name: symbols[prefix + symbol] for name in names.split()}
    return found


def _dimension(base: str) -> tuple[tuple[str, int], ...]:
    pairs = (part.partition("^") for part in base.split())
    return tuple(sorted((name, int(power or 1)) for name, _, power in pairs))


def spellings_of(own: Measure) -> dict[str, Measure]:
    """Every name in one word of a unit that measures the same."""
    known = _names() | _symbols()
    return {name: one for name, one in known.items() if one.dimension == own.dimension}
