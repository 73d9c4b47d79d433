"""A question as it stands on the screen: its parameters drawn, its options in their order."""

import hashlib
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import assert_never

import msgspec
from msgspec.structs import replace

from tutor.course import drawing
from tutor.course.expressions import Values
from tutor.course.model import (
    Amount,
    AnyQuestion,
    Bet,
    Cloze,
    FreeResponse,
    Matching,
    MultipleChoice,
    Number,
    Ordering,
    ShortText,
    SingleChoice,
    TrueFalse,
)

DIGITS_THAT_COUNT = 3
POINTS = 100
"""How many points a bet spreads."""


@dataclass(frozen=True)
class Shown:
    """A question put to a learner.

    `order` holds indices into the lesson's own options (for matching: into `right_sides`), in the
    order of the screen; empty where nothing is listed.
    """

    question: AnyQuestion
    seed: int
    order: tuple[int, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """What stands behind the digits 1, 2, 3 … on the screen."""
        listed = listing(self.question)
        return tuple(listed[index] for index in self.order)


class Answering(Enum):
    """How a question is answered."""

    CHOSEN = auto()
    """By the digits of what is listed."""
    TYPED = auto()
    """In words or numbers, and judged here; so commands need a colon, and a verdict may err."""
    WRITTEN = auto()
    """In prose, and assessed by the learner."""


def answering(question: AnyQuestion) -> Answering:
    """How `question` is answered."""
    match question:
        case SingleChoice() | MultipleChoice() | TrueFalse() | Ordering() | Matching() | Bet():
            return Answering.CHOSEN
        case Number() | ShortText() | Cloze():
            return Answering.TYPED
        case FreeResponse():
            return Answering.WRITTEN
        case _:
            assert_never(question)


def present(question: AnyQuestion, seed: int) -> Shown:
    """Draw everything about `question` that is left to chance; the same seed draws the same."""
    rng = random.Random(seed)
    if isinstance(question, Number):
        question = drawn(question, drawing.draw(question, rng))
    order = list(range(len(listing(question))))
    if _is_shuffled(question):
        rng.shuffle(order)
        if isinstance(question, Ordering) and order == sorted(order):
            order = [*order[1:], order[0]]  # never hand over the solution
    return Shown(question, seed, tuple(order))


def listing(question: AnyQuestion) -> tuple[str, ...]:
    """What is chosen from, in the lesson's order; empty when the reply is typed freely."""
    match question:
        case SingleChoice() | MultipleChoice() | Bet():
            return tuple(option.text for option in question.options)
        case TrueFalse():
            return ("true", "false")
        case Ordering():
            return question.items
        case Matching():
            return right_sides(question)
        case Number() | ShortText() | Cloze() | FreeResponse():
            return ()
        case _:
            assert_never(question)


def right_sides(question: Matching) -> tuple[str, ...]:
    """The right-hand sides of a matching question, each once."""
    return tuple(
        dict.fromkeys([*(p.right for p in question.pairs), *(e.right for e in question.extra)])
    )


def shares(question: Bet) -> tuple[float, ...]:
    """How often each option of a bet turns out; all on one where one is right."""
    return question.shares or tuple(float(option.right) for option in question.options)


def whole_points(spread: Sequence[float]) -> list[int]:
    """A hundred whole points for shares; what rounding leaves over goes to the largest."""
    points = [round(POINTS * share) for share in spread]
    points[points.index(max(points))] += POINTS - sum(points)
    return points


def _is_shuffled(question: AnyQuestion) -> bool:
    match question:
        case SingleChoice() | MultipleChoice() | Bet():
            return question.shuffle
        case Ordering() | Matching():
            return True
        case TrueFalse() | Number() | ShortText() | Cloze() | FreeResponse():
            return False
        case _:
            assert_never(question)


def drawn(question: Number, parameters: Values) -> Number:
    """Put a draw, and the answer that follows from it, into the question."""
    found = drawing.worked_out(question, parameters)
    texts = {name: number_text(value) for name, value in found.parameters.items()}
    texts |= {name: step_text(value, question.decimals) for name, value in found.working.items()}
    texts["answer"] = number_text(found.answer, question.decimals)

    def fill(text: str) -> str:
        for name, value in texts.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    wrong = zip(question.wrong, found.wrong, strict=True)
    return replace(
        question,
        answer=found.answer,
        prompt=fill(question.prompt),
        hints=tuple(map(fill, question.hints)),
        explanation=fill(question.explanation),
        solution=fill(question.solution),
        feedback=fill(question.feedback),
        wrong=tuple(replace(w, value=value, feedback=fill(w.feedback)) for w, value in wrong),
    )


def number_of(amount: Amount) -> float:
    """An amount as a number, which it is once the parameters are drawn."""
    assert not isinstance(amount, str), "parameters are drawn before judging"
    return amount


def number_text(value: float, decimals: int = 9) -> str:
    """Write a number without idle zeros: 60, 1.75, 175,000,000,000."""
    text = f"{value:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def step_text(value: float, decimals: int) -> str:
    """A value on the way: three digits that count, lest 0.08 m is shown as 0 in a sum of watts."""
    digits = DIGITS_THAT_COUNT - 1 - math.floor(math.log10(abs(value))) if value else 0
    return number_text(value, max(decimals, digits))


def content_hash(question: AnyQuestion) -> str:
    """Tell versions of a question apart: a hash over all that its author wrote."""
    return hashlib.sha256(msgspec.json.encode(question)).hexdigest()[:16]
