"""Numbers as people type them."""

import contextlib
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.judging.numbers import Asked, UnreadableNumberError, read_number


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
        ("12 %", "", 0.12),
        ("3 tokens", "tokens", 3),
        ("3 token", "tokens", 3),
        ("3 TOKENS", "token", 3),
        ("2k tokens", "tokens", 2000),
        ("2 million tokens", "tokens", 2e6),
        ("175B", "billion", 175),
        ("175", "billion", 175),
        ("175 billion", "billion", 175),
        ("0.175T", "billion", 175),
        ("175,000,000,000", "billion", 175),
        ("8053063680", "billion", 8.05306368),
        ("48e9", "GB", 48),
        ("0.5 GWh", "MWh", 500),
        ("1e23", "10^23", 1),
        ("2.5 bits", "bits", 2.5),
        ("2.5 bit", "bits", 2.5),
        ("3 bits per token", "bits per token", 3),
        ("5 m", "m", 5),
        ("1,75", "", 1.75),
        ("0,731", "", 0.731),
        ("175.000.000.000", "", 175e9),
    ],
)
def test_a_unit_may_be_written_or_left_out(text: str, unit: str, value: float) -> None:
    assert read_number(text, unit) == pytest.approx(value)


@pytest.mark.parametrize(
    ("unit", "replies"),
    [
        ("m/s", "7.5 m/s, 7.5m/s, 7.5 M/S, 27 km/h, 27 kph, 7.5 metres per second, 450 m/min"),
        ("metres per second", "7.5 m/s, 7.5 meters a second, 7.5 m s^-1, 7.5 m s⁻¹"),
        ("m/min", "72 m/min, 72, 1.2 m/s, 72 metres per minute"),
        ("m/s²", "9.81 m/s², 9.81 m/s^2, 9.81 m/s2, 9.81 metres per second squared, 9,81 m·s⁻²"),
        ("m^2", "12 m², 12 m2, 12 square metres, 12 sq m, 12 metres squared, 120000 cm²"),
        ("g/l", "3 g/l, 3 g/L, 3 mg/ml, 0.003 kg/l, 3 grams per litre, 3 kg/m³"),
        ("W", "98 W, 98 watts, 0.098 kW, 98 Watt, ninety-eight watts"),
        ("kW", "1.5 kW, 1500 W, 1.5 kilowatts, 0.0015 MW"),
        ("m", "3.57 m, 3.57m, 3.57 metres, 3570 mm, 357 cm, 0.00357 km, 3.57 m in total"),
        ("km", "5 km, 5000 m, five kilometres"),
        ("mm", "6 mm, 0.6 cm, 0.006 m, 6 millimetres"),
        ("kg", "0.5 kg, 500 g, 500 grams, half a kilogram"),
        ("km/h", "27 km/h, 27 kph, 27 kmh, 27 km per hour, 7.5 m/s, 27 kilometres an hour"),
        ("N·m", "3 N·m, 3 Nm, 3 N m, 3 newton-metres"),
        ("s", "0.002 s, 2 ms"),
        ("µg", "5 µg, 5 μg, 0.005 mg, 5 micrograms"),
        ("m€", "4 m€, 4"),
        ("g CO₂/kWh", "30 g CO₂/kWh, 30 g CO2/kWh"),
    ],
)
def test_a_measure_is_understood_in_every_scale_and_spelling(unit: str, replies: str) -> None:
    first, *others = [reply.strip() for reply in re.split(r",(?!\d)", replies)]
    value = float(re.findall(r"[\d.]+", first)[0])
    read = {reply: read_number(reply, unit) for reply in (first, *others)}
    assert read == pytest.approx(dict.fromkeys(read, value))


def test_an_author_may_add_what_else_learners_call_the_unit() -> None:
    asked = Asked("rpm", ("turns a minute", "revs"))
    assert [read_number(f"90{told}", asked) for told in (" turns a minute", " revs", "")] == [
        90
    ] * 3
    with pytest.raises(UnreadableNumberError, match="'bananas' is not understood"):
        read_number("90 bananas", asked)


@pytest.mark.parametrize("text", ["3:1", "3 : 1", "3 to 1", "a ratio of 3:1", "48:16", "3/1"])
def test_a_ratio_is_written_as_the_world_does(text: str) -> None:
    assert read_number(text, Asked(nouns=frozenset({"gear", "ratio"}))) == 3


def test_where_no_ratio_is_asked_for_odds_and_ranges_are_asked_about() -> None:
    for text, nouns in (("3:1", {"probability"}), ("3 to 5", {"ratio"}), ("3:1:2", {"ratio"})):
        with pytest.raises(UnreadableNumberError):
            read_number(text, Asked(nouns=frozenset(nouns)))


@pytest.mark.parametrize(
    ("text", "unit", "advice"),
    [
        ("", "", "give a number"),
        ("about many", "", "'many' is not understood here|give a number"),
        ("1,750", "", "that can be 1.75 or 1750: say which"),
        ("1,2,3", "", "give a number"),
        ("1 2", "", "give a number"),
        ("1/0", "", "divided by zero"),
        ("1/2/3", "", "give a number"),
        ("0.8/0.2", "", "0.8 and 0.2 or 0.8 divided by 0.2"),
        ("12 apples", "%", "in %, which you can leave out"),
        ("12 bits", "tokens", "in tokens"),
        ("140 tokens", "billion", "that can be 140 tokens or 140 billion tokens"),
        ("480 m", "minutes", "'m' can mean more than one thing"),
        ("48 G", "GB", "'G' can mean more than one thing"),
        ("12 GB", "GiB", "GB and GiB are not the same"),
        ("48 Gb", "GB", "by the book Gb is not GB"),
        ("5 MW", "mW", "by the book MW is not mW"),
        ("6 kg", "m", "'kg' is not understood"),
        ("5 ms", "m", "'ms' is not understood"),
        ("3 m/s", "m", "'/ s' is not understood"),
        ("5 m", "tokens", "'m' can mean more than one thing"),
        ("5 k", "kW", "'k' can mean more than one thing"),
        ("600000000", "MWh", "a smaller unit"),
        ("10^3", "OOM", "a factor of 1,000"),
        ("3 x", "OOM", "'x' is not understood|'times' is not understood"),
        ("4.32 × 10", "10^23", "ten to which power"),
        ("w = 1 or 2", "", "not understood"),
        ("3 = 4", "", "not the same"),
        ("more than 3", "", "'more' is not understood"),
        ("3-4", "", "'-4' is not understood|'- 4' is not understood"),
        ("1e999", "", "larger than"),
        ("1e308B", "", "larger than"),
        ("1e308/1e-308", "", "larger than"),
        ("1e308/1", "%", "larger than"),
        ("10^999", "", "larger than"),
        ("9^9^9", "", "not understood"),
        ("(((((((1)))))))", "", "give a number"),
        ("nan", "", "not understood"),
        ("inf", "", "not understood"),
        ("0x10", "", "not understood"),
        ("1--2", "", "not understood"),
        ("10^", "", "give a number"),
        ("9" * 81, "", "too long"),
        ("²", "", "not understood"),
    ],
)
def test_what_is_no_number_or_could_be_two_is_refused_with_advice(
    text: str, unit: str, advice: str
) -> None:
    with pytest.raises(UnreadableNumberError, match=advice.replace("(", r"\(")):
        read_number(text, unit)


@pytest.mark.parametrize(
    ("text", "value"),
    [("30,500", 30500), ("30.5k", 30500), ("30,5 k", 30500), ("22,0", 22), ("30500.0", 30500)],
)
def test_where_a_whole_number_is_asked_for_a_comma_before_three_digits_marks_thousands(
    text: str, value: float
) -> None:
    assert read_number(text, Asked(whole=True)) == value


@pytest.mark.parametrize("text", ["30.500", "30,50", "70 %", "7 of 10", "1 in 64"])
def test_where_a_whole_number_is_asked_for_what_is_none_is_asked_about(text: str) -> None:
    with pytest.raises(UnreadableNumberError):
        read_number(text, Asked(whole=True))


def assert_finite_or_refused(text: str, unit: str) -> None:
    with contextlib.suppress(UnreadableNumberError):
        assert math.isfinite(read_number(text, unit))


@given(st.text(max_size=80), st.sampled_from(["", "%", "tokens", "billion", "m", "m/s²", "kg*m"]))
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
    whole = Asked(whole=True)
    assert read_number(f"{value:,}", whole) == value
    assert read_number(f"{value:,}".replace(",", " "), whole) == value
