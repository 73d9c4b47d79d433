"""Numbers as people type them."""

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.judging.numbers import UnreadableNumberError, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("175B", 175e9),
        ("175 b", 175e9),
        ("175bn", 175e9),
        ("175 billion", 175e9),
        ("175 Billions", 175e9),
        ("1.75e11", 175e9),
        ("1.75E+11", 175e9),
        ("175,000,000,000", 175e9),
        ("175 000 000 000", 175e9),
        ("175_000_000_000", 175e9),
        ("175'000'000'000", 175e9),
        ("175\N{NARROW NO-BREAK SPACE}000", 175e3),
        ("1,750.5", 1750.5),
        ("10^9", 1e9),
        ("10**9", 1e9),
        ("1.75 x 10^11", 175e9),
        ("1.75*10^11", 175e9),
        ("1.75×10^11", 175e9),
        ("10^-2", 0.01),
        ("1/3", 1 / 3),
        ("-1 / 4", -0.25),
        ("3", 3.0),
        ("+3", 3.0),
        ("-3", -3.0),
        ("−3", -3.0),
        ("–3", -3.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("  7  ", 7.0),
        ("12k", 12e3),
        ("1.5M", 1.5e6),
        ("2 million", 2e6),
        ("3T", 3e12),
        ("4 trillion", 4e12),
        ("0", 0.0),
    ],
)
def test_a_number_is_understood_as_people_write_it(text: str, value: float) -> None:
    assert read_number(text) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("12 %", "%", 12),
        ("12%", "%", 12),
        ("12", "%", 12),
        ("1/4 %", "%", 0.25),
        ("1/4", "%", 25),
        ("3 tokens", "tokens", 3),
        ("3 token", "tokens", 3),
        ("3 TOKENS", "token", 3),
        ("2k tokens", "tokens", 2000),
        ("2 million tokens", "tokens", 2e6),
        ("175B", "billion", 175),
        ("175", "billion", 175),
        ("175 billion", "billion", 175),
        ("0.175T", "billion", 175),
        ("175,000,000,000", "billion", 175e9),
        ("2.5 bits", "bits", 2.5),
        ("2.5 bit", "bits", 2.5),
        ("3 bits per token", "bits per token", 3),
        ("5 m", "m", 5),
    ],
)
def test_a_unit_may_be_written_or_left_out(text: str, unit: str, value: float) -> None:
    assert read_number(text, unit) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "unit", "advice"),
    [
        ("", "", "give a number"),
        ("about twelve", "", "give a number"),
        ("1,75", "", "decimal point: 1.75"),
        ("1,2,3", "", "decimal point"),
        ("175.000.000.000", "", "give a number"),
        ("1 2", "", "give a number"),
        ("1/0", "", "divided by zero"),
        ("1/2/3", "", "give a number"),
        ("12 %", "", "without a unit"),
        ("12 apples", "%", "in %, which you can leave out"),
        ("12 bits", "tokens", "in tokens"),
        ("1e999", "", "larger than"),
        ("1e308B", "", "larger than"),
        ("1e308/1e-308", "", "larger than"),
        ("1e308/1", "%", "larger than"),
        ("nan", "", "give a number"),
        ("inf", "", "give a number"),
        ("0x10", "", "give a number"),
        ("1--2", "", "give a number"),
        ("10^", "", "give a number"),
        ("9" * 61, "", "too long"),
        ("²", "", "give a number"),
    ],
)
def test_what_is_no_number_is_refused_with_advice(text: str, unit: str, advice: str) -> None:
    with pytest.raises(UnreadableNumberError, match=advice):
        read_number(text, unit)


def assert_finite_or_refused(text: str, unit: str) -> None:
    with contextlib.suppress(UnreadableNumberError):
        assert math.isfinite(read_number(text, unit))


@given(st.text(max_size=80), st.sampled_from(["", "%", "tokens", "billion", "m"]))
def test_any_text_is_a_finite_number_or_refused(text: str, unit: str) -> None:
    assert_finite_or_refused(text, unit)


@given(st.text(alphabet="0123456789.,eE+-−/^*x kKmMbB%", max_size=20))
def test_any_heap_of_number_signs_is_a_finite_number_or_refused(text: str) -> None:
    assert_finite_or_refused(text, "%")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_that_python_writes_is_read_back(value: float) -> None:
    assert read_number(repr(value)) == value


@given(st.integers(-(10**15), 10**15))
def test_thousands_may_be_grouped(value: int) -> None:
    assert read_number(f"{value:,}") == value
    assert read_number(f"{value:,}".replace(",", " ")) == value
