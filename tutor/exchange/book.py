"""A course as a book to print: Markdown, questions without answers, the answers at the end."""

import re
from collections.abc import Iterator, Sequence

from tutor.course.model import AnyQuestion, Course, Lesson
from tutor.exchange.items import Item, also_right, items, otherwise, rebuttals, rubric, solution
from tutor.exchange.page import Page
from tutor.judging.answers import answer_text
from tutor.screen import whole_lesson
from tutor.screen.terminal import Look
from tutor.screen.whole_lesson import DemoText

_CODE_OR_TAG = re.compile(r"(```.*?```|`[^`\n]*`)|<", re.DOTALL)
BOOK = Look()


def book(course: Course, lessons: Sequence[Lesson], demo_text: DemoText) -> str:
    """All of `lessons`, their terms, then an answer to each question; demos are run."""
    numbered = {item.name: _Numbered(item, at) for item, at in _counted(course, lessons)}
    parts = [f"# {course.title}", course.summary]
    parts += [_lesson(course, lesson, demo_text, numbered) for lesson in lessons]
    parts += _glossary(course, lessons)
    parts += _answers(course, list(numbered.values()))
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _counted(course: Course, lessons: Sequence[Lesson]) -> Iterator[tuple[Item, int]]:
    at, lesson = 0, ""
    for item in items(course, lessons):
        at = at + 1 if item.lesson.id == lesson else 1
        lesson = item.lesson.id
        yield item, at


class _Numbered:
    """A question with its number in the book, as in 3.12."""

    def __init__(self, item: Item, at: int) -> None:
        self.item, self.name = item, f"{item.number}.{at}"


def _lesson(
    course: Course, lesson: Lesson, demo_text: DemoText, numbered: dict[str, _Numbered]
) -> str:
    def ask(question: AnyQuestion) -> Iterator[str]:
        found = numbered[f"{course.id}/{lesson.id}/{question.id}"]
        yield from whole_lesson.asked(found.item.question, f"Question {found.name}")

    return _untagged(whole_lesson.lesson(course, lesson, demo_text, BOOK, ask))


def _untagged(text: str) -> str:
    """Markdown in which <s> is no tag for any reader."""
    return _CODE_OR_TAG.sub(lambda match: match[1] or "\\<", text)


def _glossary(course: Course, lessons: Sequence[Lesson]) -> list[str]:
    taught = {lesson.id for lesson in lessons}
    terms = sorted((t for t in course.terms if t.lesson in taught), key=lambda t: t.term.casefold())
    page = Page(course)
    lines = [_untagged(f"**{term.term}.** {page.plain(term.meaning)}") for term in terms]
    return ["# Terms", *lines] if lines else []


def _answers(course: Course, numbered: Sequence[_Numbered]) -> list[str]:
    page, parts, lesson = Page(course), ["# Answers"], ""
    for one in numbered:
        if one.item.lesson.id != lesson:
            lesson = one.item.lesson.id
            parts.append(f"## {one.item.number}. {one.item.lesson.title}")
        parts += map(_untagged, _answer(one, page))
    return parts


def _answer(numbered: _Numbered, page: Page) -> Iterator[str]:
    question = numbered.item.question
    said = f"**{numbered.name}** {answer_text(question).strip()}"
    yield said
    if others := also_right(question):
        yield f"Also right: {'; '.join(others)}"
    if points := rubric(question):
        yield "\n".join(f"- {point}" for point in points)
    yield from filter(None, [page.plain(solution(question)), page.plain(question.explanation)])
    wrong = [f"- *{one.answer}*: {page.plain(one.feedback)}" for one in rebuttals(question)]
    if rest := otherwise(question):
        wrong.append(f"- Anything else: {page.plain(rest)}")
    if wrong:
        yield "\n".join(line.replace("\n", "\n  ") for line in wrong)
