from pathlib import Path

from tests.course.fuzz import SHORT, try_lesson, try_many


def test_no_lesson_file_however_broken_gets_past_the_loader_or_crashes_it(tmp_path: Path) -> None:
    outcomes = try_many(2_000, seed=2026, folder=tmp_path)
    assert outcomes["refused"] > 1_000
    assert outcomes["read"] > 100  # both ends are reached: the lessons are not all hopeless


def test_the_unbroken_lesson_is_read(tmp_path: Path) -> None:
    for path in SHORT.glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert try_lesson(tmp_path, (SHORT / "one.yaml").read_bytes()) == "read"
