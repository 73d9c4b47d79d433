"""A class's report as comma-separated values: a row a learner, or a row a question."""

import csv
import io
from collections.abc import Iterable, Sequence

from tutor.cells import inert
from tutor.records.class_report import (
    ClassReport,
    CourseReport,
    LearnerReport,
    QuestionAsked,
    Said,
)
from tutor.screen.streaming import harmless

LEARNERS = (
    "course",
    "learner",
    "pseudonyms",
    "lessons begun",
    "lessons finished",
    "quizzes ended",
    "quizzes passed",
    "quiz points",
    "quiz points of",
    "questions met",
    "answers",
    "askings",
    "right at first try",
    "objectives met",
    "objectives weak",
    "false beliefs",
    "minutes",
    "latest (UTC)",
)
QUESTIONS = (
    "course",
    "lesson",
    "question",
    "text",
    "learners asked",
    "right at first",
    "share low",
    "share high",
    "still open",
    "wrong replies",
    "false beliefs",
    "vouched",
    "reported",
)
Cell = str | int | float | None


def learners(report: ClassReport) -> str:
    """A row a learner and course."""
    return _sheet(
        LEARNERS, (_learner(course, one) for course in report.courses for one in course.learners)
    )


def questions(report: ClassReport) -> str:
    """A row a question."""
    return _sheet(
        QUESTIONS, (_question(course, one) for course in report.courses for one in course.questions)
    )


def _sheet(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return out.getvalue()


def _learner(course: CourseReport, one: LearnerReport) -> list[Cell]:
    right, of = one.quiz
    return [
        *(course.title, one.name, " ".join(one.pseudonyms)),
        *(len(one.lessons), one.finished, one.quizzes, one.passed, right, of),
        *(one.questions, one.answers, one.first_tries, one.first_right),
        *(len(one.objectives), one.weak, "\n".join(one.beliefs)),
        *(round(one.seconds / 60), one.latest),
    ]


def _question(course: CourseReport, one: QuestionAsked) -> list[Cell]:
    said = map(_said, (one.wrong, one.beliefs, one.vouched, one.reported))
    low, high = (None if it is None else round(it, 3) for it in (one.low, one.high))
    return [
        *(course.title, one.lesson_title, one.question, one.text),
        *(one.asked, one.right, low, high, one.still_open, *said),
    ]


def _written(cell: Cell) -> Cell:
    return inert(harmless(cell)) if isinstance(cell, str) else cell


def _said(said: Sequence[Said]) -> str:
    return "\n".join(f"{one.learners} × {one.words}" for one in said)
