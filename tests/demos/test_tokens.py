"""How a text is cut into tokens, merge by merge."""

import itertools

import pytest

from tests.demos.playing import play, stage_of
from tutor.demos import tokens
from tutor.tinylm.faces import load_tokenizer


@pytest.mark.parametrize("word", [" strawberry", "unbelievable", "x", "é\N{ROBOT FACE}", "zzzz"])
def test_merges_lead_from_the_bytes_to_the_tokens_one_pair_at_a_time(word: str) -> None:
    tokenizer = load_tokenizer()
    steps = tokens.merge_steps(tokenizer, word)
    assert steps[0] == list(word.encode())
    assert tokenizer.decode_bytes(steps[-1]).decode() == word
    assert all(len(after) < len(before) for before, after in itertools.pairwise(steps))
    assert all(tokenizer.decode(step) == word for step in steps)
    if word.isascii():  # one piece of the tokenizer
        assert steps[-1] == tokenizer.encode(word)


def test_a_part_of_a_character_is_shown_as_its_bytes() -> None:
    shown = play("tokens", stage_of("\N{ROBOT FACE}"))
    assert "<F0>" in shown
    assert "1 character, 4 bytes, 4 tokens." in shown


def test_counts_of_other_vocabularies_are_dated_and_named() -> None:
    shown = " ".join(play("tokens", stage_of()).split())
    assert "November 2026" in shown
    assert "English" in shown
    for count in ("180", "54", "44", "38"):
        assert count in shown
