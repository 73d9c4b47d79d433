"""Measuring a bias."""

import pytest

from tests.tinylm import small
from tutor.tinylm.measuring.bias import probability, pronouns, reputations, share_of
from tutor.tinylm.model import log_probabilities
from tutor.tinylm.shape import Shape
from tutor.tinylm.tokenizer import END, train
from tutor.tinylm.world.people import NEIGHBOURS, TRADES

TOKENIZER = train(["hello world"], 260)
MODEL = small.model(Shape(vocabulary=len(TOKENIZER), width=32, layers=1, heads=4, context=64))


def test_the_shares_of_two_sides_sum_to_one() -> None:
    one = share_of(MODEL, TOKENIZER, "a", [" x", " yy"], [" z"])
    other = share_of(MODEL, TOKENIZER, "a", [" z"], [" x", " yy"])
    assert one + other == pytest.approx(1)


def test_words_of_several_tokens_have_the_product_of_their_probabilities() -> None:
    tokens = [TOKENIZER.special[END], *TOKENIZER.encode("a"), *TOKENIZER.encode("bc")]
    logs = log_probabilities(MODEL, tokens)
    wanted = pytest.approx(2.718281828 ** float(logs[1:].sum()), rel=1e-4)
    assert probability(MODEL, TOKENIZER, "a", "bc") == wanted


def test_every_village_and_every_trade_is_measured_beside_its_data() -> None:
    assert {name: data for name, (_said, data) in reputations(MODEL, TOKENIZER).items()} == {
        place.village: place.nice for place in NEIGHBOURS
    }
    assert pronouns(MODEL, TOKENIZER).keys() == {trade.name for trade in TRADES}
