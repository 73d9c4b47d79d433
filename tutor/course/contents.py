"""What is inside a lesson: its questions, its texts, the facts that they cite."""

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from functools import cache
from typing import Any, assert_never

from msgspec import Struct

from tutor.course.model import (
    AnyStep,
    Demo,
    Figure,
    Lesson,
    Prediction,
    Question,
    Recall,
    Recap,
    Text,
    Worked,
)

Place = tuple[str | int, ...]
"""Where in a document: keys and indices from its top, as in ("steps", 3, "options", 0)."""

Finding = tuple[Place, str, str]
"""What is wrong at a place, and how to mend it."""

FACT = re.compile(r"\{fact:([^{}\s]+)\}")
"""How prose cites a dated fact."""

BLANK = re.compile(r"(?<!_)____(?!_)")
"""What stands for a blank in a text to be filled in."""

UNWRITTEN = "To be written."
"""What a program writes where an author has yet to: a course that holds it is not done."""

FOR_AUTHORS = frozenset({"signed", "rests_on"})
"""Fields that no learner reads."""

ARITHMETIC = ("answer", "value", "working")
"""Fields that may hold expressions, which nobody reads as prose."""


def texts(part: Any, place: Place = ()) -> list[tuple[Place, str]]:
    """Every text in `part` that is for learners, with its place."""
    found: list[tuple[Place, str]] = []
    _collect(part, place, found)
    return found


def _collect(part: Any, place: Place, found: list[tuple[Place, str]]) -> None:
    if isinstance(part, str):
        found.append((place, part))
    elif isinstance(part, Struct):
        for name in _told(type(part)):
            if held := getattr(part, name):  # most fields of most parts are left empty
                _collect(held, (*place, name), found)
    elif isinstance(part, tuple):
        for index, item in enumerate(part):
            _collect(item, (*place, index), found)
    elif isinstance(part, dict):
        for key, item in part.items():
            _collect(item, (*place, key), found)


@cache
def _told(kind: type[Struct]) -> tuple[str, ...]:
    """The fields of a record that may hold texts for learners."""
    from msgspec import inspect  # slow to import, and home does without

    shape = inspect.type_info(kind)
    assert isinstance(shape, inspect.StructType)
    wordless = (inspect.BoolType, inspect.IntType, inspect.FloatType, inspect.DateType)
    held = [field.name for field in shape.fields if not isinstance(field.type, wordless)]
    return tuple(name for name in held if name not in FOR_AUTHORS)


class Doing(Enum):
    """What a step has the learner do."""

    READS = auto()
    WATCHES = auto()
    GUESSES = auto()
    ANSWERS = auto()


def doing(step: AnyStep) -> Doing:
    """What the learner does at `step`."""
    match step:
        case Text() | Figure() | Worked() | Recap() | Recall():
            return Doing.READS
        case Demo():
            return Doing.WATCHES
        case Prediction():
            return Doing.GUESSES
        case Question():
            return Doing.ANSWERS
        case _:
            assert_never(step)


def passages(step: AnyStep) -> tuple[tuple[str, ...], ...]:
    """What the learner reads at `step`, in groups: each group at one go, between two keys."""
    match step:
        case Text():
            return ((step.text,),)
        case Figure():
            return ((step.caption,),)
        case Worked():
            return ((step.problem,), *((reason,) for reason in step.lines))
        case Recap():
            return (step.points,)
        case Demo():
            return ((step.notice,),)
        case Recall():
            return ((step.text,),)
        case Prediction():
            return (step.prompt, *step.options), (step.reveal,)
        case Question():
            return (step.prompt,), (step.explanation,)
        case _:
            assert_never(step)


def words(texts: Iterable[str]) -> int:
    """How many words some texts have."""
    return sum(len(text.split()) for text in texts)


def main_path(lesson: Lesson) -> tuple[AnyStep, ...]:
    """The steps of a lesson that everybody takes."""
    return tuple(step for step in lesson.steps if not step.deeper)


def questions(lesson: Lesson) -> Iterator[Question]:
    """Every question of a lesson: those among the steps, then the quiz."""
    yield from (step for step in lesson.steps if isinstance(step, Question))
    yield from lesson.quiz
