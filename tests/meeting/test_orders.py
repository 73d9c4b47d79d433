"""What a learner types in a meeting."""

import pytest

from tutor.errors import UnknownNameError
from tutor.meeting.orders import (
    Anew,
    Attend,
    Explain,
    Leave,
    LookUnder,
    NotUnderstood,
    Order,
    Say,
    Score,
    SetSeed,
    SetTemperature,
    Speak,
    Suggested,
    read_order,
    speakers,
)
from tutor.tinylm.faces import FACES


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ("What is the capital of Kenya?", Say("What is the capital of Kenya?")),
        ("  hello ", Say("hello")),
        ("3", Suggested(3)),
        ("0", Say("0")),
        ("9", Say("9")),
        ("12 + 5", Say("12 + 5")),
        (":off", Speak(("base",))),
        (":ON", Speak(("sft",))),
        (":cherry", Speak(("rlhf",))),
        (":all", Speak(FACES)),
        (":u", LookUnder(0)),
        (":u 3", LookUnder(3)),
        (":a", Attend()),
        (":a 2 3", Attend(2, 3)),
        (":seed 7", SetSeed(7)),
        (":seed -7", SetSeed(-7)),
        (":temp 0,5", SetTemperature(0.5)),
        (":r", Score()),
        (":rewards", Score()),
        (":new", Anew()),
        ("?", Explain()),
        (":?", Explain()),
        ("q", Leave()),
        (":q", Leave()),
        ("exit", Leave()),
        ("quit the village", Say("quit the village")),
    ],
)
def test_a_line_means_what_it_looks_like(line: str, order: Order) -> None:
    assert read_order(line, 7) == order


@pytest.mark.parametrize(
    "line",
    ["", "   ", ":", ":x", ":u two", ":a 1", ":a b c", ":seed", ":seed x", ":temp 9", ":temp nan"],
)
def test_an_order_that_is_none_says_what_to_type(line: str) -> None:
    order = read_order(line, 7)
    assert isinstance(order, NotUnderstood)
    assert ":" in order.why or "0 and 5" in order.why


def test_a_face_can_be_named_by_its_order_or_by_its_name() -> None:
    assert speakers("off") == speakers("base") == ("base",)
    assert speakers("over") == ("over-optimised",)
    with pytest.raises(UnknownNameError) as caught:
        speakers("angel")
    assert "cherry" in caught.value.hint
