"""What a reply is worth: each check of a case, passed or not, and why not."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from tutor.bench.model import (
    Case,
    Check,
    Contains,
    Equals,
    Label,
    Lacks,
    Number,
    Regex,
    Schema,
)
from tutor.bench.numbers import number_of, numbers_in

Examine: TypeAlias = Callable[[Check, Case, str], tuple[str, str]]
"""As `examined` does it."""
Unlabelled: TypeAlias = Equals | Contains | Lacks | Regex | Number | Schema
NO_LABEL = "no label"
LONGEST = 20_000
"""Characters of a reply that patterns are looked for in."""
_FENCE = re.compile(r"```(?:json)?\s*\n(.*)\n```", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grade:
    """What became of one reply."""

    why: str = ""
    """What the first check that failed says; empty where all passed."""
    label: str = ""
    """The label that was read in it, or `NO_LABEL`; empty where none is looked for."""

    @property
    def passed(self) -> bool:
        """Whether all checks passed."""
        return not self.why

    @property
    def is_unlabelled(self) -> bool:
        """Whether a label was looked for and none was found."""
        return self.label == NO_LABEL


def grade(
    checks: tuple[Check, ...], case: Case, reply: str, examine: Examine | None = None
) -> Grade:
    """All checks, the file's and the case's own."""
    reply, label, why = reply[:LONGEST], "", ""
    for check in (*checks, *case.checks):
        read, fault = (examine or examined)(check, case, reply)
        label, why = read or label, why or fault
    return Grade(why, label)


def examined(check: Check, case: Case, reply: str) -> tuple[str, str]:
    """The label that a check reads in a reply, and why it fails; each empty where there is none."""
    if isinstance(check, Label):
        label = label_in(check, reply)
        return label, "" if label == case.expected else label
    return "", _fault(check, case, reply)


def label_in(check: Label, reply: str) -> str:
    """The one label that a reply names, or `NO_LABEL`."""
    if isinstance(check.labels, tuple):
        bare = bare_words(reply)
        return next((label for label in check.labels if label.casefold() == bare), NO_LABEL)
    found = [label for label, pattern in check.labels.items() if re.search(pattern, reply)]
    return found[0] if len(found) == 1 else NO_LABEL


def bare_words(reply: str) -> str:
    """A reply without what people forgive: capitals, blanks, quotes, a full stop at its end."""
    return " ".join(reply.split()).rstrip(".").strip("\"'`* ").rstrip(".").casefold()


def _fault(check: Unlabelled, case: Case, reply: str) -> str:
    """Why a check fails; empty where it passes."""
    match check:
        case Equals():
            wanted = check.text or case.expected
            return "" if bare_words(reply) == bare_words(wanted) else f"is not {wanted!r}"
        case Contains():
            wanted_any = check.any or (case.expected,)
            return "" if _found(wanted_any, reply) else f"lacks {_listed(wanted_any)}"
        case Lacks():
            found = _found(check.any, reply)
            return f"contains {found[0]!r}" if found else ""
        case Regex():
            return "" if re.search(check.pattern, reply) else f"no match for {check.pattern}"
        case Number():
            return _number_fault(check, case, reply)
        case Schema():
            return _schema_fault(check, reply)
    assert_never(check)


def _found(wanted: tuple[str, ...], reply: str) -> list[str]:
    folded = reply.casefold()
    return [text for text in wanted if text.casefold() in folded]


def _listed(wanted: tuple[str, ...]) -> str:
    return " or ".join(map(repr, wanted))


def _number_fault(check: Number, case: Case, reply: str) -> str:
    wanted = number_of(case.expected) if check.value is None else check.value
    assert wanted is not None  # the rules saw to it
    numbers = numbers_in(reply)
    if not numbers:
        return "no number"
    slack = check.within + 1e-9 * max(1.0, abs(wanted))  # 0.1 + 0.2 is 0.3 to a reader
    return "" if abs(numbers[-1] - wanted) <= slack else f"{numbers[-1]:g}, not {wanted:g}"


def _schema_fault(check: Schema, reply: str) -> str:
    from tutor.bench.schemas import fault

    text = reply.strip()
    fenced = _FENCE.fullmatch(text)
    try:
        value = json.loads(fenced.group(1) if fenced else text)
    except (ValueError, RecursionError):
        return "is not JSON"
    return fault(check.schema, value)
