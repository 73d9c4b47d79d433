"""What a question about a number says of its answer, and why a line is no answer to it."""

from dataclasses import dataclass


class UnreadableNumberError(ValueError):
    """The text is no number, or could be two; its message tells the learner what to write."""


@dataclass(frozen=True)
class Asked:
    """What can be known of a right answer without knowing the answer."""

    unit: str = ""
    unit_also: tuple[str, ...] = ()
    """What else the author calls the unit."""
    whole: bool = False
    """The answer is a whole number, so `30,500` cannot be thirty and a half."""
    nouns: frozenset[str] = frozenset()
    """Words of the prompt in the singular: what is counted may be named."""
    mistakes: tuple[float, ...] = ()
    """Wrong numbers that the author listed, in the unit: whoever types one means just that."""


def in_unit(unit: str) -> str:
    """How to be asked for an amount: `in GB`, `in units of 10^23`, or nothing."""
    if not unit:
        return ""
    return f"in units of {unit}" if unit.startswith("10^") else f"in {unit}"


def not_understood(text: str, asked: Asked) -> UnreadableNumberError:
    """Some part of a line that the grammar has no place for."""
    unit = in_unit(asked.unit)
    expected = f"{unit}, which you can leave out" if unit else "without a unit"
    return UnreadableNumberError(f"{text!r} is not understood here: give a number {expected}")


def two_ways(one: str, other: str) -> UnreadableNumberError:
    """Something that can be understood in two ways is never graded."""
    return UnreadableNumberError(f"that can be {one} or {other}: say which")
