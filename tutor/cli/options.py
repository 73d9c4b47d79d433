"""Options and arguments that several commands have."""

from typing import Annotated

import typer

from tutor.cli.room import Room

PLAIN = "Accessible, plain output: no boxes, no colour. Also: ACCESSIBLE=1."
Plain = Annotated[bool, typer.Option("--plain", help=PLAIN)]
Thoughts = Annotated[
    bool, typer.Option("--thoughts", help="Show all that a model thinks before it speaks.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def complete_lesson(incomplete: str) -> list[tuple[str, str]]:
    """Lesson names for the shell."""
    try:
        lessons = Room(plain=True).course.lessons
    except Exception:  # noqa: BLE001  a shell's completion has nowhere to put an error
        return []
    return [(lesson.id, lesson.title) for lesson in lessons if lesson.id.startswith(incomplete)]


LESSON = "A lesson: its number, or its name as in: tutor lessons"
LessonName = Annotated[str, typer.Argument(help=LESSON, autocompletion=complete_lesson)]
OptionalLesson = Annotated[
    str, typer.Argument(help=LESSON, autocompletion=complete_lesson, show_default=False)
]


def enter(ctx: typer.Context, *, plain: bool = False) -> Room:
    """Open the room for a command; `--plain` may stand before the command or behind it."""
    return Room(plain=plain or bool(ctx.find_root().params.get("plain")))
