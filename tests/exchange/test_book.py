"""A book to print: nothing given away on the page, everything answered at the end."""

from pathlib import Path

from tutor.catalogue.playing import demo_text
from tutor.course.reading import read_course
from tutor.exchange.book import book
from tutor.exchange.items import items, otherwise, rebuttals
from tutor.judging.answers import answer_text

SHORT = read_course(Path(__file__).parents[1] / "courses" / "short")
BOOK = book(SHORT, SHORT.lessons, demo_text)
LESSONS, ANSWERS = BOOK.split("\n# Answers\n")


def test_a_reader_finds_each_answer_at_the_end_and_not_before() -> None:
    for item in items(SHORT, SHORT.lessons):
        answer = answer_text(item.question)
        assert f"** {answer}" in ANSWERS
        assert f"{answer}\n\n{item.question.explanation}" not in LESSONS


def test_what_is_wrong_with_the_other_answers_is_told_as_well() -> None:
    for item in items(SHORT, SHORT.lessons):
        for one in rebuttals(item.question):
            assert one.feedback in ANSWERS
        assert otherwise(item.question) in ANSWERS


def test_what_looks_like_a_tag_is_printed_and_code_stays_as_it_is() -> None:
    assert "and so does \\<s>" in LESSONS
    assert "`<s>` marks a start" in LESSONS


def test_a_dated_fact_is_filled_in() -> None:
    assert "It costs three coins a million tokens" in LESSONS
