"""Events of every sort that a learner can bring about, and statements of them."""

from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings

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

OURS = read_course(builtin_course())


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


def statements() -> list[dict[str, Any]]:
    """Statements of all of that."""
    found: list[dict[str, Any]] = [scribe().statement(one) for one in (*deeds(), *drawn())]
    for course in (COURSE, OURS):
        done = [*visits(course), *answers(course), *endings(course)]
        writer = scribe(course)
        found += map(writer.statement, done)
        for lesson in course.lessons:
            found += derived((one for one in done if one.place.lesson == lesson.id), writer)
    return found
