"""What a course promises is taught and asked about: inventory items, and lessons' objectives."""

from collections import Counter
from collections.abc import Iterator

from tutor.course.contents import Doing, Finding, doing, questions
from tutor.course.model import AnyStep, Course, Lesson, Question, Topic
from tutor.course.objectives import Objective, objectives_by_topic, served
from tutor.course.once import once
from tutor.screen.bars import counted

ENOUGH = 2
"""Questions on an objective: one alone says little."""


def topics_are_taught_and_asked(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """Hold a lesson against its share of the inventory."""
    share = [topic for topic in course.topics if topic.lesson == lesson.id]
    if not share:
        return
    taught, asked = taught_in(course), asked_in(course)
    for topic in share:
        yield from _missing(topic, taught, asked)


@once
def taught_in(course: Course) -> set[str]:
    """Items that some step teaches."""
    return {name for step in _steps(course) if _teaches(step) for name in step.covers}


@once
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


def objectives_are_asked_about(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """Each objective has questions enough to tell whether it is met, and each question has one.

    A course that links none of its questions is left alone: it is measured by lesson.
    """
    by_topic, everywhere = objectives_by_topic(course), times_served(course)
    if not everywhere:
        return
    for name in lesson.objectives:
        count = everywhere[lesson.id, name]
        if count < ENOUGH:
            fix = "cover it in more questions, or give inventory items that are asked about to it"
            message = f"{counted(count, 'question')} on this objective, {ENOUGH} needed"
            yield ("objectives", name), message, fix
    for field, steps in (("steps", lesson.steps), ("quiz", lesson.quiz)):
        for index, step in enumerate(steps):
            if isinstance(step, Question) and not served(step, lesson, by_topic):
                fix = f"cover an item of one, or name it in covers: {', '.join(lesson.objectives)}"
                yield (field, index), f"{step.id} serves no objective of any lesson", fix


@once
def times_served(course: Course) -> Counter[Objective]:
    """How many questions serve each objective."""
    by_topic = objectives_by_topic(course)
    return Counter(
        one for each in course.lessons for q in questions(each) for one in served(q, each, by_topic)
    )
