"""What a typed line means; what is malformed is never graded."""

import msgspec
import pytest

from tests.judging.samples import (
    BET,
    EVERY,
    FREE,
    MATCHING,
    MULTIPLE,
    NUMBER,
    ORDERING,
    SHORT_TEXT,
    SINGLE,
    TRUE_FALSE,
    as_written,
)
from tutor.course.model import AnyQuestion, Extra, Option
from tutor.judging.presenting import Shown
from tutor.judging.replies import (
    MAX_PROSE,
    Amount,
    Choice,
    Matches,
    Ordered,
    Prose,
    Reply,
    Stakes,
    Ticks,
    Truth,
    Unclear,
    Words,
    read_reply,
)

IN_WORDS = msgspec.structs.replace(
    SINGLE,
    options=(
        Option(text="it looked it up", feedback="No."),
        Option(text="It *computed* a number", right=True),
        Option(text="12", feedback="No."),
    ),
)


@pytest.mark.parametrize(
    ("question", "line", "reply"),
    [
        (SINGLE, "1", Choice(0)),
        (SINGLE, " 3. ", Choice(2)),
        (SINGLE, "2)", Choice(1)),
        (IN_WORDS, "it computed a number", Choice(1)),
        (IN_WORDS, "  IT computed  a number. ", Choice(1)),
        (MULTIPLE, "1 3", Ticks(frozenset({0, 2}))),
        (MULTIPLE, "3,1", Ticks(frozenset({0, 2}))),
        (MULTIPLE, "13", Ticks(frozenset({0, 2}))),
        (MULTIPLE, "1, 3,", Ticks(frozenset({0, 2}))),
        (MULTIPLE, "1 and 3", Ticks(frozenset({0, 2}))),
        (MULTIPLE, "1, and 3", Ticks(frozenset({0, 2}))),
        (MULTIPLE, "1 & 3", Ticks(frozenset({0, 2}))),
        (MULTIPLE, "1/3", Ticks(frozenset({0, 2}))),
        (MULTIPLE, "0", Ticks(frozenset())),
        (MULTIPLE, "none", Ticks(frozenset())),
        (TRUE_FALSE, "1", Truth(value=True)),
        (TRUE_FALSE, "T", Truth(value=True)),
        (TRUE_FALSE, "true.", Truth(value=True)),
        (TRUE_FALSE, "FALSE", Truth(value=False)),
        (NUMBER, "12 %", Amount(12)),
        (SHORT_TEXT, " q ", Words("q")),
        (msgspec.structs.replace(SHORT_TEXT, accept=("42",)), "43", Words("43")),
        (msgspec.structs.replace(SHORT_TEXT, accept=("two",)), "3", Words("3")),
        (ORDERING, "4 3 2 1", Ordered((3, 2, 1, 0))),
        (ORDERING, "4321", Ordered((3, 2, 1, 0))),
        (ORDERING, "4 > 3 > 2 > 1", Ordered((3, 2, 1, 0))),
        (MATCHING, "2 1 3", Matches((1, 0, 2))),
        (MATCHING, "a2 b1 c3", Matches((1, 0, 2))),
        (MATCHING, "C3, A2; B1", Matches((1, 0, 2))),
        (MATCHING, "a-2 b:1 c=>3", Matches((1, 0, 2))),
        (MATCHING, "a2b1c3", Matches((1, 0, 2))),
        (MATCHING, "1 1 1", Matches((0, 0, 0))),
        (MATCHING, "L2 = R1; L1 = R2; c = R4", Matches((1, 0, 3))),
        (MATCHING, "r2; r1; r3", Matches((1, 0, 2))),
        (BET, "70 10 10 10", Stakes((70, 10, 10, 10))),
        (BET, "0,0,100,0", Stakes((0, 0, 100, 0))),
        (BET, "70/10/10/10", Stakes((70, 10, 10, 10))),
        (BET, "70-10-10-10", Stakes((70, 10, 10, 10))),
        (BET, "70 %, 10 %, 10 % and 10 %", Stakes((70, 10, 10, 10))),
        (FREE, " Two\nlines. ", Prose("Two\nlines.")),
    ],
)
def test_a_reply_is_understood(question: AnyQuestion, line: str, reply: Reply) -> None:
    assert read_reply(as_written(question), line) == reply


@pytest.mark.parametrize(
    ("question", "line"),
    [
        *((question, line) for question in EVERY for line in ("", "   ", "\t")),
        *((SINGLE, line) for line in ("0", "4", "12", "one", "1 2", "-1", "...", ",", "١")),
        *((MULTIPLE, line) for line in (",", ";", "1 1", "5", "0 1", "all", "1 x", "9", ".")),
        *((TRUE_FALSE, line) for line in ("3", "0", "yes", "12", "tru", "-")),
        *((NUMBER, line) for line in ("many", "1,500", "12 apples", "1/0", "?", ":-)")),
        *((ORDERING, line) for line in ("1 2 3", "1 2 3 3", "1 2 3 5", "1 2 3 4 4", ",", "abcd")),
        *((MATCHING, line) for line in ("1 2", "a1 b2", "a1 b2 b3", "1 2 5", "a1 b2 c5", ",")),
        *((MATCHING, line) for line in ("a12 b1 c1", "a1 b2 c3 d4", "abc123", "a0 b1 c2")),
        *((MATCHING, line) for line in ("banana1 b2 c3", "a1 b2 c3 or not", "a1 b2 c3 4")),
        *(
            (BET, line)
            for line in ("100", "50 50", "25 25 25 26", "10 10 10 10", "-100 100 50 50", "a b c d")
        ),
        *((BET, line) for line in ("1000 0 0 0", "33.3 33.3 33.4 0", "100 0 0 0 0", "٥٠ 50 0 0")),
        *((SHORT_TEXT, line) for line in ("x" * 201, "3", "2 1", "1.8 %")),
        (FREE, "x" * (MAX_PROSE + 1)),
    ],
)
def test_what_is_malformed_is_answered_with_advice_and_never_graded(
    question: AnyQuestion, line: str
) -> None:
    reply = read_reply(as_written(question), line)
    assert isinstance(reply, Unclear), reply
    assert reply.advice


@pytest.mark.parametrize("question", [SINGLE, MULTIPLE, ORDERING, MATCHING, BET], ids=type)
def test_the_example_in_the_advice_is_a_reply(question: AnyQuestion) -> None:
    shown = as_written(question)
    unclear = read_reply(shown, "?")
    assert isinstance(unclear, Unclear)
    example = unclear.advice.partition(": ")[2] or unclear.advice.split("such as ")[-1]
    line = example.partition(";")[0].removeprefix("type one number from 1 to ")
    assert not isinstance(read_reply(shown, line), Unclear), line


@pytest.mark.parametrize(
    ("question", "line", "reply"),
    [
        (SINGLE, "1", Choice(2)),
        (MULTIPLE, "1 2", Ticks(frozenset({3, 2}))),
        (ORDERING, "1 2 3 4", Ordered((3, 2, 1, 0))),
        (MATCHING, "a1 b2 c3", Matches((3, 2, 1))),
        (BET, "10 20 30 40", Stakes((40, 30, 20, 10))),
    ],
)
def test_digits_mean_what_stood_behind_them_on_the_screen(
    question: AnyQuestion, line: str, reply: Reply
) -> None:
    shown = as_written(question)
    turned = Shown(question, 0, tuple(reversed(shown.order)))
    assert read_reply(turned, line) == reply


def test_more_than_nine_right_hand_sides_can_all_be_named() -> None:
    from msgspec.structs import replace

    extras = tuple(Extra(right=f"X{n}", feedback="No.") for n in range(9))
    shown = as_written(replace(MATCHING, extra=extras))
    assert read_reply(shown, "a12 b2 c3") == Matches((11, 1, 2))
    assert read_reply(shown, "12 2 3") == Matches((11, 1, 2))
