"""What a learner who knows the course types at each screen, right or wrong."""

import re
from collections.abc import Iterator
from pathlib import Path

from tutor.course.model import AnyQuestion, FreeResponse, Lesson, Prediction, Question, Worked
from tutor.course.reading import read_course
from tutor.judging.answers import right_line, wrong_lines
from tutor.judging.presenting import Shown, present
from tutor.player.asking import seed_of
from tutor.progress.events import QuizOpened
from tutor.progress.journal import Journal


def lesson_of(course: Path, index: int = 0) -> Lesson:
    """A lesson of the course in a folder."""
    return read_course(course).lessons[index]


def plain_lines(step: object) -> Iterator[str]:
    """The lines that lead through a step that asks for nothing."""
    if isinstance(step, Worked):
        yield from ("" for _ in step.lines)
    if isinstance(step, Prediction):
        yield "1" if step.options else "my guess"
    yield ""


def on_screen(question: AnyQuestion, said: str) -> Shown:
    """Find the order in which the screen shows a question's options, and the drawn numbers."""
    if isinstance(question, Question) and hasattr(question, "formula"):
        return _drawn(question, said)
    flat = " ".join(said.split())
    for seed in range(5000):
        shown = present(question, seed)
        rows = [f"{n} {label}" for n, label in enumerate(shown.labels, 1)]
        if all(_squeeze(row) in _squeeze(flat) for row in rows):
            return shown
    raise AssertionError(f"{question.id} is not on the screen: {said}")


def _drawn(question: AnyQuestion, said: str) -> Shown:
    for seed in range(5000):
        shown = present(question, seed)
        if _squeeze(shown.question.prompt) in _squeeze(said):
            return shown
    raise AssertionError(f"{question.id} is not on the screen: {said}")


def _squeeze(text: str) -> str:
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
    return re.sub(r"[\s*`]+", "", text)


def right(question: AnyQuestion, sitting: str) -> list[str]:
    """The lines that answer a question rightly in a given sitting, and go on."""
    shown = present(question, seed_of(sitting, question))
    if isinstance(question, FreeResponse):
        return [right_line(shown), ":done", *("1" for _ in question.rubric), ""]
    sure = ["3"] if question.confidence else []
    return [right_line(shown), *sure, ""]


def wrong(question: AnyQuestion, sitting: str) -> list[str]:
    """A wrong line; nothing for a free response, which nobody but the learner can fail."""
    shown = present(question, seed_of(sitting, question))
    return list(wrong_lines(shown))[:1]


def sitting_of_quiz(journal: Path) -> str:
    """The run of the quiz that was opened last."""
    with Journal.open(journal) as opened:
        runs = [e.deed.sitting for e in opened.events() if isinstance(e.deed, QuizOpened)]
    return runs[-1]
