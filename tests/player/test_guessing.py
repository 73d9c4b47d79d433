"""A guess is kept in words, however the option was typed."""

import pytest

from tutor.player.guessing import in_words, told, version
from tutor.progress.events import Place
from tutor.progress.lesson_progress import Guess
from tutor.screen.words import as_text

OPTIONS = ("The cat", "Once upon a time", "2")
HERE = Place(course="c", lesson="l", question="q", content="now")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1", "The cat"),
        (" 2 ", "Once upon a time"),
        ("2.", "Once upon a time"),
        ("1)", "The cat"),
        ("3", "2"),
        ("the CAT", "The cat"),
        ("  once   upon a time. ", "Once upon a time"),
        ('"The cat"', "The cat"),
        ("4", ""),
        ("0", ""),
        ("cat", ""),
        ("", ""),
        ("²", ""),
    ],
)
def test_an_option_is_taken_by_its_number_or_its_words(typed: str, words: str) -> None:
    assert in_words(typed, OPTIONS) == words


@pytest.mark.parametrize("typed", ["7", "a bird, perhaps", "q and a"])
def test_where_there_are_no_options_any_words_are_a_guess(typed: str) -> None:
    assert in_words(f" {typed} ", ()) == typed


@pytest.mark.parametrize(
    ("guess", "words"),
    [
        (Guess(words="The cat", content="now"), ["You guessed: The cat"]),
        (
            Guess(words="The cat", content="then"),
            ["You guessed: The cat", "The question read differently then."],
        ),
        (Guess(words="2", content=""), ["You guessed: Once upon a time"]),
        (Guess(words="9", content=""), ["You guessed: 9"]),
    ],
    ids=["as it was", "reworded since", "kept as a digit", "a digit of no option"],
)
def test_a_guess_is_told_in_the_words_that_were_chosen(guess: Guess, words: list[str]) -> None:
    said = told("You guessed:", guess, HERE, OPTIONS)
    assert [as_text(line).strip() for line in said] == words


def test_versions_differ_when_any_word_or_its_place_does() -> None:
    versions = {version("a", "b"), version("a", "c"), version("b", "a"), version("a")}
    assert len(versions) == 4
    assert version("a", "b") in versions
