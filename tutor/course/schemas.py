"""JSON Schemas of the course files, generated from the model for editors."""

import inspect
from pathlib import Path
from typing import Any

import msgspec

from tutor.course.model import Facts, Glossary, Inventory, Lesson, References, Syllabus
from tutor.errors import CourseError

FILES: dict[str, type[Any]] = {
    "course": Syllabus,
    "lesson": Lesson,
    "glossary": Glossary,
    "facts": Facts,
    "references": References,
    "inventory": Inventory,
}


def schema_text(kind: type[Any]) -> str:
    """The schema of one kind of file as it stands on disk."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema.update(_tidied(msgspec.json.schema(kind)))
    return msgspec.json.format(msgspec.json.encode(schema)).decode() + "\n"


def _tidied(schema: Any) -> Any:
    """Take the indentation out of docstrings, as only newer Pythons do by themselves."""
    if isinstance(schema, dict):
        return {key: _tidied(value) for key, value in schema.items()}
    if isinstance(schema, list):
        return [_tidied(value) for value in schema]
    return inspect.cleandoc(schema) if isinstance(schema, str) else schema


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into `folder`; returns the files."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        hint = "name a folder, there already or not"
        raise CourseError(f"{folder} is no folder", hint=hint) from error
    paths = []
    for name, kind in FILES.items():
        path = folder / f"{name}.schema.json"
        path.write_text(schema_text(kind), encoding="utf-8")
        paths.append(path)
    return paths
