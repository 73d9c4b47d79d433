"""Blanks in a text: how they look, how they may be filled, what is said of each."""

import pytest
from msgspec.structs import replace

from tests.judging.samples import CLOZE, ONE_BLANK, as_written, typed
from tutor.judging.answers import answer_text, reply_text
from tutor.judging.judge import RIGHT
from tutor.judging.replies import Fillings, Unclear, Words, read_reply
from tutor.screen.question_view import asked_text
from tutor.screen.terminal import Look

FILLED = Fillings((Words("tokens"), Words("probability")))


@pytest.mark.parametrize(
    "line",
    [
        "tokens; probability",
        "tokens;probability",
        " tokens ;  probability ;",
        "tokens, probability",
        "1: tokens; 2: probability",
        "1. tokens, 2. probability",
        "(1) tokens; (2) probability",
        "1) tokens; 2) probability",
        "1=tokens; 2=probability",
        "tokens； probability",
    ],
)
def test_two_blanks_are_filled_in_one_line(line: str) -> None:
    assert read_reply(as_written(CLOZE), line) == FILLED


@pytest.mark.parametrize(
    "line",
    [
        "tokens",
        "tokens probability",
        "tokens;",
        "; probability",
        "a; b; c",
        "a, b; c; d",
        ";;",
        ",",
    ],
)
def test_a_line_that_leaves_a_blank_open_is_not_graded(line: str) -> None:
    reply = read_reply(as_written(CLOZE), line)
    assert isinstance(reply, Unclear), reply
    assert "give all 2" in reply.advice


def test_the_one_blank_takes_the_whole_line() -> None:
    reply = read_reply(as_written(ONE_BLANK), "odds, or chance; whichever")
    assert reply == Fillings((Words("odds, or chance; whichever"),))


def test_a_number_before_one_filling_only_belongs_to_it() -> None:
    reply = read_reply(as_written(CLOZE), "1: 1 token; two")
    assert reply == Fillings((Words("1: 1 token"), Words("two")))


@pytest.mark.parametrize("line", ["tokens; probability", "Pieces of words; the Probability"])
def test_every_blank_filled_rightly_is_right(line: str) -> None:
    assert typed(CLOZE, line) == RIGHT


@pytest.mark.parametrize(
    ("line", "score", "feedback", "tag"),
    [
        ("words; probability", 0.5, "1 of 2 fit.\n\nBlank 1: Not always.", "m-words"),
        ("tokens; certainty", 0.5, "1 of 2 fit.\n\nBlank 2: Only how likely.", ""),
        ("tokens; colour", 0.5, "1 of 2 fit.\n\nBlank 2: Between 0 and 1.", ""),
        (
            "words; truth",
            0.0,
            "0 of 2 fit.\n\nBlank 1: Not always.\n\nBlank 2: Only how likely.",
            "m-words",
        ),
        (
            "probability; tokens",
            0.0,
            "0 of 2 fit.\n\nBlank 1: What is a text cut into?\n\nBlank 2: Between 0 and 1.",
            "",
        ),
    ],
)
def test_each_blank_that_is_wrong_earns_its_own_words(
    line: str, score: float, feedback: str, tag: str
) -> None:
    verdict = typed(CLOZE, line)
    assert not verdict.right
    assert (verdict.score, verdict.feedback, verdict.misconception) == (score, feedback, tag)


def test_a_slip_of_spelling_is_forgiven_and_told_at_its_blank() -> None:
    verdict = typed(CLOZE, "tokens; probabilty")
    assert verdict.right
    assert verdict.feedback == "Blank 2: Taken as *probability*: mind the spelling."


def test_a_single_blank_is_judged_as_a_short_answer() -> None:
    assert typed(ONE_BLANK, "probability") == RIGHT
    assert typed(ONE_BLANK, "truth").feedback == "Only how likely."


def test_the_answer_is_told_blank_by_blank() -> None:
    assert answer_text(CLOZE) == "1: tokens; 2: probability"
    assert answer_text(ONE_BLANK) == "probability"
    assert reply_text(as_written(CLOZE), "words,certainty") == "words; certainty"
    assert reply_text(as_written(CLOZE), "words") == "words"


def test_a_blank_is_drawn_where_it_can_be_seen_and_named_where_it_is_heard() -> None:
    drawn = "A model reads (1)▁▁▁▁ and gives each candidate a (2)▁▁▁▁."
    assert asked_text(CLOZE, Look()) == drawn
    heard = "A model reads (blank 1) and gives each candidate a (blank 2)."
    assert asked_text(CLOZE, Look(plain=True)) == heard
    assert asked_text(ONE_BLANK, Look()) == "Each candidate gets a ▁▁▁▁."
    assert asked_text(ONE_BLANK, Look(plain=True)) == "Each candidate gets a (blank)."


def test_longer_rules_and_names_are_no_blanks() -> None:
    odd = replace(ONE_BLANK, prompt="_____ and __init__ stay; ____ is filled.")
    assert asked_text(odd, Look(plain=True)) == "_____ and __init__ stay; (blank) is filled."
