"""A learner's answers in the order in which they were given."""

from collections.abc import Iterable
from typing import Literal, TypeAlias

from msgspec import Struct

from tutor.progress.events import (
    Answered,
    AnyDeed,
    Assessed,
    Event,
    Place,
    QuizOpened,
    Revealed,
    Vouched,
)

Where: TypeAlias = Literal["lesson", "quiz", "review"]


class AnswerGiven(Struct, kw_only=True):
    """One reply, or a question whose answer was shown."""

    at: str
    """UTC."""
    course: str
    lesson: str
    question: str
    where: Where
    words: str = ""
    """As the learner saw it; empty where the answer was shown instead."""
    right: bool = False
    attempt: int = 0
    """1 is the first try of an asking; 0 where the answer was shown."""
    hints: int = 0
    seen: bool = False
    """The answer had been seen before."""
    vouched: bool = False
    """Judged wrong; the learner says that it means the same."""
    assessed: bool = False
    """Judged by the learner, criterion by criterion."""
    confidence: int | None = None
    """How sure the learner was, in percent."""
    belief: str = ""
    """The false belief behind it."""
    seconds: float = 0.0


def answers(events: Iterable[Event]) -> list[AnswerGiven]:
    """All answers among a learner's events, which come in order."""
    given = _Given()
    for event in events:
        given.take(event.at, event.place, event.deed)
    return given.answers


class _Given:
    def __init__(self) -> None:
        self.answers: list[AnswerGiven] = []
        self._quizzes: set[str] = set()
        self._tries: dict[tuple[str, str, str, str, int], AnswerGiven] = {}

    def take(self, at: str, place: Place, deed: AnyDeed) -> None:
        """Take in one event more."""
        match deed:
            case QuizOpened(sitting=sitting):
                self._quizzes.add(sitting)
            case Answered():
                self._add(at, place, deed)
            case Revealed(sitting=sitting):
                self.answers.append(self._one(at, place, sitting))
            case Vouched(sitting=sitting, attempt=attempt):
                if one := self._try(place, sitting, attempt):
                    one.right = one.vouched = True
            case Assessed(sitting=sitting, right=right):
                if one := self._try(place, sitting, 1):
                    one.right, one.assessed = right, True
            case _:
                pass

    def _add(self, at: str, place: Place, deed: Answered) -> None:
        one = self._one(at, place, deed.sitting)
        one.words, one.right, one.attempt = deed.said or deed.raw, deed.right, deed.attempt
        one.hints, one.seen, one.confidence = deed.hints, deed.revealed, deed.confidence
        one.belief, one.seconds = deed.misconception, deed.seconds
        self.answers.append(one)
        self._tries[(*_asking(place, deed.sitting), deed.attempt)] = one

    def _one(self, at: str, place: Place, sitting: str) -> AnswerGiven:
        where: Where = "lesson" if place.step else "review"
        if sitting in self._quizzes:
            where = "quiz"
        course, lesson, question = place.course, place.lesson, place.question
        return AnswerGiven(at=at, course=course, lesson=lesson, question=question, where=where)

    def _try(self, place: Place, sitting: str, attempt: int) -> AnswerGiven | None:
        return self._tries.get((*_asking(place, sitting), attempt))


def _asking(place: Place, sitting: str) -> tuple[str, str, str, str]:
    return place.course, place.lesson, place.question, sitting
