"""From the journal into the outbox: what came since the last time, written out once.

Called before something is sent, never while somebody answers.
"""

import itertools
from collections.abc import Iterator

from tutor.progress.events import Event
from tutor.progress.journal import Journal
from tutor.records.derived import derived, may_end
from tutor.records.mapping import Scribe, Statement, statement_id, travels
from tutor.records.outbox import Bookmark, Lesson, Outbox

BATCH = 500
"""So many events are taken up in one transaction."""
Batch = list[tuple[int, Event]]
"""Events with their numbers in the journal."""


def fill(outbox: Outbox, journal: Journal, scribe: Scribe) -> int:
    """Take up what the journal has that the outbox has not; returns how many statements are new.

    A kill on the way costs nothing: the next call goes on where this one was.
    """
    new = 0
    for batch in _unread(outbox, journal, scribe):
        seq, last = batch[-1]
        read_to = Bookmark(seq, last.id, scribe.learner.notes)
        found = _statements(batch, outbox, scribe)
        new += outbox.freeze(journal.installation, read_to, found, _lessons(batch))
    for lesson in outbox.unfinished():
        found = derived(journal.events_of(*lesson), scribe)
        new += outbox.freeze_lesson(lesson, found)
    return new


def to_come(outbox: Outbox | None, journal: Journal, scribe: Scribe) -> Iterator[Statement]:
    """What `fill` would add, without adding it."""
    lessons = set(outbox.unfinished()) if outbox else set()
    for batch in _unread(outbox, journal, scribe):
        lessons |= _lessons(batch)
        yield from _statements(batch, outbox, scribe)
    for lesson in sorted(lessons):
        for statement in derived(journal.events_of(*lesson), scribe):
            if _unknown([statement["id"]], outbox):
                yield statement


def _unread(outbox: Outbox | None, journal: Journal, scribe: Scribe) -> Iterator[Batch]:
    coming = _behind_bookmark(outbox, journal, scribe) if outbox else journal.numbered()
    while batch := list(itertools.islice(coming, BATCH)):
        yield batch


def _behind_bookmark(
    outbox: Outbox, journal: Journal, scribe: Scribe
) -> Iterator[tuple[int, Event]]:
    """Events behind the bookmark; all of them where it fits this journal no longer.

    It does not fit a journal that was put back from a backup, nor after the learner has let
    their notes go along.
    """
    mark = outbox.bookmark(journal.installation)
    if mark and mark.notes == scribe.learner.notes:
        events = journal.numbered(after=mark.seq - 1)
        first = next(events, None)
        if first and (first[0], first[1].id) == mark[:2]:
            return events
    return journal.numbered()


def _statements(batch: Batch, outbox: Outbox | None, scribe: Scribe) -> Iterator[Statement]:
    events = {statement_id(event.id): event for _, event in batch if travels(event, scribe.learner)}
    unknown = _unknown(list(events), outbox)
    if scribe.learner.renamed:  # what came from another machine has the id that it had there
        events = {
            scribe.id_of(event.id): event for name, event in events.items() if name in unknown
        }
        unknown = _unknown(list(events), outbox)
    return (scribe.statement(event) for name, event in events.items() if name in unknown)


def _unknown(names: list[str], outbox: Outbox | None) -> set[str]:
    return outbox.unknown(names) if outbox else set(names)


def _lessons(batch: Batch) -> set[Lesson]:
    """Those of which a lesson or a quiz may have come to its end."""
    return {(event.place.course, event.place.lesson) for _, event in batch if may_end(event)}
