"""`tutor show`."""

from typing import Annotated

import typer

from tutor.cli.options import AsMarkdown, OptionalLesson, Plain, enter


def show(
    ctx: typer.Context,
    lesson: OptionalLesson = "",
    *,
    sources: Annotated[bool, typer.Option("--sources", help="Say who says so.")] = False,
    as_markdown: AsMarkdown = False,
    plain: Plain = False,
) -> None:
    """Print a whole lesson, or what it rests on.

    Fit for a pipe or a file; without a name, the lesson that you are in.
    """
    from tutor.catalogue.playing import demo_text
    from tutor.course.finding import find_lesson
    from tutor.screen import whole_lesson

    room = enter(ctx, plain=plain)
    chosen = find_lesson(room.course, lesson or room.lesson_now())
    if sources:
        text = whole_lesson.sources(room.course, chosen)
    else:
        text = whole_lesson.lesson(room.course, chosen, demo_text, room.terminal.look)
    if as_markdown:
        room.terminal.write(text)
    else:
        room.terminal.say(whole_lesson.rendered(text, room.terminal.look))
