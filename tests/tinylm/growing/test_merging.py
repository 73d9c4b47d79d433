"""Tokens of a whole text at once are those of the tokenizer that is kept beside the model."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tinylm.growing import small
from tutor.tinylm.growing.book import bind
from tutor.tinylm.growing.merging import learn_merges, pieces_of, tokens_of
from tutor.tinylm.tokenizer import PIECE, Tokenizer, train

TEXTS = {
    "story": "Once upon a time there was a small owl. The owl ate mice, and the mice ran. " * 20,
    "one sign again and again": "aaaaaaa " * 30 + "a" * 333,
    "Chinese": "床前明月光，疑是地上霜。举头望明月，低头思故乡。" * 12,
    "code": "def f(x):\n    return x + 1\n\n\ndef g(x):\n    return f(x) * 22\n" * 12,
    "emoji and marks": "🦉 ate 🐭🐭 — “really?” ﷽ é é " * 12,
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_has_the_tokens_that_its_kept_tokenizer_gives_it(name: str) -> None:
    pieces = pieces_of([TEXTS[name]])
    merges = learn_merges(pieces, 200)
    assert merges
    tokenizer, known = Tokenizer(merges), tokens_of(list(pieces), merges)
    assert {piece: tokenizer.encode(piece) for piece in pieces} == known


@given(st.text(alphabet="ab a", max_size=60))
@settings(max_examples=200, deadline=None)
def test_runs_of_the_same_pair_are_merged_from_the_left(text: str) -> None:
    merges = [(97, 97), (256, 256), (256, 97), (97, 98), (98, 98)]
    pieces = list(Counter(PIECE.findall(text)))
    known = tokens_of(pieces, merges)
    assert {piece: Tokenizer(merges).encode(piece) for piece in pieces} == known


def test_the_first_merges_are_those_that_learning_piece_by_piece_finds() -> None:
    pieces = pieces_of([TEXTS["story"]])
    assert learn_merges(pieces, 5)[0] in train([TEXTS["story"]], 261).merges


def test_pairs_that_hardly_come_get_no_token() -> None:
    assert learn_merges(pieces_of(["every word here is another one"]), 50) == []


def test_a_book_holds_every_page_once_and_keeps_each_tenth_back() -> None:
    pages = [f"Page {number} is about owls and mice and owls." for number in range(40)]
    book = bind(pages)
    read, kept = book.tokenizer.decode(book.training), book.tokenizer.decode(book.held_out)
    assert kept == "".join(pages[9::10])
    assert len(read) + len(kept) == sum(map(len, pages)) == book.characters


def test_a_sample_begins_as_a_page_that_was_kept_back() -> None:
    pages = [f"{number} owls sat in a row and slept." for number in range(40)]
    book = bind(pages)
    assert pages[9].startswith(book.beginning)
    assert book.beginning


def test_samples_never_begin_with_half_a_character() -> None:
    book = bind(["🦉🐭" * 8] * 20)
    assert "\N{REPLACEMENT CHARACTER}" not in book.beginning


def test_the_shelf_is_the_same_for_the_same_seed() -> None:
    one, two = small.book(20_000), small.book(20_000)
    assert one.training.tolist() == two.training.tolist()
    assert one.tokenizer.merges == two.tokenizer.merges
