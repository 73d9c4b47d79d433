"""The last lines of a sitting."""

from collections.abc import Mapping

from rich.console import RenderableType
from rich.text import Text

from tutor.course.model import Course, Lesson
from tutor.course.outlining import outline
from tutor.progress.lesson_progress import LessonProgress
from tutor.standing import next_lesson, standings


def left() -> list[RenderableType]:
    """Say how to come back."""
    return [Text(""), Text("All is kept. To go on from this very place: tutor")]


def reviewed(command: str) -> list[RenderableType]:
    """Say with which command to go on."""
    return [Text(""), Text(f"All is kept. To go on: {command}")]


def after_review() -> list[RenderableType]:
    """Say where the lessons are."""
    return [Text("To go on with the lessons: tutor")]


def finished(
    course: Course, lesson: Lesson, progress: Mapping[str, LessonProgress]
) -> list[RenderableType]:
    """Say what was reached and what is next."""
    standing = standings(outline(course), progress)
    parts: list[RenderableType] = [Text(""), Text(f"End of lesson: {lesson.title}.", "bold")]
    parts += [Text(f"Further reading: tutor show {lesson.id}")] if lesson.reading else []
    upcoming = next_lesson(standing)
    if upcoming is not None and upcoming.id != lesson.id:
        parts.append(Text(f"Next: lesson {upcoming.number}, {upcoming.title}. Go on with: tutor"))
    elif upcoming is None:
        parts.append(Text("That was every lesson there is so far."))
    else:
        parts.append(Text("Some of it is still to do. Go on with: tutor"))
    return parts
