"""All demos as a list, and one of them by the name that was typed."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from tutor.catalogue.registry import demonstration, names
from tutor.course.model import Course, Demo, Lesson
from tutor.errors import UnknownNameError
from tutor.stage.contract import Computed, Live


class Listed(Struct, frozen=True, kw_only=True):
    """A demo as the list shows it."""

    name: str
    title: str
    line: str
    """What is to be seen, in one sentence."""
    live: bool
    own_text: str
    """What a text of the learner's own is taken for; empty where there is no use for one."""
    lessons: tuple[str, ...]
    """Ids of the lessons that have it."""


def catalogue(course: Course) -> list[Listed]:
    """Every demo, the live ones first, as the lessons come to them."""
    order = {step.demo: number for number, (_, step) in reversed(list(enumerate(shown_in(course))))}
    found = [_listed(name, course) for name in names()]
    return sorted(found, key=lambda one: (not one.live, order.get(one.name, len(order))))


def _listed(name: str, course: Course) -> Listed:
    demo = demonstration(name)
    lessons = dict.fromkeys(lesson.id for lesson, _ in steps_with(name, course))
    return Listed(
        name=name,
        title=demo.title,
        line=demo.line,
        live=isinstance(demo, Live),
        own_text=demo.own_text if isinstance(demo, Live) else "",
        lessons=tuple(lessons),
    )


def shown_in(course: Course) -> Iterator[tuple[Lesson, Demo]]:
    """Every step of a course that shows a demo, in order."""
    for lesson in course.lessons:
        yield from ((lesson, step) for step in lesson.steps if isinstance(step, Demo))


def steps_with(name: str, course: Course) -> Iterator[tuple[Lesson, Demo]]:
    """The steps of a course that show this demo, in order."""
    return ((lesson, step) for lesson, step in shown_in(course) if step.demo == name)


def known_name(typed: str) -> str:
    """The demo that was meant; UnknownNameError with the nearest names."""
    name = typed.strip().casefold().replace("_", "-").replace(" ", "-")
    if name in names():
        return name
    near = difflib.get_close_matches(name, names(), n=3)
    hint = f"did you mean: {', '.join(near)}?" if near else "all demos: tutor demo"
    raise UnknownNameError(f"no demo {typed!r}", hint=hint)


def step_for(name: str, course: Course, text: str = "") -> Demo:
    """A demo outside the lessons, as a step.

    A computed one has its first lesson's settings, or those of its example; a live one its own.
    """
    steps = [step for _, step in steps_with(name, course)]
    match demonstration(name):
        case Computed() as computed:
            return steps[0] if steps else _example(name, computed)
        case Live() as live:
            of_lesson = steps[0].notice if steps and not text else ""
            return Demo(id=name, title=live.title, demo=name, notice=live.notice or of_lesson)


def _example(name: str, computed: Computed[Any]) -> Demo:
    settings = as_written(msgspec.to_builtins(computed.example))
    return Demo(id=name, title=computed.title, demo=name, settings=settings, notice=computed.notice)


def as_written(settings: Mapping[str, Any]) -> dict[str, str | tuple[str, ...]]:
    """Settings as a lesson's author writes them: text, or a list of texts."""
    return {
        name: tuple(map(str, value)) if isinstance(value, list | tuple) else str(value)
        for name, value in settings.items()
    }
