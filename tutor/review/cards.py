"""Every question that was answered is a card: when it is due, and which false beliefs stand.

A function of a lesson's events, which a journal keeps beside them. A lesson's reset leaves its
cards: what was learnt does not go with it.
"""

from msgspec.structs import replace

from tutor.progress.events import (
    Answered,
    Assessed,
    Buried,
    Event,
    Passed,
    Resumed,
    Revealed,
    Suspended,
    Vouched,
)
from tutor.progress.fold import Fold
from tutor.review.days import day_of_text
from tutor.review.memory import Memory, rated, recall
from tutor.review.rating import FirstTry, Rating, rating
from tutor.review.remembered import KEPT, NAME, RULE, Card, Judged, LessonCards, Practice, Trap, Try

Tried = Answered | Assessed | Revealed | Vouched
"""Deeds that may say how a first try went."""


def _take(found: LessonCards, event: Event) -> LessonCards:
    deed, question = event.deed, event.place.question
    match deed:
        case Answered() | Assessed() | Revealed() | Vouched():
            _take_try(found, question, deed, day_of(event))
        case Passed():
            _spend(found, day_of(event), 0, deed.seconds)
        case Buried():
            _mark(found, question, buried=day_of(event))
        case Suspended() | Resumed():
            _mark(found, question, suspended=isinstance(deed, Suspended))
        case _:
            pass
    return found


CARDS = Fold(NAME, RULE, LessonCards, _take)


def _take_try(found: LessonCards, question: str, deed: Tried, day: int) -> None:
    card = found.cards.get(question) or Card()
    _weigh(found, card, deed)
    tried = None if _is_again(card, deed.sitting, day) else _tried(card, deed)
    if tried is not None:
        found.cards[question] = _rated(card, tried, deed.sitting, day)
    if isinstance(deed, Answered):
        _spend(found, day, 1, deed.seconds)
        if deed.misconception:
            found.traps[deed.misconception] = Trap(question, day)


def _is_again(card: Card, sitting: str, day: int) -> bool:
    """Asked again on the same day: that changes nothing."""
    return card.memory is not None and card.sitting != sitting and day <= card.memory.last


def _mark(found: LessonCards, question: str, **what: int | bool) -> None:
    found.cards[question] = replace(found.cards.get(question) or Card(), **what)


def _spend(found: LessonCards, day: int, answers: int, seconds: float) -> None:
    before = found.days.get(day) or Practice()
    found.days[day] = Practice(before.answers + answers, before.seconds + seconds)


def _weigh(found: LessonCards, card: Card, deed: Tried) -> None:
    """Count what a first try's confidence was worth; a veto makes the try right afterwards."""
    match deed:
        case Answered():
            if deed.attempt == 1 and deed.confidence is not None:
                _count(found, deed.confidence, 1, right=deed.right)
        case Vouched(attempt=1) if card.sitting == deed.sitting and card.tried:
            if card.tried.confidence is not None and not card.tried.right:
                _count(found, card.tried.confidence, 0, right=True)
        case _:
            pass


def _count(found: LessonCards, confidence: int, answers: int, *, right: bool) -> None:
    before = found.sure.get(confidence) or Judged()
    found.sure[confidence] = Judged(before.answers + answers, before.right + right)


def _tried(card: Card, deed: Tried) -> FirstTry | None:
    """What a deed says of a first try; None where it says nothing of it."""
    same = card.sitting == deed.sitting
    match deed:
        case Answered() if deed.attempt == 1:
            given = (deed.hints, deed.revealed, deed.confidence, deed.seconds)
            return FirstTry(deed.right, *given, "" if deed.right else deed.misconception)
        case Assessed():
            before = card.tried if same and card.tried else FirstTry(right=False)
            return FirstTry(deed.right, before.hints, before.seen, before.confidence, 0.0)
        case Revealed() if not same:
            return FirstTry(right=False, seen=True)
        case Vouched() if same and deed.attempt == 1 and card.tried:
            before = card.tried
            return FirstTry(True, before.hints, before.seen, before.confidence, before.seconds)
        case _:
            return None


def _rated(card: Card, tried: FirstTry, sitting: str, day: int) -> Card:
    """Rate an asking; a later word on the same asking takes the place of the earlier."""
    if card.memory and card.sitting == sitting:
        card = replace(
            card,
            memory=card.before,
            tries=card.tries[:-1],
            seen=card.seen - 1,
            lapses=card.lapses - _is_lapse(card.before, card),
        )
    kept = recall(card.memory, day) if card.memory else 0.0
    one = Try(day, tried.is_unaided, round(kept, 4), tried.belief)
    after = replace(
        card,
        memory=rated(card.memory, rating(tried), day),
        before=card.memory,
        sitting=sitting,
        tried=tried,
        tries=(*card.tries, one)[-KEPT:],
        seen=card.seen + 1,
    )
    return replace(after, lapses=after.lapses + _is_lapse(card.memory, after))


def _is_lapse(before: Memory | None, card: Card) -> bool:
    return before is not None and card.tried is not None and rating(card.tried) is Rating.AGAIN


def day_of(event: Event) -> int:
    """The learner's own day of an event."""
    return day_of_text(event.at, event.offset)
