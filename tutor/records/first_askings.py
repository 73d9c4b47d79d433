"""How each question went when its learner met it for the first time: a function of events.

Later askings say what was remembered, and belong to reviews; a class is told by its first meetings,
one a learner, so that an interval around them means something.
"""

from msgspec import Struct
from msgspec.structs import replace

from tutor.progress.events import Answered, Assessed, Event, Revealed, Vouched
from tutor.progress.fold import Fold

NAME, RULE = "first-askings", 1


class First(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The first asking of a question."""

    sitting: str
    answered: bool = False
    """False where it was skipped."""
    right: bool = False
    """At the first try, the answer unseen; as the tutor's own tallies count it."""
    words: str = ""
    """The first reply, in words where the learner saw words."""
    belief: str = ""
    """The false belief that it shows."""
    content: str = ""
    """The hash of the question as it stood."""


class FirstAskings(Struct, omit_defaults=True):
    """The first askings of a lesson's questions."""

    askings: dict[str, First] = {}


def _take(found: FirstAskings, event: Event) -> FirstAskings:
    question, deed = event.place.question, event.deed
    before = found.askings.get(question)
    match deed:
        case Answered(attempt=1) if before is None or (
            _is_of(before, deed) and not before.answered
        ):
            found.askings[question] = _answered(event, deed)
        case Revealed() if before is None:
            content = event.place.content
            found.askings[question] = First(sitting=deed.sitting, content=content)
        case Assessed() if before is None or _is_of(before, deed):
            first = before or First(sitting=deed.sitting, content=event.place.content)
            found.askings[question] = replace(first, right=deed.right)
        case Vouched(attempt=1) if before and _is_of(before, deed) and before.answered:
            found.askings[question] = replace(before, right=True, belief="")
        case _:
            pass
    return found


FIRST_ASKINGS = Fold(NAME, RULE, FirstAskings, _take)


def _is_of(before: First, deed: Answered | Assessed | Vouched) -> bool:
    """Tell whether a deed belongs to this asking."""
    return before.sitting == deed.sitting


def _answered(event: Event, deed: Answered) -> First:
    return First(
        sitting=deed.sitting,
        answered=True,
        right=deed.right and not deed.revealed,
        words=deed.said or deed.raw,
        belief="" if deed.right else deed.misconception,
        content=event.place.content,
    )
