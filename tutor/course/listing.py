"""The courses at hand, with what each says of itself."""

from pathlib import Path

from msgspec import Struct

from tutor.course.model import Syllabus
from tutor.course.reading import SYLLABUS, read_document
from tutor.course.shelf import courses_at_hand

UNREADABLE = "(cannot be read)"


class Listed(Struct, frozen=True):
    """A line of the list."""

    name: str
    title: str
    lessons: int
    origin: str
    folder: str


def listed(shelf: Path) -> list[Listed]:
    """Each course at hand; one whose course.yaml is broken says so in its title's place."""
    found = []
    for one in courses_at_hand(shelf):
        top = read_document(one.folder / SYLLABUS, Syllabus).value
        title, count = (top.title, len(top.lessons)) if top else (UNREADABLE, 0)
        found.append(Listed(one.name, title, count, one.origin, str(one.folder)))
    return found
