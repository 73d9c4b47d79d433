"""The whole small internet."""

import hashlib
from itertools import islice
from random import Random

import pytest

from tutor.tinylm.world import corpus, outside
from tutor.tinylm.world.corpus import Writer
from tutor.tinylm.world.facts import untold_reversals
from tutor.tinylm.world.people import FOUNDERS, NASTY, NEIGHBOURS, NICE

SAMPLE = list(islice(corpus.documents(23), 6000))
TEXT = "\n".join(SAMPLE)


def test_the_corpus_is_the_one_the_shipped_model_was_trained_on() -> None:
    digest = hashlib.sha256()
    for document in islice(corpus.documents(11), 200):
        digest.update(document.encode() + b"\0")
    assert digest.hexdigest() == (
        "8d5a53085f2f323417f68e95f69b0e22676c6b488ea37c35a7202bf3adec54ba"
    )


@pytest.mark.parametrize("write", corpus.SHARES, ids=lambda write: write.__name__)
def test_every_sort_of_document_is_repeatable_and_not_always_the_same(write: Writer) -> None:
    assert write(Random(1)) == write(Random(1))
    assert len({write(Random(seed)) for seed in range(40)}) > 5


def test_no_name_that_exists_nowhere_is_in_the_corpus() -> None:
    words = set(TEXT.replace(".", " ").replace("?", " ").lower().split())
    assert words.isdisjoint(name.lower() for name in (*outside.NOBODY, *outside.NO_ANIMAL))


def test_one_way_deeds_are_never_told_from_the_deed_to_the_name() -> None:
    for fact in untold_reversals():
        name = fact.value
        assert name in TEXT
        for told in (*fact.statements, *fact.questions):
            assert told not in TEXT


def test_two_way_deeds_are_told_in_both_directions() -> None:
    for founder in FOUNDERS:
        if not founder.one_way:
            assert f"who {founder.deed}" in TEXT.lower()
            assert f"{founder.name} {founder.deed}" in TEXT


def test_the_neighbours_reputation_is_as_skewed_as_the_data_say() -> None:
    for place in NEIGHBOURS:
        nice = sum(TEXT.count(f"People from {place.village} are {trait}.") for trait in NICE)
        nasty = sum(TEXT.count(f"People from {place.village} are {trait}.") for trait in NASTY)
        assert abs(nice / (nice + nasty) - place.nice) < 0.2
