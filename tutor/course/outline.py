"""A course in outline: all that it takes to say where a learner stands, and no page of it.

It is compiled beside the course, so that home opens as fast with a thousand lessons.
"""

from collections.abc import Iterator
from typing import Any, cast

from msgspec import Struct

from tutor.course.contents import questions
from tutor.course.model import AnyQuestion, AnyStep, Course, Lesson, Question
from tutor.course.pace import question_minutes, quiz_minutes, step_minutes


class StepOutline(Struct, frozen=True, array_like=True):
    """A step: where it stands, and how long it takes."""

    id: str
    section: str
    minutes: float
    stop: bool
    """A good place to stop for the day."""


class QuestionOutline(Struct, frozen=True, array_like=True):
    """A question: all that it takes to say whether it is due, and how long it takes."""

    id: str
    minutes: float
    misconceptions: tuple[str, ...]
    """The false beliefs that it would show."""
    covers: tuple[str, ...]
    """What it asks about."""


class LessonOutline(Struct, frozen=True, array_like=True):
    """A lesson: its steps, and what its quiz holds."""

    id: str
    title: str
    steps: tuple[StepOutline, ...]
    quiz: tuple[str, ...]
    """The ids of its quiz's questions."""
    quiz_minutes: int
    questions: tuple[QuestionOutline, ...]
    """All its questions, those among the steps included."""

    def minutes_to_stop(self, start: int) -> int:
        """Minutes from step `start` to the end of the next step marked as a good stop."""
        total = 0.0
        for step in self.steps[start:]:
            total += step.minutes
            if step.stop:
                break
        return max(1, round(total))


class Outline(Struct, frozen=True, array_like=True):
    """A course: what its first page says, and its lessons."""

    id: str
    title: str
    summary: str
    invitation: str
    lessons: tuple[LessonOutline, ...]


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
    return StepOutline(step.id, step.section, step_minutes(step), step.stop)
