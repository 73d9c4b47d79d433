"""Questions as interaction activities, and replies as responses.

xAPI 1.0.3, Data 4.1.6.1 ("Interaction Activities"): ten types, taken over from SCORM 2004's
`cmi.interactions`, each with its own notation. Parts of a response are parted by `[,]`, an item
and its match by `[.]`, the ends of a range by `[:]`. `correctResponsesPattern` stands only where
it says all that is right; short answers, drawn numbers and bets have no such list.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import islice, product
from typing import Any, assert_never

from tutor.course.model import (
    AnyQuestion,
    Bet,
    Cloze,
    FreeResponse,
    Matching,
    MultipleChoice,
    Number,
    Ordering,
    Pair,
    Prediction,
    ShortText,
    SingleChoice,
    TrueFalse,
)
from tutor.judging import replies
from tutor.judging.presenting import Shown, present, right_sides
from tutor.progress.events import Answered

LANGUAGE = "en"
"""The tag of texts (RFC 5646). Courses state no language; the tutor that reads them is English."""
AND, MATCHED, TO = "[,]", "[.]", "[:]"
LETTERS = replies.LETTERS
"""Ids of options, items and left-hand sides, in the lesson's order whatever the screen's was."""
MOST_PATTERNS = 64
"""A matching question with more right answers than that goes without a list of them."""
Definition = dict[str, Any]


def text(words: str) -> dict[str, str]:
    """A language map (Data 4.2)."""
    return {LANGUAGE: words}


def definition(question: AnyQuestion) -> Definition:
    """What an activity definition says of the interaction."""
    match question:
        case SingleChoice() | MultipleChoice():
            right = [LETTERS[at] for at, option in enumerate(question.options) if option.right]
            return _listed("choice", (option.text for option in question.options), right)
        case TrueFalse():
            return _typed("true-false", [_truth(question.answer)])
        case Number():
            return _typed("numeric", _ranges(question))
        case ShortText() | Cloze():
            return _typed("fill-in")
        case Ordering():
            return _listed("sequencing", question.items, LETTERS[: len(question.items)])
        case Matching():
            return _matching(question)
        case Bet():
            return _typed("other")
        case FreeResponse():
            return _typed("long-fill-in")
        case _:
            assert_never(question)


def guess_definition(step: Prediction) -> Definition:
    """A guess: nothing is right or wrong about it."""
    return _listed("choice", step.options) if step.options else _typed("long-fill-in")


def _typed(kind: str, patterns: Sequence[str] = ()) -> Definition:
    right = {"correctResponsesPattern": list(patterns)} if patterns else {}
    return {"interactionType": kind, **right}


def _listed(kind: str, texts: Iterable[str], right: Sequence[str] = ()) -> Definition:
    pattern = [AND.join(right)] if right else []
    return {**_typed(kind, pattern), "choices": _components(LETTERS, texts)}


def _components(ids: Sequence[str], texts: Iterable[str]) -> list[Definition]:
    pairs = zip(ids, texts, strict=False)
    return [{"id": name, "description": text(words)} for name, words in pairs]


def _ranges(question: Number) -> list[str]:
    """The right range of a number that is the same for everybody."""
    if question.parameters or isinstance(question.answer, str):
        return []
    answer, off = Decimal(repr(question.answer)), Decimal(repr(question.tolerance))
    return [f"{_plain(answer - off)}{TO}{_plain(answer + off)}"]


def _matching(question: Matching) -> Definition:
    sides = right_sides(question)
    numbers = [str(place) for place in range(1, len(sides) + 1)]
    return {
        **_typed("matching", _matches(question, sides)),
        "source": _components(LETTERS, (pair.left for pair in question.pairs)),
        "target": _components(numbers, sides),
    }


def _matches(question: Matching, sides: Sequence[str]) -> list[str]:
    """Every right way to match, or none of them where there are too many to list."""
    accepted = [_accepted(pair, sides) for pair in question.pairs]
    ways = list(islice(product(*accepted), MOST_PATTERNS + 1))
    return [_matched(way) for way in ways] if len(ways) <= MOST_PATTERNS else []


def _accepted(pair: Pair, sides: Sequence[str]) -> list[int]:
    return [at for at, side in enumerate(sides) if side == pair.right or side in pair.also]


def _matched(rights: Iterable[int]) -> str:
    pairs = zip(LETTERS, rights, strict=False)
    return AND.join(f"{left}{MATCHED}{right + 1}" for left, right in pairs)


def _truth(value: bool) -> str:  # noqa: FBT001  a value, no switch
    return "true" if value else "false"


def _plain(number: Decimal) -> str:
    """A number without an exponent or idle zeros, which is how the notation has it."""
    return f"{number.normalize() + 0:f}"


def response(question: AnyQuestion, deed: Answered) -> str:
    """What was answered, in the notation of the question's type; the words where it has none."""
    if isinstance(question, Bet | FreeResponse | ShortText):
        return deed.said or deed.raw
    shown = _as_shown(question, deed)
    reply = replies.read_reply(shown, deed.raw)
    return deed.said or deed.raw if isinstance(reply, replies.Unclear) else _notation(reply)


def _as_shown(question: AnyQuestion, deed: Answered) -> Shown:
    """The question as it stood before the learner."""
    shown = present(question, deed.seed)
    is_whole = sorted(deed.shown) == sorted(shown.order)
    return Shown(shown.question, deed.seed, deed.shown) if is_whole else shown


def _notation(reply: replies.Reply) -> str:
    match reply:
        case replies.Choice(option=index):
            return LETTERS[index]
        case replies.Ticks(options=ticked):
            return AND.join(LETTERS[index] for index in sorted(ticked))
        case replies.Truth(value=value):
            return _truth(value)
        case replies.Amount(value=value):
            return _plain(Decimal(repr(value)))
        case replies.Fillings(words=filled):
            return AND.join(one.text for one in filled)
        case replies.Ordered(items=items):
            return AND.join(LETTERS[index] for index in items)
        case replies.Matches(rights=rights):
            return _matched(rights)
        case replies.Words(text=said) | replies.Prose(text=said):
            return said
        case replies.Stakes(points=points):
            return " ".join(map(str, points))
        case _:
            assert_never(reply)


def guess_response(step: Prediction, words: str) -> str:
    """What was guessed; empty where the words are none of the options of today."""
    if not step.options:
        return words
    if words.isdecimal() and 0 < int(words) <= len(step.options):  # as older journals have it
        return LETTERS[int(words) - 1]
    return LETTERS[step.options.index(words)] if words in step.options else ""
