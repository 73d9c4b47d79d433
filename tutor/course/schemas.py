"""JSON Schemas of the course files, generated from the model for editors."""

from pathlib import Path
from typing import Any

import msgspec

from tutor.course.model import Facts, Glossary, Lesson, References, Syllabus

FILES: dict[str, type[Any]] = {
    "course": Syllabus,
    "lesson": Lesson,
    "glossary": Glossary,
    "facts": Facts,
    "references": References,
}


def schema_text(kind: type[Any]) -> str:
    """The schema of one kind of file as it stands on disk."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema.update(msgspec.json.schema(kind))
    return msgspec.json.format(msgspec.json.encode(schema)).decode() + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into `folder`; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, kind in FILES.items():
        path = folder / f"{name}.schema.json"
        path.write_text(schema_text(kind), encoding="utf-8")
        paths.append(path)
    return paths
