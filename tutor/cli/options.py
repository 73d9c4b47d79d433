"""Options and arguments that several commands have."""

from typing import Annotated, Any

import typer

from tutor.cli.room import Room
from tutor.errors import UnknownNameError

ANOTHER = "Another course: its name, as in: tutor course list; or its folder."
_CHOSEN = "tutor.course"
"""Where a call keeps the course that was named, before the command or behind it."""

PLAIN = "Accessible, plain output: no boxes, no colour. Also: ACCESSIBLE=1."
SCROLL = "Do not clear the screen for each step. Also: TUTOR_SCROLL=1."
Plain = Annotated[bool, typer.Option("--plain", help=PLAIN)]
Thoughts = Annotated[
    bool, typer.Option("--thoughts", help="Show all that a model thinks before it speaks.")
]
AsMarkdown = Annotated[bool, typer.Option("--markdown", help="Print Markdown.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def complete_lesson(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Lesson names for the shell."""
    try:
        lessons = enter(ctx, plain=True).course.lessons
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
    plain = plain or bool(ctx.find_root().params.get("plain"))
    scrolls = bool(ctx.find_root().params.get("scroll"))
    return Room(plain=plain, scrolls=scrolls, course=ctx.meta.get(_CHOSEN, ""))


def keep_course(ctx: typer.Context, param: object, value: str | None) -> None:  # noqa: ARG001
    """Keep the course that --course names, for `enter`; UnknownNameError where it names none."""
    if value is None:
        return
    if not value.strip():  # another course's progress is not what a script asked for
        raise UnknownNameError(
            "--course names no course: is a variable of your shell unset?",
            hint="leave --course away for the tutor's own, or name one of: tutor course list",
        )
    ctx.meta[_CHOSEN] = value


def offer_courses(command: Any) -> Any:
    """Let a command, and each command of a group, take --course."""
    command.params.append(
        typer.core.TyperOption(
            param_decls=["--course"],
            metavar="NAME",
            help=ANOTHER,
            callback=keep_course,
            expose_value=False,
            type=str,
        )
    )
    for one in getattr(command, "commands", {}).values():
        offer_courses(one)
    return command
