"""What must hold before a number can be asked: its parameters, its expressions, its braces."""

import difflib
import math
import re
from collections.abc import Iterable, Iterator

from tutor.course.contents import Finding, Place, texts
from tutor.course.drawing import amount, count, draws
from tutor.course.expressions import (
    CONSTANTS,
    FUNCTIONS,
    ExpressionError,
    NoValueError,
    Values,
    read_expression,
)
from tutor.course.model import Amount, Number, Range

MAX_DRAWS = 10_000
MAX_DECIMALS = 9
ANSWER = "answer"
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
BRACES = re.compile(r"\{([A-Za-z_]\w*)\}", re.ASCII)

Written = tuple[Place, Amount]


def broken_number(step: Number) -> Iterator[Finding]:
    """What is wrong with a number question by itself."""
    yield from _bounds(step)
    names = [*_names(step)]
    values = [*_parameters(step)]
    expressions = [*_expressions(step)]
    yield from (*names, *values, *expressions)
    if not (names or values or expressions):
        yield from _undefined(step)
    yield from _braces(step)


def _bounds(step: Number) -> Iterator[Finding]:
    if not 0 <= step.decimals <= MAX_DECIMALS:
        yield ("decimals",), f"{step.decimals} decimals", f"write 0 to {MAX_DECIMALS}"
    tolerances: list[tuple[Place, float]] = [((), step.tolerance)]
    tolerances += [(("wrong", i), wrong.tolerance) for i, wrong in enumerate(step.wrong)]
    for place, tolerance in tolerances:
        if tolerance < 0:
            yield (*place, "tolerance"), "a tolerance cannot be negative", "write 0 or more"


def _names(step: Number) -> Iterator[Finding]:
    for field, names in (("parameters", step.parameters), ("working", step.working)):
        for name in names:
            place = (field, name)
            if not NAME.fullmatch(name):
                fix = "use lower-case letters, digits and _, such as flour_grams"
                yield place, f"{name!r} cannot be a name", fix
            elif name in FUNCTIONS or name in CONSTANTS or name == ANSWER:
                yield place, f"{name!r} has a meaning already", "choose another name"
            elif field == "working" and name in step.parameters:
                yield place, f"{name!r} is a parameter already", "choose another name"


def _parameters(step: Number) -> Iterator[Finding]:
    faults = [fault for item in step.parameters.items() for fault in _values(*item)]
    yield from faults
    if faults:
        return
    total = math.prod(map(count, step.parameters.values()))
    if total > MAX_DRAWS:
        yield ("parameters",), f"{total:,} combinations", f"stay below {MAX_DRAWS:,}"


def _values(name: str, values: tuple[float, ...] | Range) -> Iterator[Finding]:
    place = ("parameters", name)
    if not isinstance(values, Range):
        if not values:
            yield place, "a parameter has no values", "list at least one"
    elif values.step <= 0:
        yield (*place, "step"), "a step must be larger than 0", "write how far apart values are"
    elif values.to < values.start:
        yield (*place, "to"), f"less than {values.start:g}, where it starts", "write the larger one"
    elif (values.to - values.start) / values.step > MAX_DRAWS:
        yield (*place, "step"), f"more than {MAX_DRAWS:,} values", "write a larger step"


def _written(step: Number) -> Iterator[Written]:
    """Every place where an expression may stand, in the order in which they are worked out."""
    yield from ((("working", name), text) for name, text in step.working.items())
    yield ("answer",), step.answer
    yield from ((("wrong", i, "value"), wrong.value) for i, wrong in enumerate(step.wrong))


def _expressions(step: Number) -> Iterator[Finding]:
    known = list(step.parameters)
    for place, written in _written(step):
        if isinstance(written, str):
            yield from _expression(place, written, known)
        if place[0] == "working":
            known.append(str(place[1]))


def _expression(place: Place, text: str, known: list[str]) -> Iterator[Finding]:
    try:
        names = read_expression(text).names
    except ExpressionError as error:
        yield (*place, error.start), error.message, error.fix
        return
    for name, start in names.items():
        if name not in known:
            yield (*place, start), f"no parameter {name!r}", _like(name, known)


def _like(name: str, known: Iterable[str]) -> str:
    if not known:
        return "write a number, such as 1.75, or list the name under parameters"
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"use one of: {', '.join(known)}"


def _undefined(step: Number) -> Iterator[Finding]:
    """Each expression without a value for some draw, with the first such draw."""
    faulty: set[Place] = set()
    for drawn in draws(step):
        known = dict(drawn)
        for place, written in _written(step):
            try:
                value = amount(written, known)
            except NoValueError as error:
                if place not in faulty:
                    faulty.add(place)
                    message = f"no value{_where(drawn)}: {error.message}"
                    yield (*place, error.start), message, "change the values or the expression"
                value = math.nan
            if place[0] == "working":
                known[str(place[1])] = value
                if math.isnan(value):
                    break  # what follows rests on it


def _where(drawn: Values) -> str:
    return " where " + ", ".join(f"{n} is {v:g}" for n, v in drawn.items()) if drawn else ""


def _braces(step: Number) -> Iterator[Finding]:
    """Names in braces must stand for something, and each parameter must be told."""
    known = [*step.parameters, *step.working, ANSWER]
    for place, text in texts(step):
        for name in BRACES.findall(text):
            if name not in known:
                yield place, f"{{{name}}} stands for nothing", _like(name, known)
    for name in step.parameters:
        if f"{{{name}}}" not in step.prompt:
            yield ("parameters", name), f"{name!r} is not told", f"write {{{name}}} in the prompt"
