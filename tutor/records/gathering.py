"""Statements of many learners, from wherever: ours are piled up, all are counted."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tutor.progress.events import Event
from tutor.progress.exchange import what_cannot_be
from tutor.progress.moments import latest_time
from tutor.records import iris
from tutor.records.class_report import Counts
from tutor.records.folding import Name
from tutor.records.mapping import Statement, event_of, is_ours
from tutor.records.pile import Pile, Who

LONGEST_NAME = 200
"""Characters of the name of a learner, a course, a lesson, a question."""
LONGEST_WORDS = 300
"""Characters of what a question asks that are kept."""
MOST_AUTHORS = 20


@dataclass
class Called:
    """What statements call the things of a course."""

    prompts: dict[Name, str] = field(default_factory=dict)
    """What questions ask."""
    titles: dict[str, str] = field(default_factory=dict)
    """What lessons are called."""


class Gathering:
    """Takes in statements one by one."""

    def __init__(self, pile: Pile, now: datetime.datetime) -> None:
        self._pile = pile
        self._limits = latest_time(now), latest_time(now, rank=True)
        self.counts = Counts()
        self.called: dict[str, Called] = {}
        """What statements call things, by course."""
        self.authors: dict[Who, dict[str, None]] = {}
        """Which accounts of a store wrote a learner's statements."""

    @property
    def has_ours(self) -> bool:
        """Tell whether there is something to report on."""
        return self._pile.count > 0

    def take(self, statement: Any) -> bool:
        """Take in what may be a statement; tell whether it is one, ours or not."""
        self.counts.read += 1
        if not isinstance(statement, dict) or not {"actor", "verb", "object"} <= statement.keys():
            self.counts.broken += 1
            return False
        event, who = event_of(statement), _who(statement)
        if event is not None and who is not None and self._can_be(event, who):
            self._take(who, event, statement)
            return True
        if not is_ours(statement):
            self.counts.foreign += 1
        elif not _follows(statement):
            self.counts.broken += 1
        return True

    def _can_be(self, event: Event, who: Who) -> bool:
        place = event.place
        names = (event.id, place.course, place.lesson, place.step, place.question, *who)
        is_named = all(len(name) <= LONGEST_NAME and name.isprintable() for name in names)
        return is_named and not what_cannot_be(event, *self._limits)

    def _take(self, who: Who, event: Event, statement: Statement) -> None:
        self._pile.put(who, event)
        self._name(event, statement)
        authors = self.authors.setdefault(who, {})
        if (author := _author(statement)) and len(authors) < MOST_AUTHORS:
            authors[author] = None

    def _name(self, event: Event, statement: Statement) -> None:
        """Keep what the statement calls the things of which it speaks."""
        place = event.place
        called = self.called.setdefault(place.course, Called())
        name = place.lesson, place.question
        if place.lesson in called.titles and (name in called.prompts or not place.question):
            return
        said = _definition(statement)
        title, asks = _words(said, "name"), _words(said, "description")
        ends = {f": {part}" for part in (place.question or place.step, "quiz")}
        if place.lesson and (end := next(filter(title.endswith, ends), "")):
            called.titles.setdefault(place.lesson, title.removesuffix(end))
        if place.question and asks:
            called.prompts[name] = asks


def _follows(statement: Mapping[str, Any]) -> bool:
    """Tell whether it is one of ours that follows from others, and says nothing new."""
    return iris.DERIVED in statement["context"]["extensions"]


def _who(statement: Mapping[str, Any]) -> Who | None:
    """Whose statement it is; None for a group, and for what names nobody."""
    match statement["actor"]:
        case {"account": {"homePage": str(home), "name": str(name)}} if name:
            return Who(home, name)
        case {"mbox": str(name)} | {"openid": str(name)} | {"mbox_sha1sum": str(name)} if name:
            return Who("", name.removeprefix("mailto:"))
        case _:
            return None


def _author(statement: Mapping[str, Any]) -> str:
    """Who wrote it, as the store says; empty where it says nothing."""
    authority = statement.get("authority")
    return json.dumps(authority, sort_keys=True)[:LONGEST_WORDS] if authority else ""


def _definition(statement: Mapping[str, Any]) -> dict[str, Any]:
    match statement["object"]:
        case {"definition": dict(found)}:
            return found
        case _:
            return {}


def _words(definition: Mapping[str, Any], field: str) -> str:
    """The words of a language map; empty where there are none."""
    match definition.get(field):
        case dict(words):
            first = next((word for word in words.values() if isinstance(word, str)), "")
            return first[:LONGEST_WORDS]
        case _:
            return ""
