"""The outline of a course, drawn from the whole."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from msgspec import Struct

from tutor.course.contents import questions
from tutor.course.model import (
    AnyQuestion,
    AnyStep,
    Bet,
    Course,
    Lesson,
    Question,
    SingleChoice,
    TrueFalse,
)
from tutor.course.objectives import Objective, objectives_by_topic, served
from tutor.course.outline import (
    LessonOutline,
    ObjectiveOutline,
    Outline,
    QuestionOutline,
    StepOutline,
)
from tutor.course.pace import question_minutes, quiz_minutes, step_minutes

HARDLY = 0.05
"""Chance to guess what is typed, ordered, matched or ticked."""


def outline(course: Course) -> Outline:
    """The outline of a course."""
    by_topic = objectives_by_topic(course)
    lessons = tuple(lesson_outline(lesson, by_topic) for lesson in course.lessons)
    head = course.id, course.title, course.summary, course.invitation
    return Outline(*head, lessons, course.calibration)


def lesson_outline(lesson: Lesson, by_topic: Mapping[str, Objective] = {}) -> LessonOutline:
    """The outline of a lesson, given the objectives of the inventory's items."""
    return LessonOutline(
        lesson.id,
        lesson.title,
        tuple(map(_step, lesson.steps)),
        tuple(question.id for question in lesson.quiz),
        quiz_minutes(lesson),
        tuple(_question(question, lesson, by_topic) for question in questions(lesson)),
        tuple(
            ObjectiveOutline(_named((lesson.id, name)), text)
            for name, text in lesson.objectives.items()
        ),
    )


def _named(objective: Objective) -> str:
    return "/".join(objective)


def _question(
    question: Question, lesson: Lesson, by_topic: Mapping[str, Objective]
) -> QuestionOutline:
    beliefs = sorted({text for text in _misconceptions(question) if text})
    return QuestionOutline(
        question.id,
        round(question_minutes(cast(AnyQuestion, question)), 2),
        tuple(beliefs),
        question.covers,
        tuple(map(_named, served(question, lesson, by_topic))),
        round(_guess(question), 3),
    )


def _guess(question: Question) -> float:
    match question:
        case SingleChoice() | Bet():
            return 1 / len(question.options)
        case TrueFalse():
            return 1 / 2
        case _:
            return HARDLY


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
