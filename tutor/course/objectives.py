"""Which objectives a question serves: those of the inventory items that it covers.

An author names a topic's objective once, in the inventory; a question that covers the topic serves
it. Where there is no inventory, `covers` names an objective of the question's own lesson outright.
"""

from collections.abc import Mapping
from typing import TypeAlias

from tutor.course.model import AnyStep, Course, Lesson, Question
from tutor.course.once import once

Objective: TypeAlias = tuple[str, str]
"""A lesson's id, and the name of one of its objectives."""


@once
def objectives_by_topic(course: Course) -> dict[str, Objective]:
    """The objective of each inventory item that belongs to one."""
    return {topic.id: (topic.lesson, topic.objective) for topic in course.topics if topic.objective}


def served(
    step: AnyStep | Question, lesson: Lesson, by_topic: Mapping[str, Objective]
) -> list[Objective]:
    """The objectives that a step of a lesson serves, each once, of any lesson."""
    found = [
        (lesson.id, name) if name in lesson.objectives else by_topic.get(name)
        for name in step.covers
    ]
    return list(dict.fromkeys(one for one in found if one))
