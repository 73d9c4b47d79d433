"""The digits of a reply: one literal, or a product, quotient or power of some. Never a sum.

A hyphen between two numbers may be a range as well as a minus, so sums are not worked out.
"""

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import NoReturn

from tutor.judging.numbers.asked import Asked, UnreadableNumberError, two_ways

EXAMPLES = "give a number, such as 12, 0.5, 1.75e11 or 175B"
_SUPERSCRIPT = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+", strict=True))
_RAISED = re.compile(f"[{''.join(_SUPERSCRIPT)}]+")
_SIGNS = str.maketrans("−–—×⋅·∙÷", "---****/")
_DIGIT = re.compile(r"[\d.]|√|sqrt|\(")
_LITERAL = re.compile(r"(?:\d(?:[\d.,_'’ ]*\d)?[.,]?|[.,]\d+)")
_EXPONENT = re.compile(r"\s?[eE]([+-]?\d{1,3})(?![\d.])")
_MIXED = re.compile(r"(\d+) (\d+)/(\d+)(?![\d.,])")
_TIMES = re.compile(r"\s*(?:\*(?!\*)|[xX])\s*(?=[\d(√.]|sqrt)")
_OVER = re.compile(r"\s*/\s*")
_POWER = re.compile(r"\s*(?:\^|\*\*)\s*")
_MINUS = re.compile(r"-\s*")
_PLUS = re.compile(r"\+")
_ROOT = re.compile(r"√\s*|sqrt\s*(?=\()")
_OPENS = re.compile(r"\(\s*")
_CLOSES = re.compile(r"\s*\)")
_SPACES = re.compile(r"\s+")
_PLAIN = re.compile(r"\d*\.?\d*")
_ONE_COMMA = re.compile(r"\d*,\d+")
_GROUPED = tuple(
    (mark, re.compile(rf"([1-9]\d{{0,2}}(?:[{mark}]\d{{3}})+)(?:[{point}](\d*))?"))
    for mark, point in ((" _'’", ".,"), (",", "."), (".", ","))
)
"""What may stand between thousands, and the number that it makes."""
_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")
MAX_POWER = 400


@dataclass(frozen=True)
class Worked:
    """What digits come to, where they end, and how they were put."""

    value: float
    end: int
    has_power_of_ten: bool = False
    is_fraction: bool = False


def in_ascii(text: str) -> str:
    """Spell signs so that each has one character: ½ as 1/2, ² as ^2, − as -, × as *."""
    if text.isascii():
        return _SPACES.sub(" ", text).strip()
    text = _RAISED.sub(lambda m: "^" + "".join(_SUPERSCRIPT[c] for c in m[0]), text)
    text = "".join(_fraction(char) for char in text)
    text = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    return _SPACES.sub(" ", text).strip()


def _fraction(char: str) -> str:
    top, slash, bottom = unicodedata.normalize("NFKC", char).partition("\u2044")
    return f" {top}/{bottom}" if slash and top and bottom else char.replace("\u2044", "/")


def starts_a_number(text: str) -> bool:
    """Tell whether digits, or what can stand before them, come first."""
    match = _DIGIT.match(text)
    return bool(match) and text[:2] not in (".", ". ") and text[:2].lower() != "0x"


def worked_out(text: str, asked: Asked) -> Worked:
    """Work out the number that `text` begins with; raises UnreadableNumberError."""
    return _Sum(text, asked).product()


def cannot_be_read() -> NoReturn:
    """Say what a number looks like."""
    raise UnreadableNumberError(EXAMPLES)


def finite(value: float) -> float:
    """The value, unless it is beyond counting."""
    if not math.isfinite(value):
        raise UnreadableNumberError("that is larger than this tutor can count")
    return value


class _Sum:
    """Reads from left to right, one method for each binding strength."""

    def __init__(self, text: str, asked: Asked) -> None:
        self.text, self.asked = text, asked
        self.at = 0
        self.power_of_ten = False

    def product(self, depth: int = 0) -> Worked:
        value, quotients = self.power(depth), 0
        while True:
            if self.take(_TIMES):
                value = finite(value * self.power(depth))
            elif self.divides():
                value, quotients = self.quotient(value, self.power(depth)), quotients + 1
            else:
                break
        if quotients > 1:
            cannot_be_read()
        return Worked(value, self.at, self.power_of_ten, bool(quotients))

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()
        return match

    def divides(self) -> bool:
        start = self.at
        if self.take(_OVER) and starts_a_number(self.text[self.at :]):
            return True
        self.at = start
        return False

    def quotient(self, top: float, bottom: float) -> float:
        if bottom == 0:
            raise UnreadableNumberError("nothing can be divided by zero")
        if 0 < top < 1 and 0 < bottom < 1:
            raise two_ways(f"{top:g} and {bottom:g}", f"{top:g} divided by {bottom:g}")
        return finite(top / bottom)

    def power(self, depth: int) -> float:
        base = self.atom(depth)
        if not self.take(_POWER):
            return base
        sign = -1.0 if self.take(_MINUS) else 1.0
        self.take(_PLUS)
        if not starts_a_number(self.text[self.at :]):
            cannot_be_read()
        exponent = sign * self.atom(depth)
        self.power_of_ten = self.power_of_ten or base == 10  # noqa: PLR2004
        return raised(base, exponent)

    def atom(self, depth: int) -> float:
        if not starts_a_number(self.text[self.at :]) or depth > 4:  # noqa: PLR2004
            cannot_be_read()
        if self.take(_ROOT):
            return math.sqrt(self.atom(depth + 1))
        if self.take(_OPENS):
            inner = self.product(depth + 1).value
            if not self.take(_CLOSES):
                cannot_be_read()
            return inner
        return self.literal()

    def literal(self) -> float:
        if mixed := self.take(_MIXED):
            return float(mixed[1]) + self.quotient(float(mixed[2]), float(mixed[3]))
        found = _LITERAL.match(self.text, self.at)
        if not found:
            cannot_be_read()
        digits = found[0].rstrip(",")
        self.at += len(digits)
        exponent = self.take(_EXPONENT)
        return finite(float(f"{self.plain(digits)}e{exponent[1] if exponent else 0}"))

    def plain(self, digits: str) -> str:
        """The digits with nothing but a decimal point; raises where that could be two things."""
        digits = _ungrouped(digits)
        if _PLAIN.fullmatch(digits):
            return digits
        if _ONE_COMMA.fullmatch(digits):
            return self.with_comma(digits)
        cannot_be_read()

    def with_comma(self, digits: str) -> str:
        """One comma: it groups thousands or marks decimals."""
        grouped, decimal = digits.replace(",", ""), digits.replace(",", ".")
        if not _COMMA.fullmatch(digits):
            return decimal
        if self.asked.whole:
            return grouped
        raise two_ways(_plain(decimal), _plain(grouped))


def _plain(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def raised(base: float, exponent: float) -> float:
    """A power, within what can be counted."""
    if abs(exponent) > MAX_POWER:
        raise UnreadableNumberError("that is larger than this tutor can count")
    try:
        return finite(float(base**exponent))
    except (OverflowError, ZeroDivisionError, TypeError) as error:
        raise UnreadableNumberError("that is larger than this tutor can count") from error


def _ungrouped(digits: str) -> str:
    """Take out what can only be marks between thousands: 30 500, 1,750.5, 175.000.000."""
    for mark, pattern in _GROUPED:
        match = pattern.fullmatch(digits)
        if match is None:
            continue
        count = sum(match[1].count(one) for one in mark)
        if mark.startswith(" ") or count > 1 or match[2] is not None:
            return re.sub(f"[{mark}]", "", match[1]) + (f".{match[2]}" if match[2] else "")
    return digits
