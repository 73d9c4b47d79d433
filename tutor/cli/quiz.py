"""`tutor quiz`."""

from typing import Annotated

import typer

from tutor.cli.options import OptionalLesson, Plain, enter
from tutor.errors import UnknownNameError


def quiz(
    ctx: typer.Context,
    lesson: OptionalLesson = "",
    *,
    missed: Annotated[bool, typer.Option("--missed", help="Only what you missed last.")] = False,
    placement: Annotated[
        bool, typer.Option("--placement", help="A dozen questions: which lessons to leave out.")
    ] = False,
    plain: Plain = False,
) -> None:
    """Take a lesson's quiz; one that you left goes on.

    Without a name, the quiz of the lesson to go on with.
    """
    from tutor.cli.sitting import Part, Repeat, review_at, sit
    from tutor.course.finding import find_lesson

    room = enter(ctx, plain=plain)
    if placement:
        review_at(room, Repeat.PLACEMENT)
        return
    chosen = find_lesson(room.course, lesson or room.lesson_now())
    if not chosen.quiz:
        hint = f"take the lesson instead: {room.called} learn {chosen.id}"
        raise UnknownNameError(f"{chosen.title!r} has no quiz", hint=hint)
    sit(room, chosen, Part.MISSED if missed else Part.QUIZ)
