"""What to do with a damaged journal, so that nothing is lost at any moment of it.

All that still reads goes into a new file, which takes the damaged one's place in one step;
meanwhile no other tutor writes. The damaged one is kept beside it, and named at every start until
`tutor progress repair` has looked into it.
"""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tutor.progress.deriving import Derived
from tutor.progress.descriptors import Holding, copy, holding
from tutor.progress.event_table import EventTable
from tutor.progress.events import Event
from tutor.progress.fold import AnyFold
from tutor.progress.folding import PROGRESS
from tutor.progress.health import Health, look_over
from tutor.progress.journal import Clock, Journal
from tutor.progress.locking import Tell, Watch, alone, tell_nobody, watch_nothing
from tutor.progress.moments import local_now
from tutor.progress.opening import (
    SHAPE,
    UNCHANGED,
    DamagedError,
    connect_to_read,
    index_of_log,
    is_there,
    log_of,
    refuse_newer,
    size_of,
    sync_folder,
    translated,
)
from tutor.progress.rows import Unreadable
from tutor.progress.salvage import installation_of, salvage
from tutor.progress.setting_aside import (
    forget_mere_names,
    is_same,
    looked_into,
    name_aside,
    set_aside,
)
from tutor.progress.shaping import write_new

REPAIRING = "a repair"


@dataclass(frozen=True)
class Rescue:
    """A damaged file was replaced."""

    aside: Path | None
    """What it is called now; None for an empty file, of which nothing is kept."""
    saved: int
    """Events that could still be read;"""
    lost: int
    """and rows that could not."""


@dataclass(frozen=True)
class Returned:
    """What was taken back from a file that had been set aside."""

    aside: Path
    """What it is called now."""
    added: int
    known: int
    lost: int
    log: Path | None = None
    """SQLite's log beside it, where there is one: part of the same file to whoever moves it."""


@dataclass(frozen=True)
class Repair:
    """All that a repair did."""

    rescue: Rescue | None = None
    rebuilt: tuple[str, ...] = ()
    """Lessons whose progress was computed anew."""
    returned: tuple[Returned, ...] = ()


def open_journal(
    path: Path,
    clock: Clock = local_now,
    tell: Tell = tell_nobody,
    folds: Sequence[AnyFold] = (PROGRESS,),
) -> tuple[Journal, Rescue | None]:
    """Open the journal; a damaged one is replaced by a new one with what could be read."""
    try:
        return Journal.open(path, clock, tell, folds), None
    except DamagedError:
        rescue = _rescue_if_damaged(path.resolve(), clock, tell)
        return Journal.open(path, clock, tell, folds), rescue


def repair(
    path: Path,
    clock: Clock = local_now,
    tell: Tell = tell_nobody,
    watch: Watch = watch_nothing,
    folds: Sequence[AnyFold] = (PROGRESS,),
) -> Repair:
    """Put right what is wrong with the journal at `path`, and take back what was set aside.

    Nothing is moved that is sound: what follows from the events is computed anew where it stands.
    """
    path = path.resolve()
    health = _health(path, tell, watch, folds)
    if health is None:
        with contextlib.suppress(DamagedError):
            Journal.open(path, clock, tell, folds).close()  # an older one is brought up to date
            health = _health(path, tell, watch, folds)
    damaged = health is None or health.is_damaged
    rescue = _rescue_if_damaged(path, clock, tell) if damaged else None
    behind = health.behind if health and not rescue else ()
    with Journal.open(path, clock, tell, folds) as journal:
        if behind:
            journal.rebuild(watch)
        returned = tuple(_take_back(journal, aside) for aside in set_aside(path))
    return Repair(rescue, behind, returned)


def _health(
    path: Path, tell: Tell, watch: Watch, folds: Sequence[AnyFold] = (PROGRESS,)
) -> Health | None:
    """How the journal is; None where it cannot even be looked at."""
    try:
        with translated(path):
            if not is_there(path):
                return Health(0)
            connection = connect_to_read(path, tell)
            with contextlib.closing(connection):
                if refuse_newer(connection, path) < SHAPE:
                    return None
                return look_over(connection, folds, deep=True, watch=watch)
    except DamagedError:
        return None


def _rescue_if_damaged(path: Path, clock: Clock, tell: Tell) -> Rescue | None:
    """Replace the file, unless another tutor has done so while we waited for our turn."""
    with translated(path, UNCHANGED), alone(path, tell) as announce:
        announce(REPAIRING)
        health = _health(path, tell, watch_nothing)
        if health is not None and not health.is_damaged:
            return None
        return _rescue(path, clock)


def _rescue(path: Path, clock: Clock) -> Rescue:
    """Write a new file with all that reads, then put it in the place of the old one."""
    forget_mere_names(path)
    new, aside = path.with_name(f"{path.name}.new"), name_aside(path, clock())
    is_empty = not size_of(path) and not size_of(log_of(path))
    try:
        saved, lost = _write(new, path)
        if not is_empty:
            _keep_as(path, aside)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        _keep_no_more(path, aside)
        raise
    sync_folder(path.parent)
    return Rescue(None if is_empty else aside, saved, lost)


def _write(new: Path, old: Path) -> tuple[int, int]:
    """Write what reads in `old` to a new journal: how many events, and how many rows did not."""
    lost: list[Unreadable] = []
    saved: set[str] = set()
    numbers: set[int] = set()
    with contextlib.closing(write_new(new)) as connection:
        connection.execute("BEGIN")
        if installation := installation_of(old):
            connection.execute("UPDATE installation SET id = ?", (installation,))
        events = EventTable(connection, lost.append)
        for found in salvage(old):
            if isinstance(found, Unreadable):
                lost.append(found)
            elif found[1].id not in saved:
                seq, event = found
                events.append(event, None if seq in numbers else seq)
                saved.add(event.id)
                numbers.add(events.last())
        Derived(connection, events, (PROGRESS,)).rebuild()
        connection.execute("COMMIT")
    return len(saved), len(lost)


def _keep_as(path: Path, aside: Path) -> None:
    """Give the old file another name too: it is there under one of them whatever happens next.

    What is in SQLite's log goes into the file, or along with it; the log must be gone before a new
    file is called what the old one was, or it would be taken for the new one's.
    """
    if size_of(path):  # of an empty one SQLite would delete the log
        with contextlib.suppress(sqlite3.Error):
            _fold_log_in(path)
    if size_of(log_of(path)):
        _name_also(log_of(path), log_of(aside))
    _name_also(path, aside)
    sync_folder(path.parent)
    for companion in (log_of(path), index_of_log(path)):
        companion.unlink(missing_ok=True)


def _fold_log_in(path: Path) -> None:
    opened = holding(path, lambda: sqlite3.connect(path, factory=Holding))
    with contextlib.closing(opened) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _keep_no_more(path: Path, aside: Path) -> None:
    """The old file stays where it is after all."""
    if is_same(path, aside):
        if log_of(aside).exists() and not log_of(path).exists():
            log_of(aside).replace(log_of(path))
        log_of(aside).unlink(missing_ok=True)
        aside.unlink()


def _name_also(path: Path, other: Path) -> None:
    try:
        os.link(path, other)
    except OSError:  # a file system on which a file has one name
        part = other.with_name(f"{other.name}.part")
        copy(path, part)
        shutil.copymode(path, part)  # with who may read it
        part.replace(other)


def _take_back(journal: Journal, aside: Path) -> Returned:
    """Merge what reads in a file that was set aside, and call it what it then is."""
    lost: list[Unreadable] = []

    def readable() -> Iterator[Event]:
        for found in salvage(aside):
            if isinstance(found, Unreadable):
                lost.append(found)
            else:
                yield found[1]

    merged = journal.merge(readable())
    old = looked_into(aside)
    with translated(aside):
        if log_of(aside).exists():
            log_of(aside).replace(log_of(old))
        index_of_log(aside).unlink(missing_ok=True)
        aside.replace(old)
    log = log_of(old) if log_of(old).exists() else None
    return Returned(old, merged.added, merged.known, len(lost), log)
