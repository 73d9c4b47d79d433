"""Drafts that nobody has signed: what a program wrote, and no learner sees."""

import re
from itertools import dropwhile

from msgspec.structs import replace

from tutor.course.model import AnyStep, Course, Lesson, Prediction, Recall
from tutor.errors import CourseError

SIGNATURE = re.compile(r"\S.*, \d{4}-\d\d-\d\d")
"""A name and a day."""


def is_unsigned(step: AnyStep) -> bool:
    """Tell whether a step is a draft that nobody stands for."""
    return step.draft and not step.signed


def without_drafts(course: Course) -> Course:
    """The course as learners have it: without drafts, and without lessons that are nothing else.

    Raises CourseError where nothing is left.
    """
    if not any(map(_has_drafts, course.lessons)):
        return course
    hidden = {
        (lesson.id, step.id)
        for lesson in course.lessons
        for step in lesson.steps
        if isinstance(step, Prediction) and is_unsigned(step)
    }
    lessons = tuple(lesson for one in course.lessons if (lesson := _signed(one, hidden)).steps)
    if not lessons:
        hint = "its author reads it with tutor course preview, and signs what holds"
        raise CourseError("all of this course is a draft that nobody has signed", hint=hint)
    kept = {lesson.id for lesson in lessons}
    return replace(
        course,
        lessons=lessons,
        terms=tuple(term for term in course.terms if term.lesson in kept),
        topics=tuple(topic for topic in course.topics if topic.lesson in kept),
    )


def _has_drafts(lesson: Lesson) -> bool:
    return any(is_unsigned(step) for step in (*lesson.steps, *lesson.quiz))


def _signed(lesson: Lesson, hidden: set[tuple[str, str]]) -> Lesson:
    """A lesson without drafts; it still begins on its main path."""
    steps = [
        step
        for step in lesson.steps
        if not is_unsigned(step)
        and not (isinstance(step, Recall) and (step.lesson, step.prediction) in hidden)
    ]
    quiz = tuple(question for question in lesson.quiz if not is_unsigned(question))
    return replace(lesson, steps=tuple(dropwhile(lambda step: step.deeper, steps)), quiz=quiz)
