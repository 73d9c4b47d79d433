"""The limits that a course sets itself: short, active and readable on the main path."""

from collections.abc import Iterator

from tutor.checking.measures import is_passive, measures, passive_runs, prose, words_at_once
from tutor.course.contents import Finding, main_path
from tutor.course.model import Course, Lesson, Limits
from tutor.course.readability import reading_ease


def lessons_keep_their_limits(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """Hold a lesson's main path against `limits` in course.yaml."""
    limits = course.limits
    if limits is None or lesson.id in limits.not_yet:
        return
    path = main_path(lesson)
    if not path:
        yield (), "every step is deeper", "leave some on the main path"
        return
    yield from _whole(course, lesson, limits)
    yield from _each_step(lesson, limits)
    if limits.passive_run is not None:
        for run in passive_runs(path):
            if len(run) > limits.passive_run:
                at = lesson.steps.index(run[limits.passive_run])
                message = f"{len(run)} steps in a row only to read; {limits.passive_run} at most"
                yield ("steps", at), message, "put something to do before it, or mark it deeper"
    if limits.first_step_acts and is_passive(path[0]):
        message, fix = "a lesson starts with something to do", "begin with a guess or a demo"
        yield ("steps", lesson.steps.index(path[0])), message, fix


def _whole(course: Course, lesson: Lesson, limits: Limits) -> Iterator[Finding]:
    found = measures(course, lesson)
    if limits.minutes is not None and found.minutes > limits.minutes:
        message = f"the main path takes {found.minutes} minutes; {limits.minutes:g} at most"
        yield (), message, "cut, or mark steps deeper"
    if limits.passive_share is not None and found.passive_share > limits.passive_share:
        most = f"{limits.passive_share:.0%} at most"
        message = f"{found.passive_share:.1%} of the main path is only read; {most}"
        yield (), message, "ask, show, or mark steps deeper"
    if limits.reading_ease is not None and found.reading_ease < limits.reading_ease:
        least = f"{limits.reading_ease:g} at least"
        hardest = min(main_path(lesson), key=lambda step: reading_ease(prose([step])))
        message = f"reading ease is {found.reading_ease:.1f}; {least}"
        yield (), message, f"shorter sentences, shorter words; {hardest.id} reads hardest"


def _each_step(lesson: Lesson, limits: Limits) -> Iterator[Finding]:
    for index, step in enumerate(lesson.steps):
        if step.deeper:
            continue
        if limits.words is not None and (count := words_at_once(step)) > limits.words:
            message = f"{count} words to read at one go; {limits.words} at most"
            yield ("steps", index), message, "cut, divide, or mark it deeper"
        if limits.new_terms is not None and (count := len(step.introduces)) > limits.new_terms:
            message = f"{count} new terms in one step; {limits.new_terms} at most"
            yield ("steps", index, "introduces"), message, "introduce some of them later"
