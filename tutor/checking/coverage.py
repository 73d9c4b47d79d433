"""Every item of the inventory is taught, and those of the source documents are asked about."""

from collections.abc import Iterator

from tutor.course.contents import Doing, Finding, doing
from tutor.course.model import AnyStep, Course, Lesson, Question, Topic


def topics_are_taught_and_asked(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """Hold a lesson against its share of the inventory."""
    share = [topic for topic in course.topics if topic.lesson == lesson.id]
    if not share:
        return
    taught, asked = taught_in(course), asked_in(course)
    for topic in share:
        yield from _missing(topic, taught, asked)


def taught_in(course: Course) -> set[str]:
    """Items that some step teaches."""
    return {name for step in _steps(course) if _teaches(step) for name in step.covers}


def asked_in(course: Course) -> set[str]:
    """Items that some question asks about."""
    return {name for s in _steps(course) if isinstance(s, Question) for name in s.covers}


def _steps(course: Course) -> Iterator[AnyStep]:
    return (step for lesson in course.lessons for step in (*lesson.steps, *lesson.quiz))


def _teaches(step: AnyStep) -> bool:
    return doing(step) in (Doing.READS, Doing.WATCHES)


def _missing(topic: Topic, taught: set[str], asked: set[str]) -> Iterator[Finding]:
    if topic.id not in taught:
        fix = f"teach it in some step, and name it there: covers: [{topic.id}]"
        yield (), f"{topic.id} is not taught: {topic.text}", fix
    if topic.documents and topic.id not in asked:
        fix = f"ask about it, and name it there: covers: [{topic.id}]"
        yield (), f"{topic.id} is not asked about: {topic.text}", fix
