"""The text of a GIFT file in its parts: questions, their stems, their answers.

https://docs.moodle.org/en/GIFT_format. Escaped signs are set aside first, so that every sign left
is GIFT's own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SIGNS = "\\~=#{}:"
_ASIDE = {sign: chr(0xE100 + number) for number, sign in enumerate(_SIGNS)} | {"n": "\ue1ff"}
_BACK = str.maketrans(
    {mark: sign for sign, mark in _ASIDE.items() if sign != "n"} | {"\ue1ff": "\n"}
)
_TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")


@dataclass(frozen=True)
class Answer:
    """One answer of a question."""

    is_right: bool
    """Whether an = stood before it."""
    text: str
    weight: float | None
    feedback: str


@dataclass(frozen=True)
class Raw:
    """A question as it stands in the file, its signs still set aside."""

    category: str
    title: str
    form: str
    before: str
    body: str | None
    """What stands in braces; None where there are none."""
    after: str
    is_closed: bool
    """Whether what opens with a brace ends with one."""


def back(text: str) -> str:
    """Text with the escaped signs in their places."""
    return text.translate(_BACK).strip()


def raw_questions(text: str) -> Iterator[Raw]:
    """Each question of a file; comments are left out."""
    text = re.sub(r"\\([\\~=#{}:n])", lambda match: _ASIDE[match[1]], text.replace("\r", ""))
    lines = [line for line in text.split("\n") if not line.lstrip().startswith("//")]
    category = ""
    for block in re.split(r"\n[ \t]*\n", "\n".join(lines)):
        rest = block.strip()
        while rest.startswith("$CATEGORY:"):
            first, _, rest = rest.partition("\n")
            category = back(first.removeprefix("$CATEGORY:"))
        if rest:
            yield _raw(rest, category)


def _raw(block: str, category: str) -> Raw:
    title, form = "", ""
    if match := _TITLE.match(block):
        title, block = match[1], block[match.end() :]
    if match := _FORMAT.match(block):
        form, block = match[1].lower(), block[match.end() :]
    before, brace, rest = block.partition("{")
    body, end, after = rest.rpartition("}")
    is_closed = bool(end) or not brace
    return Raw(category, back(title), form, before, body if brace else None, after, is_closed)


def general_feedback(body: str) -> tuple[str, str]:
    """The answers, and what is said after any of them."""
    answers, _, after = body.partition("####")
    return answers, after


def answers(body: str) -> list[Answer]:
    """The answers of a body, each behind its = or ~."""
    found = []
    for match in re.finditer(r"([=~])([^=~]*)", body):
        text, _, feedback = match[2].partition("#")
        weight = _WEIGHT.match(text)
        if weight:
            text = text[weight.end() :]
        value = float(weight[1]) if weight else None
        found.append(Answer(match[1] == "=", text.strip(), value, feedback.strip()))
    return found
