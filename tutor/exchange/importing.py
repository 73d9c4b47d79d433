"""Another program's quiz as a course of ours: a folder with one lesson."""

import datetime
import shutil
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from tutor.course.files import read_at_most
from tutor.course.model import FORMAT, Lesson, Syllabus, Text
from tutor.course.naming import id_of
from tutor.course.yaml_text import yaml_text
from tutor.errors import FileError
from tutor.exchange.found import Found
from tutor.exchange.gift_reading import read_gift
from tutor.exchange.mkdocs_quiz import read_mkdocs_quiz
from tutor.exchange.quizmd import read_quizmd

MOST_BYTES = 5_000_000
LESSON = "lesson.yaml"


class Format(Enum):
    """What a file is written in."""

    GIFT = "gift"
    MKDOCS_QUIZ = "mkdocs-quiz"
    QUIZMD = "quizmd"


READERS: dict[Format, Callable[[str, str], Found]] = {
    Format.GIFT: read_gift,
    Format.MKDOCS_QUIZ: read_mkdocs_quiz,
    Format.QUIZMD: read_quizmd,
}


def guess_format(file: Path, text: str) -> Format:
    """The format that a file gives itself away by."""
    if "<quiz>" in text:
        return Format.MKDOCS_QUIZ
    return Format.QUIZMD if file.suffix.lower() in (".md", ".markdown") else Format.GIFT


def read_quiz(file: Path, form: Format | None = None) -> Found:
    """The questions of a file; raises FileError where there are none."""
    try:
        data = read_at_most(file, MOST_BYTES)
    except OSError as error:
        hint = "check the name and its permissions"
        raise FileError(f"{file}: {error.strerror}", hint=hint) from error
    if len(data) > MOST_BYTES:
        raise FileError(f"{file} is larger than {MOST_BYTES:,} bytes", hint="split it")
    text = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    chosen = form or guess_format(file, text)
    found = READERS[chosen](text, file.stem)
    if not found.questions:
        names = ", ".join(one.value for one in Format)
        lost = "".join(f"\n{what}" for what in found.lost[:5])
        hint = f"say what it is written in: --format {names}"
        raise FileError(f"no question of the format {chosen.value} in {file}{lost}", hint=hint)
    return found


def write_course(found: Found, folder: Path, today: datetime.date) -> None:
    """Write course.yaml and one lesson into a new folder; raises FileError."""
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        hint = "name a folder that is not there yet"
        raise FileError(f"{folder}: {error.strerror}", hint=hint) from error
    name = id_of(folder.absolute().name) or "imported"
    lesson = _lesson(found, name, today)
    syllabus = Syllabus(
        format=FORMAT, id=name, title=lesson.title, summary=lesson.summary, lessons=(LESSON,)
    )
    try:
        (folder / "course.yaml").write_text(yaml_text(syllabus), encoding="utf-8")
        (folder / LESSON).write_text(yaml_text(lesson), encoding="utf-8")
    except OSError as error:
        shutil.rmtree(folder)  # a half course would only be in the way of the next try
        raise FileError(f"{folder}: {error.strerror}", hint="make room, then try again") from error


def _lesson(found: Found, name: str, today: datetime.date) -> Lesson:
    title = " ".join("".join(c for c in found.title if c.isprintable()).split())[:200] or name
    start = Text(id="start", section="Start", text="Say here what these questions are about.")
    return Lesson(
        id=name,
        title=title,
        summary="Questions from another program.",
        checked_on=today,
        objectives={"all": "answer the questions of the quiz"},
        steps=(start, *found.texts),
        quiz=tuple(found.questions),
    )
