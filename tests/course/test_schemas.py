"""The JSON Schemas that editors complete lessons from."""

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tutor.course.model import AnyStep, Lesson
from tutor.course.schemas import FILES, schema_text, write_schemas
from tutor.errors import CourseError

LESSONS = Path(__file__).parents[2] / "lessons"
UPDATE = "to bring it up to date: tutor course schema lessons/schema"


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_in_step_with_the_model(name: str) -> None:
    stored = (LESSONS / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert stored == schema_text(FILES[name]), UPDATE


def test_no_schema_is_left_over() -> None:
    stored = {path.name for path in (LESSONS / "schema").iterdir()}
    assert stored == {f"{name}.schema.json" for name in FILES}


def test_the_command_writes_every_schema(tmp_path: Path) -> None:
    written = write_schemas(tmp_path / "new")
    assert {path.name: path.read_text(encoding="utf-8") for path in written} == {
        f"{name}.schema.json": schema_text(kind) for name, kind in FILES.items()
    }


@pytest.mark.parametrize("path", sorted(LESSONS.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_file_names_its_schema_in_the_first_line(path: Path) -> None:
    kind = path.stem if path.stem in FILES else "lesson"
    first = path.read_text(encoding="utf-8").split("\n")[0]
    assert first == f"# yaml-language-server: $schema=schema/{kind}.schema.json"
    assert (LESSONS / re.sub(r".*=", "", first)).is_file()


def test_every_kind_of_step_can_be_completed() -> None:
    schema: dict[str, Any] = json.loads(schema_text(Lesson))
    kinds = {
        value
        for definition in schema["$defs"].values()
        for value in definition.get("properties", {}).get("kind", {}).get("enum", [])
    }
    steps = msgspec.inspect.type_info(AnyStep)
    assert isinstance(steps, msgspec.inspect.UnionType)
    assert kinds == {s.tag for s in steps.types if isinstance(s, msgspec.inspect.StructType)}


@pytest.mark.parametrize("beneath", ["", "folder"])
def test_a_file_where_the_folder_should_be_is_told_with_what_to_name_instead(
    tmp_path: Path, beneath: str
) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(CourseError, match="is no folder") as caught:
        write_schemas(tmp_path / "file" / beneath)
    assert "name a folder" in caught.value.hint
