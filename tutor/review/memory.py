"""How a memory fades and grows: FSRS-6, by its reference implementation.

Whole days, no learning steps within a day, no fuzz: the same answers give the same days on any
machine. fsrs is imported when a card is first rated, not before.
"""

import datetime
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from tutor.review.rating import Rating

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

RETENTION = 0.9
"""The estimated chance of a right answer on the day that a question falls due.

One that was missed falls due on the next day, whatever its chance.
"""
DECAY = -0.1542
"""Parameter 20 of FSRS-6, as fsrs has it by default, negative: how slowly a memory's tail falls."""
FACTOR = RETENTION ** (1 / DECAY) - 1
"""Makes the stability the day on which the chance is 90 %."""
LONGEST = 365
"""Days: what is known for a year may be asked once more."""


class Memory(Struct, frozen=True, array_like=True, gc=False):
    """What is remembered of one question."""

    stability: float
    """Days until the chance of recall has fallen to 90 %."""
    difficulty: float
    """From 1, easy, to 10."""
    last: int
    """The day of the latest rating, as an ordinal."""
    due: int
    """The day on which to ask again, as an ordinal."""


def rated(memory: Memory | None, rating: Rating, day: int) -> Memory:
    """The memory after a rating on a day; None for a question that was never rated.

    A day before the latest one, from a clock that was set back, counts as that one.
    """
    import fsrs

    day = max(day, memory.last) if memory else day
    card, _ = _scheduler().review_card(_card(memory), fsrs.Rating(rating), _moment(day))
    assert card.stability is not None
    assert card.difficulty is not None
    return Memory(card.stability, card.difficulty, day, card.due.date().toordinal())


def recall(memory: Memory, day: int) -> float:
    """The chance, 0 to 1, that it is remembered on that day: FSRS-6's power law of forgetting.

    R = (1 + FACTOR · days / stability) ^ DECAY. https://github.com/open-spaced-repetition/fsrs4anki/wiki
    """
    days = max(0, day - memory.last)
    return float((1 + FACTOR * days / memory.stability) ** DECAY)


@cache
def _scheduler() -> "Scheduler":
    import fsrs

    return fsrs.Scheduler(
        desired_retention=RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST,
        enable_fuzzing=False,
    )


def _card(memory: Memory | None) -> "Card":
    import fsrs

    if memory is None:
        return fsrs.Card(card_id=0)
    return fsrs.Card(
        card_id=0,
        state=fsrs.State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=_moment(memory.due),
        last_review=_moment(memory.last),
    )


def _moment(day: int) -> datetime.datetime:
    date = datetime.date.fromordinal(day)
    return datetime.datetime(date.year, date.month, date.day, tzinfo=datetime.UTC)
