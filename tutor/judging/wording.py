"""Short answers compared by what counts: not by case, plural, article, hyphen or country."""

import re
import unicodedata
from functools import lru_cache
from itertools import chain, product

_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve"
DIGITS = {word: str(value) for value, word in enumerate(_NUMBERS.split())}
_FILLER = re.compile(
    r"^(?:it is|this is|that is|they are|these are|i think|probably|maybe|called|is|"
    r"(?:the )?(?:answer|term|name) is|a (?:kind|type|form) of)\s+(?=\S)"
)
_ARTICLE = re.compile(r"^(?:a|an|the)\s+(?=\S)")
_APART = re.compile(
    r"[/;,()\[\]]|\s+[-–—=]+\s+|:\s|\b(?:or|i\.e\.|that is|aka|also called|also known as)\b",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"(?<=\d)[ ,'](?=\d{3}(?!\d))")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[^\w%+]+(?=\d)")
_INITIALS = re.compile(r"\b(?:\w\.){2,}\w?")
REMEMBERED = 20_000
"""A checker asks about the same few thousand answers again and again."""
MOST_WORDS = 8
SHORTEST_INITIALS = 3
_ABROAD = (
    (re.compile(r"is(e|ed|es|er|ers|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"our(s|al|ally|ed|ing)?$"), r"or\1"),
    (re.compile(r"ll(ed|ing|er|ers)$"), r"l\1"),
)


@lru_cache(maxsize=REMEMBERED)
def fold(text: str) -> str:
    """Reduce a short answer to what counts: no case, accents of width, articles or punctuation."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return _ARTICLE.sub("", _unpunctuated(text))


@lru_cache(maxsize=REMEMBERED)
def keys(text: str) -> frozenset[str]:
    """Spellings of a short answer, plurals undone; two answers that share one mean the same.

    "Y's X", "X of Y" and "Y X" are one; so are three-shot, 3 shot and threeshot. The spellings
    are made to be compared, not to be read.
    """
    words = _words(text)
    if len(words) > MOST_WORDS:
        return frozenset({"".join(words)})
    in_digits = [DIGITS.get(word, word) for word in words]
    orders = (words, in_digits, _turned(words), _turned(in_digits))
    spelled = (map("".join, product(*map(_forms, order))) for order in orders)
    return frozenset(chain.from_iterable(spelled)) - {""}


def same(one: str, other: str) -> bool:
    """Tell whether two short answers say the same in other spellings."""
    return bool(keys(one) & keys(other))


def parts(text: str) -> list[str]:
    """The answers in a line that gives several: A or B, A / B, A (B)."""
    return [part.strip() for part in _APART.split(text) if part and fold(part)]


@lru_cache(maxsize=REMEMBERED)
def initials(text: str) -> str:
    """RAG for retrieval-augmented generation; empty where that would be too short to tell."""
    letters = "".join(word[0] for word in fold(text).split())
    return letters if len(letters) >= SHORTEST_INITIALS else ""


def _words(text: str) -> list[str]:
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    text = _INITIALS.sub(lambda match: match[0].replace(".", ""), text)
    text = re.sub(r"'s\b|(?<=s)'", "", text.replace("it's ", "it is "))
    text = _unpunctuated(text)
    while text != (text := _FILLER.sub("", text)):  # it is called
        pass
    text = _ARTICLE.sub("", text)
    words = [word for word in text.split() if word != "the"] or text.split()
    return [_at_home(word) for word in words]


def _unpunctuated(text: str) -> str:
    """Without marks, but with what parts two numbers: 1/2 is neither 12 nor 1.2, and 3:1 not 31."""
    text = _THOUSANDS.sub("", text)
    text = _BETWEEN_DIGITS.sub(lambda match: _mark(match[0]), text)
    return re.sub(r"(?:(?<!\d)[./:]|[./:](?!\d)|[^\w%+./:])+", " ", text).strip()


def _mark(between: str) -> str:
    return next((mark for mark in "/:" if mark in between.replace("⁄", "/")), ".")


def _turned(words: list[str]) -> list[str]:
    """The law of Goodhart as Goodhart law, learning in context as in context learning."""
    for link, kept in (("of", 1), ("in", 0)):
        if words.count(link) == 1 and words[0] != link != words[-1]:
            at = words.index(link)
            return [*words[at + kept :], *words[:at]]
    return words


def _at_home(word: str) -> str:
    """One spelling for both sides of the Atlantic."""
    for pattern, instead in _ABROAD:
        word = pattern.sub(instead, word)
    return word


def _forms(word: str) -> set[str]:
    """A word, and what it may be the plural of."""
    forms = {word}
    if len(word) > 2 and word.endswith("s") and not word.endswith("ss"):  # noqa: PLR2004
        forms.add(word[:-1])
        if word.endswith("es"):
            forms.add(word[:-2])
        if word.endswith("ies"):
            forms.add(word[:-3] + "y")
    return forms
