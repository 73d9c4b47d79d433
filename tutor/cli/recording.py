"""What commands about records need: under which name, and what the courses say."""

from contextlib import suppress
from typing import TYPE_CHECKING

from tutor.cli.room import Room
from tutor.errors import TutorError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tutor.course.model import Course
    from tutor.records.catalogue import Catalogue
    from tutor.records.learner import Learner
    from tutor.records.mapping import Scribe
    from tutor.records.stores import Shelf


def scribe(room: Room) -> "Scribe":
    """Writes statements of the learner of this machine, who gets a made-up name at first."""
    from tutor.records.mapping import Scribe

    return Scribe(learner(room), catalogue(room))


def learner(room: Room, name: str = "", *, notes: bool = False) -> "Learner":
    """The learner of this machine, under another name where one is given."""
    from msgspec.structs import replace

    from tutor.records.learner import kept_or_made, named

    if name:
        return named(name, notes=notes)
    kept = kept_or_made(room.settings.records)
    return replace(kept, notes=notes or kept.notes)


def catalogue(room: Room) -> "Catalogue":
    """The course at hand, and every other that the journal names and that can be found."""
    from tutor.records.catalogue import Catalogue

    return Catalogue(lambda name: course_called(room, name))


def course_called(room: Room, name: str) -> "Course | None":
    """The course of this id, if it is at hand."""
    from tutor.course.dating import dated
    from tutor.course.finding import load_course
    from tutor.course.shelf import find_course
    from tutor.progress.moments import local_now

    if room.course.id == name:
        return room.course
    with suppress(TutorError):
        folder = find_course(name, room.settings.shelf)
        return dated(load_course(folder, room.settings.cache), local_now().date())
    return None


def say(room: Room, lines: "Iterable[str]") -> None:
    """Lines broken between words where a person reads them, whole for a program."""
    from tutor.screen.words import line

    if room.terminal.is_watched:
        room.terminal.say(*map(line, lines))
        return
    for one in lines:
        print(one)


def shelf(room: Room) -> "Shelf":
    """The record stores that the learner has added."""
    from tutor.providers.keys import system_keyring
    from tutor.records.stores import Shelf

    return Shelf(room.settings.records, room.settings.environ, system_keyring())
