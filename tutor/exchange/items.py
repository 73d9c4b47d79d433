"""A course's questions as they leave it: numbers drawn once, and what is said to errors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from tutor.course.contents import questions
from tutor.course.model import (
    AnyQuestion,
    Bet,
    Cloze,
    Course,
    FreeResponse,
    Lesson,
    Matching,
    MultipleChoice,
    Number,
    Ordering,
    ShortText,
    SingleChoice,
    TrueFalse,
    WrongText,
)
from tutor.judging.presenting import Shown, number_of, number_text, present
from tutor.screen.bars import counted

SEED = 0
"""Numbers and orders are drawn with this one, so that an export is the same each time."""


@dataclass(frozen=True)
class Item:
    """A question on its way out of a course."""

    course: Course
    lesson: Lesson
    number: int
    """The lesson's place in the course, from 1."""
    shown: Shown
    is_drawn: bool
    """Whether its numbers were drawn: a learner of the course meets others."""

    @property
    def question(self) -> AnyQuestion:
        """The question with its numbers in it."""
        return self.shown.question

    @property
    def name(self) -> str:
        """What it is called outside of the course, for good: course/lesson/question."""
        return f"{self.course.id}/{self.lesson.id}/{self.question.id}"


def items(course: Course, lessons: Sequence[Lesson]) -> Iterator[Item]:
    """Every question of `lessons`, those among the steps first."""
    for number, lesson in enumerate(course.lessons, 1):
        if lesson in lessons:
            for question in questions(lesson):
                shown = present(question, SEED)  # type: ignore[arg-type]  # each is of some kind
                is_drawn = isinstance(question, Number) and bool(question.parameters)
                yield Item(course, lesson, number, shown, is_drawn)


@dataclass(frozen=True)
class Rebuttal:
    """What is said to one wrong answer."""

    answer: str
    feedback: str
    belief: str = ""
    """The misconception behind it."""


def rebuttals(question: AnyQuestion) -> Iterator[Rebuttal]:
    """What the author says to each wrong answer that they foresaw; numbers must be drawn."""
    match question:
        case SingleChoice() | MultipleChoice() | Bet():
            wrong = (o for o in question.options if not o.right and o.feedback)
            yield from (Rebuttal(o.text, o.feedback, o.misconception) for o in wrong)
        case TrueFalse():
            other = "false" if question.answer else "true"
            yield Rebuttal(other, question.feedback, question.misconception)
        case Number():
            for slip in question.wrong:
                value = number_text(number_of(slip.value))
                yield Rebuttal(value, slip.feedback, slip.misconception)
        case ShortText():
            yield from _said_to_words(question.wrong, "")
        case Cloze(blanks=blanks):
            for number, blank in enumerate(blanks, 1):
                yield from _said_to_words(blank.wrong, f"({number}) " if len(blanks) > 1 else "")
        case Ordering():
            for turned in question.slips:
                order = f"{turned.second} before {turned.first}"
                yield Rebuttal(order, turned.feedback, turned.misconception)
        case Matching():
            for pair in question.pairs:
                yield Rebuttal(f"{pair.left}: another", pair.feedback, pair.misconception)
            for extra in question.extra:
                yield Rebuttal(extra.right, extra.feedback, extra.misconception)
        case FreeResponse():
            return
        case _:
            assert_never(question)


def _said_to_words(wrong: Sequence[WrongText], before: str) -> Iterator[Rebuttal]:
    for one in wrong:
        yield Rebuttal(before + " / ".join(one.texts), one.feedback, one.misconception)


def otherwise(question: AnyQuestion) -> str:
    """What is said to any other wrong answer; empty where each has words of its own."""
    match question:
        case Number() | ShortText() | Ordering():
            return question.feedback
        case Cloze():
            return " ".join(dict.fromkeys(blank.feedback.strip() for blank in question.blanks))
        case SingleChoice() | MultipleChoice() | TrueFalse() | Matching() | Bet() | FreeResponse():
            return ""
        case _:
            assert_never(question)


def also_right(question: AnyQuestion) -> list[str]:
    """What counts as right beside the answer that is told."""
    match question:
        case ShortText():
            return list(question.accept[1:])
        case Cloze():
            others = [", ".join(blank.accept[1:]) for blank in question.blanks]
            return [f"({number}) {said}" for number, said in enumerate(others, 1) if said]
        case Number(tolerance=most) if most:
            return [f"Anything within {number_text(most)} of it."]
        case Matching():
            return [f"{p.left}: {', '.join(p.also)}" for p in question.pairs if p.also]
        case _:
            return []


def solution(question: AnyQuestion) -> str:
    """How a number is worked out; empty for everything else."""
    return question.solution if isinstance(question, Number) else ""


def rubric(question: AnyQuestion) -> list[str]:
    """What a free response is assessed by, and how much of it is enough."""
    if not isinstance(question, FreeResponse):
        return []
    points = [f"{one.point} ({counted(one.worth, 'point')})" for one in question.rubric]
    return [*points, f"{counted(question.enough, 'point')} are enough."]
