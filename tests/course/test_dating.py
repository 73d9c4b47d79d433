"""A fact tells a learner of next year what holds then, and its author hears of it in time."""

import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.known_courses import short
from tutor.checking.check import facts_to_look_up
from tutor.course.dating import ageing, dated
from tutor.course.model import Fact
from tutor.course.reading import read_course
from tutor.errors import CourseError

SHORT = Path(__file__).parents[1] / "courses" / "short"
DAY = datetime.date(2026, 12, 11)
BEFORE, AFTER = "it is to leave", "it was to leave"
FACT = Fact(
    id="leaving",
    text=BEFORE,
    source="its maker",
    checked_on=datetime.date(2026, 11, 27),
    changes_on=DAY,
    after=AFTER,
)


@pytest.mark.parametrize(("days", "told"), [(-1, BEFORE), (0, AFTER), (400, AFTER)])
def test_what_is_told_of_a_fact_follows_the_day(days: int, told: str) -> None:
    course = replace(short(), facts=(FACT,))
    (fact,) = dated(course, DAY + datetime.timedelta(days)).facts
    assert fact.text == told


def test_a_wording_of_later_says_that_nobody_has_looked_it_up_since() -> None:
    course = replace(short(), facts=(FACT,))
    assert "not looked up since 2026-12-11" in dated(course, DAY).facts[0].source
    assert dated(course, FACT.checked_on).facts[0].source == "its maker"


def test_a_fact_without_a_later_wording_stays_as_it_is_and_is_warned_of() -> None:
    course = replace(short(), facts=(replace(FACT, after=""),))
    assert dated(course, DAY).facts == course.facts
    assert "say in after" in ageing(course.facts, FACT.checked_on)[0].fix


@pytest.mark.parametrize(
    ("days", "heard"),
    [(-61, ""), (-60, "in 60 days"), (-1, "in 1 day"), (0, "changed on"), (90, "changed on")],
)
def test_an_author_hears_of_a_change_sixty_days_ahead_and_from_then_on(
    days: int, heard: str
) -> None:
    said = [one.message for one in ageing((FACT,), DAY + datetime.timedelta(days))]
    assert len(said) == bool(heard)
    assert not heard or heard in said[0]


def with_facts(folder: Path, facts: str) -> Path:
    for path in SHORT.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "facts.yaml").write_text(facts, encoding="utf-8")
    return folder


def test_a_warning_points_at_its_line(tmp_path: Path) -> None:
    old = (SHORT / "facts.yaml").read_text(encoding="utf-8")
    folder = with_facts(tmp_path, f"{old}    changes_on: 2026-12-11\n")
    (warning,) = facts_to_look_up(folder, FACT.checked_on)
    assert warning.text.strip() == "changes_on: 2026-12-11"
    assert "'price' changes on 2026-12-11" in warning.message


def test_a_later_wording_needs_its_day(tmp_path: Path) -> None:
    old = (SHORT / "facts.yaml").read_text(encoding="utf-8")
    with pytest.raises(CourseError, match="after what day"):
        read_course(with_facts(tmp_path, f"{old}    after: four coins\n"))
