"""How hard prose is to read: Flesch's reading ease, from a plain count of syllables."""

import re
from collections.abc import Iterable

_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_CITED = re.compile(r"\{[^{}\n]*\}")
_TABLE = re.compile(r"^\s*\|.*$", re.MULTILINE)
_END = re.compile(r"[.!?]+[\"'”’)*_]*(?:\s+|$)|\n\s*\n|\n\s*(?:[-*>]|\d+\.)\s+")
_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’][A-Za-z]+)?")
_SILENT = re.compile(
    r"(?<=[^aeiouy])e$|(?<![aeiouytd])ed$|(?<=[^aeiouycsxzgh])es$|(?<=[aeiouy][^aeiouycgsz])e(?=ly|ness|ment|ful|less)"
)
_GROUP = re.compile(r"[aeiouyà-ÿ]+")
_SPLIT = re.compile(
    r"(?<![cgst])i(?:[ao](?!u))|[aiouy]ing|eo(?!u)|(?<![gq])u(?:a|ou)|[^aeiouy]le$|sms?$|n't$|ier|iet|[^q]uit"
)


def reading_ease(texts: Iterable[str]) -> float:
    """Flesch's reading ease (Flesch, 1948): 60 to 70 is plain English, higher is easier.

    206.835 - 1.015 words a sentence - 84.6 syllables a word. Code, tables and numbers in digits
    are left out; the end of a list's point ends a sentence. 100 where nothing is left.
    """
    sentences = [found for text in texts for part in _parts(text) if (found := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 100.0
    per_sentence = len(words) / len(sentences)
    per_word = sum(map(syllables, words)) / len(words)
    return 206.835 - 1.015 * per_sentence - 84.6 * per_word


def _parts(text: str) -> list[str]:
    return _END.split(_CITED.sub(" ", _TABLE.sub("", _CODE.sub(" ", text))))


def syllables(word: str) -> int:
    """Count the syllables of an English word: groups of vowels, less the silent e, more hiatus."""
    heard = word.casefold()
    splits = len(_SPLIT.findall(heard))
    return max(1, len(_GROUP.findall(_SILENT.sub("", heard))) + splits)
