"""Home in a terminal of 80 columns and 24 lines: what is due, its first line, stays in sight."""

from tests.known_courses import shipped
from tests.screen.screens import RICH
from tutor.screen import course_view
from tutor.screen.words import as_text
from tutor.standing import LessonStanding, Stand

COURSE = shipped()


def finished(number: int, identity: str, title: str) -> LessonStanding:
    """A lesson that was taken whole, and its quiz."""
    return LessonStanding(
        number=number,
        id=identity,
        title=title,
        state="finished",
        skipped=False,
        steps=31,
        steps_done=31,
        deeper=0,
        deeper_done=0,
        at=Stand(0),
        place="",
        section="",
        minutes=0,
        asking="",
        quiz=18,
        quiz_result=(16, 18),
        quiz_best=(16, 18),
        seconds=900,
        latest="",
        removed=(),
    )


def test_a_lesson_whose_quiz_is_done_keeps_to_one_line_of_80_columns() -> None:
    standing = [finished(n, one.id, one.title) for n, one in enumerate(COURSE.lessons, 1)]
    said = "".join(as_text(part, 80) for part in course_view.lessons(standing, RICH, 80))
    rows = [row.rstrip() for row in said.splitlines()]
    assert len(rows) == len(COURSE.lessons)
    assert all(row.endswith("quiz 16/18") for row in rows)
