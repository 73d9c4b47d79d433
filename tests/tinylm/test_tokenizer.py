"""Bytes to tokens and back."""

from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.tinylm.tokenizer import SPECIAL, Tokenizer, merged, train
from tutor.tinylm.world import corpus

SMALL = train(islice(corpus.documents(1), 200), 400)


@given(st.text())
def test_any_text_comes_back_whole(text: str) -> None:
    assert SMALL.decode(SMALL.encode(text)) == text


@given(st.binary())
def test_any_bytes_come_back_whole(data: bytes) -> None:
    assert SMALL.decode_bytes(SMALL.encode_bytes(data)) == data


def test_digits_stand_alone() -> None:
    assert len(SMALL.encode("1234")) == 4


def test_text_never_becomes_a_special_token() -> None:
    for name in SPECIAL:
        assert SMALL.decode(SMALL.encode(name)) == name
        assert SMALL.special[name] not in SMALL.encode(name)


def test_special_tokens_come_last_and_vanish_from_text() -> None:
    assert sorted(SMALL.special.values()) == list(range(len(SMALL) - len(SPECIAL), len(SMALL)))
    assert SMALL.decode([SMALL.special[SPECIAL[0]], *SMALL.encode("hi")]) == "hi"


def test_the_most_frequent_pair_is_merged_first() -> None:
    assert train(["xyxyxy z"], 257).bytes_of[256] == b"xy"


def test_merging_takes_pairs_from_the_left() -> None:
    assert merged([1, 1, 1], (1, 1), 9) == [9, 1]


def test_a_tokenizer_survives_its_file(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    SMALL.save(path)
    assert Tokenizer.load(path).merges == SMALL.merges


@pytest.mark.parametrize("text", ["", " ", "\n\n", "a  b", "é ü 漢字 🐸", "don't 3.5%"])
def test_awkward_texts_come_back_whole(text: str) -> None:
    assert SMALL.decode(SMALL.encode(text)) == text


def test_half_a_character_typed_at_a_prompt_is_no_crash() -> None:
    tokenizer = train(["hello"], 260)
    assert tokenizer.decode(tokenizer.encode("a\ud800b")) == "a?b"
