"""What follows from the events, kept beside them: lesson by lesson, fold by fold.

The state after the latest event is in the table `derived`; every so many events it is kept in
`derived_before` as well, so that an undoing need not start from the first event.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from tutor.progress.event_table import BEGINNING, AtMoment, EventTable
from tutor.progress.events import Event, Undone
from tutor.progress.fold import AnyFold, Fold, State
from tutor.progress.locking import Watch, watch_nothing

EVERY = 500
"""So many events lie between two states in `derived_before`."""
NOW, BEFORE = "derived", "derived_before"


@dataclass
class Point:
    """Where the folding of a lesson stands: states, fold by fold, and what was taken in."""

    states: list[Any]
    moment: AtMoment = BEGINNING
    taken: int = 0

    def take(self, folds: Sequence[AnyFold], event: Event, *, counts: bool) -> None:
        """Take in one event more."""
        if counts:
            self.states = [fold.take(self.states[n], event) for n, fold in enumerate(folds)]
        self.moment = event.moment
        self.taken += 1


class Derived:
    """The states of all lessons; whoever writes sees to the transaction."""

    def __init__(
        self, connection: sqlite3.Connection, events: EventTable, folds: Sequence[AnyFold]
    ) -> None:
        self._connection = connection
        self._events = events
        self._folds = folds

    def add(self, event: Event) -> None:
        """Take in an event that was appended just now, the latest of its lesson."""
        course, lesson = event.place.course, event.place.lesson
        undoes = isinstance(event.deed, Undone)
        since = self._events.moment_of(event.deed.event) if isinstance(event.deed, Undone) else None
        point = self._point(NOW, course, lesson)
        if since or point is None or event.moment <= point.moment:
            self.refold(course, lesson, since)
            return
        self.take(event, point, counts=not undoes)
        self.store(course, lesson, point)

    def refold(
        self,
        course: str,
        lesson: str,
        since: AtMoment | None = None,
        watch: Watch = watch_nothing,
    ) -> None:
        """Work a lesson out anew, from the first event or from before a moment, and keep that."""
        start = self._point(BEFORE, course, lesson, since) if since else None
        start = start or self._blank()
        self._forget_after(course, lesson, start.moment)
        for point in self._fold_on(course, lesson, start):
            if point.taken % EVERY == 0:
                self._store(BEFORE, course, lesson, point)
                watch(EVERY)
        self._store(NOW, course, lesson, start)

    def is_right(self, course: str, lesson: str, watch: Watch = watch_nothing) -> bool:
        """Tell whether what is kept of a lesson is what its events say."""
        point = self._blank()
        for _ in self._fold_on(course, lesson, point):
            if point.taken % EVERY == 0:
                watch(EVERY)
        first, *others = self._folds
        kept = self._read(NOW, [first], course, lesson)
        is_first_right = kept == Point(point.states[:1], point.moment, point.taken)
        states = zip(others, point.states[1:], strict=True)
        agree = all(self._agrees(fold, state, (course, lesson), point) for fold, state in states)
        return is_first_right and agree

    def _agrees(self, fold: AnyFold, state: Any, lesson: tuple[str, str], point: Point) -> bool:
        """Tell whether what is kept of a fold is this, unless it is out of date and says so."""
        row = self._connection.execute(
            "SELECT state FROM derived WHERE fold = ? AND rule = ? AND taken = ?"
            " AND course = ? AND lesson = ?",
            (fold.name, fold.rule, point.taken, *lesson),
        ).fetchone()
        if row is None:
            return True
        try:
            return bool(msgspec.msgpack.decode(row[0], type=fold.state) == state)
        except msgspec.DecodeError:
            return False

    def _blank(self) -> Point:
        return Point([fold.state() for fold in self._folds])

    def _fold_on(self, course: str, lesson: str, point: Point) -> Iterator[Point]:
        """Take all events behind a point into it, one by one."""
        undone = self._events.undone_in(course, lesson)
        for event in self._events.of_lesson(course, lesson, point.moment):
            counts = event.id not in undone and not isinstance(event.deed, Undone)
            point.take(self._folds, event, counts=counts)
            yield point

    def arriving(self) -> "Arriving":
        """Something that takes in many events as they are appended."""
        return Arriving(self, self._events)

    def point(self, course: str, lesson: str) -> Point | None:
        """Where a lesson stands; a new one at its beginning, one that is off nowhere."""
        kept = self._point(NOW, course, lesson)
        return kept or (None if self._events.last_moment(course, lesson) else self._blank())

    def take(self, event: Event, point: Point, *, counts: bool) -> None:
        """Take an event into a point, and keep that if it is time to."""
        point.take(self._folds, event, counts=counts)
        if point.taken % EVERY == 0:
            self._store(BEFORE, event.place.course, event.place.lesson, point)

    def store(self, course: str, lesson: str, point: Point) -> None:
        """Keep a point as where a lesson stands."""
        self._store(NOW, course, lesson, point)

    def rebuild(self, watch: Watch = watch_nothing) -> int:
        """Work everything out anew; returns the number of lessons."""
        for table in (NOW, BEFORE):
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608  two names of ours
        pairs = self._events.lessons()
        for course, lesson, _ in pairs:
            self.refold(course, lesson, watch=watch)
        return sum(1 for _, lesson, _ in pairs if lesson)  # guesses at a demo belong to none

    def kept(self) -> dict[tuple[str, str], int]:
        """How many events each lesson's states come from; the least, where folds differ."""
        rows = self._connection.execute(
            "SELECT course, lesson, min(taken), count(*) FROM derived GROUP BY course, lesson"
        ).fetchall()
        return {(course, lesson): taken for course, lesson, taken, _ in rows}

    def is_outdated(self) -> bool:
        """Tell whether something is kept that follows by another rule, or a fold is not up to date.

        A fold that is new has nothing yet; one falls behind where a tutor writes that lacks it.
        """
        rules = {fold.name: fold.rule for fold in self._folds}
        kept: dict[tuple[str, str], dict[str, int]] = {}
        rows = self._connection.execute("SELECT course, lesson, fold, rule, taken FROM derived")
        for course, lesson, name, rule, taken in rows:
            if rules.get(name, rule) != rule:
                return True
            if name in rules:
                kept.setdefault((course, lesson), {})[name] = taken
        return any(
            len(counts) < len(rules) or len(set(counts.values())) > 1 for counts in kept.values()
        )

    def states(self, fold: Fold[State], course: str) -> dict[str, State]:
        """The states of a course's lessons; what is not up to date is worked out, and not kept."""
        rows = self._connection.execute(
            "SELECT lesson, max(taken) FROM derived WHERE course = ? GROUP BY lesson", (course,)
        ).fetchall()
        return {lesson: self.state(fold, course, lesson) for lesson, _ in rows}

    def state(self, fold: Fold[State], course: str, lesson: str) -> State:
        """The state of a lesson."""
        point = self._read(NOW, [fold], course, lesson)
        newest = self._connection.execute(
            "SELECT moment, taken FROM derived WHERE course = ? AND lesson = ?"
            " ORDER BY moment DESC, id DESC LIMIT 1",
            (course, lesson),
        ).fetchone()
        if point is not None and (point.moment[0], point.taken) == newest:
            state: State = point.states[0]
            return state
        return fold.of(self._events.of_lesson(course, lesson))

    def _point(
        self, table: str, course: str, lesson: str, before: AtMoment | None = None
    ) -> Point | None:
        return self._read(table, self._folds, course, lesson, before)

    def _read(
        self,
        table: str,
        folds: Sequence[AnyFold],
        course: str,
        lesson: str,
        before: AtMoment | None = None,
    ) -> Point | None:
        """The latest point that all folds have, by the rules of today; None where there is none."""
        where, values = ("AND (moment, id) < (?, ?)", before) if before else ("", ())
        rows = self._connection.execute(
            f"SELECT fold, rule, state, moment, id, taken FROM {table}"  # noqa: S608
            f" WHERE course = ? AND lesson = ? {where} ORDER BY moment DESC, id DESC",
            (course, lesson, *values),
        )
        found: dict[tuple[Any, ...], dict[str, bytes]] = {}
        rules = {fold.name: fold.rule for fold in folds}
        for name, rule, state, *point in rows:
            if rules.get(name) != rule:
                continue
            states = found.setdefault(tuple(point), {})
            states[name] = state
            if len(states) == len(folds):
                return _decoded(folds, states, tuple(point))
        return None

    def _store(self, table: str, course: str, lesson: str, point: Point) -> None:
        self._connection.executemany(
            f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (
                (fold.name, course, lesson, fold.rule, *point.moment, point.taken, _encoded(state))
                for fold, state in zip(self._folds, point.states, strict=True)
            ),
        )

    def _forget_after(self, course: str, lesson: str, moment: AtMoment) -> None:
        self._connection.execute(
            "DELETE FROM derived_before WHERE course = ? AND lesson = ? AND (moment, id) > (?, ?)",
            (course, lesson, *moment),
        )


class Arriving:
    """Events that come in by the thousand: folded as they come while they come in order.

    A lesson in which one of them belongs further back is worked out anew from there, at the end.
    """

    def __init__(self, derived: Derived, events: EventTable) -> None:
        self._derived = derived
        self._events = events
        self._points: dict[tuple[str, str], Point | None] = {}
        self._undone: dict[tuple[str, str], set[str]] = {}
        self._since: dict[tuple[str, str], AtMoment] = {}

    def expect(self, events: Iterable[Event]) -> None:
        """Look where lessons stand, before these are appended."""
        for lesson in {(event.place.course, event.place.lesson) for event in events}:
            if lesson not in self._points:
                self._points[lesson] = self._derived.point(*lesson)
                self._undone[lesson] = self._events.undone_in(*lesson)

    def take(self, event: Event) -> None:
        """Take in one of these, after it was appended."""
        lesson = event.place.course, event.place.lesson
        point = self._points[lesson]
        if isinstance(event.deed, Undone):
            undone = self._events.moment_of(event.deed.event)
            self._go_back(lesson, min(event.moment, undone or event.moment))
        elif point is None or lesson in self._since or event.moment <= point.moment:
            self._go_back(lesson, event.moment if point else BEGINNING)
        else:
            self._derived.take(event, point, counts=event.id not in self._undone[lesson])

    def _go_back(self, lesson: tuple[str, str], moment: AtMoment) -> None:
        self._since[lesson] = min(moment, self._since.get(lesson, moment))

    def finish(self, watch: Watch) -> None:
        """Keep where the lessons stand now."""
        for lesson, point in self._points.items():
            if lesson in self._since:
                self._derived.refold(*lesson, self._since[lesson], watch)
            elif point is not None:
                self._derived.store(*lesson, point)


def _encoded(state: msgspec.Struct) -> bytes:
    return msgspec.msgpack.encode(state)


def _decoded(
    folds: Sequence[AnyFold], states: dict[str, bytes], point: tuple[Any, ...]
) -> Point | None:
    """A point with its states; None where one of them is spoilt."""
    moment, name, taken = point
    try:
        read = [msgspec.msgpack.decode(states[fold.name], type=fold.state) for fold in folds]
    except msgspec.DecodeError:
        return None
    return Point(read, (moment, name), taken)
