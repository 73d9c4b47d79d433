"""Sums of up to three digits, and rows of many numbers, at once or worked out aloud."""

from itertools import zip_longest
from random import Random

from tutor.tinylm.world.chance import happens
from tutor.tinylm.world.exercises import Exercise

THREE_DIGITS, MOST = 100, 999
"""What has three digits lies between; no number of a sum is greater, nor is its result."""
SHORTEST, LONGEST = 3, 8
"""How many numbers a row has."""


def _of_digits(rng: Random, digits: int) -> int:
    return rng.randint(10 ** (digits - 1) if digits > 1 else 0, 10**digits - 1)


def _number(rng: Random) -> int:
    return _of_digits(rng, rng.choice((1, 2, 2, 3, 3, 3)))


def sum_of_three_digits(rng: Random) -> Exercise:
    """Two numbers of up to three digits; the sum or one of them has three."""
    while True:
        left, right = _number(rng), _number(rng)
        if THREE_DIGITS <= left + right <= MOST:
            return _exercise("sum-3", f"{left} + {right}", left + right)


def sum_in_columns(rng: Random) -> Exercise:
    """A sum of up to three digits, worked out aloud from the last column to the first."""
    one = sum_of_three_digits(rng)
    steps = f"{one.question} Think step by step."
    return Exercise("sum-3-steps", "", steps, column_by_column(one), f"So {one.answer}")


def column_by_column(one: Exercise) -> str:
    """The answer to a sum of two numbers, column by column: "5 + 7 = 12. 2 + 1 + 1 = 4. …"."""
    left, right = one.answer.split(" = ")[0].split(" + ")
    columns = zip_longest(reversed(left), reversed(right))
    carried, steps = 0, list[str]()
    for column in columns:
        digits = [int(digit) for digit in column if digit is not None]
        digits += [carried] if carried else []
        steps.append(f"{' + '.join(map(str, digits))} = {sum(digits)}.")
        carried = sum(digits) // 10
    return f"{' '.join(steps)} So {one.answer}"


def difference_in_columns(rng: Random) -> Exercise:
    """A difference of up to three digits, worked out aloud from the last column to the first."""
    one = difference_of_three_digits(rng)
    steps = f"{one.question} Think step by step."
    return Exercise("difference-3-steps", "", steps, borrowing(one), f"So {one.answer}")


def borrowing(one: Exercise) -> str:
    """The answer to a difference, column by column: "13 - 8 = 5. 9 - 0 = 9. 3 = 3. …".

    What a column borrows, the next one has already given when it is written down.
    """
    left, right = one.answer.split(" = ")[0].split(" - ")
    borrowed, steps = 0, list[str]()
    for above, below in zip_longest(reversed(left), reversed(right)):
        top, bottom = int(above) - borrowed, int(below or 0)
        borrowed = int(top < bottom)
        top += 10 * borrowed
        sum_ = f"{top} - {bottom}" if below else f"{top}"
        steps.append(f"{sum_} = {top - bottom}.")
    return f"{' '.join(steps)} So {one.answer}"


def difference_of_three_digits(rng: Random) -> Exercise:
    """A number of three digits minus one that is not greater."""
    left = _of_digits(rng, 3)
    right = rng.randint(0, left) if happens(rng, 0.6) else rng.randint(0, min(99, left))
    return _exercise("difference-3", f"{left} - {right}", left - right)


def _exercise(kind: str, sum_: str, result: int) -> Exercise:
    # the whole equation counts, so that no step on the way passes for the result
    return Exercise(kind, "", f"What is {sum_}?", f"{sum_} = {result}", f"{sum_} = {result}")


def row(rng: Random, count: int) -> Exercise:
    """So many numbers of one digit, answered at once."""
    numbers = [rng.randint(1, 9) for _ in range(count)]
    return _exercise(f"row-{count}", " + ".join(map(str, numbers)), sum(numbers))


def any_row(rng: Random) -> Exercise:
    """A row of any length, answered at once."""
    return row(rng, rng.randint(SHORTEST, LONGEST))


def row_in_steps(rng: Random, count: int) -> Exercise:
    """The same, worked out aloud, as one is asked to."""
    one = row(rng, count)
    return Exercise(
        f"{one.kind}-steps",
        "",
        f"{one.question} Think step by step.",
        aloud(one),
        f"So {one.answer}",
    )


def any_row_in_steps(rng: Random) -> Exercise:
    """A row of any length, worked out aloud."""
    return row_in_steps(rng, rng.randint(SHORTEST, LONGEST))


def aloud(one: Exercise) -> str:
    """The answer to a row, step by step."""
    numbers = [int(number) for number in one.answer.split(" = ")[0].split(" + ")]
    so_far, steps = numbers[0], list[str]()
    for number in numbers[1:]:
        steps.append(f"{so_far} + {number} = {so_far + number}.")
        so_far += number
    return f"{' '.join(steps)} So {one.answer}"
