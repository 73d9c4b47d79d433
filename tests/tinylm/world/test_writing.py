"""Templates become prose."""

from random import Random

import pytest

from tutor.tinylm.world.writing import expand, joined, paraphrase, polish, with_article


def test_alternatives_nest_and_slots_are_filled_inside_them() -> None:
    seen = {expand(Random(seed), "[a [b|c]|{x}]", {"x": "d"}) for seed in range(30)}
    assert seen == {"a b", "a c", "d"}


@pytest.mark.parametrize(
    ("rough", "smooth"),
    [
        ("a owl saw a cat.", "An owl saw a cat."),
        ("he ran. she ran! who?", "He ran. She ran! Who?"),
        ('"stop!" he said.', '"Stop!" he said.'),
        ("a unit and a use", "A unit and a use"),
        ("an calf and an owl", "A calf and an owl"),
        ("a animal, a onion", "An animal, an onion"),
        ("a hour, an harbour hen", "An hour, a harbour hen"),
    ],
)
def test_polish_sets_articles_and_capitals(rough: str, smooth: str) -> None:
    assert polish(rough) == smooth


@pytest.mark.parametrize(("noun", "whole"), [("owl", "an owl"), ("cat", "a cat")])
def test_a_noun_gets_its_article(noun: str, whole: str) -> None:
    assert with_article(noun) == whole


def test_a_row_is_joined_as_one_says_it() -> None:
    assert [joined(list("abc"[:n])) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_a_paraphrase_leaves_parts_of_words_alone() -> None:
    assert paraphrase(Random(1), "Every bigger smallest", share=1.0) == "Every bigger smallest"
