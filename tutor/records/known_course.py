"""What is known of a course beside what was done in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tutor.course.contents import questions
from tutor.course.model import Course
from tutor.course.outline import Outline
from tutor.course.outlining import outline
from tutor.records.folding import Name
from tutor.review.counting import Asked, Lessons, asked_in


@dataclass(frozen=True)
class KnownCourse:
    """A course: as it is installed here, or as statements speak of it."""

    id: str
    outline: Outline | None = None
    """None where it is not installed."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """What its lessons are called; the course itself under an empty name."""
    prompts: Mapping[Name, str] = field(default_factory=dict)
    """What its questions ask."""

    @property
    def title(self) -> str:
        """What it is called; its id where nobody says."""
        return self.title_of("") if self.titles.get("") else self.id

    def title_of(self, lesson: str) -> str:
        """What a lesson is called; its id where nobody says."""
        return self.titles.get(lesson) or lesson

    def asked(self, cards: Lessons) -> list[Asked]:
        """Its questions; without the course those that a learner met, with beliefs chosen there."""
        if self.outline:
            return asked_in(self.outline)
        return [
            Asked(lesson, question, _chosen_at(cards, lesson, question))
            for lesson, found in cards.items()
            for question in found.cards
        ]

    def order(self) -> Iterator[Name]:
        """Its questions in their order; none without the course."""
        for lesson in self.outline.lessons if self.outline else ():
            for question in lesson.questions:
                yield lesson.id, question.id


def known(course: Course) -> KnownCourse:
    """What a course at hand says of itself."""
    titles = {"": course.title, **{lesson.id: lesson.title for lesson in course.lessons}}
    prompts = {
        (lesson.id, question.id): question.prompt
        for lesson in course.lessons
        for question in questions(lesson)
    }
    return KnownCourse(course.id, outline(course), titles, prompts)


def _chosen_at(cards: Lessons, lesson: str, question: str) -> tuple[str, ...]:
    traps = cards[lesson].traps
    return tuple(belief for belief, trap in traps.items() if trap.question == question)
