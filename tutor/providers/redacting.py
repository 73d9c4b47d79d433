"""Text of anybody's, on one harmless line, with no part of the learner's key in it.

Compared are letters and digits only, in any case, after all invisible signs are gone; so blanks,
hyphens and capitals between them hide nothing, nor do ends that were cut off. What is told in
another alphabet is not found: base64, reversed, spelled out. A host that does that has the key
anyway; this is for what learners show to others.
"""

import unicodedata
from collections.abc import Iterator

RUN = 8
"""So many signs of a key in a row give it away; all of them where it has fewer."""
SHORTEST = 4
"""What is shorter keeps nobody out, and stands in half of all words."""
HIDDEN = "[key]"
_IGNORABLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
    + "".join(map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)
"""Signs that Python takes for printable, and that nobody sees."""


def visible(text: str) -> str:
    """A text on one line, of signs that can be seen."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    seen = (sign for sign in text if (sign.isprintable() or sign.isspace()))
    return " ".join("".join(sign for sign in seen if sign not in _IGNORABLE).split())


def redacted(text: str, key: str) -> str:
    """A text on one line, with each word that holds a part of the key put as [key]."""
    text = visible(text)
    secret = "".join(sign for sign, _ in _letters(key))
    if len(secret) < SHORTEST:
        return text
    letters = list(_letters(text))
    spans = _spans(text, letters, secret)
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], HIDDEN]
        at = end
    return "".join((*parts, text[at:]))


def _letters(text: str) -> Iterator[tuple[str, int]]:
    """Letters and digits in small, plain form, each with its place."""
    for at, sign in enumerate(text):
        if sign.isalnum():
            plain = sign if sign.isascii() else unicodedata.normalize("NFKC", sign)
            yield from ((one, at) for one in plain.lower())


def _spans(text: str, letters: list[tuple[str, int]], secret: str) -> list[tuple[int, int]]:
    """Where words begin and end that hold a run of the secret; in time linear in the text."""
    run = min(RUN, len(secret))
    runs = {secret[at : at + run] for at in range(len(secret) - run + 1)}
    signs = "".join(sign for sign, _ in letters)
    spans: list[tuple[int, int]] = []
    for at in range(len(signs) - run + 1):
        if signs[at : at + run] not in runs:
            continue
        first, last = letters[at][1], letters[at + run - 1][1]
        if spans and last < spans[-1][1]:
            continue
        is_same = bool(spans) and first < spans[-1][1]
        start = spans.pop()[0] if is_same else text.rfind(" ", 0, first) + 1
        end = text.find(" ", last)
        spans.append((start, len(text) if end < 0 else end))
    return spans
