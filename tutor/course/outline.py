"""A course in outline: all that it takes to say where a learner stands, and no page of it.

It is compiled beside the course, so that home opens as fast with a thousand lessons.
"""

from msgspec import Struct

from tutor.course.contents import questions
from tutor.course.model import AnyStep, Course, Lesson
from tutor.course.pace import quiz_minutes, step_minutes


class StepOutline(Struct, frozen=True, array_like=True):
    """A step: where it stands, and how long it takes."""

    id: str
    section: str
    minutes: float
    stop: bool
    """A good place to stop for the day."""


class LessonOutline(Struct, frozen=True, array_like=True):
    """A lesson: its steps, and what its quiz holds."""

    id: str
    title: str
    steps: tuple[StepOutline, ...]
    quiz: tuple[str, ...]
    """The ids of its quiz's questions."""
    quiz_minutes: int
    questions: tuple[str, ...]
    """The ids of all its questions, those among the steps included."""

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
        tuple(question.id for question in questions(lesson)),
    )


def _step(step: AnyStep) -> StepOutline:
    return StepOutline(step.id, step.section, step_minutes(step), step.stop)
