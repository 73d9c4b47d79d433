"""Questions as they come on the screen: what is left to chance, and what must not be."""

from collections import Counter
from dataclasses import replace as with_changes

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.judging.samples import (
    ASKED,
    BET,
    BET_ON_SHARES,
    EVERY,
    MATCHING,
    MULTIPLE,
    NUMBER,
    ORDERING,
    SINGLE,
    TRUE_FALSE,
)
from tutor.course.model import AnyQuestion, Number, Option, Range, WrongNumber
from tutor.judging.answers import answer_text, reply_text, right_line, wrong_lines
from tutor.judging.judge import judge
from tutor.judging.presenting import content_hash, number_text, present, step_text
from tutor.judging.replies import Unclear, read_reply

SHUFFLED = (
    replace(SINGLE, shuffle=True),
    replace(MULTIPLE, shuffle=True),
    ORDERING,
    MATCHING,
    BET,
    BET_ON_SHARES,
)
DRAWN = Number(
    answer="100 * share",
    parameters={"part": (5.0, 10.0, 20.0), "whole": Range(start=100.0, to=200.0, step=100.0)},
    working={"share": "part / whole"},
    unit="%",
    decimals=1,
    wrong=(WrongNumber(value="100 - 100 * share", feedback="{answer} is the part, not the rest."),),
    feedback="Divide {part} by {whole}.",
    solution="{part} / {whole} = {share}, times 100 = {answer} %",
    **{**ASKED, "prompt": "What share of {whole} is {part}?", "hints": ("Take {part}.",)},
)


@pytest.mark.parametrize("question", [*EVERY, *SHUFFLED, DRAWN], ids=type)
def test_the_same_seed_shows_the_same(question: AnyQuestion) -> None:
    for seed in (0, 1, 2**48):
        assert present(question, seed) == present(question, seed)


@pytest.mark.parametrize("question", SHUFFLED, ids=type)
def test_shuffling_puts_every_option_in_every_place(question: AnyQuestion) -> None:
    orders = [present(question, seed).order for seed in range(400)]
    size = len(orders[0])
    assert all(sorted(order) == list(range(size)) for order in orders)
    assert {(place, i) for order in orders for place, i in enumerate(order)} == {
        (place, i) for place in range(size) for i in range(size)
    }


def test_the_right_option_has_no_favourite_place() -> None:
    places = Counter(present(SHUFFLED[0], seed).order.index(1) for seed in range(3_000))
    assert all(850 < count < 1150 for count in places.values())


@pytest.mark.parametrize("question", [SINGLE, MULTIPLE, TRUE_FALSE], ids=type)
def test_what_must_not_be_shuffled_is_not(question: AnyQuestion) -> None:
    assert all(list(s.order) == sorted(s.order) for s in (present(question, n) for n in range(50)))


@pytest.mark.parametrize("count", [3, 4, 9])
def test_an_order_to_find_is_never_handed_over_solved(count: int) -> None:
    question = replace(ORDERING, items=tuple(map(str, range(count))), slips=())
    assert all(present(question, seed).order != tuple(range(count)) for seed in range(300))


@given(st.integers(0, 2**48))
def test_drawn_numbers_agree_wherever_they_are_read(seed: int) -> None:
    shown = present(DRAWN, seed).question
    assert isinstance(shown, Number)
    whole, part = (int(word.rstrip("?")) for word in shown.prompt.split() if word[0].isdigit())
    assert part in (5, 10, 20)
    assert whole in (100, 200)
    assert shown.answer == pytest.approx(100 * part / whole)
    assert shown.wrong[0].value == pytest.approx(100 - 100 * part / whole)
    answer = number_text(100 * part / whole, 1)
    share = number_text(part / whole, 3)  # not rounded to the answer's one decimal
    assert shown.solution == f"{part} / {whole} = {share}, times 100 = {answer} %"
    assert shown.hints == (f"Take {part}.",)
    assert shown.feedback == f"Divide {part} by {whole}."
    assert shown.wrong[0].feedback == f"{answer} is the part, not the rest."


def test_every_value_is_drawn_some_time() -> None:
    prompts = {present(DRAWN, seed).question.prompt for seed in range(200)}
    assert len(prompts) == 6


def test_a_number_given_outright_fills_its_answer_in() -> None:
    shown = present(NUMBER, 3).question
    assert isinstance(shown, Number)
    assert shown.solution == "3 / 5 = 60 %"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (60.0, 2, "60"),
        (1.75, 2, "1.75"),
        (0.125, 2, "0.12"),
        (175e9, 0, "175,000,000,000"),
        (1200.5, 9, "1,200.5"),
        (100.0, 0, "100"),
        (0.0, 2, "0"),
        (-0.001, 2, "0"),
    ],
)
def test_numbers_are_written_without_idle_zeros(value: float, decimals: int, text: str) -> None:
    assert number_text(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.08, 0, "0.08"),
        (0.83333, 2, "0.833"),
        (4.583333, 0, "4.58"),
        (156.96, 0, "157"),
        (12345.6, 0, "12,346"),
        (2, 2, "2"),
        (0, 0, "0"),
        (-0.012345, 0, "-0.0123"),
    ],
)
def test_a_value_on_the_way_is_never_rounded_away(value: float, decimals: int, text: str) -> None:
    assert step_text(value, decimals) == text


@pytest.mark.parametrize("question", [*EVERY[:-1], *SHUFFLED, DRAWN], ids=type)
@pytest.mark.parametrize("seed", range(5))
def test_the_told_answer_is_right_and_every_listed_mistake_wrong(
    question: AnyQuestion, seed: int
) -> None:
    shown = present(question, seed)
    verdicts = {}
    for line in (right_line(shown), *wrong_lines(shown)):
        reply = read_reply(shown, line)
        assert not isinstance(reply, Unclear)
        verdicts[line] = judge(shown.question, reply).right
    assert verdicts.pop(right_line(shown))
    assert verdicts
    assert not any(verdicts.values())


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (SINGLE, "right one"),
        (MULTIPLE, "first; second"),
        (replace(MULTIPLE, options=(Option(text="a"), Option(text="b"))), "none of them"),
        (TRUE_FALSE, "false"),
        (NUMBER, "60%"),
        (replace(NUMBER, unit="tokens", answer=1750.0), "1,750 tokens"),
        (replace(NUMBER, unit="", answer=0.5), "0.5"),
        (ORDERING, "one, then two, then three, then four"),
        (MATCHING, "L1: R1; L2: R2; L3: R3"),
        (BET, "right one"),
        (BET_ON_SHARES, "60 on a; 30 on b; 10 on c"),
    ],
)
def test_the_right_answer_is_told_in_words(question: AnyQuestion, told: str) -> None:
    assert answer_text(question) == told


@pytest.mark.parametrize(
    ("question", "line", "said"),
    [
        (SINGLE, "1", "c"),
        (MULTIPLE, "1 4", "first; fourth"),
        (MULTIPLE, "0", "none of them"),
        (TRUE_FALSE, "1", "false"),
        (NUMBER, "12 %", "12 %"),
        (ORDERING, "4 3 2 1", "one, then two, then three, then four"),
        (MATCHING, "a1 b2 c3", "L1: R4; L2: R3; L3: R2"),
        (BET, "40 30 20 10", "40 on d; 30 on right one; 20 on b; 10 on a"),
        (SINGLE, "gone", "gone"),
    ],
)
def test_a_reply_can_be_told_to_those_who_no_longer_see_the_digits(
    question: AnyQuestion, line: str, said: str
) -> None:
    shown = present(question, 0)
    turned = with_changes(shown, order=tuple(sorted(shown.order, reverse=True)))
    if question is TRUE_FALSE:
        said = "true"  # the digits of a statement stand still
    assert reply_text(turned, line) == said


def test_a_changed_word_changes_the_questions_version() -> None:
    assert content_hash(SINGLE) == content_hash(replace(SINGLE))
    assert content_hash(SINGLE) != content_hash(replace(SINGLE, prompt="What then?"))
    assert content_hash(SINGLE) != content_hash(replace(SINGLE, hints=("A hint.",)))
