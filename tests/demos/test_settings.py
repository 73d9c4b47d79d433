"""What a lesson may set: wrong settings are refused in plain words, right ones matter."""

import pytest

from tests.demos.examples import EXAMPLES, shown
from tutor.catalogue.registry import read_settings
from tutor.course.model import Demo

Setting = str | tuple[str, ...]

REFUSED: list[tuple[str, dict[str, Setting], str]] = [
    ("gradient-steps", {"rates": ()}, "rates: give 1 to 6 of them, not 0"),
    ("gradient-steps", {"rates": ("0.1", "fast")}, "rates, number 2: expected a number"),
    ("gradient-steps", {"rates": "0.1"}, "rates: expected a list, got text"),
    ("gradient-steps", {"steps": "2.5"}, "steps: expected a whole number, got text"),
    ("gradient-steps", {"steps": "99"}, "steps: 99 does not lie between 1 and 20"),
    ("gradient-steps", {"speed": "1"}, "speed: not a setting of this demo"),
    ("bpe-merges", {"words": ("low",)}, "'low' is not a name and numbers, such as: low 5"),
    ("bpe-merges", {"words": ("low 0",)}, "'low 0' is not a word and how often it occurs"),
    ("bpe-merges", {"words": ("low 1.5",)}, "'low 1.5' is not a word and how often"),
    ("bpe-merges", {"words": ("l_w 5",)}, "a word has no _"),
    ("bpe-merges", {"words": ("low 5", "low 2")}, "words: 'low' stands there twice"),
    ("attention-table", {"mask": "maybe"}, "mask: 'maybe' is neither causal nor none"),
    ("attention-table", {"keys": ("1 0",)}, "1 keys, but 3 tokens: give one for each"),
    ("attention-table", {"keys": ("1", "0", "1")}, "queries and keys: give vectors of one length"),
    ("attention-table", {"values": ("a", "b", "c")}, "'a' is not a row of numbers"),
    ("attention-table", {"values": ("nan", "0", "0")}, "values: nan does not lie between"),
    ("memory-sizes", {"models": ("8B",)}, "'8B' is not a name and numbers"),
    ("memory-sizes", {"models": ("8B 8 9",)}, "8B: billions of parameters: give 1 to 1"),
    ("memory-sizes", {"bits": ("0",)}, "bits: 0 does not lie between 1 and 64"),
    ("answer-or-abstain", {"thresholds": ("1",)}, "thresholds: 1 does not lie between 0"),
    ("majority-vote", {"voters": ("4",)}, "voters: 4 can tie; give odd numbers"),
    ("scaling-curve", {"sizes": ("1e9", "1e9")}, "sizes: give two that differ"),
    ("scaling-curve", {"exponent": "-1"}, "exponent: -1 does not lie between"),
    ("tuning-memory", {"parameters": "8.03"}, "8.03 is too few; write billions out, as in 8.03e9"),
    ("bradley-terry", {"votes": ("A B",)}, "'A B' is not a winner, a loser and a count"),
    ("bradley-terry", {"votes": ("A A 3",)}, "'A A 3' is not a winner"),
    ("bradley-terry", {"votes": ("A B 3",)}, "'B' never won against 'A'"),
    ("bradley-terry", {"votes": ("A B 99", "A B 2", "B A 1")}, "A over B: votes: 101 does not"),
    (
        "kl-tradeoff",
        {"reference": ("0.5", "0.3", "0.1", "0.05")},
        "reference: adds up to 0.95, not to 1",
    ),
    ("kl-tradeoff", {"betas": ("0",)}, "betas: 0 does not lie between"),
    ("over-optimisation", {"distances": ("0", "0")}, "distances: give one above 0"),
    ("call-cost", {"cached_tokens": "2000"}, "cached_tokens: more than input_tokens"),
    ("call-cost", {"input_price": "-1"}, "input_price: -1 does not lie between"),
    ("small-test-sets", {"results": ("51 50",)}, "'51 50': right answers: 51 does not lie"),
    ("small-test-sets", {"results": ("most 50",)}, "'most 50' is not two whole numbers"),
    ("cosine-search", {"documents": ("D1 1 2",)}, "D1: 2 numbers, but the query has 3"),
    ("cosine-search", {"query": "0 0 0"}, "query: a vector of zeros points nowhere"),
    ("growth-rates", {"rates": ("compute",)}, "'compute' is not a name and numbers"),
    ("growth-rates", {"rates": ("compute -2",)}, "factor a year: -2 does not lie between"),
    ("chain-of-steps", {"success": ("1.2",)}, "success: 1.2 does not lie between 0 and 1"),
]

CHANGED: dict[str, dict[str, Setting]] = {
    "gradient-steps": {"weight": "1"},
    "bpe-merges": {"words": ("low 5", "lower 20")},
    "attention-table": {"mask": "none"},
    "memory-sizes": {"bits": ("2",)},
    "answer-or-abstain": {"confidences": ("0.5",)},
    "majority-vote": {"probabilities": ("0.55",)},
    "scaling-curve": {"floor": "2"},
    "tuning-memory": {"parameters": "7.06e10"},
    "bradley-terry": {"votes": ("A B 1", "B A 1")},
    "kl-tradeoff": {"rewards": ("0", "1", "1.5", "2")},
    "over-optimisation": {"slope": "0.05"},
    "call-cost": {"output_tokens": "2400"},
    "small-test-sets": {"results": ("84 100",)},
    "cosine-search": {"query": "0 0 1"},
    "growth-rates": {"years": "2"},
    "chain-of-steps": {"steps": ("3",)},
}


def read(name: str, settings: dict[str, Setting]) -> object:
    return read_settings(Demo(id="d", title="D", demo=name, settings=settings, notice="Look."))


@pytest.mark.parametrize(("name", "change", "message"), REFUSED)
def test_an_author_is_told_what_is_wrong(
    name: str, change: dict[str, Setting], message: str
) -> None:
    with pytest.raises(ValueError, match="demo ") as caught:
        read(name, EXAMPLES[name] | change)
    assert message in str(caught.value)
    assert "`" not in str(caught.value)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_setting_must_be_given(name: str) -> None:
    for field in EXAMPLES[name]:
        fewer = {other: value for other, value in EXAMPLES[name].items() if other != field}
        with pytest.raises(ValueError, match=f"{field}: missing"):
            read(name, fewer)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_demo_refuses_something(name: str) -> None:
    assert name in {refused for refused, _, _ in REFUSED}


@pytest.mark.parametrize("name", EXAMPLES)
def test_another_setting_shows_other_numbers(name: str) -> None:
    assert shown(name, EXAMPLES[name] | CHANGED[name]) != shown(name, EXAMPLES[name])
