"""The third edition of the small internet, and that the second is what it was."""

import hashlib
import re
from itertools import islice
from random import Random

import pytest

from tutor.tinylm.world import corpus, outside
from tutor.tinylm.world.corpus import Writer
from tutor.tinylm.world.editions import SECOND, THIRD
from tutor.tinylm.world.facts import untold_reversals
from tutor.tinylm.world.knowing import known_words

SAMPLE = list(islice(corpus.documents(29, THIRD.documents), 5000))
TEXT = "\n".join(SAMPLE)


def test_the_second_edition_is_what_its_model_has_read() -> None:
    first = list(islice(corpus.documents(11, SECOND.documents), 200))
    assert first == list(islice(corpus.documents(11), 200))


def test_the_third_edition_is_the_one_its_model_is_trained_on() -> None:
    digest = hashlib.sha256()
    for document in islice(corpus.documents(11, THIRD.documents), 200):
        digest.update(document.encode() + b"\0")
    assert digest.hexdigest() == (
        "149e3923dbda871c00b90c19d3eb8e91d85d464a0b0103975d3731232b88bb6c"
    )


@pytest.mark.parametrize("write", THIRD.documents, ids=lambda write: write.__name__)
def test_every_sort_of_document_is_repeatable_and_not_always_the_same(write: Writer) -> None:
    assert write(Random(1)) == write(Random(1))
    assert len({write(Random(seed)) for seed in range(40)}) > 5


def test_no_name_that_exists_nowhere_is_in_the_corpus() -> None:
    words = set(re.findall(r"\w+", TEXT.lower()))
    assert words.isdisjoint(name.lower() for name in (*outside.NOBODY, *outside.NO_ANIMAL))


def test_one_way_deeds_are_never_told_from_the_deed_to_the_name() -> None:
    for fact in untold_reversals():
        assert fact.value in TEXT
        for told in (*fact.statements, *fact.questions):
            assert told.lower() not in TEXT.lower()


def test_a_base_is_watched_at_what_is_new() -> None:
    kinds = THIRD.probes(4)
    assert {"sum-3", "row-8", "what-has", "animal", "one-way"} <= set(kinds)
    assert all(len(kinds[kind]) == 4 for kind in ("sum-3", "who-has", "difference-3"))
    assert set(SECOND.probes(4)) < set(kinds)


def test_a_word_is_known_in_the_edition_that_uses_it() -> None:
    added = known_words(THIRD) - known_words(SECOND)
    assert {"cabbage", "skateboards", "chatgpt"} & added == {"cabbage", "chatgpt"}
    assert {"owl", "kenya", "willowbrook"} <= known_words(THIRD) & known_words(SECOND)
    assert "zup" not in known_words(THIRD)
