"""`tutor learn`."""

import typer

from tutor.cli.options import OptionalLesson, Plain, enter


def learn(ctx: typer.Context, lesson: OptionalLesson = "", *, plain: Plain = False) -> None:
    """Take a lesson from where you left it.

    Without a name, the lesson to go on with.
    """
    from tutor.cli.sitting import sit
    from tutor.course.finding import find_lesson

    room = enter(ctx, plain=plain)
    sit(room, find_lesson(room.course, lesson or room.lesson_now()))
