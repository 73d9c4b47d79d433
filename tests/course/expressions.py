"""Expressions at random, of two sorts: with a value that is known, and with no sense at all."""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

NAMES = {"flour": 350.0, "water": 0.7, "x1": -3.0}


@dataclass(frozen=True)
class Sample:
    """An expression, and what Python makes of it; None where it has no value."""

    text: str
    value: float | None
    binds: int
    """How tightly: 0 a sum, 1 a product, 2 a sign, 3 a power, 4 a value by itself."""


def sample(rng: random.Random, depth: int) -> Sample:
    """Make an expression with its value, `depth` levels deep at most."""
    if depth == 0:
        return _leaf(rng)
    if rng.random() < 0.15:
        return _leaf(rng)
    return rng.choice((_two, _two, _two, _two, _negative, _called))(rng, depth - 1)


def _leaf(rng: random.Random) -> Sample:
    if rng.random() < 0.4:
        name = rng.choice([*NAMES])
        return Sample(name, NAMES[name], 4)
    text = rng.choice(("0", "1", "2", "0.5", ".25", "10", "3.", "1e3", "2E-2", "7"))
    return Sample(text, float(text), 4)


def _spaced(rng: random.Random, *words: str) -> str:
    return "".join(word + " " * rng.randint(0, 1) for word in words).strip()


def _in_brackets(rng: random.Random, part: Sample, at_least: int) -> str:
    needs = part.binds < at_least or rng.random() < 0.1
    return _spaced(rng, "(", part.text, ")") if needs else part.text


def _value(rule: Callable[..., float], *parts: Sample) -> float | None:
    values = [part.value for part in parts if part.value is not None]
    if len(values) < len(parts):
        return None
    try:
        value = rule(*values)
    except (ArithmeticError, ValueError):
        return None
    return value if math.isfinite(value) else None


def _two(rng: random.Random, depth: int) -> Sample:
    one, other = sample(rng, depth), sample(rng, depth)
    sign, binds, left, right, rule = rng.choice(
        (
            ("+", 0, 0, 1, lambda a, b: a + b),
            ("-", 0, 0, 1, lambda a, b: a - b),
            ("*", 1, 1, 2, lambda a, b: a * b),
            ("/", 1, 1, 2, lambda a, b: a / b),
            ("^", 3, 4, 2, math.pow),
        )
    )
    text = _spaced(rng, _in_brackets(rng, one, left), sign, _in_brackets(rng, other, right))
    return Sample(text, _value(rule, one, other), binds)


def _negative(rng: random.Random, depth: int) -> Sample:
    part = sample(rng, depth)
    text = _spaced(rng, "-", _in_brackets(rng, part, 2))
    return Sample(text, _value(lambda a: -a, part), 2)


def _called(rng: random.Random, depth: int) -> Sample:
    name, rule, count = rng.choice(
        (("sqrt", math.sqrt, 1), ("exp", math.exp, 1), ("log", math.log, 1), ("abs", abs, 1),
         ("log2", math.log2, 1), ("min", min, 2), ("max", max, 3))
    )  # fmt: skip
    parts = [sample(rng, depth) for _ in range(count)]
    text = _spaced(rng, f"{name}(", ",".join(part.text for part in parts), ")")
    return Sample(text, _value(rule, *parts), 4)


WORDS = """
flour water x1 0 1 2.5 .5 1e3 1e999 + - * / ^ ** ( ) , ( ) sqrt exp max round log( pi e _
__import__ ('os') . real [ ] { } lambda if else == = < ! ' " \\ # é × √ ² 9999999 ^ 9 ^ 9
"""


def nonsense(rng: random.Random) -> str:
    """Words of expressions and of Python in any order, now and then nested beyond reason."""
    words = [rng.choice(WORDS.split()) for _ in range(rng.randint(0, 30))]
    if rng.random() < 0.2:
        words.insert(rng.randint(0, len(words)), rng.choice("(-^") * rng.choice((15, 25, 400)))
    return rng.choice(("", " ")).join(words)
