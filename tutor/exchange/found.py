"""Questions found in another program's file, and what of them could not be carried over."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from tutor.course import rules
from tutor.course.contents import UNWRITTEN, Finding
from tutor.course.model import AnyQuestion, Lesson, Text
from tutor.course.naming import id_of, unique
from tutor.course.tree import has_control


@dataclass
class Found:
    """What was found in a file, in order."""

    title: str
    questions: list[AnyQuestion] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    """Passages that ask nothing."""
    lost: list[str] = field(default_factory=list)
    """What was not carried over, each with the name of its question."""
    names: set[str] = field(default_factory=set)

    def name(self, title: str) -> str:
        """An id for a question of this title."""
        words = "-".join(title.rsplit("/", 1)[-1].split()[:8])
        return unique(id_of(words) or f"q-{len(self.names) + 1}", self.names)

    def add(self, kind: type[Any], name: str, fields: dict[str, Any]) -> None:
        """Add a question, if our format can hold it; else say why it cannot."""
        fields = {"hints": (), "explanation": UNWRITTEN, **_cleaned(fields)}
        try:
            question = msgspec.convert(
                msgspec.to_builtins(kind(id=name, **fields)), kind, strict=False
            )
        except (msgspec.ValidationError, TypeError) as error:
            self.lose(name, f"left out: {error}")
            return
        why = next((message for _, message, _ in broken(question)), "")
        if why:
            self.lose(name, f"left out: {why}")
        else:
            self.questions.append(question)

    def add_text(self, name: str, text: str) -> None:
        """Add a passage that asks nothing."""
        self.texts.append(Text(id=name, text=_cleaned(text).strip() or UNWRITTEN))

    def lose(self, name: str, what: str) -> None:
        """Say what was not carried over."""
        self.lost.append(f"{name}: {what}")


def broken(question: AnyQuestion) -> Iterable[Finding]:
    """What our rules have against a question standing by itself."""
    empty: dict[str, Any] = {"id": "x", "title": "x", "summary": "x", "checked_on": None}
    alone = Lesson(**empty, objectives={}, steps=(question,))
    return rules.broken(alone)


def line(text: str) -> str:
    """Text on one line."""
    return " ".join(text.split())


def _cleaned(part: Any) -> Any:
    """The same without what a terminal would obey."""
    if isinstance(part, str):
        return "".join(sign for sign in part.expandtabs(4) if sign == "\n" or not has_control(sign))
    if isinstance(part, dict):
        return {key: _cleaned(value) for key, value in part.items()}
    if isinstance(part, tuple | list):
        return tuple(map(_cleaned, part))
    if isinstance(part, msgspec.Struct):
        values = {name: _cleaned(getattr(part, name)) for name in part.__struct_fields__}
        return type(part)(**values)
    return part
