"""Numbers in words: forty-two, two hundred and eight, one point five, three quarters, a dozen."""

from collections.abc import Sequence
from dataclasses import dataclass

_SMALL = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
"""
SMALL = {word: value for value, word in enumerate(_SMALL.split())} | {"nought": 0}
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = {word: 10 * value for value, word in enumerate(_TENS.split(), 2)}
SCALES = {
    "thousand": 1e3,
    "million": 1e6,
    "mio": 1e6,
    "mln": 1e6,
    "billion": 1e9,
    "bln": 1e9,
    "bn": 1e9,
    "milliard": 1e9,
    "mrd": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
    "trn": 1e12,
}
"""In the short scale of English; `milliard` and its kin have one meaning only."""
_PARTS = "third fourth fifth sixth seventh eighth ninth tenth"
PARTS = {word: value for value, word in enumerate(_PARTS.split(), 3)}
PARTS |= {"half": 2, "halve": 2, "quarter": 4, "hundredth": 100, "thousandth": 1000}


@dataclass(frozen=True)
class Spoken:
    """A number in words at the start of a line."""

    value: float
    length: int
    """How many words it took."""
    scaled: bool = False
    """Whether a scale such as million was among them."""


def spoken(words: Sequence[str]) -> Spoken | None:
    """The longest number that `words`, in lower case, begin with; None where they begin with none.

    Strict: "one two" is one, with a word left over.
    """
    whole = _cardinal(words)
    if whole is None:
        return _part(words)
    rest = words[whole.length :]
    if rest[:1] == ["point"]:
        return _decimals(whole, rest)
    if rest and singular(rest[0]) in PARTS:
        return Spoken(whole.value / PARTS[singular(rest[0])], whole.length + 1)
    if rest[:1] == ["and"] and (part := _part(rest[1:]) or _counted_part(rest[1:])):
        return Spoken(whole.value + part.value, whole.length + 1 + part.length, whole.scaled)
    return whole


def singular(word: str) -> str:
    """A word of this page without its plural's s."""
    return word.removesuffix("s")


def _cardinal(words: Sequence[str]) -> Spoken | None:
    total, current, length, scaled = 0.0, 0.0, 0, False
    limit = float("inf")
    while (step := _next(words, length, current)) is not None:
        word, taken = step
        if word in SCALES:
            scale = SCALES[word]
            if scale >= limit:
                break
            total, current, limit, scaled = total + (current or 1) * scale, 0.0, scale, True
        elif word in ("hundred", "dozen"):
            current = (current or 1) * (100 if word == "hundred" else 12)
        else:
            current += SMALL.get(word, TENS.get(word, 0))
        length += taken
    if words[:1] == ["point"]:
        return Spoken(0.0, 0)
    return Spoken(total + current, length, scaled) if length else None


def _next(words: Sequence[str], at: int, current: float) -> tuple[str, int] | None:
    """The next word that goes on with a number, and how many words that takes with its "and"."""
    first, second = (*words[at : at + 2], "", "")[:2]
    before = words[at - 1] if at else ""
    if first == "and" and at and _fits(second, before, current):
        return (second, 2) if second in SMALL or second in TENS else None
    if first in ("a", "an") and not at:
        return (singular(second), 2) if singular(second) in (*SCALES, "hundred", "dozen") else None
    word = first if first in SMALL or first in TENS else singular(first)
    return (word, 1) if _fits(word, before, current) else None


def _fits(word: str, before: str, current: float) -> bool:
    """Whether English lets `word` follow: twenty-two and one hundred two, but not one two."""
    if word in SMALL:
        if before in TENS:
            return 0 < SMALL[word] < 10  # noqa: PLR2004
        return not before or singular(before) in ("hundred", *SCALES)
    if word in TENS:
        return not before or singular(before) in ("hundred", *SCALES)
    if word == "hundred":
        return 0 < current < 100  # noqa: PLR2004
    return word in ("dozen", *SCALES) and bool(before) and (current > 0)


def _decimals(whole: Spoken, rest: Sequence[str]) -> Spoken | None:
    digits = ""
    for word in rest[1:]:
        if SMALL.get(word, 10) > 9:  # noqa: PLR2004
            break
        digits += str(SMALL[word])
    if not digits or whole.scaled:
        return None
    length = whole.length + 1 + len(digits)
    return Spoken(float(f"{whole.value:.0f}.{digits}"), length)


def _part(words: Sequence[str]) -> Spoken | None:
    """A half, half a dozen, a quarter."""
    if words[:1] == ["half"]:
        dozen = list(words[1:3]) == ["a", "dozen"]
        return Spoken(6.0, 3) if dozen else Spoken(0.5, 1)
    if words[:1] in (["a"], ["an"]) and len(words) > 1 and words[1] in PARTS:
        return Spoken(1 / PARTS[words[1]], 2)
    return None


def _counted_part(words: Sequence[str]) -> Spoken | None:
    """Three quarters, behind an "and"."""
    if len(words) > 1 and words[0] in SMALL and singular(words[1]) in PARTS:
        return Spoken(SMALL[words[0]] / PARTS[singular(words[1])], 2)
    return None
