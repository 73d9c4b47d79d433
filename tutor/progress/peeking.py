"""A look at where the learner stands, without writing and without loading what writing needs."""

from pathlib import Path

import msgspec

from tutor.progress.lesson_progress import RULE, LessonProgress
from tutor.progress.opening import Tell, connect_to_read, refuse_newer, tell_nobody, translated


def read_progress(path: Path, course: str, tell: Tell = tell_nobody) -> dict[str, LessonProgress]:
    """Where the learner stands in every lesson of `course` that was begun."""
    if not path.exists():
        return {}
    with translated(path):
        connection = connect_to_read(path, tell)
        try:
            if refuse_newer(connection, path) == 0:
                return {}  # just made, or cut to nothing
            rows = connection.execute(
                "SELECT lesson, rule, progress FROM lesson_progress WHERE course = ?", (course,)
            ).fetchall()
        finally:
            connection.close()
        if all(rule == RULE for _, rule, _ in rows):
            decode = msgspec.msgpack.Decoder(LessonProgress).decode
            return {lesson: decode(blob) for lesson, _, blob in rows}
    return _computed_anew(path, course, tell)


def _computed_anew(path: Path, course: str, tell: Tell) -> dict[str, LessonProgress]:
    """Stored under another rule: the events decide."""
    from tutor.progress.journal import Journal

    journal = Journal.peek(path, tell)
    if journal is None:
        return {}
    with journal:
        return journal.lessons(course)
