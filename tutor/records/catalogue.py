"""What the courses say of the places at which something happened, looked up once each."""

from collections.abc import Callable
from typing import Any

from tutor.course.model import AnyStep, Course, Demo, Lesson, Prediction, Question
from tutor.judging.presenting import content_hash
from tutor.progress.events import Place
from tutor.records import interactions, iris
from tutor.records.interactions import Definition, text

Find = Callable[[str], Course | None]
"""Finds a course by its id; None for one that is not at hand."""
SHORT = 80
"""Characters of an activity's name."""


class Catalogue:
    """Activities (xAPI 1.0.3, Data 4.1.1) of the courses that `find` finds."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._courses: dict[str, Course | None] = {}
        self._lessons: dict[tuple[str, str], Lesson | None] = {}
        self._items: dict[tuple[str, str, str], AnyStep | None] = {}
        self._versions: dict[tuple[str, str, str], str] = {}
        self._activities: dict[Place, Definition] = {}

    def course(self, name: str) -> Course | None:
        """A course by its id."""
        if name not in self._courses:
            self._courses[name] = course = self._find(name)
            for lesson in course.lessons if course else ():
                self._take_in(name, lesson)
        return self._courses[name]

    def lesson(self, place: Place) -> Lesson | None:
        """The lesson of a place."""
        self.course(place.course)
        return self._lessons.get((place.course, place.lesson))

    def item(self, place: Place) -> AnyStep | None:
        """The step or question of a place as it was then; None for one that has changed since."""
        self.course(place.course)
        name = (place.course, place.lesson, place.question or place.step)
        item = self._items.get(name)
        if isinstance(item, Question) and place.content:
            return item if self._version(name, item) == place.content else None
        return item

    def is_demo(self, place: Place) -> bool:
        """Tell whether a demonstration stands at this step."""
        return isinstance(self.item(place), Demo)

    def activity(self, place: Place) -> Definition:
        """The step or question of a place as an activity; its lesson or course where it has none.

        Of a question that has changed since no choices are told: what was chosen were others.
        """
        if place not in self._activities:
            self._activities[place] = self._activity(place)
        return self._activities[place]

    def lesson_activity(self, place: Place) -> Definition:
        """The lesson of a place."""
        if not place.lesson:
            return self.course_activity(place.course)
        lesson = self.lesson(place)
        title = lesson.title if lesson else place.lesson
        return activity(iris.lesson_iri(place), iris.Kind.LESSON, title)

    def course_activity(self, name: str) -> Definition:
        """A course; the tutor itself for what is done outside of all courses."""
        course = self.course(name) if name else None
        title = course.title if course else name or "tutor"
        return activity(iris.course_iri(name), iris.Kind.COURSE, title)

    def quiz_activity(self, place: Place) -> Definition:
        """The quiz of a lesson."""
        lesson = self.lesson(place)
        title = f"{lesson.title if lesson else place.lesson}: quiz"
        return activity(iris.quiz_iri(place), iris.Kind.ASSESSMENT, title)

    def _take_in(self, course: str, lesson: Lesson) -> None:
        self._lessons[course, lesson.id] = lesson
        for item in (*lesson.steps, *lesson.quiz):
            self._items[course, lesson.id, item.id] = item

    def _version(self, name: tuple[str, str, str], question: Any) -> str:
        if name not in self._versions:
            self._versions[name] = content_hash(question)
        return self._versions[name]

    def _activity(self, place: Place) -> Definition:
        if not (place.step or place.question):
            return self.lesson_activity(place)
        iri, item = iris.item_iri(place), self.item(place)
        name = f"{self._title(place)}: {place.question or place.step}"
        match item:
            case Question():
                more = {"description": text(item.prompt), **interactions.definition(item)}
                return activity(iri, iris.Kind.INTERACTION, name, **more)
            case Prediction():
                more = {"description": text(item.prompt), **interactions.guess_definition(item)}
                return activity(iri, iris.Kind.INTERACTION, name, **more)
            case Demo():
                return activity(iri, iris.Kind.SIMULATION, item.title)
            case None if place.question:
                return activity(iri, iris.Kind.INTERACTION, name, interactionType="other")
            case _:
                return activity(iri, iris.Kind.MODULE, name)

    def _title(self, place: Place) -> str:
        lesson = self.lesson(place)
        return lesson.title if lesson else place.lesson or "tutor"


def activity(iri: str, kind: iris.Kind, name: str, **more: Any) -> Definition:
    """An object that is an activity, with its definition (Data 4.1.6)."""
    return {
        "objectType": "Activity",
        "id": iri,
        "definition": {"type": kind.value, "name": text(name), **more},
    }
