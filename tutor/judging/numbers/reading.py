"""A line as a number: what stands in front of it, the number, what stands behind it."""

import re

from tutor.judging.numbers.amounts import MEANING_TWO, SMALL_WORDS, TIMES, Amount, amount
from tutor.judging.numbers.asked import (
    Asked,
    UnreadableNumberError,
    not_understood,
    two_ways,
)
from tutor.judging.numbers.sums import (
    cannot_be_read,
    finite,
    in_ascii,
    starts_a_number,
    worked_out,
)
from tutor.judging.numbers.units import scale_of
from tutor.judging.numbers.words import Spoken, singular, spoken

MAX_LENGTH = 80
_ABOUT_TEXT = """
about around probably maybe perhaps think
approx approximately roughly circa ca c nearly almost some exactly just
"""
_ABOUT = frozenset(_ABOUT_TEXT.split())
_SAYING_TEXT = """
the answer ans result it that this value total a an by of and so i get my new
"""
_SAYING = frozenset(_SAYING_TEXT.split())
_NAMING = re.compile(r"(?:=|:|\b(?:is|are|was|equals|makes|gives)\b|'s\b)\s*$", re.IGNORECASE)
_UNSURE_TEXT = """
more less fewer over under above below least most than between up
"""
_UNSURE = frozenset(_UNSURE_TEXT.split())
_NAME = re.compile(r"[^\W\d_][\w\s().'’/|-]*")
_SUM = re.compile(r"[\d\s.,+*/^()eExX√-]+|.*\bsqrt\b.*")
_ENDS = re.compile(r"^[\s\"“”„»«`]+|(?:[\s\"“”»«`!?;…]|\.+$|,$)+$")
_IN_BRACKETS = re.compile(r"(?P<said>.*[^\s*/^(])\s+\((?P<aside>[^()]*)\)")
_CURRENCY = re.compile(r"(?P<minus>-?)\s*(?P<sign>US\$|USD|[$¢€£])\s*(?P<rest>-?[\d.].*)")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\S")
_ENCLOSED = re.compile(r"\([^()]*\)")
_TO_ONE = re.compile(r"(?<=\d)(?:\s*:\s*|\s+to\s+(?=1\b))(?=\d)")
_NAMED = re.compile(r":|\b(?:is|are|was|equals|makes|gives)\b|'s\b")
_ABOUT_SIGN = re.compile(r"^(?:~|≈|∼|≃|≅)\s*")
_SIGN = re.compile(r"(-|\+|minus\b|negative\b|plus\b)\s*", re.IGNORECASE)
_SECOND_SIGN = re.compile(r"[-+]|minus\b|plus\b")
_SIGNED_DIGIT = re.compile(r"[-+]\s*\d")
_FOLD = re.compile(r"(?<=[a-z])fold\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_TEN_ALONE = re.compile(r"\*\s*10$")


def read_number(text: str, asked: Asked | str = "") -> float:
    """Read `text` as an amount of the unit that is asked for.

    A bare number counts in the unit; one with a scale of its own (175B) is taken at its word, also
    where the unit is itself a scale ("billion"). What is not understood, or can be understood in
    two ways, raises UnreadableNumberError, which says what to type.
    """
    asked = Asked(asked) if isinstance(asked, str) else asked
    if len(text) > MAX_LENGTH:
        raise UnreadableNumberError("that is too long for a number")
    text = _ENDS.sub("", in_ascii(text))
    if _ENCLOSED.fullmatch(text):
        text = text[1:-1]
    *before, last = _without_aside(text).split("=")
    value = _claim(_ratio(last.strip(), asked), asked)
    for part in before:
        _must_agree(part.strip(), value, asked)
    return value


def _ratio(text: str, asked: Asked) -> str:
    """3:1 and 3 to 1 as 3/1, where a ratio is asked for; elsewhere they may be odds or a range."""
    if asked.unit or "ratio" not in asked.nouns:
        return text
    return _TO_ONE.sub("/", text)


def _without_aside(text: str) -> str:
    """0.7 (= 1 - 0.3) is 0.7, and 12 (GiB) is 12 GiB."""
    match = _IN_BRACKETS.fullmatch(text)
    if match is None:
        return text
    aside = match["aside"].strip()
    return match["said"] if aside.startswith("=") else f"{match['said']} {aside}"


def _must_agree(part: str, value: float, asked: Asked) -> None:
    """What stands before an equals sign is a name, or a sum that comes to the same."""
    if not part or (_NAME.fullmatch(part) and not MEANING_TWO & {*part.casefold().split()}):
        return
    if not _SUM.fullmatch(part):
        raise not_understood(part, asked)
    try:
        other = _claim(part, asked)
    except UnreadableNumberError:
        return
    if abs(other - value) > 0.01 * max(abs(other), abs(value)):
        raise UnreadableNumberError("the two sides of = are not the same: give one number")


def _claim(text: str, asked: Asked) -> float:
    text = _without_name(text)
    sign, text = _signed(_unit_behind(_without_about(text)), asked)
    lead, text = _lead(text)
    if lead:
        _must_be_a_name(lead, asked)
        sign, text = _signed(_unit_behind(text), asked) if sign > 0 else (sign, text)
    if not text:
        cannot_be_read()
    return sign * _read(text, asked)


def _without_name(text: str) -> str:
    """`perplexity: 3.16` and `its perplexity is 3.16` name what is given."""
    for match in _NAMED.finditer(text):
        name, rest = text[: match.end()], text[match.end() :]
        words = {*re.findall(r"[\w]+", name.casefold())}
        if _NAME.match(name) and not words & (_UNSURE | MEANING_TWO | {"not", "no"}):
            return rest.strip()
    return text


def _without_about(text: str) -> str:
    return _ABOUT_SIGN.sub("", text).strip()


def _unit_behind(text: str) -> str:
    """$0.5 is 0.5 $."""
    match = _CURRENCY.fullmatch(text)
    return f"{match['minus']}{match['rest']} {match['sign']}" if match else text


def _signed(text: str, asked: Asked) -> tuple[float, str]:
    match = _SIGN.match(text)
    if match is None:
        return 1.0, text
    rest = text[match.end() :]
    if _SECOND_SIGN.match(rest):
        raise not_understood(text, asked)
    return (-1.0 if match[1].casefold() in ("-", "minus", "negative") else 1.0), rest


def _lead(text: str) -> tuple[list[str], str]:
    """The words before the number, and the rest from the number on."""
    words: list[str] = []
    for match in _TOKEN.finditer(text):
        rest = text[match.start() :]
        if _begins(rest):
            return words, rest
        words.append(match[0])
    return words, ""


def _begins(text: str) -> bool:
    return starts_a_number(text) or bool(_SIGNED_DIGIT.match(text)) or _in_words(text) is not None


def _must_be_a_name(lead: list[str], asked: Asked) -> None:
    for word in lead:
        folded = word.casefold()
        if folded in _UNSURE or folded in MEANING_TWO:
            raise not_understood(word, asked)
        known = folded in _ABOUT or folded in _SAYING or folded in SMALL_WORDS
        named = folded in asked.nouns or singular(folded) in asked.nouns
        if not (known or named or word in "~≈.,-" or folded in TIMES or folded == "factor"):
            raise not_understood(word, asked)


def _in_words(text: str) -> tuple[Spoken, str] | None:
    """A number in words, and what stands behind it."""
    text = _FOLD.sub(" fold", text)
    tokens = list(_LETTERS.finditer(text))
    words = []
    at = 0
    for token in tokens:
        if text[at : token.start()].strip(" -"):
            break
        words.append(token[0].casefold())
        at = token.end()
    found = spoken(words)
    return (found, text[tokens[found.length - 1].end() :]) if found and found.length else None


def _share(fraction: str, percent: float) -> float:
    """A fraction is a share, in percent; more than the whole of it may be meant as percent."""
    if percent > 100:  # noqa: PLR2004
        raise two_ways(f"{fraction} %", f"{percent:g} %")
    return percent


def _read(text: str, asked: Asked) -> float:
    said = None if starts_a_number(text) else _in_words(text)
    if said is not None:
        number, tail = said
        scale = 1.0 if number.scaled else None
        return amount(Amount(number.value, scale), tail, asked).value
    if scale_of(asked.unit) and _TEN_ALONE.search(text):
        raise UnreadableNumberError(f"{text!r}: ten to which power? Write it as in 1.75e11")
    worked = worked_out(text, asked)
    digits, tail = text[: worked.end], text[worked.end :]
    if asked.unit == "%" and worked.is_fraction and not tail.strip():
        return _share(text.strip(), finite(100 * worked.value))
    counted = amount(Amount(worked.value, power_of_ten=worked.has_power_of_ten), tail, asked)
    if asked.whole and not counted.rescaled:
        _ask_about_mark(digits, counted.value)
    return counted.value


def _ask_about_mark(digits: str, value: float) -> None:
    """Where a whole number is asked for, 30.500 may be grouped, and 30,50 a slip of the keys."""
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", digits):
        raise two_ways(f"{value:g}", digits.replace(".", ""))
    if re.fullmatch(r"\d+,\d+", digits) and value % 1:
        raise UnreadableNumberError(f"{digits!r}: write a decimal point, and 1,750 for thousands")
