"""Lists of what a lesson and a course hold, with what is done."""

import re
from typing import assert_never

from rich.console import RenderableType
from rich.text import Text

from tutor.course.model import (
    AnyStep,
    Demo,
    Figure,
    Lesson,
    Prediction,
    Question,
    Recall,
    Recap,
    Worked,
)
from tutor.course.model import (
    Text as TextStep,
)
from tutor.course.numbering import step_numbers
from tutor.course.pace import deeper_minutes, lesson_minutes
from tutor.progress.lesson_progress import LessonProgress
from tutor.screen.bars import counted
from tutor.screen.question_view import listed


def lesson_intro(lesson: Lesson, pace: float = 1.0) -> list[RenderableType]:
    """What the lesson is about, and how long it takes; what it gives, its list and end say."""
    yours = " at your pace" if pace != 1 else ""
    takes = f"About {counted(lesson_minutes(lesson, pace), 'minute')}{yours}"
    quiz = f", then a quiz of {counted(len(lesson.quiz), 'question')}" if lesson.quiz else ""
    deeper = deeper_minutes(lesson, pace)
    more = f" {counted(deeper, 'more minute')} for what lies deeper." if deeper else ""
    return [Text(lesson.summary), Text(f"{takes}{quiz}.{more}", style="dim"), Text("")]


def step_list(lesson: Lesson, progress: LessonProgress, here: int) -> list[RenderableType]:
    """The sections with their steps' numbers, and each step of the one you are in."""
    lines: list[RenderableType] = [
        Text("Afterwards you can:"),
        listed([("-", objective) for objective in lesson.objectives.values()]),
        Text(""),
    ]
    names = step_numbers(lesson.steps)
    starts = [i for i, step in enumerate(lesson.steps) if step.section or i == 0]
    for start, end in zip(starts, [*starts[1:], len(lesson.steps)], strict=True):
        title = lesson.steps[start].section or lesson.title
        path = [step for step in lesson.steps[start:end] if not step.deeper]
        done = all(step.id in progress.passed for step in path or lesson.steps[start:end])
        aside = f"{names[start]}-{names[end - 1].partition('.')[0]}{', done' if done else ''}"
        lines.append(Text(title, style="bold").append(f"  {aside}", style="dim"))
        if start <= here < end:
            rows = [_listed_step(lesson, progress, here, i) for i in range(start, end)]
            lines.append(listed(rows))
    if lesson.quiz:
        lines.append(Text(f"Quiz  {counted(len(lesson.quiz), 'question')}", style="dim"))
    return lines


def _listed_step(
    lesson: Lesson, progress: LessonProgress, here: int, index: int
) -> tuple[str, str]:
    step = lesson.steps[index]
    done = "done" if step.id in progress.passed else ""
    deeper = "deeper" if step.deeper else ""
    state = ", ".join(filter(None, [deeper, done, "you are here" if index == here else ""]))
    number = step_numbers(lesson.steps)[index]
    return number, step_name(step) + (f" ({state})" if state else "")


def step_name(step: AnyStep) -> str:
    """A few words for a step."""
    match step:
        case TextStep():
            return _opening(step.text)
        case Figure():
            return f"Figure: {step.caption}"
        case Worked():
            return f"Worked example: {_opening(step.problem)}"
        case Recap():
            return "Recap"
        case Demo():
            return f"Demo: {step.title}"
        case Recall():
            return "Your guess from before"
        case Prediction():
            return f"Your guess: {_opening(step.prompt)}"
        case Question():
            return f"Question: {_opening(step.prompt)}"
        case _:
            assert_never(step)


def _opening(text: str, length: int = 48) -> str:
    words = " ".join(re.sub(r"^\s*>|[*#]", "", text, flags=re.MULTILINE).split())
    if len(words) <= length:
        return words
    return words[:length].rsplit(" ", 1)[0] + " …"
