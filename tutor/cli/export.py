"""`tutor export`: a course taken along to other programs."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.options import LESSON, complete_lesson, enter
from tutor.cli.room import Room, tell

if TYPE_CHECKING:
    from tutor.course.model import Lesson

app = typer.Typer(help="Take a course along: to Anki, Moodle, paper, a spreadsheet.")
ANKI = "The file to write, as in course.apkg."
File = Annotated[Path, typer.Argument(help="The file to write; - for the screen.")]
Only = Annotated[str, typer.Option("--lesson", help=LESSON, autocompletion=complete_lesson)]
Force = Annotated[bool, typer.Option("--force", help="Replace a file.")]


@app.callback()
def export() -> None:
    """Take a course along: to Anki, Moodle, paper, a spreadsheet."""


@app.command("anki")
def anki(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help=ANKI)],
    *,
    lesson: Only = "",
    force: Force = False,
) -> None:
    """Write the questions as Anki cards; importing a later export updates them."""
    from tutor.exchange.anki import DRAWN, package
    from tutor.exchange.items import items
    from tutor.exchange.writing import check_free, write_bytes
    from tutor.progress.moments import local_now
    from tutor.screen.bars import counted

    check_free(file, force=force)
    room = enter(ctx)
    chosen = _lessons(room, lesson)
    write_bytes(file, package(room.course, chosen, local_now().timestamp()), force=force)
    asked = list(items(room.course, chosen))
    typer.echo(f"{counted(len(asked), 'question')} written to {file}. In Anki: File, Import.")
    if drawn := sum(item.is_drawn for item in asked):
        typer.echo(f"{counted(drawn, 'card')} with drawn numbers. {DRAWN}")


@app.command("gift")
def gift(ctx: typer.Context, file: File, *, lesson: Only = "", force: Force = False) -> None:
    """Write the questions in GIFT, which Moodle imports; what it cannot hold is said."""
    from tutor.exchange.gift import gift
    from tutor.exchange.writing import check_free, write_text

    check_free(file, force=force)
    room = enter(ctx)
    made = gift(room.course, _lessons(room, lesson))
    write_text(file, made.text, force=force)
    for what, names in made.said.items():
        tell(f"{what} ({len(names)}): {', '.join(names)}")
    tell("hints are left out: GIFT has no place for them")


@app.command("book")
def book(ctx: typer.Context, file: File, *, lesson: Only = "", force: Force = False) -> None:
    """Write the lessons as a Markdown book to print, with the answers at the end."""
    from tutor.catalogue.playing import demo_text
    from tutor.exchange.book import book
    from tutor.exchange.writing import check_free, write_text

    check_free(file, force=force)
    room = enter(ctx)
    write_text(file, book(room.course, _lessons(room, lesson), demo_text), force=force)


@app.command("csv")
def csv(ctx: typer.Context, file: File, *, lesson: Only = "", force: Force = False) -> None:
    """Write the questions as comma-separated values, a row each, for a spreadsheet."""
    from tutor.exchange.spreadsheet import spreadsheet
    from tutor.exchange.writing import check_free, write_text

    check_free(file, force=force)
    room = enter(ctx)
    write_text(file, spreadsheet(room.course, _lessons(room, lesson)), force=force)


def _lessons(room: Room, word: str) -> "Sequence[Lesson]":
    """The lesson that is meant, or all."""
    from tutor.course.finding import find_lesson

    return [find_lesson(room.course, word)] if word else room.course.lessons
