"""Where a course lies, which lesson a word means, and a compiled copy to open at once."""

import zlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tutor import __version__
from tutor.course.model import Course, Lesson
from tutor.errors import CourseError, UnknownNameError

SEAL = 4


def load_course(folder: Path, cache: Path) -> Course:
    """Load the course in `folder`, from the compiled copy in `cache` when no file has changed.

    The copy starts with all that it was made from, so a stale one is never taken.
    Raises CourseError with every problem when the files cannot be used.
    """
    origin = _origin(folder)
    copy = cache / f"course-{zlib.crc32(bytes(folder.absolute())):08x}.msgpack"
    course = _read_copy(copy, origin)
    if course is None:
        from tutor.course.reading import read_course  # yaml is slow to import: only when needed

        course = read_course(folder)
        body = msgspec.msgpack.encode(course)
        _write_copy(copy, origin + _seal(body) + body)
    return course


def _origin(folder: Path) -> bytes:
    """Everything that the compiled copy depends on: the files, and the code that reads them."""
    code = sorted(Path(__file__).parent.glob("*.py"))
    parts = [__version__.encode(), bytes(folder.absolute())]
    parts += [str(path.stat().st_mtime_ns).encode() for path in code]
    try:
        for path in sorted(folder.glob("*.yaml")):
            parts += [path.name.encode(), path.read_bytes()]
    except OSError as error:
        hint = "check the folder's permissions"
        raise CourseError(f"{error.filename}: {error.strerror}", hint=hint) from error
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _read_copy(copy: Path, origin: bytes) -> Course | None:
    try:
        data = copy.read_bytes()
        start = len(origin) + SEAL
        body = memoryview(data)[start:]
        if data[:start] != origin + _seal(body):
            return None
        return msgspec.msgpack.decode(body, type=Course)
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


def find_lesson(course: Course, word: str) -> Lesson:
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


def _suggest(lessons: Sequence[Lesson], word: str) -> str:
    import difflib

    close = difflib.get_close_matches(word, [lesson.id for lesson in lessons], n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"give a number from 1 to {len(lessons)}, or a name from: tutor lessons"
