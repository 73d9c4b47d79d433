from pathlib import Path

from tests.course.fuzz import SHORT, try_lesson, try_many
from tests.course.fuzz_courses import try_many as try_courses


def test_no_lesson_file_however_broken_gets_past_the_loader_or_crashes_it(tmp_path: Path) -> None:
    outcomes = try_many(2_000, seed=2026, folder=tmp_path)
    assert outcomes["refused"] > 1_000
    assert outcomes["read"] > 100  # both ends are reached: the lessons are not all hopeless


def test_the_unbroken_lesson_is_read(tmp_path: Path) -> None:
    for path in SHORT.glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert try_lesson(tmp_path, (SHORT / "one.yaml").read_bytes()) == "read"


def test_no_course_however_broken_crashes_the_shelf_or_writes_beside_it(tmp_path: Path) -> None:
    outcomes = try_courses(400, seed=2026, place=tmp_path)
    assert outcomes["refused"] > 150
    assert outcomes["added"] > 40
