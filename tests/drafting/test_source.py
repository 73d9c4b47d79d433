"""What a draft rests on: a quote counts only where the source really says it."""

from pathlib import Path

import pytest

from tutor.drafting.source import (
    LONGEST,
    MOST_BYTES,
    is_copied,
    passages,
    read_source,
    sentence_of,
    sentences,
)
from tutor.errors import FileError

TEXT = """\
# Flour and water

Bread dough is flour, water, salt and a thing that makes it rise. Bakers give each “share” of the
flour — as per cent. Dr. Weiß writes 3.10 for ten past three.

Short.

It belongs to the short one above, for that says too little by itself to be asked about, and so on.

## Rising

Yeast eats sugars and gives off carbon dioxide, which the gluten holds in many small bubbles.
"""
PASSAGE = (
    "Bread dough is flour, water and salt. Bakers give each “share” of the flour – as per cent!"
)


def test_paragraphs_are_passages_under_their_headings_and_short_ones_go_with_the_next() -> None:
    found = passages(TEXT)
    assert [one.section for one in found] == ["Flour and water", "", "Rising"]
    assert found[1].text.startswith("Short. It belongs")


def test_a_long_paragraph_is_cut_between_sentences_and_loses_no_word() -> None:
    long = " ".join(f"Sentence number {n} says a little." for n in range(200))
    found = passages(long)
    assert " ".join(one.text for one in found) == long
    assert all(len(one.text) <= LONGEST for one in found)
    assert len(passages("x" * 5_000)) == 5


def test_no_cut_drops_a_letter_and_a_quote_over_an_abbreviation_is_found() -> None:
    text = 'He said: "Go." Then Dr. Weiß went at 3.10, e.g. by train. (It was late.) End'
    assert " ".join(sentences(text)) == text
    assert sentences(text)[-1] == "End"
    quote = "Then Dr. Weiß went at 3.10, e.g. by train."
    assert sentence_of(text, quote) == quote


@pytest.mark.parametrize(
    ("quote", "sentence"),
    [
        ("Bread dough is flour, water and salt.", 0),
        ("bread  dough is\nflour, water and salt", 0),
        ("dough is flour, water", 0),
        ('Bakers give each "share" of the flour - as per cent', 1),
        ("Bread dough is flour, water and sugar.", None),
        ("Bakers give each share", None),
        ("water and", None),
        ("a", None),
        ("", None),
        ("…", None),
        ("true", None),
    ],
)
def test_a_quote_is_found_as_it_stands_or_not_at_all(quote: str, sentence: int | None) -> None:
    found = "" if sentence is None else sentences(PASSAGE)[sentence]
    assert sentence_of(PASSAGE, quote) == found


def test_a_piece_of_the_source_is_no_text_of_ones_own() -> None:
    assert is_copied("bakers give each “share” of the flour", PASSAGE)
    assert not is_copied("Bakers give shares in per cent.", PASSAGE)


def test_what_is_no_text_is_refused_with_what_to_give(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_text("x" * (MOST_BYTES + 1))
    (tmp_path / "pic.png").write_bytes(b"\x89PNG\0\0")
    for name in ("big.txt", "pic.png", "none.txt", "."):
        with pytest.raises(FileError) as raised:
            read_source(str(tmp_path / name))
        assert raised.value.hint
    with pytest.raises(FileError, match="no words"):
        passages(" \n\n # Only a heading")
    with pytest.raises(FileError, match="61 passages"):
        passages("\n\n".join(f"{n} {'word ' * 40}" for n in range(61)))


def test_a_source_that_draws_is_tamed_and_odd_letters_are_no_reason_to_refuse_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "x.txt").write_bytes(b"\xef\xbb\xbfcaf\xe9 \x1b[2J\x07 end\r\nof it")
    said = read_source(str(tmp_path / "x.txt"))
    assert "\x1b" not in said
    assert said.startswith("caf")
    assert said.endswith("end\nof it")
