"""What one learner did, course by course: the folds of a journal, without a journal."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tutor.progress.events import Event, Reported, Vouched
from tutor.progress.folding import PROGRESS
from tutor.progress.lesson_progress import LessonProgress
from tutor.records.first_askings import FIRST_ASKINGS, First, FirstAskings
from tutor.review.cards import CARDS
from tutor.review.remembered import LessonCards

Name = tuple[str, str]
"""A question: its lesson's id and its own."""


@dataclass
class LessonWork:
    """A lesson as its learner has it, in the states that a journal would keep."""

    progress: LessonProgress = field(default_factory=LessonProgress)
    cards: LessonCards = field(default_factory=LessonCards)
    first: FirstAskings = field(default_factory=FirstAskings)

    def take(self, event: Event) -> None:
        """Take in one event more."""
        self.progress = PROGRESS.take(self.progress, event)
        self.cards = CARDS.take(self.cards, event)
        self.first = FIRST_ASKINGS.take(self.first, event)


@dataclass
class CourseWork:
    """A course as its learner has it."""

    lessons: dict[str, LessonWork] = field(default_factory=dict)
    vouched: dict[Name, str] = field(default_factory=dict)
    """Replies of which the learner says that they mean the same as the answer, the latest each."""
    reported: dict[Name, str] = field(default_factory=dict)
    """What the learner finds wrong or unclear."""
    latest: str = ""
    """When something was done last."""

    def take(self, event: Event) -> None:
        """Take in one event more; they come in order."""
        self.latest = max(self.latest, event.at)
        self.lessons.setdefault(event.place.lesson, LessonWork()).take(event)
        name = event.place.lesson, event.place.question or event.place.step
        match event.deed:
            case Vouched(raw=raw):
                self.vouched[name] = raw
            case Reported(text=text):
                self.reported[name] = text
            case _:
                pass

    @property
    def progress(self) -> dict[str, LessonProgress]:
        """Where the learner stands, lesson by lesson."""
        return {name: lesson.progress for name, lesson in self.lessons.items()}

    @property
    def cards(self) -> dict[str, LessonCards]:
        """What practice has left, lesson by lesson."""
        return {name: lesson.cards for name, lesson in self.lessons.items()}

    @property
    def first(self) -> dict[Name, First]:
        """How each question went at first."""
        return {
            (name, question): first
            for name, lesson in self.lessons.items()
            for question, first in lesson.first.askings.items()
        }


def fold(events: Iterable[Event]) -> dict[str, CourseWork]:
    """All that a learner did, by course; the events in order, none of them undone."""
    courses: dict[str, CourseWork] = {}
    for event in events:
        courses.setdefault(event.place.course, CourseWork()).take(event)
    return courses
