"""`tutor show`."""

from typing import Annotated

import typer

from tutor.cli.room import LessonName, Plain, enter


def show(
    ctx: typer.Context,
    lesson: LessonName,
    *,
    sources: Annotated[bool, typer.Option("--sources", help="Say who says so.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    plain: Plain = False,
) -> None:
    """Print a whole lesson, or what it rests on; fit for a pipe or a file."""
    from tutor.course.finding import find_lesson
    from tutor.screen import whole_lesson

    room = enter(ctx, plain=plain)
    chosen = find_lesson(room.course, lesson)
    write = whole_lesson.sources if sources else whole_lesson.lesson
    text = write(room.course, chosen)
    if as_markdown:
        room.terminal.write(text)
    else:
        room.terminal.say(whole_lesson.rendered(text, room.terminal.look))
