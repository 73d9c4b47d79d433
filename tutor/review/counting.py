"""What waits today, worked out without FSRS: quick enough for home and for a shell's prompt."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from tutor.course.outline import Outline
from tutor.review.rating import Rating, rating
from tutor.review.remembered import Card, LessonCards, Trap

CAP = 20
"""Questions a day, unless the learner wants more."""
MORE, WEEK, FEW = 10, 7, range(1, 4)
"""So many more for who was here on so few days of the last week, and began before it: at twice a
week, twenty do not keep pace."""


class Asked(Struct, frozen=True):
    """A question as a course has it."""

    lesson: str
    question: str
    misconceptions: tuple[str, ...] = ()
    """The false beliefs that it would show."""
    covers: tuple[str, ...] = ()
    """What it asks about."""
    minutes: float = 1.0
    serves: tuple[str, ...] = ()
    """The objectives that it serves, as lesson/objective."""
    guess: float = 0.0
    """The chance to answer it rightly without knowing."""


class Due(Struct, frozen=True):
    """A question to ask today."""

    lesson: str
    question: str
    belief: str = ""
    """The false belief that brings it, where one does."""


class Waiting(Struct, frozen=True):
    """What waits today, and what comes after."""

    count: int = 0
    """Questions to ask, at most what is left of the cap."""
    minutes: int = 0
    due: int = 0
    """Questions that are due in all."""
    missed: int = 0
    """Questions not known when they were asked last, due or not."""
    next: int = 0
    """Days until the next question falls due, when none is; 0 where none ever does."""
    away: int = 0
    """Days since the learner last answered or read something; 0 where that never was."""


Lessons = Mapping[str, LessonCards]
"""The cards by lesson."""


def asked_in(course: Outline) -> list[Asked]:
    """Every question of a course."""
    return [
        Asked(lesson.id, one.id, one.misconceptions, one.covers, one.minutes, one.serves, one.guess)
        for lesson in course.lessons
        for one in lesson.questions
    ]


def waiting(lessons: Lessons, course: Sequence[Asked], day: int) -> Waiting:
    """How many questions wait on a day, about how long they take, and what comes after."""
    believed = {(due.lesson, due.question) for due in beliefs(lessons, course, day)}
    known = [(asked, card) for asked, card in met(lessons, course) if not card.suspended]
    found = [
        asked.minutes
        for asked, card in known
        if card.is_due(day) or (asked.lesson, asked.question) in believed
    ]
    count = min(len(found), max(0, cap_on(day, lessons) - reviewed_on(day, lessons)))
    minutes = count * sum(found) / len(found) if found else 0.0
    coming = [card.memory.due - day for _, card in known if card.memory and card.memory.due > day]
    last = max((at for cards in lessons.values() for at in cards.days), default=day)
    return Waiting(
        count=count,
        minutes=max(1, round(minutes)),
        due=len(found),
        missed=sum(was_missed(card) for _, card in known),
        next=min(coming, default=0),
        away=max(0, day - last),
    )


def was_missed(card: Card) -> bool:
    """Tell whether a question was not known when it was asked last."""
    return card.tried is not None and rating(card.tried) is Rating.AGAIN


def cap_on(day: int, lessons: Lessons) -> int:
    """How many questions may be asked on a day; after a longer break no more than on any."""
    days = {at for cards in lessons.values() for at in cards.days if at < day}
    recent = sum(day - at <= WEEK for at in days)
    return CAP + MORE if recent in FEW and day - min(days) >= WEEK else CAP


def reviewed_on(day: int, lessons: Lessons) -> int:
    """Questions asked again on a day: first meetings with a question are no reviews."""
    cards = (card for lesson in lessons.values() for card in lesson.cards.values())
    return sum(bool(c.before and c.memory and c.memory.last == day) for c in cards)


def forecast(lessons: Lessons, course: Sequence[Asked], day: int, days: int = 14) -> list[int]:
    """Questions that fall due on each of the next days, today first with all that is overdue."""
    counts = [0] * days
    for _, card in met(lessons, course):
        if card.memory and not card.suspended and card.memory.due < day + days:
            counts[max(0, card.memory.due - day)] += 1
    return counts


def met(lessons: Lessons, course: Iterable[Asked]) -> Iterable[tuple[Asked, Card]]:
    """The course's questions that were answered before, with their cards."""
    none = LessonCards()
    for asked in course:
        card = lessons.get(asked.lesson, none).cards.get(asked.question)
        if card is not None and card.memory is not None:
            yield asked, card


def beliefs(lessons: Lessons, course: Sequence[Asked], day: int) -> list[Due]:
    """For each false belief that stands since before today: another question on it.

    One that would show the same belief, or else one on the same matter; of those that the learner
    has met, for what a lesson has not asked yet is the lesson's to ask. Each at most once.
    """
    found: dict[tuple[str, str], Due] = {}
    known = list(met(lessons, course))
    for belief, trap, others in _held(lessons, known):
        free = next((asked for asked, card in others if card.is_free(day)), None)
        if free is not None and trap.day < day:
            due = Due(free.lesson, free.question, belief)
            found.setdefault((free.lesson, free.question), due)
    return list(found.values())


def held(lessons: Lessons, course: Sequence[Asked]) -> dict[str, int]:
    """The false beliefs that were chosen and not yet put right, with the day of the choice."""
    return {belief: trap.day for belief, trap, _ in _held(lessons, list(met(lessons, course)))}


Known = Sequence[tuple[Asked, Card]]


def _held(lessons: Lessons, known: Known) -> Iterator[tuple[str, Trap, Known]]:
    """Each false belief that stands, and the other questions that can put it right.

    Where there is no other, its own question does.
    """
    index = _Index(known)
    for lesson, cards in lessons.items():
        for belief, trap in cards.traps.items():
            own, others = index.judges(lesson, trap.question, belief)
            judges = others or own
            if judges and not any(_puts_right(card, trap.day) for _, card in judges):
                yield belief, trap, others


class _Index:
    """Known questions by their names, by the false beliefs that they show, by what they cover."""

    def __init__(self, known: Known) -> None:
        self.own: dict[tuple[str, str], tuple[Asked, Card]] = {}
        self.showing: dict[str, list[tuple[str, str]]] = {}
        self.covering: dict[str, list[tuple[str, str]]] = {}
        for asked, card in known:
            name = asked.lesson, asked.question
            self.own[name] = asked, card
            for belief in asked.misconceptions:
                self.showing.setdefault(belief, []).append(name)
            for topic in asked.covers:
                self.covering.setdefault(topic, []).append(name)

    def judges(self, lesson: str, question: str, belief: str) -> tuple[Known, Known]:
        """The question on which a belief was chosen, if known, and others that can judge it."""
        name = lesson, question
        own = [self.own[name]] if name in self.own else []
        same = [one for one in self.showing.get(belief, ()) if one != name]
        topics = own[0][0].covers if own else ()
        near = {one for topic in topics for one in self.covering[topic] if one != name}
        others = same or [one for one in self.own if one in near]
        return own, [self.own[one] for one in others]


def _puts_right(card: Card, since: int) -> bool:
    """Whether a question was answered since a day, and rightly."""
    answered = card.memory is not None and card.memory.last > since
    return answered and card.tried is not None and rating(card.tried) is not Rating.AGAIN
