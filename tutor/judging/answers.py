"""The right answer in words, and the lines a learner would type to be right or wrong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import assert_never

from tutor.course.model import (
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
from tutor.judging.blanks import joined
from tutor.judging.presenting import (
    POINTS,
    Shown,
    listing,
    number_of,
    number_text,
    right_sides,
    shares,
    whole_points,
)
from tutor.judging.replies import LETTERS


def answer_text(question: AnyQuestion) -> str:
    """The right answer (Markdown), as it is told to someone who did not find it."""
    match question:
        case Bet(shares=spread) if spread:
            staked = zip(whole_points(spread), question.options, strict=True)
            return "; ".join(f"{points} on {option.text}" for points, option in staked)
        case SingleChoice() | Bet():
            return next(option.text for option in question.options if option.right)
        case MultipleChoice():
            right = [option.text for option in question.options if option.right]
            return "; ".join(right) or "none of them"
        case TrueFalse():
            return "true" if question.answer else "false"
        case Number():
            number = number_text(number_of(question.answer), question.decimals)
            return _with_unit(number, question.unit)
        case ShortText():
            return question.accept[0]
        case Cloze():
            best = [blank.accept[0] for blank in question.blanks]
            numbered = [f"{number}: {text}" for number, text in enumerate(best, 1)]
            return "; ".join(numbered if len(best) > 1 else best)
        case Ordering():
            return ", then ".join(question.items)
        case Matching():
            return "; ".join(f"{pair.left}: {pair.right}" for pair in question.pairs)
        case FreeResponse():
            return question.model
        case _:
            assert_never(question)


def _with_unit(number: str, unit: str) -> str:
    if unit.startswith("10^"):
        return f"{number} × {unit}"
    return f"{number}{unit}" if unit in ("", "%") else f"{number} {unit}"


def reply_text(shown: Shown, line: str) -> str:
    """What a typed line meant, for those who no longer see the digits."""
    from tutor.judging import replies

    reply = replies.read_reply(shown, line)
    question = shown.question
    match reply:
        case replies.Unclear() | replies.Amount() | replies.Words() | replies.Prose():
            return line
        case replies.Fillings(words=filled):
            return joined([words.text for words in filled])
        case replies.Choice(option=index):
            return listing(question)[index]
        case replies.Ticks(options=ticked):
            texts = [text for index, text in enumerate(listing(question)) if index in ticked]
            return "; ".join(texts) or "none of them"
        case replies.Truth(value=value):
            return "true" if value else "false"
        case replies.Ordered(items=items):
            return ", then ".join(listing(question)[index] for index in items)
        case replies.Matches(rights=rights):
            assert isinstance(question, Matching)
            sides = listing(question)
            chosen = zip(question.pairs, rights, strict=True)
            return "; ".join(f"{pair.left}: {sides[index]}" for pair, index in chosen)
        case replies.Stakes(points=points):
            options = listing(question)
            return "; ".join(f"{points[i]} on {options[i]}" for i in shown.order)
        case _:
            assert_never(reply)


def in_full(value: float) -> str:
    """All digits of a number; never three decimals, which may be meant as thousands."""
    written = repr(value)
    return f"{written}0" if re.search(r"\.\d{3}$", written) else written


def right_line(shown: Shown) -> str:
    """A line that answers the question on the screen rightly."""
    question = shown.question
    position = {index: str(place + 1) for place, index in enumerate(shown.order)}
    match question:
        case SingleChoice():
            return next(position[i] for i, o in enumerate(question.options) if o.right)
        case MultipleChoice():
            right = [position[i] for i, o in enumerate(question.options) if o.right]
            return " ".join(sorted(right)) or "0"
        case TrueFalse():
            return "1" if question.answer else "2"
        case Number():
            return in_full(number_of(question.answer))
        case ShortText():
            return question.accept[0]
        case Cloze():
            return joined([blank.accept[0] for blank in question.blanks])
        case Ordering():
            return " ".join(position[i] for i in range(len(question.items)))
        case Matching():
            sides = right_sides(question)
            return " ".join(position[sides.index(pair.right)] for pair in question.pairs)
        case Bet():
            points = whole_points(shares(question))
            return " ".join(str(points[index]) for index in shown.order)
        case FreeResponse():
            return " ".join(question.model.split())
        case _:
            assert_never(question)


def other_right_lines(shown: Shown) -> Iterator[str]:
    """Lines that are right as well: other words, other numbers within the tolerance."""
    question = shown.question
    match question:
        case ShortText():
            yield from question.accept[1:]
        case Cloze():
            for number, blank in enumerate(question.blanks):
                yield from (filled(question, number, text) for text in blank.accept[1:])
        case Number():
            answer = number_of(question.answer)
            yield in_full(answer + question.tolerance)
            yield in_full(answer - question.tolerance)
            yield number_text(answer, question.decimals)
        case SingleChoice() | MultipleChoice() | TrueFalse() | Ordering() | Matching() | Bet():
            return
        case FreeResponse():
            return
        case _:
            assert_never(question)


@dataclass(frozen=True)
class Mistake:
    """A line that must be judged wrong."""

    line: str
    own_words: str | None = None
    """What the author wrote to it, which must be told; None where they wrote to no line of it."""


def wrong_lines(shown: Shown) -> Iterator[str]:
    """Lines that must be judged wrong: every mistake that the author listed, or could have."""
    return (mistake.line for mistake in mistakes(shown))


def mistakes(shown: Shown) -> Iterator[Mistake]:
    """The same, with what is to be said to them."""
    question = shown.question
    position = {index: str(place + 1) for place, index in enumerate(shown.order)}
    match question:
        case SingleChoice():
            options = enumerate(question.options)
            yield from (Mistake(position[i], o.feedback) for i, o in options if not o.right)
        case MultipleChoice():
            yield from map(Mistake, _wrong_ticks(question, position))
        case TrueFalse():
            yield Mistake("2" if question.answer else "1", question.feedback)
        case Number():
            yield from (Mistake(in_full(number_of(w.value)), w.feedback) for w in question.wrong)
        case ShortText():
            yield from (Mistake(text, w.feedback) for w in question.wrong for text in w.texts)
        case Cloze():
            for number, blank in enumerate(question.blanks):
                for wrong in blank.wrong:
                    lines = (filled(question, number, text) for text in wrong.texts)
                    yield from (Mistake(line, wrong.feedback) for line in lines)
        case Ordering():
            yield from map(Mistake, _wrong_orders(question, position))
        case Matching():
            yield from map(Mistake, _wrong_matches(question, position))
        case Bet():
            yield from map(Mistake, _wrong_stakes(shown, question))
        case FreeResponse():
            return
        case _:
            assert_never(question)


def filled(question: Cloze, number: int, text: str) -> str:
    """A line with `text` for one blank, and the others filled rightly."""
    texts = [blank.accept[0] for blank in question.blanks]
    return joined([*texts[:number], text, *texts[number + 1 :]])


def _wrong_stakes(shown: Shown, question: Bet) -> Iterator[str]:
    """All points on an option that is not the likeliest."""
    likeliest = max(shares(question))
    for place, index in enumerate(shown.order):
        if shares(question)[index] < likeliest:
            points = ["0"] * len(question.options)
            points[place] = str(POINTS)
            yield " ".join(points)


def _wrong_ticks(question: MultipleChoice, position: dict[int, str]) -> Iterator[str]:
    right = {i for i, option in enumerate(question.options) if option.right}
    for index in range(len(question.options)):
        ticks = right ^ {index}
        yield " ".join(sorted(position[i] for i in ticks)) or "0"


def _wrong_orders(question: Ordering, position: dict[int, str]) -> Iterator[str]:
    for first, second in pairwise(range(len(question.items))):
        order = list(range(len(question.items)))
        order[first], order[second] = second, first
        yield " ".join(position[i] for i in order)


def _wrong_matches(question: Matching, position: dict[int, str]) -> Iterator[str]:
    sides = right_sides(question)
    right = [sides.index(pair.right) for pair in question.pairs]
    for index, pair in enumerate(question.pairs):
        accepted = {pair.right, *pair.also}
        other = next(i for i, side in enumerate(sides) if side not in accepted)
        chosen = [*right[:index], other, *right[index + 1 :]]
        yield " ".join(f"{LETTERS[i]}{position[side]}" for i, side in enumerate(chosen))
