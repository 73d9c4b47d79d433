"""Announced minutes follow the learner's own pace."""

from pathlib import Path

import pytest

from tests.progress.deeds import Clock
from tutor.course.outline import LessonOutline, Outline, StepOutline
from tutor.progress.events import Passed, Place
from tutor.progress.folding import PROGRESS
from tutor.progress.journal import Journal
from tutor.progress.timing import TIMES
from tutor.standing import pace, standings

STEPS = tuple(StepOutline(f"s{n}", "", 1.0, stop=False) for n in range(40))
COURSE = Outline("c", "C", "", "", (LessonOutline("one", "One", STEPS, (), 0, ()),))


def paced(home: Path, seconds: list[float]) -> float:
    with Journal.open(home / "j.sqlite3", Clock(), folds=(PROGRESS, TIMES)) as journal:
        for step, taken in zip(STEPS, seconds, strict=False):
            journal.record(Place(course="c", lesson="one", step=step.id), Passed(seconds=taken))
        return pace(COURSE, journal.states(TIMES, "c"))


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        ([90.0] * 19, 1.0),
        ([90.0] * 20, 1.5),
        ([90.0] * 20 + [2.0] * 20, 1.5),
        ([90.0] * 11 + [30.0] * 10, 1.5),
        ([600.0] * 20, 2.0),
        ([10.0] * 20, 0.5),
    ],
    ids=["too few", "slow", "skimmed", "median", "bounded above", "bounded below"],
)
def test_a_learner_s_pace_is_the_median_of_their_times(
    home: Path, seconds: list[float], expected: float
) -> None:
    assert paced(home, seconds) == expected


def test_reading_a_step_again_does_not_change_how_long_it_took(home: Path) -> None:
    paced(home, [90.0] * 20)
    assert paced(home, [5.0] * 20) == 1.5


def test_minutes_to_the_next_stop_are_said_at_the_learner_s_pace() -> None:
    (usual,), (slow,) = standings(COURSE, {}), standings(COURSE, {}, 1.5)
    assert (usual.minutes, slow.minutes) == (40, 60)
