"""A course of a thousand lessons is checked a thousand lessons long, and no longer."""

import time
from pathlib import Path

import pytest

from tests.course.large import write_large
from tutor.checking.check import check_course
from tutor.course.finding import load_outline


def seconds(folder: Path, lessons: int) -> float:
    folder.mkdir()
    write_large(folder, lessons, 2)
    start = time.process_time()
    problems, summary = check_course(folder)
    assert problems == [], summary
    return time.process_time() - start


def test_four_times_the_lessons_take_about_four_times_as_long(tmp_path: Path) -> None:
    """Seven, lest a slow moment counts; a look at every other lesson would make it sixteen."""
    seconds(tmp_path / "warm", 2)
    assert seconds(tmp_path / "large", 160) < 7 * seconds(tmp_path / "small", 40)


@pytest.mark.parametrize("lessons", [100, 250])
def test_more_than_ninety_nine_lessons_are_listed(tmp_path: Path, lessons: int) -> None:
    write_large(tmp_path, lessons, 1)
    assert len(load_outline(tmp_path, tmp_path / "cache").lessons) == lessons
