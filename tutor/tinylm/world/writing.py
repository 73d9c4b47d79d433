"""Turning a template into prose: alternatives, slots, articles and capitals."""

import re
from collections.abc import Mapping, Sequence
from random import Random

ALTERNATIVES = re.compile(r"\[([^\[\]]*)\]")
ARTICLE = re.compile(r"\b([Aa]) (?=[aeiouAEIOU](?!ni|ne |se))")
SENTENCE_START = re.compile(r"(?:^|(?<=[.!?] )|(?<=[.!?] \")|(?<=\n)|(?<=^\"))([a-z])")


def expand(rng: Random, template: str, slots: Mapping[str, str]) -> str:
    """Choose one of each `[a|b|c]`, fill each `{slot}`; alternatives may nest."""
    while "[" in template:
        template = ALTERNATIVES.sub(lambda found: rng.choice(found[1].split("|")), template)
    return template.format_map(slots)


def polish(text: str) -> str:
    """Put "an" before a vowel and a capital at the start of every sentence."""
    text = ARTICLE.sub(r"\1n ", text)
    return SENTENCE_START.sub(lambda found: found[1].upper(), text)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def with_article(noun: str) -> str:
    return polish("a " + noun)[0].lower() + polish("a " + noun)[1:]


def joined(items: Sequence[str]) -> str:
    """"a", "a and b", "a, b and c"."""
    if len(items) < 2:  # noqa: PLR2004 - one word needs no "and"
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def numbered(items: Sequence[str]) -> str:
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, start=1))
