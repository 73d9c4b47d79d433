"""Every statement that a learner can bring about passes two validators that we did not write."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from tests.integration.validators import Faults, faults_by_learning_locker, faults_by_ralph
from tests.records import generated
from tests.records.test_interactions import answer
from tests.records.test_mapping import COURSE, DEEDS, PLACES, event, scribe
from tutor.course.builtin import builtin_course
from tutor.course.model import AnyQuestion, Course
from tutor.course.reading import read_course
from tutor.judging.answers import mistakes, other_right_lines, right_line
from tutor.judging.presenting import content_hash, present
from tutor.progress.events import Event, Passed, Predicted, QuizClosed, QuizOpened
from tutor.records.derived import derived

Validator = Callable[[list[bytes]], Faults]
OURS = read_course(builtin_course())
VALIDATORS = [faults_by_ralph, faults_by_learning_locker]


def answers(course: Course) -> Iterator[Event]:
    """Right and wrong replies to each question of a course, as it may be shown."""
    for lesson in course.lessons:
        for question in (*lesson.steps, *lesson.quiz):
            if not isinstance(question, AnyQuestion):
                continue
            shown = present(question, 11)
            lines = [right_line(shown), *other_right_lines(shown)]
            for line in (*lines, *(mistake.line for mistake in mistakes(shown))):
                yield event(
                    answer(shown, line),
                    course=course.id,
                    lesson=lesson.id,
                    question=question.id,
                    content=content_hash(question),
                )


def visits(course: Course) -> Iterator[Event]:
    """A walk through every step, with a guess where one is asked for."""
    for lesson in course.lessons:
        for step in lesson.steps:
            at = {"course": course.id, "lesson": lesson.id, "step": step.id, "question": ""}
            yield event(Predicted(raw="a guess", seconds=2.25), **at)
            yield event(Passed(seconds=3600.5), **at)


def endings(course: Course) -> Iterator[Event]:
    """A quiz of each lesson, from beginning to end."""
    for lesson in course.lessons:
        at = {"course": course.id, "lesson": lesson.id, "question": ""}
        yield event(QuizOpened(sitting=lesson.id, items=tuple(q.id for q in lesson.quiz)), **at)
        yield event(QuizClosed(sitting=lesson.id), **at)


def deeds() -> Iterator[Event]:
    """Every deed at a question, a lesson, a course, and outside of all courses."""
    for where in (
        {},
        {"question": ""},
        {"lesson": "", "question": ""},
        {"course": "", "lesson": ""},
    ):
        yield from (event(deed, **where) for deed, _ in DEEDS)
    yield from (event(deed, course="käse brot", lesson="a/b", question="q?") for deed, _ in DEEDS)


def drawn() -> list[Event]:
    """Events with any text and any number, the same ones each time."""
    found: list[Event] = []

    @settings(max_examples=300, derandomize=True, database=None, deadline=None)
    @given(generated.events(PLACES))
    def draw(one: Event) -> None:
        found.append(one)

    draw()
    return found


@pytest.fixture(scope="module")
def statements() -> list[bytes]:
    """Statements of all of that, as they are sent."""
    found: list[dict[str, Any]] = [scribe().statement(one) for one in (*deeds(), *drawn())]
    for course in (COURSE, OURS):
        done = [*visits(course), *answers(course), *endings(course)]
        writer = scribe(course)
        found += map(writer.statement, done)
        for lesson in course.lessons:
            found += derived((one for one in done if one.place.lesson == lesson.id), writer)
    return list(map(msgspec.json.encode, found))


@pytest.mark.parametrize("faults", VALIDATORS)
def test_every_statement_is_sound(statements: list[bytes], faults: Validator) -> None:
    assert len(statements) > 800
    found = zip(faults(statements), statements, strict=True)
    assert [(what, statement) for what, statement in found if what] == []


SPOILT: list[tuple[str, Callable[[dict[str, Any]], object]]] = [
    ("an id that is no UUID", lambda one: one.update(id="q-1")),
    ("an actor without a name", lambda one: one["actor"]["account"].pop("name")),
    ("a verb that is no IRI", lambda one: one["verb"].update(id="answered")),
    ("a score above all there is", lambda one: one["result"]["score"].update(scaled=1.5)),
    ("a duration in words", lambda one: one["result"].update(duration="4.5 s")),
    ("an unknown type of question", lambda one: _definition(one).update(interactionType="quiz")),
    ("an extension without an IRI", lambda one: one["result"].update(extensions={"hints": 1})),
]


def _definition(statement: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = statement["object"]["definition"]
    return found


@pytest.mark.parametrize("faults", VALIDATORS)
def test_the_validators_notice_what_would_be_refused(faults: Validator) -> None:
    sound = scribe().statement(next(answers(COURSE)))
    spoilt = []
    for _, spoil in SPOILT:
        one = json.loads(msgspec.json.encode(sound))
        spoil(one)
        spoilt.append(msgspec.json.encode(one))
    missed = [name for (name, _), found in zip(SPOILT, faults(spoilt), strict=True) if not found]
    assert missed == []
