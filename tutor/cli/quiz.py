"""`tutor quiz`."""

import typer

from tutor.cli.room import OptionalLesson, Plain, enter
from tutor.errors import UnknownNameError


def quiz(ctx: typer.Context, lesson: OptionalLesson = "", *, plain: Plain = False) -> None:
    """Take a lesson's quiz; one that you left goes on where you left it."""
    from tutor.cli.sitting import sit
    from tutor.course.finding import find_lesson
    from tutor.standing import next_lesson, standings

    room = enter(ctx, plain=plain)
    now = next_lesson(standings(room.course, room.progress_before_writing()))
    chosen = find_lesson(room.course, lesson or (now.id if now else "1"))
    if not chosen.quiz:
        hint = f"take the lesson instead: tutor learn {chosen.id}"
        raise UnknownNameError(f"{chosen.title!r} has no quiz", hint=hint)
    sit(room, chosen.id, only_quiz=True)
