"""The course that `tutor course new` writes: an author's first minute."""

import datetime
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

import pytest

from tutor.checking.check import check_course
from tutor.course.model import AnyStep
from tutor.course.reading import read_course
from tutor.course.starting import new_course
from tutor.errors import CourseError, UnknownNameError

TODAY = datetime.date(2031, 5, 4)


def begun(folder: Path, name: str = "Bread") -> Path:
    return new_course(str(folder / name), TODAY)


def test_a_new_course_has_not_one_problem_and_bears_its_authors_words(tmp_path: Path) -> None:
    folder = begun(tmp_path, 'Brot: "Süß & 100 %" {fact}')
    problems, summary = check_course(folder)
    assert problems == [], summary
    course = read_course(folder)
    assert folder.name == course.id == "brot-su-100-fact"
    assert course.title == 'Brot: "Süß & 100 %" {fact}'
    assert {lesson.checked_on for lesson in course.lessons} == {TODAY}
    assert {fact.checked_on for fact in course.facts} == {TODAY}


def test_an_author_finds_every_kind_to_copy_from(tmp_path: Path) -> None:
    kinds = read_course(begun(tmp_path)).lessons[1]
    assert {type(step) for step in (*kinds.steps, *kinds.quiz)} == set(get_args(AnyStep))


def test_an_editor_finds_the_schema_that_each_file_names(tmp_path: Path) -> None:
    folder = begun(tmp_path)
    for path in folder.glob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert (folder / first.split("$schema=")[1]).is_file(), path


def test_what_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "bread").mkdir()
    with pytest.raises(CourseError, match="is there already"):
        begun(tmp_path)
    assert list((tmp_path / "bread").iterdir()) == []


@contextmanager
def no_room() -> Iterator[None]:
    """No file may grow beyond a few bytes: a write fails as it does on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_no_half_course_in_the_way_of_the_next_try(tmp_path: Path) -> None:
    with no_room(), pytest.raises(CourseError, match="bread"):
        begun(tmp_path)
    assert begun(tmp_path).is_dir()


@pytest.mark.parametrize("name", ["…", "../..", "\x1b[2J"])
def test_a_name_that_names_nothing_writes_nothing(tmp_path: Path, name: str) -> None:
    with pytest.raises((UnknownNameError, CourseError)):
        begun(tmp_path / "inside", name)
    assert not (tmp_path / "inside").exists()
