"""Where a course lies, which lesson a word means, and a compiled copy to open at once."""

import difflib
import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tutor import __version__
from tutor.course.model import Course, Lesson
from tutor.errors import CourseError, UnknownNameError


def builtin_course() -> Path:
    """Find the lessons: those of the checkout when run from one, else those inside the wheel."""
    package = Path(__file__).resolve().parent.parent
    checkout = package.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "lessons").is_dir():
        return checkout / "lessons"
    return package / "lessons"


def load_course(folder: Path, cache: Path) -> Course:
    """Load the course in `folder`, from the compiled copy in `cache` when no file has changed.

    Raises CourseError with every problem when the files cannot be used.
    """
    stamp = _stamp(folder)
    copy = cache / f"course-{hashlib.sha256(bytes(folder.absolute())).hexdigest()[:16]}.msgpack"
    course = _read_copy(copy, stamp)
    if course is None:
        from tutor.course.reading import read_course  # yaml is slow to import: only when needed

        course = read_course(folder)
        _write_copy(copy, stamp + msgspec.msgpack.encode(course))
    return course


def _stamp(folder: Path) -> bytes:
    """Digest everything the compiled copy depends on: the files, and the code that reads them."""
    digest = hashlib.sha256(__version__.encode())
    for code in ("model.py", "rules.py", "formulas.py"):
        digest.update(str((Path(__file__).parent / code).stat().st_mtime_ns).encode())
    try:
        for path in sorted(folder.glob("*.yaml")):
            content = path.read_bytes()
            digest.update(f"{path.name}\0{len(content)}\0".encode())
            digest.update(content)
    except OSError as error:
        hint = "check the folder's permissions"
        raise CourseError(f"{error.filename}: {error.strerror}", hint=hint) from error
    return digest.digest()


def _read_copy(copy: Path, stamp: bytes) -> Course | None:
    try:
        data = copy.read_bytes()
        if not data.startswith(stamp):
            return None
        return msgspec.msgpack.decode(memoryview(data)[len(stamp) :], type=Course)
    except (OSError, msgspec.DecodeError, RecursionError):
        return None


def _write_copy(copy: Path, data: bytes) -> None:
    """Write beside and rename, so that a second tutor never reads half a copy."""
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=copy.parent, delete=False) as file:
            file.write(data)
        Path(file.name).replace(copy)
    except OSError:
        return  # a cache that cannot be written only costs time


def find_lesson(course: Course, word: str) -> Lesson:
    """Find the lesson that `word` means: its number, its id, or the start of its id or title."""
    lessons = course.lessons
    if word.isdecimal() and 1 <= int(word[:9]) <= len(lessons):
        return lessons[int(word) - 1]
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
    close = difflib.get_close_matches(word, [lesson.id for lesson in lessons], n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"give a number from 1 to {len(lessons)}, or a name from: tutor lessons"
