"""Questions about nothing: how sure a model is of its own invention."""

import pytest

from tutor.demos.false_premise import doubts, in_words, invented, percent, real
from tutor.providers.talk import (
    Chance,
    Reply,
    TokenChances,
)
from tutor.tinylm.world.knowing import outside


def said(*pieces: tuple[str, float]) -> Reply:
    """A reply of these tokens with these log-probabilities."""
    return Reply(tokens=[TokenChances(Chance(text, log)) for text, log in pieces])


def test_a_words_chance_is_the_product_of_its_tokens() -> None:
    words = in_words(said((" Mi", -1.0), ("ra", -0.5), (" has", 0.0), ("\n", 0.0)))
    assert [word for word, _ in words] == ["Mira", "has"]
    assert [share for _, share in words] == pytest.approx([0.2231301601, 1.0])


def test_small_chances_keep_their_digits() -> None:
    assert [percent(share) for share in (0.5, 0.1, 0.0312, 0.0)] == ["50%", "10%", "3.12%", "0.00%"]


def test_the_invented_do_not_exist_and_the_real_do() -> None:
    nothing, something = invented(6), real(6)
    assert len({one.prompt for one in nothing}) == 12
    assert all(outside(one.prompt) for one in nothing)
    assert not any(outside(one.prompt) for one in something)


def test_admitting_is_told_from_answering() -> None:
    assert doubts("I do not know Zed.")
    assert doubts("Sorry. I ONLY KNOW my village.")
    assert not doubts("Zed has a pet cat.")
