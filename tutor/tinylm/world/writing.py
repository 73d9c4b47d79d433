"""Turning a template into prose: alternatives, slots, articles and capitals."""

import re
from collections.abc import Mapping, Sequence
from random import Random

from tutor.tinylm.world.chance import happens

ALTERNATIVES = re.compile(r"\[([^\[\]]*)\]")
VOWEL_SOUND = r"(?:[aeiAEI]|[oO](?!ne )|[uU](?!ni[tvqf]|s[eu])|[hH](?:our|onest))"
A_BEFORE_VOWEL = re.compile(rf"\b([Aa]) (?={VOWEL_SOUND})")
AN_BEFORE_CONSONANT = re.compile(rf"\b([Aa])n (?=\w)(?!{VOWEL_SOUND})")
SENTENCE_START = re.compile(r"(?:^|(?<=[.!?] )|(?<=[.!?] \")|(?<=\n)|(?<=^\"))([a-z])")


VARIANTS = {
    '," said': ('," said', '," answered', '," replied'), "big": ("big", "large", "huge"),
    "small": ("small", "little", "tiny"), "At last": ("At last", "In the end", "Finally"),
    "Soon": ("Soon", "Before long", "After a while"), "began to": ("began to", "started to"),
    "a long time": ("a long time", "a good while", "a while"),
    "everyone": ("everyone", "everybody"),
    "Everyone": ("Everyone", "Everybody"), "nobody": ("nobody", "no one"),
    "Nobody": ("Nobody", "No one"), "Then": ("Then", "Then", "And then", "Just then"),
    "One day": ("One day", "One morning", "One evening", "One afternoon"),
    "In the morning": ("In the morning", "The next morning", "When the sun came up"),
    "The next day": ("The next day", "On the next day", "The day after"),
    "at once": ("at once", "right away"),
    "laughed": ("laughed", "laughed", "smiled"),
    "in the middle": ("in the middle", "right in the middle"),
    "In the evening": ("In the evening", "That evening", "When it grew dark"),
    "Since then": ("Since then", "From then on", "Ever since"),
    "shouted": ("shouted", "called", "cried"),
    "angry": ("angry", "cross", "furious"), "beautiful": ("beautiful", "lovely"),
    "wanted to": ("wanted to", "wished to"),
    "almost": ("almost", "nearly"), "very": ("very", "very", "quite"),
}  # fmt: skip
"""Ways of saying the same; none of them changes who did what."""
VARIANT = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, VARIANTS)) + r")(?!\w)")


def paraphrase(rng: Random, text: str, share: float = 0.4) -> str:
    """Say about this share of the phrases in `VARIANTS` in another way."""

    def other(found: re.Match[str]) -> str:
        return rng.choice(VARIANTS[found[0]]) if happens(rng, share) else found[0]

    return VARIANT.sub(other, text)


def expand(rng: Random, template: str, slots: Mapping[str, str]) -> str:
    """Choose one of each `[a|b|c]`, fill each `{slot}`; alternatives may nest."""
    while "[" in template:
        template = ALTERNATIVES.sub(lambda found: rng.choice(found[1].split("|")), template)
    return template.format_map(slots)


def polish(text: str) -> str:
    """Put "an" before a vowel, "a" before the rest, a capital at the start of every sentence."""
    text = A_BEFORE_VOWEL.sub(r"\1n ", text)
    text = AN_BEFORE_CONSONANT.sub(r"\1 ", text)
    return SENTENCE_START.sub(lambda found: found[1].upper(), text)


def capital(text: str) -> str:
    """The text with a capital first letter, the rest as it was."""
    return text[:1].upper() + text[1:]


def with_article(noun: str) -> str:
    """The noun after "a" or "an"."""
    return polish("a " + noun)[0].lower() + polish("a " + noun)[1:]


def joined(items: Sequence[str]) -> str:
    """Put commas between items, and "and" before the last."""
    if len(items) <= 1:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def numbered(items: Sequence[str]) -> str:
    """One line for each item, numbered from 1."""
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, start=1))
