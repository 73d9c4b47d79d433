"""Where a course lies, which lesson a word means, and a compiled copy to open at once."""

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from tutor import __version__
from tutor.course.files import read_at_most
from tutor.course.outline import Outline
from tutor.errors import CourseError, UnknownNameError

if TYPE_CHECKING:
    from tutor.course.model import Course, Lesson

SEAL = 4
MOST_BYTES = 1_000_000_000
COURSE, OUTLINE = "course", "outline"
"""The compiled copies: the whole, and what home needs of it."""
Whole = TypeVar("Whole")


def load_course(folder: Path, cache: Path) -> "Course":
    """Load the course in `folder`, from the compiled copy in `cache` when no file has changed.

    The copy starts with the state of all that it was made from, so a stale one is never taken.
    Raises CourseError with every problem when the files cannot be used, UnknownNameError where
    there is no such folder.
    """
    from tutor.course.model import Course  # home does without

    origin = _origin(folder)
    found = _read_copy(_copy(folder, cache, COURSE), origin, Course)
    return found or _compile(folder, cache, origin)


def load_outline(folder: Path, cache: Path) -> Outline:
    """Load the outline of the course in `folder`, in the same way."""
    origin = _origin(folder)
    found = _read_copy(_copy(folder, cache, OUTLINE), origin, Outline)
    return found or _outline(_compile(folder, cache, origin))


def _outline(course: "Course") -> Outline:
    from tutor.course.outlining import outline

    return outline(course)


def _compile(folder: Path, cache: Path, origin: bytes) -> "Course":
    from tutor.course.drafts import without_drafts
    from tutor.course.reading import read_course  # yaml is slow to import: only when needed

    if not folder.exists():
        hint = (
            "yours are in: tutor course list. Without --course, TUTOR_COURSE names one if it is set"
        )
        raise UnknownNameError(f"no course '{folder}'", hint=hint)

    course = without_drafts(read_course(folder))
    for kind, whole in ((COURSE, course), (OUTLINE, _outline(course))):
        body = msgspec.msgpack.encode(whole)
        _write_copy(_copy(folder, cache, kind), origin + _seal(body) + body)
    return course


def _copy(folder: Path, cache: Path, kind: str) -> Path:
    return cache / f"{kind}-{zlib.crc32(bytes(folder.absolute())):08x}.msgpack"


def _origin(folder: Path) -> bytes:
    """The state of all that a compiled copy depends on: the files, and the code that reads them."""
    code = sorted(Path(__file__).parent.glob("*.py"))
    parts = [__version__.encode(), bytes(folder.absolute())]
    parts += [str(path.stat().st_mtime_ns).encode() for path in code]
    try:
        for path in sorted(folder.glob("*.yaml")):
            stat = path.stat()
            # the time of change, unlike that of modification, nobody can set back
            state = f"{path.name} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}"
            parts.append(state.encode())
    except OSError as error:
        hint = "check the folder's permissions"
        raise CourseError(f"{error.filename}: {error.strerror}", hint=hint) from error
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _read_copy(copy: Path, origin: bytes, kind: type[Whole]) -> Whole | None:
    try:
        data = read_at_most(copy, MOST_BYTES)
        start = len(origin) + SEAL
        body = memoryview(data)[start:]
        if data[:start] != origin + _seal(body):
            return None
        return msgspec.msgpack.decode(body, type=kind)
    except (OSError, msgspec.DecodeError, RecursionError):
        return None


def _seal(body: bytes | memoryview) -> bytes:
    """What tells a copy with a damaged byte from a whole one."""
    return zlib.crc32(body).to_bytes(SEAL, "big")


def _write_copy(copy: Path, data: bytes) -> None:
    """Write beside and rename, so that a second tutor never reads half a copy."""
    import tempfile

    written: Path | None = None
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=copy.parent, delete=False) as file:
            written = Path(file.name)
            file.write(data)
        written.replace(copy)
    except OSError:  # a cache that cannot be written only costs time
        if written:
            written.unlink(missing_ok=True)


def find_lesson(course: "Course", word: str) -> "Lesson":
    """Find the lesson that `word` means: its number, its id, or the start of its id or title."""
    lessons = course.lessons
    number = int(word) if word.isdecimal() and len(word) < 9 else 0  # noqa: PLR2004
    if 1 <= number <= len(lessons):
        return lessons[number - 1]
    folded = word.casefold().strip()
    for lesson in lessons:
        if folded == lesson.id:
            return lesson
    starts = [
        lesson
        for lesson in lessons
        if folded and (lesson.id.startswith(folded) or lesson.title.casefold().startswith(folded))
    ]
    if len(starts) == 1:
        return starts[0]
    raise UnknownNameError(f"no lesson {word!r}", hint=_suggest(lessons, folded))


def _suggest(lessons: Sequence["Lesson"], word: str) -> str:
    import difflib

    close = difflib.get_close_matches(word, [lesson.id for lesson in lessons], n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"give a number from 1 to {len(lessons)}, or a name from: tutor lessons"
