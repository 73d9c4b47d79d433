"""Which events count, and in what order: the same on every machine, whatever came in when."""

from collections.abc import Iterable

from tutor.progress.events import Event, Reset, Undone


def in_order(events: Iterable[Event]) -> list[Event]:
    """Events by their moments, without those that were undone, nor the undoings."""
    known = sorted(events, key=lambda event: event.moment)
    undone = {event.deed.event for event in known if isinstance(event.deed, Undone)}
    return [e for e in known if e.id not in undone and not isinstance(e.deed, Undone)]


def standing_events(events: Iterable[Event]) -> list[Event]:
    """Events that still count: in order, not undone, not left behind by a reset of their lesson.

    The events may be of any number of lessons, in any order. For whoever works out something of
    their own from what a learner did.
    """
    counted = in_order(events)
    resets = {
        (event.place.course, event.place.lesson): number
        for number, event in enumerate(counted)
        if isinstance(event.deed, Reset)
    }
    return [
        event
        for number, event in enumerate(counted)
        if number > resets.get((event.place.course, event.place.lesson), -1)
    ]
