"""Statements of this learner from a store, and the journal's events in them.

All pages are read before anything is written, and then it is one transaction: a pull that was cut
off has done nothing. What others did is never taken in, nor what no tutor wrote, nor what cannot
have been so; each is named.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tutor.progress.events import Event
from tutor.progress.exchange import what_cannot_be
from tutor.progress.locking import Watch, watch_nothing
from tutor.progress.moments import latest_time
from tutor.records.client import Client, Statement
from tutor.records.machine import Machine
from tutor.records.mapping import event_of, is_derived, is_ours

MOST_AT_ONCE = 500
"""Ids that are looked up at a time; a store may give longer pages than it was asked for."""
LONGEST_NAME = 40
"""Characters of a statement's id that are repeated to the learner."""
UNREADABLE = "no event that this tutor can read; is it older than your other one?"


@dataclass(frozen=True)
class Pulled:
    """What a pull did."""

    added: int = 0
    """Events that the journal did not know."""
    conflicts: int = 0
    """Events whose id is known with other content: ours are kept."""
    left_out: tuple[str, ...] = ()
    """What is wrong with statements that were not believed, each with its id."""


@dataclass
class _Found:
    """What the pages of a store hold of ours."""

    events: dict[str, Event] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    """Those that the outbox does not know."""
    left_out: list[str] = field(default_factory=list)
    conflicts: int = 0


def pull(client: Client, machine: Machine, store: str, watch: Watch = watch_nothing) -> Pulled:
    """Merge what this learner did elsewhere into the journal; StoreError, and nothing was done."""
    found, reading = _Found(), _Reading(machine)
    for page in client.pages(machine.scribe.learner.agent):
        reading.sort(page, found)
        watch(len(page))
    known = {event.id: event for event in machine.journal.events() if event.id in found.events}
    conflicts = sum(found.events[name] != event for name, event in known.items())
    machine.outbox.take_in(store, found.statements)
    new = [event for name, event in found.events.items() if name not in known]
    added = machine.journal.merge(new).added if new else 0
    return Pulled(added, found.conflicts + conflicts, tuple(found.left_out))


class _Reading:
    """How statements of one learner are told from others."""

    def __init__(self, machine: Machine) -> None:
        now = machine.clock()
        self._outbox = machine.outbox
        self._account = machine.scribe.learner.agent["account"]
        self._latest = latest_time(now), latest_time(now, rank=True)

    def sort(self, page: list[Statement], found: _Found) -> None:
        """Take from a page what is ours and can have been so."""
        taken = {}
        for statement in self._of_the_learner(page):
            name = str(statement.get("id", "")).lower()
            if wrong := self._take(statement, found):
                found.left_out.append(f"{name[:LONGEST_NAME]}: {wrong}")
            else:
                taken[name] = statement
        for names in _parts(list(taken)):
            unknown = self._outbox.unknown(names)
            found.statements += [taken[name] for name in names if name in unknown]

    def _of_the_learner(self, page: list[Any]) -> Iterator[Statement]:
        for statement in page:
            match statement:
                case {"actor": {"account": Mapping() as account}} if is_ours(statement):
                    if account == self._account:
                        yield statement

    def _take(self, statement: Statement, found: _Found) -> str:
        """Take a statement; what is wrong with it where it was not taken."""
        event = event_of(statement)
        if event is None:
            return "" if is_derived(statement) else UNREADABLE
        if wrong := what_cannot_be(event, *self._latest):
            return wrong
        if found.events.setdefault(event.id, event) != event:
            found.conflicts += 1
        return ""


def _parts(names: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(names), MOST_AT_ONCE):
        yield names[start : start + MOST_AT_ONCE]
