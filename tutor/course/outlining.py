"""The outline of a course, drawn from the whole."""

from collections.abc import Iterator
from typing import Any, cast

from msgspec import Struct

from tutor.course.contents import questions
from tutor.course.model import AnyQuestion, AnyStep, Course, Lesson, Question
from tutor.course.outline import LessonOutline, Outline, QuestionOutline, StepOutline
from tutor.course.pace import question_minutes, quiz_minutes, step_minutes


def outline(course: Course) -> Outline:
    """The outline of a course."""
    lessons = tuple(map(lesson_outline, course.lessons))
    return Outline(course.id, course.title, course.summary, course.invitation, lessons)


def lesson_outline(lesson: Lesson) -> LessonOutline:
    """The outline of a lesson."""
    return LessonOutline(
        lesson.id,
        lesson.title,
        tuple(map(_step, lesson.steps)),
        tuple(question.id for question in lesson.quiz),
        quiz_minutes(lesson),
        tuple(map(_question, questions(lesson))),
    )


def _question(question: Question) -> QuestionOutline:
    beliefs = sorted({text for text in _misconceptions(question) if text})
    minutes = round(question_minutes(cast(AnyQuestion, question)), 2)
    return QuestionOutline(question.id, minutes, tuple(beliefs), question.covers)


def _misconceptions(part: Any) -> Iterator[str]:
    """Every false belief that is named somewhere in a part of a lesson."""
    if isinstance(part, tuple):
        for one in part:
            yield from _misconceptions(one)
    elif isinstance(part, Struct):
        yield getattr(part, "misconception", "")
        for name in part.__struct_fields__:
            yield from _misconceptions(getattr(part, name))


def _step(step: AnyStep) -> StepOutline:
    return StepOutline(step.id, step.section, step_minutes(step), step.stop, step.deeper)
