"""Expressions at random; as many as asked: `python -m tests.course.fuzz_expressions`."""

import argparse
import math
import random
import time
from collections import Counter

from tests.course.expressions import NAMES, nonsense, sample
from tutor.course.expressions import (
    MAX_LENGTH,
    ExpressionError,
    NoValueError,
    read_expression,
    work_out,
)

SECONDS = 0.25
"""So long may one take, on a busy machine."""


def try_sense(rng: random.Random) -> str:
    """Work out an expression whose value is known; raises AssertionError if it comes out wrong."""
    one = sample(rng, rng.randint(0, 4))
    if len(one.text) > MAX_LENGTH:
        return "too long"
    try:
        value = work_out(read_expression(one.text), NAMES)
    except NoValueError:
        assert one.value is None, one
        return "without value"
    assert one.value is not None, one
    assert math.isclose(value, one.value, rel_tol=1e-12, abs_tol=1e-300), (one, value)
    return "worked out"


def try_nonsense(rng: random.Random) -> str:
    """Read anything: a value, or a word on what is wrong and where; never long, never a crash."""
    text = nonsense(rng)
    started = time.monotonic()
    try:
        expression = read_expression(text)
        unknown = expression.names.keys() - NAMES.keys()
        value = 0.0 if unknown else work_out(expression, NAMES)
    except ExpressionError as error:
        outcome, start, told = "refused", error.start, error.message and error.fix
    except NoValueError as error:
        outcome, start, told = "without value", error.start, error.message
    else:
        outcome, start, told = "unknown name" if unknown else "worked out", 0, "a value"
        assert math.isfinite(value), text
    assert told, text
    assert 0 <= start <= len(text), text
    assert time.monotonic() - started < SECONDS, text
    return outcome


def try_many(count: int, seed: int) -> Counter[str]:
    """Try `count` expressions of each sort; how they went."""
    outcomes: Counter[str] = Counter()
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")
        for attempt in (try_sense, try_nonsense):
            outcomes[f"{attempt.__name__[4:]}: {attempt(rng)}"] += 1
    return outcomes


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    for outcome, count in sorted(try_many(arguments.count, arguments.seed).items()):
        print(f"{count:>9,}  {outcome}")


if __name__ == "__main__":
    main()
