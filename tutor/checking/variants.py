"""One answer, written as many learners would: what a checker types at a question."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
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
from tutor.judging.answers import filled, in_full
from tutor.judging.blanks import short_answers
from tutor.judging.lexicon import Lexicon
from tutor.judging.numbers import is_case_to_ask_about, scale_of, spellings
from tutor.judging.presenting import number_of, number_text
from tutor.judging.short_text import names
from tutor.judging.typos import near
from tutor.judging.wording import fold, same

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_SMALL_TEXT = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
"""
_SMALL = _SMALL_TEXT.split()
_TENS_TEXT = """
- - twenty thirty forty fifty sixty seventy eighty ninety
"""
_TENS = _TENS_TEXT.split()
_THOUSANDS = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))
SLIP = 2
"""Words of the course that are at most so many letters away are tried as near misses."""


_ARTICLE = re.compile(r"(?:an?|the)\s", re.IGNORECASE)
Numbers = Callable[[Number], Iterator[str]]
Words = Callable[[ShortText, Lexicon], Iterator[str]]


def variants(question: AnyQuestion, lexicon: Lexicon) -> Iterator[str]:
    """Lines that say the right answer in other spellings, where it is typed in words or digits."""
    return _lines(question, lexicon, _right_numbers, _right_words)


def near_misses(question: AnyQuestion, lexicon: Lexicon) -> Iterator[str]:
    """Lines that are nearly right, and are not."""
    return _lines(question, lexicon, _near_numbers, _near_words)


def _lines(
    question: AnyQuestion, lexicon: Lexicon, numbers: Numbers, words: Words
) -> Iterator[str]:
    match question:
        case Number():
            yield from numbers(question)
        case ShortText():
            yield from words(question, lexicon)
        case Cloze():
            for number, blank in enumerate(short_answers(question)):
                yield from (filled(question, number, text) for text in words(blank, lexicon))
        case SingleChoice() | MultipleChoice() | TrueFalse() | Ordering() | Matching() | Bet():
            return
        case FreeResponse():
            return
        case _:
            assert_never(question)


def _right_numbers(question: Number) -> Iterator[str]:
    """The answer with and without its unit, in digits, powers and words, with a comma."""
    answer = number_of(question.answer)
    told = number_text(answer, question.decimals)
    plain = told.replace(",", "")
    yield from (f"about {plain}", f"~{plain}", f"= {plain}", f"x = {plain}", f"{plain}.")
    yield from (f"the answer is {plain}", f'"{plain}"')
    yield from _with_separators(told, plain, whole=question.decimals == 0)
    if question.unit != "OOM":  # there 10^3 may well mean 3
        yield from _as_powers(float(plain))
    yield from _in_words(plain)
    yield from _with_unit(question, float(plain), plain)


def _with_separators(told: str, plain: str, *, whole: bool) -> Iterator[str]:
    if whole:
        yield from (told, told.replace(",", " "), told.replace(",", "'"))
    digits, point, decimals = plain.partition(".")
    if point and (len(decimals) != 3 or digits.lstrip("-") in ("", "0")):  # noqa: PLR2004
        yield f"{digits},{decimals}"


def _as_powers(value: float) -> Iterator[str]:
    mantissa, _, power = f"{value:.9e}".partition("e")
    mantissa, power = mantissa.rstrip("0").rstrip("."), str(int(power))
    if power == "0":
        return
    yield from (f"{mantissa}e{power}", f"{mantissa} x 10^{power}", f"{mantissa}*10**{power}")
    yield f"{mantissa} × 10{power.translate(_RAISED)}"


def _in_words(plain: str) -> Iterator[str]:
    digits, point, decimals = plain.removeprefix("-").partition(".")
    said = spelled(int(digits))
    said += f" point {' '.join(_SMALL[int(digit)] for digit in decimals)}" if point else ""
    yield f"minus {said}" if plain.startswith("-") else said


def spelled(number: int) -> str:
    """Spell a whole number out, as a Briton would: six hundred and twenty-five."""
    if number < len(_SMALL):
        return _SMALL[number]
    if number < 100:  # noqa: PLR2004
        rest = number % 10
        return _TENS[number // 10] + (f"-{_SMALL[rest]}" if rest else "")
    if number < 1000:  # noqa: PLR2004
        head, link = f"{_SMALL[number // 100]} hundred", " and "
        rest = number % 100
    else:
        size, name = next((s, n) for s, n in _THOUSANDS if number >= s)
        head, rest = f"{spelled(number // size)} {name}", number % size
        link = " and " if rest < 100 else " "  # noqa: PLR2004
    return f"{head}{link}{spelled(rest)}" if rest else head


def _with_unit(question: Number, value: float, plain: str) -> Iterator[str]:
    unit = question.unit
    if (scale := scale_of(unit)) is not None:
        written = f"{value * scale:.0f}"
        yield from (written, f"{int(written):,}" if question.decimals == 0 else written)
        yield f"{plain} × {unit}" if unit.startswith("10^") else f"{plain} {unit}"
    elif unit:
        yield from (f"{plain} {name}" for name in (unit, *question.unit_also))
        yield f"{plain}{unit}"
        if not is_case_to_ask_about(unit.upper(), unit):
            yield f"{plain} {unit.upper()}"
        for name, size in spellings(unit):
            yield f"{value / size:.12g} {name}"
    elif question.decimals and 0 < abs(value) < 1:
        yield from (f"{100 * value:.9g}%", f"{100 * value:.9g} percent")


def _near_numbers(question: Number) -> Iterator[str]:
    """Numbers that are none of the answer: of the other sign, ten times as large, just outside."""
    answer = number_of(question.answer)
    far = max(3 * question.tolerance, 2 * 10.0**-question.decimals)
    candidates = (-answer, 10 * answer, answer / 10) if answer else ()
    yield from map(in_full, (*candidates, answer + far, answer - far))


def _right_words(question: ShortText, lexicon: Lexicon) -> Iterator[str]:
    for name in names(question, lexicon):
        yield from _worded(name)


def _worded(name: str) -> Iterator[str]:
    yield from (name, name.upper(), f"it is {name}", f'"{name}"')
    if name[:1].isalpha() and not _ARTICLE.match(name):
        yield from (f"The {name}.", f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}")
    yield from (name.replace("-", " "), name.replace(" ", "-"), name.replace("-", ""))
    if name[-1:].isalpha():
        yield f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"
    owner, possessive, owned = name.partition("'s ")
    if possessive:
        yield from (f"the {owned} of {owner}", f"{owner} {owned}", f"{owner}s {owned}")


def _near_words(question: ShortText, lexicon: Lexicon) -> Iterator[str]:
    """Words of the course that differ from an answer by a letter or two; and what is listed."""
    for wrong in question.wrong:
        for text in wrong.texts:
            yield from islice(_worded(text), 1, None)
    called = names(question, lexicon)
    for name in called:
        if " " not in fold(name):
            like = near(fold(name), lexicon.near_length(len(name), SLIP), SLIP)
            yield from (word for word in like if not any(same(word, other) for other in called))
