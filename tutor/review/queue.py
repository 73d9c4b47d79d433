"""What to ask today, in which order: no more than a cap, and no wall after a month away.

First the false beliefs that were chosen and not yet put right, each in *another* question where the
course has one. Then what is due: of more than the cap, those that are likeliest to be still half
remembered come first, for there a minute saves most (they would be lost next; what is gone already
can wait a day). Overdue is fine: nothing counts it.
"""

from collections.abc import Sequence

from tutor.review.counting import Asked, Due, Lessons, beliefs, cap_on, met, reviewed_on, was_missed
from tutor.review.memory import recall
from tutor.review.remembered import Card

ROUND = 10
"""Questions in a round of practice."""


def due(lessons: Lessons, course: Sequence[Asked], day: int, cap: int | None = None) -> list[Due]:
    """What to ask on a day: at most what is left of the cap, the most valuable first.

    `lessons` has the cards by lesson; of `course` only its questions can be asked.
    """
    most = cap_on(day, lessons) if cap is None else cap
    left = max(0, most - reviewed_on(day, lessons))
    believed = beliefs(lessons, course, day)
    taken = {(one.lesson, one.question) for one in believed}
    ready = [
        (asked, card)
        for asked, card in met(lessons, course)
        if card.is_due(day) and (asked.lesson, asked.question) not in taken
    ]
    ready.sort(key=lambda pair: -_recall(pair[1], day))
    return [*believed, *(Due(asked.lesson, asked.question) for asked, _ in ready)][:left]


def weakest(lessons: Lessons, course: Sequence[Asked], day: int, most: int = ROUND) -> list[Due]:
    """What to practise when nothing is due: matter by matter, the least remembered first.

    What was asked on the day itself is left out, for the answer has just been read.
    """
    free = [
        (asked, _recall(card, day)) for asked, card in met(lessons, course) if card.is_free(day)
    ]
    chances: dict[str, list[float]] = {}
    for asked, chance in free:
        for topic in asked.covers:
            chances.setdefault(topic, []).append(chance)
    mean = {topic: sum(found) / len(found) for topic, found in chances.items()}
    free.sort(key=lambda pair: min((mean[t] for t in pair[0].covers), default=pair[1]))
    return [Due(asked.lesson, asked.question) for asked, _ in free[:most]]


def missed_today(
    lessons: Lessons, course: Sequence[Asked], day: int, most: int = ROUND
) -> list[Due]:
    """What was not known on the day itself: to practise where nothing else is left to.

    It changes no schedule, for a card is rated once a day.
    """
    found = [
        Due(asked.lesson, asked.question)
        for asked, card in met(lessons, course)
        if was_missed(card) and card.memory and card.memory.last == day
        if not card.suspended and card.buried < day
    ]
    return found[:most]


def _recall(card: Card, day: int) -> float:
    return recall(card.memory, day) if card.memory else 0.0
