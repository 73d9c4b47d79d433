"""`tutor then`."""

import typer

from tutor.cli.options import OptionalLesson, Plain, enter


def then(ctx: typer.Context, lesson: OptionalLesson = "", *, plain: Plain = False) -> None:
    """Make a lesson's guesses again, and see what you said at first.

    Without a name, the guesses of the first lesson.
    """
    from tutor.cli.sitting import look_back_at
    from tutor.course.finding import find_lesson

    room = enter(ctx, plain=plain)
    look_back_at(room, find_lesson(room.course, lesson or room.outline.lessons[0].id))
