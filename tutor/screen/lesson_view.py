"""Lists of what a lesson and a course hold, with what is done."""

import re

from rich.console import RenderableType
from rich.text import Text

from tutor.course.model import (
    AnyStep,
    Demo,
    Figure,
    Lesson,
    Prediction,
    Recap,
    Worked,
)
from tutor.course.model import (
    Text as TextStep,
)
from tutor.course.pace import lesson_minutes
from tutor.progress.lesson_progress import LessonProgress
from tutor.screen.bars import counted, heading
from tutor.screen.question_view import listed
from tutor.screen.terminal import Look


def lesson_intro(lesson: Lesson, look: Look) -> list[RenderableType]:
    """What the lesson is about, and what the learner will be able to do."""
    minutes = counted(lesson_minutes(lesson), "minute")
    quiz = f", then a quiz of {counted(len(lesson.quiz), 'question')}" if lesson.quiz else ""
    return [
        Text(""),
        heading(lesson.title, f"about {minutes}{quiz}", look),
        Text(lesson.summary),
        Text(""),
        Text("Afterwards you can:"),
        listed([("-", objective) for objective in lesson.objectives]),
    ]


def step_list(lesson: Lesson, progress: LessonProgress, here: int) -> list[RenderableType]:
    """Every step by number, section by section; what is done, and where you are."""
    lines: list[RenderableType] = [Text("")]
    for index, step in enumerate(lesson.steps):
        if step.section:
            lines.append(Text(step.section, style="bold"))
        done = "done" if step.id in progress.passed else ""
        state = ", ".join(filter(None, [done, "you are here" if index == here else ""]))
        line = Text(f"{index + 1:>4}  {step_name(step)}")
        if state:
            line.append(f"  ({state})", style="dim")
        lines.append(line)
    if lesson.quiz:
        lines.append(Text(f"      then the quiz: {len(lesson.quiz)} questions", style="dim"))
    return lines


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
            return f"Demo: {step.demo}"
        case Prediction():
            return f"Your guess: {_opening(step.prompt)}"
        case _:
            return f"Question: {_opening(step.prompt)}"


def _opening(text: str, length: int = 48) -> str:
    words = " ".join(re.sub(r"^\s*>|[*#]", "", text, flags=re.MULTILINE).split())
    if len(words) <= length:
        return words
    return words[:length].rsplit(" ", 1)[0] + " …"
