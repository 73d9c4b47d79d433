"""Arithmetic in lessons: what it comes to, what is refused and where, and what it can never do."""

import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.course.fuzz_expressions import try_nonsense, try_sense
from tutor.course.expressions import (
    FUNCTIONS,
    MAX_DEPTH,
    MAX_LENGTH,
    ExpressionError,
    NoValueError,
    read_expression,
    tokens,
    work_out,
)

VALUES = {"flour": 500.0, "share": 0.65, "loss": -2.0}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("350 / flour", 0.7),
        ("flour*share", 325),
        ("1 + 2 * 3 - 8 / 4", 5),
        ("8 - 3 - 2", 3),
        ("8 / 4 / 2", 1),
        ("(1 + 2) * 3", 9),
        ("-2^2", -4),
        ("(-2)^2", 4),
        ("loss^2", 4),
        ("2^3^2", 512),
        ("2^-1", 0.5),
        ("--2", 2),
        ("2 - -2", 4),
        ("1e3 + .5 + 2.", 1002.5),
        ("exp(1) - e", 0),
        ("cos(pi) + sin(0) + tan(0)", -1),
        ("log(e^3)", 3),
        ("log2(8) + log10(1000)", 6),
        ("sqrt(2 * 8)", 4),
        ("min(3, 1, 2) + max(3, 1, 2)", 4),
        ("abs(loss)", 2),
        ("floor(2.7) + ceil(2.2)", 5),
        ("floor(-2.5)", -3),
        ("ceil(0.1 * 3 * 10)", 3),
        ("floor(123456789012345)", 123456789012345),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(2.675, 2)", 2.68),
        ("round(0.65 * 7, 1)", 4.6),
        ("round(1e300)", 1e300),
        ("0 * loss", 0),
    ],
)
def test_an_expression_comes_to_what_school_teaches(text: str, value: float) -> None:
    found = work_out(read_expression(text), VALUES)
    assert found == pytest.approx(value, rel=1e-12, abs=1e-12)
    assert str(found) != "-0.0"


@pytest.mark.parametrize(
    ("text", "start", "message"),
    [
        ("1 / (flour - 500)", 2, "division by zero"),
        ("0^-1", 1, "^ has no value for 0, -1"),
        ("(-8)^0.5", 4, "^ has no value for -8, 0.5"),
        ("1 + sqrt(loss)", 4, "sqrt has no value for -2"),
        ("log(0)", 0, "log has no value for 0"),
        ("round(1, 0.5)", 0, "round has no value for 1, 0.5"),
        ("round(1, -1)", 0, "round has no value for 1, -1"),
        ("9^9^9^9", 3, "larger than can be counted"),
        ("10^4000000", 2, "larger than can be counted"),
        ("1e308 * 10", 6, "larger than can be counted"),
        ("exp(flour * 2)", 0, "larger than can be counted"),
    ],
)
def test_what_has_no_value_is_told_with_its_place(text: str, start: int, message: str) -> None:
    with pytest.raises(NoValueError) as caught:
        work_out(read_expression(text), VALUES)
    assert (caught.value.start, caught.value.message) == (start, message)


PYTHON = [
    "__import__('os')",
    "flour.real",
    "flour if share else 1",
    "[1, 2]",
    "{1}",
    "lambda: 1",
    "'a' * 3",
    "1 < 2",
    "1 == 1",
    "1; 2",
    "0x10",
    "5 // 2",
    "5 % 2",
    "~1",
    "flour := 1",
    "print(1)",
    "getattr(flour, 1)",
    "max(*flour)",
    "sqrt",
    "e(1)",
    "１ + 1",
    "ｅ",
]


@pytest.mark.parametrize("text", PYTHON)
def test_what_python_would_do_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        read_expression(text)
    assert 0 <= caught.value.start <= len(text)
    assert caught.value.fix


@pytest.mark.parametrize(
    "text",
    [
        "(" * (MAX_DEPTH + 1) + "1" + ")" * (MAX_DEPTH + 1),
        "-" * (MAX_DEPTH + 1) + "1",
        "2^" * (MAX_DEPTH + 1) + "1",
        "abs(" * (MAX_DEPTH + 1) + "1" + ")" * (MAX_DEPTH + 1),
        "1" * (MAX_LENGTH + 1),
        "(" * 100_000,
        "-" * 100_000,
    ],
)
def test_nothing_is_nested_or_long_without_bound(text: str) -> None:
    started = time.monotonic()
    with pytest.raises(ExpressionError):
        read_expression(text)
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    "text",
    [
        "1+" * (MAX_LENGTH // 2 - 1) + "1",
        "9^" * MAX_DEPTH + "9",
        f"round({'9' * 250}, 9)",
        f"max({', '.join(['1'] * 20)})",
    ],
)
def test_the_longest_that_is_allowed_is_worked_out_at_once(text: str) -> None:
    started = time.monotonic()
    try:
        work_out(read_expression(text), {})
    except NoValueError:
        assert text.startswith("9^")
    assert time.monotonic() - started < 0.25


def test_every_function_is_shown_to_be_right() -> None:
    shown = {word.text for text in _texts_worked_out() for word in tokens(text)}
    assert set(FUNCTIONS) <= shown


def _texts_worked_out() -> list[str]:
    mark = test_an_expression_comes_to_what_school_teaches.pytestmark[0]  # type: ignore[attr-defined]
    return [text for text, _ in mark.args[1]]


@given(st.randoms(use_true_random=False))
def test_any_expression_comes_to_what_python_makes_of_it(rng: random.Random) -> None:
    try_sense(rng)


@given(st.randoms(use_true_random=False))
def test_any_words_are_read_or_refused_with_place_and_fix(rng: random.Random) -> None:
    try_nonsense(rng)


@given(st.text(max_size=60))
def test_any_text_falls_into_words_that_know_their_place(text: str) -> None:
    words = list(tokens(text))
    assert all(text.startswith(word.text, word.start) for word in words)
    assert "".join(word.text for word in words) == re.sub(r"[ \t\n\r\f\v]", "", text)
    assert words[-1].text == ""
