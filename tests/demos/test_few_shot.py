"""Examples above a question: how they are read, and what is counted."""

import re

import pytest

from tests.demos.models import Chatty
from tests.demos.playing import choosing, small
from tutor.demos.few_shot import Examples, items, page_of, read_examples
from tutor.providers.talk import (
    Tier,
)


@pytest.mark.parametrize(
    ("typed", "pairs", "word"),
    [
        ("hot cold; up down; thick", (("hot", "cold"), ("up", "down")), "thick"),
        ("hot -> cold; thick thin", (("hot", "cold"),), "thick"),
        ("a b c / d\nf => g\nh", (("a b c", "d"), ("f", "g")), "h"),
        ("thick", (("big", "small"),), "thick"),
        ("What is it?", (("big", "small"),), "What is it?"),
        ("", (("big", "small"),), "old"),
        (" ;; ;", (("big", "small"),), "old"),
        ("->", (("big", "small"),), "->"),
        ("hot -> ; up down; x", (("up", "down"),), "x"),
    ],
)
def test_examples_are_read_as_they_are_typed(
    typed: str, pairs: tuple[tuple[str, str], ...], word: str
) -> None:
    assert read_examples(typed, Examples((("big", "small"),), "old")) == Examples(pairs, word)


def test_a_question_is_never_shown_solved_above_itself() -> None:
    asked = items(32)
    assert len({item.probe.prompt for item in asked}) == 32
    for item in asked:
        assert len(item.kin) == 4
        assert item.probe.prompt not in {one.prompt for one in item.kin}
        assert page_of(item, 4).count(f"Q: {item.probe.prompt}\n") == 1
        assert page_of(item, 0) == f"Quiz\nQ: {item.probe.prompt}\nA:"
        assert page_of(item, None) == f"{item.probe.prompt}\n"


def test_every_way_is_counted_over_the_same_items() -> None:
    screen = small("few-shot")
    assert len(re.findall(r"\d of 4  \d\.\d\d to \d\.\d\d", screen)) == 3


def test_a_model_nearby_continues_the_examples_and_a_hosted_one_is_asked_in_a_chat() -> None:
    for tier, raw in ((Tier.LOCAL, True), (Tier.HOSTED, False)):
        chatty = Chatty(tier=tier)
        small("few-shot", "hot cold; thick", chosen=choosing(chatty, []))
        asked = chatty.heard[-1]
        text = asked.prompt if raw else asked.messages[-1].content
        assert text == "hot → cold\nthick →"
