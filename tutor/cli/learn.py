"""`tutor learn`."""

import typer

from tutor.cli.room import OptionalLesson, Plain, enter


def learn(ctx: typer.Context, lesson: OptionalLesson = "", *, plain: Plain = False) -> None:
    """Take a lesson from where you left it; without a name, the next one."""
    from tutor.cli.sitting import sit
    from tutor.course.finding import find_lesson
    from tutor.standing import next_lesson, standings

    room = enter(ctx, plain=plain)
    if lesson:
        sit(room, find_lesson(room.course, lesson).id)
        return
    now = next_lesson(standings(room.course, room.progress_before_writing()))
    sit(room, now.id if now else room.course.lessons[0].id)
