"""What a line typed at a question means: a reply, or a word on why it is none."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from types import ModuleType
from typing import TypeAlias, assert_never

from tutor.course.model import (
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
from tutor.judging.blanks import SEPARATOR, fillings, short_answers
from tutor.judging.lexicon import NO_LEXICON, Lexicon
from tutor.judging.pairing import Several, paired
from tutor.judging.presenting import POINTS, Shown, number_of
from tutor.judging.short_text import NO_ANSWER, is_several, takes_no_number
from tutor.judging.wording import fold

MAX_WORDS = 200
MAX_PROSE = 20_000
LETTERS = "abcdefghi"
_LETTERS = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"(?:[\s,;>/&+]|\band\b)+")
_BETWEEN_STAKES = re.compile(r"(?:[\s,;>/&+:%-]|\band\b)+")
"""What people put between the points of a bet: 60/30/10, 60-30-10, 60 %, 30 % and 10 %."""
_LABELLED = re.compile(r"([a-i])\s*[-=:>]*\s*([1-9][0-9]?)(?![0-9])")


@dataclass(frozen=True)
class Choice:
    """One option, by its index in the lesson."""

    option: int


@dataclass(frozen=True)
class Ticks:
    """A set of options, by their indices in the lesson."""

    options: frozenset[int]


@dataclass(frozen=True)
class Truth:
    """True or false."""

    value: bool


@dataclass(frozen=True)
class Amount:
    """A number, in the question's unit."""

    value: float


@dataclass(frozen=True)
class Words:
    """A word or two."""

    text: str


@dataclass(frozen=True)
class Fillings:
    """What was typed for each blank, in the order of the text."""

    words: tuple[Words, ...]


@dataclass(frozen=True)
class Ordered:
    """Items in the order given, by their indices in the lesson."""

    items: tuple[int, ...]


@dataclass(frozen=True)
class Matches:
    """For each left-hand side in turn, the index of a right-hand side."""

    rights: tuple[int, ...]


@dataclass(frozen=True)
class Stakes:
    """Points on each option, in the lesson's order; a hundred in all."""

    points: tuple[int, ...]


@dataclass(frozen=True)
class Prose:
    """Several lines of the learner's own."""

    text: str


@dataclass(frozen=True)
class Unclear:
    """Not a reply: what to type instead. Never graded."""

    advice: str


Reply: TypeAlias = (
    Choice | Ticks | Truth | Amount | Words | Fillings | Ordered | Matches | Stakes | Prose
)


def read_reply(shown: Shown, line: str, lexicon: Lexicon = NO_LEXICON) -> Reply | Unclear:
    """Understand `line` as a reply to the question on the screen; short answers by the lexicon."""
    text = unicodedata.normalize("NFKC", line).strip()
    if not text:
        return Unclear("nothing was typed")
    question = shown.question
    match question:
        case SingleChoice():
            return _choice(shown, text)
        case MultipleChoice():
            return _ticks(shown, text)
        case TrueFalse():
            return _truth(text)
        case Number():
            return _amount(question, line)
        case ShortText():
            return _words(question, text, lexicon)
        case Cloze():
            return _fillings(question, text, lexicon)
        case Ordering():
            return _sequence(shown, text)
        case Matching():
            return _matches(shown, question, text)
        case Bet():
            return _stakes(shown, text)
        case FreeResponse():
            long = len(text) > MAX_PROSE
            return Unclear(f"at most {MAX_PROSE:,} characters, please") if long else Prose(text)
        case _:
            assert_never(question)


def _digits(text: str, count: int) -> list[int] | None:
    """Read "2 1 3", "2, 1 and 3" or "213" as positions from 0; None when it is anything else."""
    parts = _BETWEEN.split(text.strip(" ,;"))
    if parts == [""]:
        return None
    if len(parts) == 1 and parts[0].isascii():
        parts = list(parts[0])
    valid = {str(number) for number in range(1, count + 1)}
    return [int(part) - 1 for part in parts] if set(parts) <= valid else None


def _choice(shown: Shown, text: str) -> Reply | Unclear:
    count = len(shown.order)
    positions = _digits(text.rstrip(".)"), count) or _typed_out(shown, text)
    if positions is None or len(positions) != 1:
        return Unclear(f"type one number from 1 to {count}")
    return Choice(shown.order[positions[0]])


def _typed_out(shown: Shown, text: str) -> list[int]:
    """Where the option stands whose words were typed; nowhere, or in several places, if unclear."""
    words = _bare(text)
    if len(words) == 1:
        return []  # a key that was typed from habit
    return [at for at, label in enumerate(shown.labels) if _bare(label) == words]


def _bare(words: str) -> str:
    return " ".join(words.replace("*", "").casefold().split()).rstrip(".")


def _ticks(shown: Shown, text: str) -> Reply | Unclear:
    if text in ("0", "none"):
        return Ticks(frozenset())
    positions = _digits(text, len(shown.order))
    if positions is None or len(set(positions)) != len(positions):
        example = "1 3" if len(shown.order) > 2 else "1"  # noqa: PLR2004
        return Unclear(f"type the numbers of all that fit, such as {example}; 0 for none")
    return Ticks(frozenset(shown.order[position] for position in positions))


def _truth(text: str) -> Reply | Unclear:
    words = {"1": True, "true": True, "t": True, "2": False, "false": False, "f": False}
    value = words.get(text.casefold().rstrip("."))
    return Unclear("type 1 for true or 2 for false") if value is None else Truth(value)


def _amount(question: Number, text: str) -> Reply | Unclear:
    numbers = _numbers()
    mistakes = tuple(number_of(wrong.value) for wrong in question.wrong)
    whole, nouns = question.decimals == 0, _nouns(question.prompt)
    asked = numbers.Asked(question.unit, question.unit_also, whole, nouns, mistakes)
    try:
        return Amount(numbers.read_number(text, asked))
    except numbers.UnreadableNumberError as error:
        return Unclear(str(error))


@cache
def _numbers() -> ModuleType:
    from tutor.judging import numbers  # 10 ms of patterns

    return numbers


@lru_cache
def _nouns(prompt: str) -> frozenset[str]:
    """What a prompt speaks of, which may stand behind a number."""
    return frozenset(_singular(word) for word in _LETTERS.findall(prompt))


def _words(question: ShortText, text: str, lexicon: Lexicon) -> Words | Unclear:
    if len(text) > MAX_WORDS:
        return Unclear("a word or two will do")
    if fold(text) in NO_ANSWER:
        return Unclear("type a word or two; :h gives a hint, :s shows the answer")
    if takes_no_number(question) and re.fullmatch(r"[\W\d_]*\d[\W\d_]*", text):
        return Unclear("words are asked for here, not a number; :h gives a hint")
    if is_several(question, text, lexicon):
        return Unclear("that is more than one answer: give the one that you mean")
    return Words(text)


def _fillings(question: Cloze, text: str, lexicon: Lexicon) -> Reply | Unclear:
    count = len(question.blanks)
    parts = fillings(text, count)
    if parts is None:
        return Unclear(f"give all {count}, in order, with {SEPARATOR} between them")
    read: list[Words] = []
    for number, (blank, part) in enumerate(zip(short_answers(question), parts, strict=True), 1):
        words = _words(blank, part, lexicon)
        if isinstance(words, Unclear):
            return Unclear(f"blank {number}: {words.advice}" if count > 1 else words.advice)
        read.append(words)
    return Fillings(tuple(read))


def _singular(word: str) -> str:
    return word.casefold().removesuffix("s")


def _sequence(shown: Shown, text: str) -> Reply | Unclear:
    count = len(shown.order)
    positions = _digits(text, count)
    if positions is None or sorted(positions) != list(range(count)):
        example = " ".join(str(number) for number in range(count, 0, -1))
        return Unclear(f"type all {count} numbers in your order, such as {example}")
    return Ordered(tuple(shown.order[position] for position in positions))


def _matches(shown: Shown, question: Matching, text: str) -> Reply | Unclear:
    count = len(question.pairs)
    positions = _labelled(text.casefold(), count) or _digits(text, len(shown.order))
    if positions is not None and len(positions) == count and max(positions) < len(shown.order):
        return Matches(tuple(shown.order[position] for position in positions))
    lefts = [pair.left for pair in question.pairs]
    found = paired(text, lefts, shown.labels, LETTERS)
    if isinstance(found, Several):
        unsure = f'"{found.words}" may mean more than one thing: ' if found.words else ""
        example = " ".join(f"{LETTERS[i]}{i + 1}" for i in range(count))
        return Unclear(f"{unsure}give a number for each letter, such as {example}")
    return Matches(tuple(shown.order[position] for position in found))


def _labelled(text: str, count: int) -> list[int] | None:
    """Read "a2 b1" in any order; None when some letter lacks its number, or more is said."""
    found = _LABELLED.findall(text)
    letters = sorted(letter for letter, _ in found)
    if letters != list(LETTERS[:count]) or _LABELLED.sub("", text).strip(" ,;."):
        return None
    return [int(digit) - 1 for _, digit in sorted(found)]


def _stakes(shown: Shown, text: str) -> Reply | Unclear:
    count = len(shown.order)
    parts = _BETWEEN_STAKES.split(text.strip(" ,;%"))
    example = " ".join([str(POINTS - 10 * (count - 1)), *["10"] * (count - 1)])
    if len(parts) != count or not all(re.fullmatch(r"[0-9]{1,3}", part) for part in parts):
        return Unclear(f"spread {POINTS} points over the {count} options in order: {example}")
    points = tuple(int(part) for part in parts)
    if sum(points) != POINTS:
        return Unclear(f"that makes {sum(points)} points; spread exactly {POINTS}")
    return Stakes(tuple(points[shown.order.index(option)] for option in range(count)))
