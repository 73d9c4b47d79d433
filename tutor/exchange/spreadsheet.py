"""A course's questions as comma-separated values, for a spreadsheet."""

import csv
import io
from collections.abc import Iterator, Sequence

from tutor.course.model import Course, Lesson
from tutor.exchange.items import Item, items, otherwise, rebuttals
from tutor.exchange.page import Page
from tutor.judging.answers import answer_text
from tutor.judging.presenting import listing

COLUMNS = (
    "course",
    "lesson",
    "id",
    "kind",
    "question",
    "options",
    "answer",
    "wrong answers",
    "hints",
    "explanation",
)
_FORMULAS = ("=", "+", "@", "\t", "-")
"""With one of these, a spreadsheet would take a text for something to work out."""


def spreadsheet(course: Course, lessons: Sequence[Lesson]) -> str:
    """A row a question, under a row of names; several things in a cell stand a line each."""
    out, page = io.StringIO(), Page(course)
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for item in items(course, lessons):
        writer.writerow([_inert(cell) for cell in _cells(item, page)])
    return out.getvalue()


def _cells(item: Item, page: Page) -> Iterator[str]:
    question = item.question
    yield from (item.course.id, item.lesson.id, question.id)
    yield str(type(question).__struct_config__.tag)
    yield page.plain(question.prompt)
    yield "\n".join(listing(question))
    yield page.plain(answer_text(question))
    wrong = [f"{one.answer}: {page.plain(one.feedback)}" for one in rebuttals(question)]
    yield "\n".join([*wrong, *filter(None, [page.plain(otherwise(question))])])
    yield "\n".join(map(page.plain, question.hints))
    yield page.plain(question.explanation)


def _inert(text: str) -> str:
    """Text behind an apostrophe where a spreadsheet would run it; numbers stay as they are."""
    is_number = text[1:2].isdigit() and text[:1] in "+-"
    return f"'{text}" if text.startswith(_FORMULAS) and not is_number else text
