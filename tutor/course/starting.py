"""`tutor course new`: a small course that runs at once, and explains the format that it is in."""

import datetime
import json
import re
import shutil
from importlib.resources import files
from pathlib import Path

from tutor.course.naming import id_of
from tutor.course.schemas import write_schemas
from tutor.course.tree import has_control
from tutor.errors import CourseError, UnknownNameError

MOST_OF_A_LINE = 200


def new_course(name: str, today: datetime.date) -> Path:
    """Write the starter under the title `name`; its last part names the folder, which is returned.

    Raises UnknownNameError for a name that gives no id, CourseError where the folder is there.
    """
    where = Path(name)
    folder = where.with_name(_id_of(where.name))
    try:
        folder.mkdir(parents=True)
    except FileExistsError as error:
        hint = f"choose another name, or check what is there: tutor course check {folder}"
        raise CourseError(f"{folder} is there already", hint=hint) from error
    except OSError as error:
        hint = "choose another place, as in: tutor course new PATH/NAME"
        raise CourseError(f"{folder}: {error.strerror}", hint=hint) from error
    try:
        _fill(folder, _title_of(where.name), today)
    except OSError as error:
        shutil.rmtree(folder)  # a half course would only be in the way of the next try
        raise CourseError(
            f"{folder}: {error.strerror}", hint="make room, then try again"
        ) from error
    return folder


def _fill(folder: Path, title: str, today: datetime.date) -> None:
    for file in files("tutor.course").joinpath("starter").iterdir():
        text = _made_out(file.read_text(encoding="utf-8"), folder.name, title, today)
        (folder / file.name).write_text(text, encoding="utf-8", newline="\n")
    write_schemas(folder / "schema")


def _id_of(name: str) -> str:
    made = id_of(name)
    if not made or has_control(name):
        hint = "use letters or digits of English, such as: tutor course new bread"
        raise UnknownNameError(f"{name!r} gives no name for a folder", hint=hint)
    return made


def _title_of(name: str) -> str:
    """Take a name as the title; one that is an id becomes words."""
    words = name if " " in name else name.replace("-", " ").replace("_", " ").capitalize()
    return words[:MOST_OF_A_LINE]


def _made_out(text: str, course: str, title: str, today: datetime.date) -> str:
    """Put a course's own id, title and date into one of the starter's files."""
    quoted = json.dumps(title, ensure_ascii=False)
    text = re.sub(r"^id: starter\b", f"id: {course}", text, flags=re.MULTILINE)
    text = re.sub(r"^( *checked_on:) [\d-]+", rf"\g<1> {today}", text, flags=re.MULTILINE)
    return text.replace("\ntitle: A starter course\n", f"\ntitle: {quoted}\n")
