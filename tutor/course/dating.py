"""Facts that change by themselves: which wording holds on a day. Pure."""

import datetime
from dataclasses import dataclass

from msgspec.structs import replace

from tutor.course.model import Course, Fact

SOON = datetime.timedelta(days=60)
"""So long before a fact changes its author hears of it."""


@dataclass(frozen=True)
class Ageing:
    """A fact that has changed, or soon will."""

    index: int
    """Where it stands among the facts."""
    message: str
    fix: str


def dated(course: Course, today: datetime.date) -> Course:
    """The course as it reads on `today`: each fact that has changed says what holds since."""
    return replace(course, facts=tuple(_on(fact, today) for fact in course.facts))


def _on(fact: Fact, today: datetime.date) -> Fact:
    if fact.changes_on is None or today < fact.changes_on or not fact.after:
        return fact
    source = f"{fact.source}. As announced; not looked up since {fact.changes_on}"
    return replace(fact, text=fact.after, source=source)


def ageing(facts: tuple[Fact, ...], today: datetime.date) -> list[Ageing]:
    """The facts that an author should look up: changed by `today`, or within `SOON`."""
    found = []
    for index, fact in enumerate(facts):
        if fact.changes_on is None or fact.changes_on - today > SOON:
            continue
        wait = (fact.changes_on - today).days
        if wait > 0:
            message = f"{fact.id!r} changes on {fact.changes_on}, in {_days(wait)}"
            fix = "look up whether that holds" if fact.after else "say in after: what holds then"
        else:
            message = f"{fact.id!r} changed on {fact.changes_on}"
            fix = "look it up, write what holds now as its text, and the day in checked_on"
        found.append(Ageing(index, message, fix))
    return found


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
