"""Whatever lies in a course's folder: it is read within a bound, or said to be no file."""

import os
import sys
from pathlib import Path

import pytest

from tests.running import tutor
from tutor.course.files import read_at_most
from tutor.course.finding import load_course, load_outline
from tutor.course.reading import read_course
from tutor.errors import CourseError

SHORT = Path(__file__).parents[1] / "courses" / "short"
FILES = ("course.yaml", "one.yaml", "glossary.yaml")
on_unix = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")


def folder_with(folder: Path, name: str, kind: str) -> Path:
    """A course in which one file is a pipe, an endless device, a folder, or a link to nothing."""
    for path in SHORT.glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    path = folder / name
    path.unlink()
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(kind)
    return folder


@on_unix
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("kind", ["pipe", "/dev/zero", "/dev/urandom", "folder", "/nowhere"])
def test_what_is_no_file_is_named_and_neither_waited_for_nor_read_for_ever(
    tmp_path: Path, name: str, kind: str
) -> None:
    folder = folder_with(tmp_path, name, kind)
    for load in (
        read_course,
        lambda f: load_course(f, f / "c"),
        lambda f: load_outline(f, f / "c"),
    ):
        with pytest.raises(CourseError) as caught:
            load(folder)
        assert name in f"{caught.value.message}{caught.value.hint}"


@on_unix
@pytest.mark.parametrize(
    "command", [["lessons"], ["learn"], ["show"], ["glossary"], ["course", "check"], ["ask", "x"]]
)
def test_every_command_comes_back_from_a_course_with_a_pipe_in_it(
    tmp_path: Path, command: list[str]
) -> None:
    folder = folder_with(tmp_path, "one.yaml", "pipe")
    done = tutor(*command, TUTOR_COURSE=str(folder))
    assert done.returncode == 1
    assert "not a regular file" in done.stdout + done.stderr


@on_unix
def test_a_link_to_a_file_is_as_good_as_the_file(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "one.yaml", str(SHORT / "one.yaml"))
    assert read_course(folder) == read_course(SHORT)


def test_no_more_is_read_than_shows_that_there_is_more(tmp_path: Path) -> None:
    path = tmp_path / "long"
    path.write_bytes(b"x" * 100)
    assert read_at_most(path, 10) == b"x" * 11
    assert read_at_most(path, 100) == b"x" * 100


def test_a_course_may_have_more_than_99_lessons(tmp_path: Path) -> None:
    names = [f"l{number:03}" for number in range(120)]
    lesson = (
        "id: {0}\ntitle: {0}\nsummary: One.\nchecked_on: 2026-11-21\nobjectives: {{see: see}}\n"
        "steps:\n  - {{id: one, kind: text, text: Some text.}}\n"
    )
    for name in names:
        (tmp_path / f"{name}.yaml").write_text(lesson.format(name), encoding="utf-8")
    listed = "".join(f"  - {name}.yaml\n" for name in names)
    head = "format: 1\nid: many\ntitle: Many\nsummary: Many.\nlessons:\n"
    (tmp_path / "course.yaml").write_text(head + listed, encoding="utf-8")
    assert len(load_course(tmp_path, tmp_path / "cache").lessons) == 120
    assert "120  l119" in tutor("lessons", TUTOR_COURSE=str(tmp_path)).stdout
