"""Tokens that can be seen, whatever they hold."""

import pytest

from tutor.screen.pieces import pieces_of
from tutor.screen.pieces_view import pieces_view, visible
from tutor.screen.terminal import Look
from tutor.tinylm.faces import load_tokenizer

RICH, PLAIN = Look(), Look(plain=True)


@pytest.mark.parametrize(
    ("token", "shown", "spoken"),
    [
        (" the", "␣the", "(space) the"),
        ("\n", "⏎", "(new line)"),
        ("\n\n", "⏎⏎", "(2 times new line)"),
        ("a\tb", "a⇥b", "a (tab) b"),
        ("\x1b[31m", "<1B>[31m", "<1B>[31m"),
        ("\u202e", "<202E>", "<202E>"),
        ("\u0301", "◌\u0301", "\u0301"),
        ("[/b]", "[/b]", "[/b]"),
    ],
)
def test_a_token_is_visible_whatever_it_holds(token: str, shown: str, spoken: str) -> None:
    assert visible(token, RICH) == shown
    assert visible(token, PLAIN) == spoken


def test_every_token_of_a_text_is_shown_between_its_boundaries() -> None:
    tokenizer = load_tokenizer()
    text = "The strawberry, 42\n"
    pieces = pieces_of(tokenizer, tokenizer.encode(text), RICH)
    assert "".join(pieces) == "The␣strawberry,␣42⏎"
    shown = pieces_view(pieces, RICH, 60).plain
    assert shown.count("│") == len(pieces) - 1
