"""What to ask today, and why: no more than a cap, and no wall after a month away.

First the false beliefs that were chosen and not yet put right, each in *another* question where the
course has one. Then what is due: of more than the cap, those that are likeliest to be still half
remembered come first, for there a minute saves most (they would be lost next; what is gone already
can wait a day). Overdue is fine: nothing counts it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tutor.review.cards import Card, LessonCards
from tutor.review.memory import recall
from tutor.review.rating import Rating, rating

CAP = 20
"""Questions a day, unless the learner wants more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a course has it: whose it is, and the false beliefs that it would show."""

    lesson: str
    question: str
    misconceptions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Due:
    """A question to ask today."""

    lesson: str
    question: str
    belief: str = ""
    """The false belief that brings it, where one does."""


def reviewed_on(day: int, lessons: Mapping[str, LessonCards]) -> int:
    """Questions asked again on a day: first meetings with a question are no reviews."""
    cards = (card for lesson in lessons.values() for card in lesson.cards.values())
    return sum(bool(c.before and c.memory and c.memory.last == day) for c in cards)


def due(
    lessons: Mapping[str, LessonCards], course: Sequence[Asked], day: int, cap: int = CAP
) -> list[Due]:
    """What to ask on a day: at most what is left of the cap, the most valuable first.

    `lessons` has the cards by lesson; of `course` only its questions can be asked.
    """
    left = max(0, cap - reviewed_on(day, lessons))
    beliefs = list(_beliefs(lessons, course, day))
    taken = {(one.lesson, one.question) for one in beliefs}
    ready = [
        (asked, card.memory)
        for asked, card in _met(lessons, course)
        if card.memory and card.memory.due <= day and (asked.lesson, asked.question) not in taken
    ]
    ready.sort(key=lambda pair: -recall(pair[1], day))
    return [*beliefs, *(Due(asked.lesson, asked.question) for asked, _ in ready)][:left]


def count_due(lessons: Mapping[str, LessonCards], course: Sequence[Asked], day: int) -> int:
    """How many that are, worked out without FSRS: quick enough for a shell's prompt."""
    beliefs = {(one.lesson, one.question) for one in _beliefs(lessons, course, day)}
    ready = {
        (asked.lesson, asked.question)
        for asked, card in _met(lessons, course)
        if card.memory and card.memory.due <= day
    }
    return min(len(beliefs | ready), max(0, CAP - reviewed_on(day, lessons)))


def forecast(
    lessons: Mapping[str, LessonCards], course: Sequence[Asked], day: int, days: int = 14
) -> list[int]:
    """Questions that fall due on each of the next days, today first with all that is overdue."""
    counts = [0] * days
    for _, card in _met(lessons, course):
        if card.memory and card.memory.due < day + days:
            counts[max(0, card.memory.due - day)] += 1
    return counts


def _met(
    lessons: Mapping[str, LessonCards], course: Sequence[Asked]
) -> Iterable[tuple[Asked, Card]]:
    """The course's questions that were answered before, with their cards."""
    none = LessonCards()
    for asked in course:
        card = lessons.get(asked.lesson, none).cards.get(asked.question)
        if card is not None:
            yield asked, card


def _beliefs(
    lessons: Mapping[str, LessonCards], course: Sequence[Asked], day: int
) -> Iterable[Due]:
    """For each false belief that stands since before today: another question that would show it."""
    for cards in lessons.values():
        for belief, trap in cards.traps.items():
            others = [
                asked
                for asked in course
                if belief in asked.misconceptions and asked.question != trap.question
            ]
            if trap.day < day and others and not _put_right(lessons, others, trap.day):
                yield Due(others[0].lesson, others[0].question, belief)


def _put_right(lessons: Mapping[str, LessonCards], others: Sequence[Asked], since: int) -> bool:
    """Whether another question that would show the belief was answered since, and rightly."""
    return any(
        card.memory
        and card.memory.last > since
        and card.tried
        and rating(card.tried) is not Rating.AGAIN
        for _, card in _met(lessons, others)
    )
