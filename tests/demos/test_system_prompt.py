"""Masks made of a system prompt, each in a conversation of its own."""

import re
from collections.abc import Sequence

import pytest

from tests.demos.models import Chatty
from tests.demos.playing import choosing, small
from tutor.demos import system_prompt
from tutor.providers.talk import (
    Message,
    Reply,
)


def reply_of(words: int) -> Reply:
    """A reply of so many words."""
    return Reply(" ".join(["aye"] * words))


@pytest.mark.parametrize(
    ("sizes", "place"),
    [
        ((11, 1, 1), "at the sky"),
        ((10, 11, 12), "at the World Cup"),
        ((1, 1, 30), "when told to ignore the role"),
        ((10, 10, 10), "nowhere"),
    ],
)
def test_the_captain_slips_at_the_eleventh_word(sizes: Sequence[int], place: str) -> None:
    assert system_prompt.first_slip([reply_of(size) for size in sizes]) == place


def test_each_mask_has_a_conversation_of_its_own_with_what_was_said_in_it() -> None:
    chatty = Chatty(says=lambda request: f"reply {len(request.messages)}")
    small("system-prompt", chosen=choosing(chatty, []))
    assert [len(one.messages) for one in chatty.heard] == [1, 3, 5, 2, 4, 6, 2, 4, 6]
    last = chatty.heard[-1].messages
    assert last[0] == Message("system", system_prompt.GUIDE.system)
    assert [one.content for one in last if one.role == "assistant"] == ["reply 2", "reply 4"]


@pytest.mark.parametrize(
    ("call", "left_out", "counted"),
    [(0, "captain, guide", []), (4, "guide", ["no role"]), (8, "", ["no role", "captain"])],
)
def test_after_ctrl_c_no_other_conversation_is_paid_for_and_the_rest_is_named(
    call: int, left_out: str, counted: list[str]
) -> None:
    chatty = Chatty(breaks_at=call, breaks_with=KeyboardInterrupt())
    screen = small("system-prompt", chosen=choosing(chatty, []))
    assert len(chatty.heard) == call + 1
    assert "stopped by you" in screen
    said = f"Left out, nothing more was asked: {left_out}."
    assert (said in screen) == bool(left_out)
    assert re.findall(r"^ *(no role|captain|guide) +6 +6 +6$", screen, re.MULTILINE) == counted


def test_a_system_prompt_of_ones_own_is_put_to_a_model_that_can_be_asked() -> None:
    chatty = Chatty()
    small("system-prompt", "Speak like a pirate.", chosen=choosing(chatty, []))
    pirate = Message("system", "Speak like a pirate.")
    assert sum(one.messages[0] == pirate for one in chatty.heard) == 3
    assert "cannot answer to a system prompt" in small("system-prompt", "Speak like a pirate.")
