"""A book to print: nothing given away on the page, everything answered at the end."""

import re
from pathlib import Path

from msgspec.structs import replace

from tutor.catalogue.playing import demo_text
from tutor.course.model import TryIt
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


def test_a_question_can_be_answered_from_the_page_alone() -> None:
    for item in items(SHORT, SHORT.lessons):
        for pair in getattr(item.question, "pairs", ()):
            assert f"- {pair.left}\n" in LESSONS
            assert f"- {pair.right}" in LESSONS
    for how in ("What goes with what?", "Spread 100 points", "Any number of these", "Answer in %"):
        assert how in LESSONS


def test_a_number_is_worked_out_among_the_answers_and_a_text_has_its_rubric() -> None:
    assert re.search(r"\n100 × \d+ / \d+ = [\d.]+ %\n\nA share is a part of the whole\.", ANSWERS)
    assert "Also right: Anything within 0.01 of it." in ANSWERS
    assert "Also right: likelihood" in ANSWERS
    assert "- says what training changes (2 points)\n" in ANSWERS
    assert "2 points are enough." in ANSWERS


def test_what_to_try_stands_at_the_end_of_its_lesson() -> None:
    tried = TryIt(command="tutor glossary", why="All the words.")
    lessons = (replace(SHORT.lessons[0], try_it=tried),)
    told = book(replace(SHORT, lessons=lessons), lessons, demo_text)
    assert "## Try it\n\n`tutor glossary`\n\nAll the words." in told
