"""Numbers as people type them: 175B, 1.75e11, 175,000,000,000, 12 %, 1/3."""

import math
import re

MAX_LENGTH = 60

SCALES = {
    "": 1.0,
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "million": 1e6,
    "millions": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "g": 1e9,
    "billion": 1e9,
    "billions": 1e9,
    "t": 1e12,
    "tn": 1e12,
    "trillion": 1e12,
    "trillions": 1e12,
}

_MINUS = str.maketrans("−–—", "---")
_SPACES = re.compile(r"(?<=\d)[\s_'’](?=\d{3}(?!\d))")
_POWER = re.compile(r"(?:(?P<factor>.+?)\s*[x×*·]\s*)?10\s*(?:\^|\*\*)\s*(?P<power>[+-]?\d{1,2})")
_FRACTION = re.compile(r"(?P<top>[^/]+)/(?P<bottom>[^/]+)")
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_WORD = re.compile(r"(?P<number>.*?[\d.)])\s*(?P<word>[^\d\s.,]*(?:[\s/][^\d]*)?)$", re.DOTALL)


class UnreadableNumberError(ValueError):
    """The text is no number; its message tells the learner what to write."""


def read_number(text: str, unit: str = "") -> float:
    """Read `text` as an amount of `unit`.

    A bare number counts in the unit; one with a scale of its own (175B) is taken at its word,
    also where the unit is itself a scale ("billion"). Raises UnreadableNumberError.
    """
    text = text.strip().translate(_MINUS)
    if len(text) > MAX_LENGTH:
        raise UnreadableNumberError("that is too long for a number")
    value, word = _split(text)
    if unit == "%" and "/" in text and not word:
        return _finite(100 * value)  # a share written as a fraction
    unit_scale = SCALES.get(unit.casefold(), 1.0) if unit else 1.0
    word = _without_unit(word, unit)
    if word in SCALES:
        own = SCALES[word]
        return _finite(value * own / unit_scale) if word else value
    expected = f"in {unit}, which you can leave out" if unit else "without a unit"
    raise UnreadableNumberError(f"{word!r} is not understood here: give a number {expected}")


def _split(text: str) -> tuple[float, str]:
    match = _WORD.fullmatch(text)
    if match is None:
        raise UnreadableNumberError("give a number, such as 12, 0.5, 1.75e11 or 175B")
    return _value(match["number"].strip()), match["word"].strip().casefold()


def _without_unit(word: str, unit: str) -> str:
    """Drop the unit where the learner wrote it, after or instead of a scale."""
    folded = unit.casefold()
    forms = {folded, folded.rstrip("s"), folded + "s"} - {""}
    if word in SCALES and word not in forms:
        return word
    for form in sorted(forms, key=len, reverse=True):
        if word == form and form not in SCALES:
            return ""
        if word.endswith(form) and word[: -len(form)].strip() in SCALES:
            return word[: -len(form)].strip() or (word if word in SCALES else "")
    return word


def _value(text: str) -> float:
    text = _SPACES.sub("", text)
    if match := _POWER.fullmatch(text):
        return _finite(_value(match["factor"] or "1") * 10.0 ** int(match["power"]))
    if match := _FRACTION.fullmatch(text):
        bottom = _value(match["bottom"].strip())
        if bottom == 0:
            raise UnreadableNumberError("nothing can be divided by zero")
        return _finite(_value(match["top"].strip()) / bottom)
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if "," in text:
        raise UnreadableNumberError("write a decimal point: 1.75, and 1,750 for thousands")
    if not _PLAIN.fullmatch(text):
        raise UnreadableNumberError("give a number, such as 12, 0.5, 1.75e11 or 175B")
    return _finite(float(text))


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise UnreadableNumberError("that is larger than this tutor can count")
    return value
