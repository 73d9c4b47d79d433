"""What an author writes in a demo's settings, read and refused in plain words."""

import re
from collections.abc import Iterable, Sequence

_KINDS = {
    "float": "a number such as 0.5",
    "int": "a whole number",
    "str": "text",
    "array": "a list",
}
_KIND = re.compile(r"Expected `(\w+)`, got `(\w+)`(?: - at `\$\.(\w+)(?:\[(\d+)\])?.*`)?")
_SUM = re.compile(r"[0-9]{1,6}(?:(?: *\+ *| +)[0-9]{1,6})*")
_FIELD = re.compile(r"Object (?:contains unknown|missing required) field `(\w+)`")


def within(name: str, numbers: Iterable[float], low: float, high: float) -> None:
    """Refuse a number outside low..high; also what is no number at all (nan)."""
    for number in numbers:
        if not low <= number <= high:
            raise ValueError(f"{name}: {number:g} does not lie between {low:g} and {high:g}")


def some(name: str, things: Sequence[object], most: int, least: int = 1) -> None:
    """Refuse too few or too many of something."""
    if not least <= len(things) <= most:
        raise ValueError(f"{name}: give {least} to {most} of them, not {len(things)}")


def as_many(name: str, things: Sequence[object], other: str, others: Sequence[object]) -> None:
    """Refuse lists that belong together and differ in length."""
    if len(things) != len(others):
        raise ValueError(f"{len(things)} {name}, but {len(others)} {other}: give one for each")


def different(name: str, texts: Sequence[str]) -> None:
    """Refuse a name that stands twice."""
    for text in texts:
        if texts.count(text) > 1:
            raise ValueError(f"{name}: {text!r} stands there twice")


def numbers(text: str) -> tuple[float, ...]:
    """Read numbers with blanks between them, such as "1 0 2"; raises ValueError."""
    try:
        return tuple(float(word) for word in text.split())
    except ValueError as error:
        raise ValueError(f"{text!r} is not a row of numbers, such as: 1 0 2") from error


def named(text: str, example: str) -> tuple[str, tuple[float, ...]]:
    """Read a name and the numbers behind it, such as "low 5"; raises ValueError."""
    name, *words = text.split() or [""]
    if not words:
        raise ValueError(f"{text!r} is not a name and numbers, such as: {example}")
    try:
        return name, numbers(" ".join(words))
    except ValueError as error:
        raise ValueError(f"{text!r} is not a name and numbers, such as: {example}") from error


def addends(text: str) -> tuple[int, ...]:
    """The numbers of a sum such as "3 + 8 + 6" or "3 8 6"; none where the text is anything else."""
    plain = text.strip().removeprefix("What is ").rstrip("? ")
    return tuple(map(int, re.findall(r"[0-9]+", plain))) if _SUM.fullmatch(plain) else ()


def in_plain_words(message: str) -> str:
    """Say what msgspec found wrong as one would say it to an author."""
    if match := _KIND.match(message):
        wanted, got, field, index = match.groups()
        place = field + (f", number {int(index) + 1}" if index else "") if field else "settings"
        return f"{place}: expected {_KINDS.get(wanted, wanted)}, got {_KINDS.get(got, got)}"
    if match := _FIELD.match(message):
        known = "missing" if "missing" in message else "not a setting of this demo"
        return f"{match[1]}: {known}"
    return message
