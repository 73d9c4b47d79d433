"""Every question that was answered is a card: when it is due, and which false beliefs stand.

A pure function of events, as progress is: `apply` takes one event more, `recompute` them all, in
any order. A lesson's reset leaves its cards: what was learnt does not go with it.
"""

import datetime
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from tutor.progress.events import Answered, Assessed, Event, Revealed, Undone, Vouched
from tutor.review.days import local_day
from tutor.review.memory import Memory, rated
from tutor.review.rating import FirstTry, Rating, rating

RULE = 1
"""The version of the rule by which cards follow from events."""


class Card(Struct, frozen=True, omit_defaults=True):
    """One question, as it is remembered."""

    memory: Memory | None = None
    before: Memory | None = None
    """The memory before the latest rating, which a later word on it may change."""
    sitting: str = ""
    """The asking that was rated last."""
    tried: FirstTry | None = None
    """How it went."""
    seen: int = 0
    """Days on which the question was answered."""
    lapses: int = 0
    """Days on which it was not known, after one on which it was."""


class Trap(Struct, frozen=True, array_like=True):
    """A false belief that was chosen."""

    question: str
    day: int


class LessonCards(Struct, omit_defaults=True):
    """The cards of one lesson."""

    cards: dict[str, Card] = {}
    """By question."""
    traps: dict[str, Trap] = {}
    """By misconception: where it was chosen last."""
    through: tuple[str, str] = ("", "")
    """The moment of the latest event that was taken in, counting or not."""
    undone: dict[str, bool] = {}


def recompute(events: Iterable[Event]) -> LessonCards:
    """Fold all events of one lesson, in any order, into its cards."""
    ordered = sorted(events, key=lambda event: event.moment)
    undone = {e.deed.event: True for e in ordered if isinstance(e.deed, Undone)}
    found = LessonCards(undone=undone)
    for event in ordered:
        if event.id not in undone:
            _take(found, event)
    found.through = ordered[-1].moment if ordered else ("", "")
    return found


def apply(found: LessonCards, event: Event) -> LessonCards:
    """Take in one event that is later than all before and undoes nothing; `found` is changed."""
    _take(found, event)
    found.through = event.moment
    return found


def _take(found: LessonCards, event: Event) -> None:
    deed, question = event.deed, event.place.question
    if not isinstance(deed, Answered | Assessed | Revealed | Vouched):
        return
    day = day_of(event)
    card = found.cards.get(question) or Card()
    tried = _tried(card, deed)
    if tried is not None:
        found.cards[question] = _rated(card, tried, deed.sitting, day)
    if isinstance(deed, Answered) and deed.misconception:
        found.traps[deed.misconception] = Trap(question, day)


def _tried(card: Card, deed: Answered | Assessed | Revealed | Vouched) -> FirstTry | None:
    """What a deed says of a first try; None where it says nothing of it."""
    same = card.sitting == deed.sitting
    match deed:
        case Answered() if deed.attempt == 1:
            seconds, seen = deed.seconds, deed.revealed
            return FirstTry(deed.right, deed.hints, seen, deed.confidence, seconds)
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
    if card.sitting == sitting:
        before, seen, lapses = card.before, card.seen, card.lapses - _is_lapse(card.before, card)
    elif card.memory and day <= card.memory.last:
        return card  # asked again on the same day
    else:
        before, seen, lapses = card.memory, card.seen + 1, card.lapses
    memory = rated(before, rating(tried), day)
    after = Card(memory, before, sitting, tried, seen, lapses)
    return replace(after, lapses=lapses + _is_lapse(before, after))


def _is_lapse(before: Memory | None, card: Card) -> bool:
    return before is not None and card.tried is not None and rating(card.tried) is Rating.AGAIN


def day_of(event: Event) -> int:
    """The learner's own day of an event."""
    at = datetime.datetime.fromisoformat(event.rank or event.at)
    return local_day(at, event.offset)
