"""A course's questions as comma-separated values, for a spreadsheet."""

import csv
import io
from collections.abc import Iterator, Sequence

from tutor.cells import inert
from tutor.course.model import Course, Lesson, Matching
from tutor.exchange.items import Item, also_right, items, otherwise, rebuttals, rubric, solution
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
    "to match",
    "also right",
    "solution",
    "rubric",
)
"""A new one goes to the end, lest old formulas look at another."""


def spreadsheet(course: Course, lessons: Sequence[Lesson]) -> str:
    """A row a question, under a row of names; several things in a cell stand a line each."""
    out, page = io.StringIO(), Page(course)
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for item in items(course, lessons):
        writer.writerow([inert(cell) for cell in _cells(item, page)])
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
    yield "\n".join(pair.left for pair in question.pairs) if isinstance(question, Matching) else ""
    yield "\n".join(also_right(question))
    yield page.plain(solution(question))
    yield "\n".join(rubric(question))
