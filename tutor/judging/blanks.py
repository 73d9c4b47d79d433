"""A text with blanks: what was typed for each, which is then judged like a short answer."""

import re

from tutor.course.model import Cloze, ShortText

SEPARATOR = ";"


def short_answers(question: Cloze) -> tuple[ShortText, ...]:
    """Each blank as a question of its own, in the order of the text."""
    return tuple(
        ShortText(
            id=question.id,
            prompt=question.prompt,
            hints=(),
            explanation=question.explanation,
            accept=blank.accept,
            wrong=blank.wrong,
            feedback=blank.feedback,
        )
        for blank in question.blanks
    )


def fillings(line: str, count: int) -> list[str] | None:
    """What was typed for each of `count` blanks; None where that cannot be told.

    Semicolons part the blanks, commas where there are no semicolons; numbers may stand before.
    """
    if count == 1:
        return [line.strip()]
    for separator in (SEPARATOR, ","):
        parts = [part.strip() for part in line.strip(f" {separator}").split(separator)]
        if len(parts) == count and all(parts):
            return _without_numbers(parts)
        if separator in line:
            return None
    return None


def _without_numbers(parts: list[str]) -> list[str]:
    """Take off "1:", "2:" … where each part begins with its own."""
    found = [
        re.fullmatch(rf"\(?{number}\s*[:.)=]\s*(.+)", part) for number, part in enumerate(parts, 1)
    ]
    return [match[1] for match in found if match] if all(found) else parts


def joined(texts: list[str]) -> str:
    """A line that fills the blanks."""
    return f"{SEPARATOR} ".join(texts)
