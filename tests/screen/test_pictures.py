"""The pictures in the documentation show what a learner sees today."""

from pathlib import Path

import pytest

from tests.known_courses import shipped
from tests.screen.pictures import FOLDER, SCREENS, Screen, masked, picture_of
from tutor.course.model import Course


@pytest.fixture(scope="module")
def course() -> Course:
    return shipped()


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_picture_is_current(screen: Screen, course: Course, tmp_path: Path) -> None:
    kept = (FOLDER / f"{screen.name}.svg").read_text(encoding="utf-8")
    again = "draw it anew: python -m tests.screen.pictures"
    assert masked(kept) == masked(picture_of(screen, course, tmp_path)), again


def test_no_picture_is_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == {screen.name for screen in SCREENS}
