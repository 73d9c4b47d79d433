"""The numbers of a question that are left to chance: which can be drawn, and what follows."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from tutor.course.expressions import Values, read_expression, work_out
from tutor.course.model import Amount, Number, Range

DUST = 1e-9
"""By so much, in steps, a range may miss its last value for want of exact fractions."""


@dataclass(frozen=True)
class Drawn:
    """One draw: the parameters' values, those of the working, and the numbers that follow."""

    parameters: Values
    working: Values
    answer: float
    wrong: tuple[float, ...]


def choices(values: tuple[float, ...] | Range) -> tuple[float, ...]:
    """What a parameter is drawn from."""
    if isinstance(values, Range):
        return tuple(round(values.start + i * values.step, 9) for i in range(count(values)))
    return values


def count(values: tuple[float, ...] | Range) -> int:
    """How many values a parameter is drawn from; does not write them out."""
    if isinstance(values, Range):
        return max(0, math.floor((values.to - values.start) / values.step + DUST) + 1)
    return len(values)


def draws(question: Number) -> Iterator[Values]:
    """Every combination of the parameters; a single empty one where nothing is drawn."""
    names = tuple(question.parameters)
    for values in product(*map(choices, question.parameters.values())):
        yield dict(zip(names, values, strict=True))


def draw(question: Number, rng: random.Random) -> Values:
    """Draw each parameter, in the order in which the lesson lists them."""
    return {name: rng.choice(choices(of)) for name, of in question.parameters.items()}


def worked_out(question: Number, parameters: Values) -> Drawn:
    """What follows from a draw; raises NoValueError."""
    known = dict(parameters)
    for name, text in question.working.items():
        known[name] = work_out(read_expression(text), known)
    return Drawn(
        parameters,
        {name: known[name] for name in question.working},
        amount(question.answer, known),
        tuple(amount(wrong.value, known) for wrong in question.wrong),
    )


def amount(written: Amount, known: Values) -> float:
    """The number that is meant; raises NoValueError."""
    if isinstance(written, str):
        return work_out(read_expression(written), known)
    return written
