"""What a hint tells somebody to type, as it leads to the course that --course named."""

import re
import shlex
from collections.abc import Sequence

OPTION = "--course"
_OF_A_COURSE = re.compile(
    r"\btutor (?=(?:ask|course check|glossary|learn|lessons|progress|quiz|review|show|then)\b)"
)
"""The commands that look into a course."""


def course_in(words: Sequence[str]) -> str:
    """The course that a command line names; empty where it names none."""
    named = ""
    for word, after in zip(words, [*words, ""][1:], strict=True):
        if word == OPTION:
            named = after
        elif word.startswith(f"{OPTION}="):
            named = word.partition("=")[2]
    return named


def in_course(hint: str, words: Sequence[str]) -> str:
    """A hint whose commands, typed as they stand, lead to the course of the command line."""
    if not (course := course_in(words)):
        return hint
    called = f"tutor {OPTION} {shlex.quote(course)} "
    return _OF_A_COURSE.sub(lambda _match: called, hint)
