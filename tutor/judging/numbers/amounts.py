"""What stands behind a number: its scale, its unit, what is counted; and what that makes of it."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tutor.judging.numbers.asked import (
    Asked,
    UnreadableNumberError,
    in_unit,
    not_understood,
    two_ways,
)
from tutor.judging.numbers.sums import finite, raised
from tutor.judging.numbers.units import (
    LETTERS,
    Unit,
    is_any_of,
    is_case_to_ask_about,
    is_stranger,
    longest_unit,
    means_the_same,
    own_unit,
    scale_of,
    unit_named,
)
from tutor.judging.numbers.words import SCALES, singular

TIMES = frozenset({"x", "*", "times", "time", "fold"})
_SMALL_WORDS_TEXT = """
a an the of in at on by for to as per each every all them these those total altogether many much
more fewer less than that have has is are it its there roughly approximately exactly so
"""
SMALL_WORDS = frozenset(_SMALL_WORDS_TEXT.split())
_COUNTED_TEXT = """
point unit number item case operation op flop weight parameter param token piece time
"""
COUNTED = frozenset(_COUNTED_TEXT.split())
"""What any question may count."""
MEANING_TWO = frozenset({"or", "and", "not", "vs", "versus", "maybe", "minus", "plus", "between"})
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[%‰$¢€£'′*]|\d[\d.,]*|\S")
_OUT_OF = re.compile(r"(?:in|of|out of|per)\s+(?:a |every )?(\d[\d,.]*|hundred)\b(.*)")
_HYPHENS = re.compile(r"(?<=[^\W\d_])[-*](?=[^\W\d_])")
_FIRST_HYPHEN = re.compile(r"^-(?=[^\W\d_])")
_ISH = re.compile(r"-?\s?ish$")
_OR_SO = re.compile(
    r"(?:^|,|\s)\s*(?:or so|more or less|or thereabouts|i think|i guess)$", re.IGNORECASE
)


@dataclass(frozen=True)
class Amount:
    """A number with all that is said behind it."""

    value: float
    scale: float | None = None
    unit: Unit | None = None
    named: str = ""
    """The unit as it was written."""
    times: bool = False
    nouns: tuple[str, ...] = ()
    power_of_ten: bool = False
    out_of: float | None = None


@dataclass(frozen=True)
class Counted:
    """A number in the question's unit, and whether it was given in another one."""

    value: float
    rescaled: bool = False


def amount(number: Amount, tail: str, asked: Asked) -> Counted:
    """The number in the question's unit; raises UnreadableNumberError where that is not sure."""
    tail = _ISH.sub("", _OR_SO.sub("", tail.strip())).strip() if tail else ""
    if match := _OUT_OF.fullmatch(tail):
        bottom = 100.0 if match[1] == "hundred" else float(match[1].replace(",", ""))
        return Counted(_share(replace(number, out_of=bottom), match[2].strip(), asked))
    read = _understood(number, tail, asked)
    rescaled = read.scale is not None or read.unit != own_unit(asked.unit)
    return Counted(finite(_converted(read, asked)), rescaled and bool(tail))


def _share(part: Amount, tail: str, asked: Asked) -> float:
    """So many out of so many: a share where a share is asked for, and else a question."""
    words = tuple(_WORD.findall(tail))
    if part.out_of and not any(not _may_be_named(word, asked) for word in words):
        if asked.unit == "%":
            return finite(100 * part.value / part.out_of)
        if not asked.unit and not asked.whole:
            return finite(part.value / part.out_of)
    share = f"{part.value:g} / {part.out_of:g}" if part.out_of else "a share"
    raise two_ways(f"{part.value:g}", share)


def _understood(read: Amount, tail: str, asked: Asked) -> Amount:
    """Take word after word off the tail; what is left over is not understood."""
    words = _WORD.findall(_apart(tail))
    while words:
        read, taken = _take(read, words, asked)
        words = words[taken:]
    return read


def _apart(tail: str) -> str:
    """A unit in letters with its parts apart: MW·h and megawatt-hours, sixteenfold."""
    tail = _HYPHENS.sub(" ", tail)
    return _FIRST_HYPHEN.sub("", tail)


def _take(read: Amount, words: Sequence[str], asked: Asked) -> tuple[Amount, int]:
    first = words[0]
    word = first.casefold()
    if read.unit is None and not read.nouns:
        if found := _unit(read, words, asked):
            return found
        if scale := _scale(first, read, asked):
            return replace(read, scale=(read.scale or 1.0) * scale), 1
        if word in TIMES and not read.times:
            return replace(read, times=True), 1
        if word in ("squared", "cubed"):
            return replace(read, value=raised(read.value, 2 if word == "squared" else 3)), 1
    if word == "of" and (read.unit or read.named) and not any(w[0].isdigit() for w in words):
        return read, len(words) if not MEANING_TWO & {*words} else 0
    if not _may_be_named(first, asked):
        raise not_understood(" ".join(words), asked)
    noun = () if word in SMALL_WORDS else (word,)
    return replace(read, nouns=(*read.nouns, *noun)), 1


def _unit(read: Amount, words: Sequence[str], asked: Asked) -> tuple[Amount, int] | None:
    found = longest_unit(words, asked.unit, asked.unit_also)
    if found is None:
        return None
    text, length = found
    if length == 1 and read.scale is None and _is_letter(text, asked):
        return None
    if is_case_to_ask_about(text, asked.unit):
        raise UnreadableNumberError(
            f"by the book {text} is not {asked.unit}: give the number {in_unit(asked.unit)}"
        )
    if is_any_of(text, asked.unit_also):
        return replace(read, unit=own_unit(asked.unit), named=text), length
    return replace(read, unit=unit_named(text, asked.unit), named=text), length


def _is_letter(word: str, asked: Asked) -> bool:
    """A letter that may be a scale as well as a unit, and is not just the question's own unit."""
    own = is_any_of(word, (asked.unit, *asked.unit_also)) or means_the_same(word, asked.unit)
    return word.casefold() in LETTERS and not own


def _scale(word: str, read: Amount, asked: Asked) -> float | None:
    folded = word.casefold()
    if singular(folded) in SCALES:
        scale = SCALES[singular(folded)]
        too_large = read.scale and (read.scale > scale or read.scale * scale > 1e15)  # noqa: PLR2004
        return None if too_large else scale
    if read.scale is None and _is_letter(word, asked):
        unit = own_unit(asked.unit)
        if (unit is not None and unit.is_scaled_by_letters) or folded == "g" or word == "m":
            raise UnreadableNumberError(
                f"{word!r} can mean more than one thing: write it out"
                f"{', or give the number ' + in_unit(asked.unit) if asked.unit else ''}"
            )
        return LETTERS[folded]
    return None


def _may_be_named(word: str, asked: Asked) -> bool:
    folded = word.casefold()
    if folded in MEANING_TWO or word[0].isdigit():
        return False
    if folded in asked.nouns or singular(folded) in asked.nouns:
        return True
    known = folded in SMALL_WORDS or singular(folded) in COUNTED
    return known and not is_stranger(word)


def _converted(read: Amount, asked: Asked) -> float:
    if (scale := scale_of(asked.unit)) is not None:
        return _in_scale(read, scale, asked)
    unit = own_unit(asked.unit)
    if unit is not None:
        return _in_unit(read, unit, asked)
    value = read.value * (read.scale or 1.0)
    if asked.unit:  # a unit of the author's own, such as tokens
        if read.times or read.unit or (read.nouns and not read.named):
            raise not_understood(read.named or "".join(read.nouns[:1]) or "times", asked)
        return value
    return _bare(read, value, asked)


def _bare(read: Amount, value: float, asked: Asked) -> float:
    """A number without a unit; a percent sign makes a share of it."""
    if read.unit is None:
        return value
    if read.unit.kind == "share" and not asked.whole:
        return value * read.unit.size
    if read.unit.kind == "share":
        raise two_ways(f"{value:g}", f"{value:g} % of something")
    raise not_understood(read.named, asked)


def _in_scale(read: Amount, scale: float, asked: Asked) -> float:
    """A question that counts in billions: the number written out is meant as such."""
    value = read.value * (read.scale or 1.0)
    if read.unit or read.times:
        raise not_understood(read.named or "times", asked)
    if read.scale is not None or abs(value) >= scale:
        return value / scale
    if read.nouns:
        times = f"× {asked.unit}" if asked.unit.startswith("10^") else asked.unit
        raise two_ways(f"{value:,g} {read.nouns[0]}", f"{value:,g} {times} {read.nouns[0]}")
    return value


def _in_unit(read: Amount, unit: Unit, asked: Asked) -> float:
    value = read.value * (read.scale or 1.0)
    if read.unit is not None:
        return value * _ratio(read, unit, asked)
    if read.times or read.nouns:
        raise not_understood(read.nouns[0] if read.nouns else "times", asked)
    if unit.kind == "powers of ten" and read.power_of_ten:
        raise two_ways(f"{value:,g} {asked.unit}", f"a factor of {value:,g}")
    if unit.kind == "share" and read.scale is not None:
        raise not_understood("a scale", asked)
    return _bare_in_unit(read, value, unit, asked)


def _bare_in_unit(read: Amount, value: float, unit: Unit, asked: Asked) -> float:
    """Bytes written out are meant as such; of watt-hours nobody can tell."""
    listed = any(math.isclose(value, mistake, rel_tol=1e-3) for mistake in asked.mistakes)
    million = read.scale is not None and read.scale >= 1e6  # noqa: PLR2004
    if listed or not unit.prefixed or not (million or abs(value) >= unit.size > 1):
        return value
    if million or unit.kind == "energy":
        raise two_ways(f"{value:,g} {asked.unit}", "the same number of a smaller unit")
    return value / unit.size


def _ratio(read: Amount, unit: Unit, asked: Asked) -> float:
    """How many of the question's unit make one of the learner's."""
    other = read.unit
    assert other is not None
    if other.kind != unit.kind:
        raise not_understood(read.named, asked)
    plain = 1.0 in (other.size, unit.size) or other.size == 1 / 8  # a byte and a bit are both
    if other.binary != unit.binary and not plain:
        raise UnreadableNumberError(
            f"{read.named} and {asked.unit} are not the same: give the number {in_unit(asked.unit)}"
        )
    return other.size / unit.size
