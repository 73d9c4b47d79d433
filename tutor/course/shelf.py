"""The courses at hand: the tutor's own, those that were added, those that packages bring."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.course.builtin import builtin_course
from tutor.errors import CourseError, FileError, UnknownNameError

if TYPE_CHECKING:
    from tutor.course.intake import Bearer


@dataclass(frozen=True)
class AtHand:
    """A course that --course finds by name."""

    name: str
    folder: Path
    origin: str
    """Who brings it, in words."""


@dataclass(frozen=True)
class Added:
    """What was added."""

    name: str
    title: str
    lessons: int
    replaced: bool


def courses_at_hand(shelf: Path) -> Iterator[AtHand]:
    """All courses that have a name here; of two with the same name the first one counts."""
    from tutor.course.packages import packaged

    yield AtHand(_name_of(builtin_course()), builtin_course(), "the tutor")
    for folder in sorted(shelf.glob("*/")):
        if not folder.name.startswith("."):
            yield AtHand(folder.name, folder, "added")
    for name, package, folder in packaged():
        yield AtHand(name, folder, f"package {package}")


def find_course(word: str, shelf: Path) -> Path:
    """Find the folder of the course that a word names: a path, or a name; the added ones first.

    Raises UnknownNameError.
    """
    seps = {os.sep, os.altsep, "/"} - {None}
    if word in (".", "..") or any(sep in word for sep in seps if sep):
        return Path(word)
    if word and not word.startswith(".") and (shelf / word / "course.yaml").is_file():
        return shelf / word
    found = [one.folder for one in courses_at_hand(shelf) if one.name == word]
    if found:
        return found[0]
    if (Path(word) / "course.yaml").is_file():
        return Path(word)
    raise UnknownNameError(f"no course {word!r}{_why_not(word)}", hint=_known(shelf))


def _why_not(word: str) -> str:
    from tutor.course.packages import bringing_none

    package = bringing_none(word)
    said = f": the package {package} declares it, and has no course.yaml where it says"
    return said if package else ""


def _known(shelf: Path) -> str:
    names = ", ".join(dict.fromkeys(one.name for one in courses_at_hand(shelf)))
    return f"you have: {names}; a folder is named with a slash, as in: --course ./bread"


def add_course(source: Path, shelf: Path, *, replace: bool = False) -> Added:
    """Copy a course onto the shelf, from a folder or a zip file; raises CourseError."""
    from tutor.course.intake import opened

    bearer = opened(source)
    _make(shelf)
    with tempfile.TemporaryDirectory(prefix=".adding-", dir=shelf) as folder:
        stage = Path(folder) / "course"
        stage.mkdir()
        try:
            name, title, lessons = _take_in(bearer, stage)
        except CourseError as error:
            raise CourseError(_told_of(source, stage, error.message), hint=error.hint) from error
        target = _free_place(name, shelf, replace=replace)
        replaced = target.exists()
        if replaced:
            _refuse_with_own_files(target)
            target.rename(Path(folder) / "before")
        stage.rename(target)
    return Added(name, title, lessons, replaced)


def _make(shelf: Path) -> None:
    try:
        shelf.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        hint = "move that file away, then add the course again"
        raise FileError(f"{shelf} is no folder: courses are kept there", hint=hint) from error


def _take_in(bearer: "Bearer", stage: Path) -> tuple[str, str, int]:
    """Copy what course.yaml names, and read it all; its id, title and lessons for learners."""
    from tutor.course.drafts import without_drafts
    from tutor.course.intake import SYLLABUS, take
    from tutor.course.model import Syllabus
    from tutor.course.problems import course_error
    from tutor.course.reading import read_course, read_document

    take(bearer, iter([SYLLABUS]), stage)
    top = read_document(stage / SYLLABUS, Syllabus)
    if not isinstance(top.value, Syllabus):
        raise course_error(top.problems)
    sides = (top.value.glossary, top.value.facts, top.value.references, top.value.inventory)
    take(bearer, iter([*top.value.lessons, *filter(None, sides)]), stage)
    course = without_drafts(read_course(stage))
    return course.id, course.title, len(course.lessons)


def _told_of(source: Path, stage: Path, message: str) -> str:
    """A message that names the author's file, not our copy of it."""
    return message.replace(str(stage), str(source))


def _free_place(name: str, shelf: Path, *, replace: bool) -> Path:
    others = [one for one in courses_at_hand(shelf) if one.name == name and one.origin != "added"]
    if others:
        hint = "give it an id of its own in course.yaml"
        raise CourseError(f"{name!r} is the name of a course of {others[0].origin}", hint=hint)
    if (shelf / name).exists() and not replace:
        hint = "to put this one in its place: add --replace (your progress stays)"
        raise CourseError(f"you have a course {name!r} already", hint=hint)
    return shelf / name


def added_course(name: str, shelf: Path) -> Path:
    """Find a course on the shelf, or a link to one; UnknownNameError for any other."""
    if name not in [one.name for one in courses_at_hand(shelf) if one.origin == "added"]:
        hint = "those that can be removed are called added in: tutor course list"
        raise UnknownNameError(f"no added course {name!r}", hint=hint)
    return shelf / name


def remove_course(name: str, shelf: Path) -> None:
    """Take an added course off the shelf; what was answered stays in the journal.

    Of a link, the link is taken: what it leads to is the learner's own.
    """
    course = added_course(name, shelf)
    if course.is_symlink():
        course.unlink()
    else:
        _refuse_with_own_files(course)
        shutil.rmtree(course)


def _refuse_with_own_files(course: Path) -> None:
    """Raise FileError where somebody put files beside those that a course brought."""
    from tutor.course.model import Syllabus
    from tutor.course.reading import SYLLABUS, read_document

    top = read_document(course / SYLLABUS, Syllabus).value
    if course.is_symlink() or not isinstance(top, Syllabus):
        return
    brought = {SYLLABUS, *top.lessons, top.glossary, top.facts, top.references, top.inventory}
    files = (path.relative_to(course).as_posix() for path in course.rglob("*") if path.is_file())
    own = sorted(name for name in files if name not in brought and not name.startswith("."))
    if own:
        message = f"{course} holds files that the course did not bring: {', '.join(own[:4])}"
        raise FileError(message, hint="move them elsewhere, then try again")


def _name_of(folder: Path) -> str:
    from tutor.course.model import Syllabus
    from tutor.course.reading import SYLLABUS, read_document

    top = read_document(folder / SYLLABUS, Syllabus).value
    return top.id if isinstance(top, Syllabus) else folder.name
