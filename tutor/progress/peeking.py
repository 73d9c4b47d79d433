"""A look at where the learner stands, without writing and without loading what writing needs."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from tutor.progress.lesson_progress import NAME, RULE, LessonProgress
from tutor.progress.locking import Tell, tell_nobody
from tutor.progress.opening import SHAPE, connect_to_read, is_there, refuse_newer, translated

if TYPE_CHECKING:
    import sqlite3

    from tutor.progress.journal import Journal

State = TypeVar("State", bound=msgspec.Struct)
Kept = tuple[str, int, type[State]]
"""What a fold's states are kept as: its name, its rule, and what a state is."""


def read_progress(path: Path, course: str, tell: Tell = tell_nobody) -> dict[str, LessonProgress]:
    """Where the learner stands in every lesson of `course` that was begun."""
    kept = (NAME, RULE, LessonProgress)
    return read_states(path, course, kept, lambda journal: journal.lessons(course), tell)


def read_states(
    path: Path,
    course: str,
    kept: Kept[State],
    anew: "Callable[[Journal], dict[str, State]]",
    tell: Tell = tell_nobody,
) -> dict[str, State]:
    """The states of a fold in every lesson of `course` that was begun.

    `anew` works them out from the events, where they are not kept or are spoilt.
    """
    with translated(path):
        if not is_there(path):
            return {}
        connection = connect_to_read(path, tell)
        try:
            if refuse_newer(connection, path) < SHAPE:
                return _computed_anew(path, anew, tell)
            found = _up_to_date(connection, course, kept)
        finally:
            connection.close()
    if found is None:
        return _computed_anew(path, anew, tell)
    try:
        decode = msgspec.msgpack.Decoder(kept[2]).decode
        return {lesson: decode(blob) for lesson, blob in found.items()}
    except msgspec.DecodeError:
        return _computed_anew(path, anew, tell)


def _up_to_date(
    connection: "sqlite3.Connection", course: str, kept: Kept[Any]
) -> dict[str, bytes] | None:
    """What is kept of a fold by lesson; None where a lesson lacks it, or it is behind."""
    name, rule, _ = kept
    rows = connection.execute(
        "SELECT lesson, taken, CASE WHEN fold = ? AND rule = ? THEN state END"
        " FROM derived WHERE course = ?",
        (name, rule, course),
    ).fetchall()
    newest: dict[str, int] = {}
    for lesson, taken, _ in rows:
        newest[lesson] = max(taken, newest.get(lesson, 0))
    found = {lesson: state for lesson, taken, state in rows if state and taken == newest[lesson]}
    return found if len(found) == len(newest) else None


def _computed_anew(
    path: Path, anew: "Callable[[Journal], dict[str, State]]", tell: Tell
) -> dict[str, State]:
    """Kept under another rule, or spoilt: the events decide."""
    from tutor.progress.journal import Journal

    journal = Journal.peek(path, tell)
    if journal is None:
        return {}
    with journal:
        return anew(journal)
