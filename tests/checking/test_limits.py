"""The limits that a course sets itself, and the measures that they rest on."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.known_courses import short
from tests.running import tutor
from tutor.checking.limits import lessons_keep_their_limits
from tutor.checking.measures import measures
from tutor.course.model import Course, Lesson, Limits, Text
from tutor.course.pace import deeper_minutes, lesson_minutes
from tutor.course.readability import reading_ease, syllables

SHORT = Path(__file__).parents[1] / "courses" / "short"
LONG = Text(id="long", text="one word more " * 100, introduces=("a", "b", "c"))


def with_steps(*more: Text, limits: Limits | None = None) -> tuple[Course, Lesson]:
    course = short()
    lesson = replace(course.lessons[0], steps=(*course.lessons[0].steps, *more))
    return replace(course, lessons=(lesson,), limits=limits), lesson


def told(limits: Limits, *more: Text) -> list[str]:
    course, lesson = with_steps(*more, limits=limits)
    return [message for _, message, _ in lessons_keep_their_limits(course, lesson)]


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(minutes=2), "the main path takes"),
        (Limits(passive_share=0.1), "of the main path is only read; 10% at most"),
        (Limits(passive_run=1), "steps in a row only to read; 1 at most"),
        (Limits(words=110), "300 words to read at one go; 110 at most"),
        (Limits(new_terms=2), "3 new terms in one step; 2 at most"),
        (Limits(reading_ease=120), "reading ease is"),
    ],
)
def test_a_lesson_that_breaks_a_limit_is_told_so(limits: Limits, message: str) -> None:
    again = replace(LONG, id="again", introduces=())
    assert any(message in found for found in told(limits, LONG, again))


def test_a_lesson_starts_with_something_to_do_where_its_course_wants_that() -> None:
    course, lesson = with_steps()
    turned = replace(lesson, steps=(LONG, *lesson.steps))
    course = replace(course, limits=Limits(first_step_acts=True))
    ((place, message, _),) = lessons_keep_their_limits(course, turned)
    assert (place, message) == (("steps", 0), "a lesson starts with something to do")


def test_what_is_deeper_is_held_to_no_limit_and_counted_apart() -> None:
    deeper = replace(LONG, deeper=True)
    assert told(Limits(minutes=30, words=110, new_terms=2), deeper) == []
    course, lesson = with_steps(deeper)
    _, before = with_steps()
    assert lesson_minutes(lesson) == lesson_minutes(before)
    assert deeper_minutes(lesson) == 2
    found = measures(course, lesson)
    assert (found.deeper_steps, found.deeper_words) == (1, 300)
    assert found.words == measures(course, before).words


def test_a_course_or_a_lesson_without_limits_is_not_judged() -> None:
    course, lesson = with_steps(LONG)
    assert list(lessons_keep_their_limits(course, lesson)) == []
    assert told(Limits(words=1, not_yet=(lesson.id,)), LONG) == []


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("token", 2), ("probability", 5), ("makes", 1), ("trained", 1), ("fitted", 2)),
        *(("table", 2), ("variation", 4), ("judges", 2), ("the", 1), ("quiet", 2)),
    ],
)
def test_syllables_are_counted_as_they_are_said(word: str, count: int) -> None:
    assert syllables(word) == count


def test_reading_ease_is_flesch_s() -> None:
    assert reading_ease(["The cat sat on the mat."]) == pytest.approx(116.145)
    hard = "Considerable computational expenditure necessitates institutional justification."
    assert reading_ease([hard]) < 0
    assert reading_ease(["`code alone`"]) == 100


def test_the_measures_are_printed_for_people_and_for_programs() -> None:
    shown = tutor("course", "stats", str(SHORT)).stdout
    assert "main path, minutes" in shown
    (found,) = json.loads(tutor("course", "stats", str(SHORT), "--json").stdout)
    assert found["lesson"] == "one"
    assert sum(found["kinds"].values()) == found["steps"]
