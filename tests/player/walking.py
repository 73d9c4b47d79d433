"""What a learner who knows the course types at each screen, right or wrong."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from tests.known_courses import short
from tutor.course.model import (
    AnyQuestion,
    AnyStep,
    Demo,
    FreeResponse,
    Lesson,
    Number,
    Prediction,
    Question,
    Recall,
    Worked,
)
from tutor.course.reading import read_course
from tutor.judging.answers import right_line, wrong_lines
from tutor.judging.presenting import Shown, listing, present

SHORT = short().lessons[0]
STEPS, QUIZ = len(SHORT.steps), len(SHORT.quiz)
"""How many of each the short course has: one for each kind."""
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
PATIENCE = 120
"""Seconds in which a live demo has shown something, on a slow machine."""
MOST_ASKED = 20
"""No demo asks more often than this."""


class Learner(Protocol):
    """Who sits at a tutor: at a real terminal, or on a chair in this process."""

    def type(self, line: str) -> str:
        """Type a line; returns what was said until the tutor waits again."""
        ...

    def be_patient(self, seconds: float) -> None:
        """Wait so long for what comes."""
        ...


def walk(learner: Learner, lesson: Lesson, said: str, *, deeper: bool = False) -> str:
    """Take every step rightly, and start the quiz; ends at its first question."""
    assert "Quiz:" in walk_steps(learner, lesson, said, deeper=deeper)
    return learner.type("")


def walk_steps(learner: Learner, lesson: Lesson, said: str, *, deeper: bool = False) -> str:
    """Take every step rightly; ends where the quiz is announced.

    With `deeper`, also those beside the main path: the learner must have said to show them.
    """
    for step in lesson.steps:
        if deeper or not step.deeper:
            said = take_step(learner, step, said)
    return said


def take_step(learner: Learner, step: AnyStep, said: str) -> str:
    """Take a step, rightly where something is asked; returns the next screen."""
    if isinstance(step, Question):
        return answer_rightly(learner, step, said)
    if isinstance(step, Demo):
        return see_through(learner, said)
    for line in lines_through(step):
        said = learner.type(line)
    return said


def lesson_of(course: Path, index: int = 0) -> Lesson:
    """A lesson of the course in a folder."""
    return read_course(course).lessons[index]


def lines_through(step: AnyStep) -> Iterator[str]:
    """The lines that lead through a step that scores nothing."""
    if isinstance(step, Worked):
        yield from ("" for _ in step.lines)
    if isinstance(step, Prediction):
        yield "1" if step.options else "my guess"
    if isinstance(step, Recall) and step.again:
        yield "1"  # an option, or words
    yield ""


def see_through(learner: Learner, said: str) -> str:
    """Leave all that a demo asks open, see it to its end and go on; returns the next screen."""
    learner.be_patient(PATIENCE)
    for _ in range(MOST_ASKED):
        if "Entercontinue" in squeeze(said):
            return learner.type("")
        said = learner.type(":s")
    raise AssertionError(said)


def on_screen(question: AnyQuestion, said: str) -> Shown:
    """Read off the screen in which order options stand, and which numbers were drawn."""
    flat = squeeze(said)
    if isinstance(question, Number):
        drawn = (present(question, seed) for seed in range(5000))
        return next(shown for shown in drawn if squeeze(shown.question.prompt) in flat)
    labels = listing(question)
    order = [
        next(i for i, label in enumerate(labels) if f"{number}{squeeze(label)}" in flat)
        for number in range(1, len(labels) + 1)
    ]
    return Shown(question, 0, tuple(order))


def squeeze(text: str) -> str:
    """Text without colours, spaces and Markdown's marks: what survives any wrapping."""
    return re.sub(r"[\s*`\\]+", "", ESCAPES.sub("", text))


def answer_rightly(learner: Learner, question: AnyQuestion, said: str) -> str:
    """Answer the question on the screen and go on; returns what the next screen says."""
    line = right_line(on_screen(question, said))
    if isinstance(question, FreeResponse):
        for each in (line, ":done", *("1" for _ in question.rubric)):
            said = learner.type(each)
    else:
        said = learner.type(line)
        if question.confidence:
            said = learner.type("3")
    assert isinstance(question, FreeResponse) or "Right." in said, (question.id, line, said)
    return learner.type("")


def wrong_line(question: AnyQuestion, said: str) -> str:
    """A line that is wrong at the question on the screen."""
    return next(wrong_lines(on_screen(question, said)))
