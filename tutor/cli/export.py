"""`tutor export`: a course taken along to other programs."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.options import LESSON, complete_lesson, enter
from tutor.cli.room import Room, tell
from tutor.errors import JournalError

if TYPE_CHECKING:
    from tutor.course.model import Lesson

app = typer.Typer(help="Take a course along: to Anki, Moodle, paper, a spreadsheet, a teacher.")
ANKI = "The file to write, as in course.apkg."
File = Annotated[Path, typer.Argument(help="The file to write; - for the screen.")]
Only = Annotated[str, typer.Option("--lesson", help=LESSON, autocompletion=complete_lesson)]
AS = "The name that your teacher knows you by, in this file."
NOTES = "Let notes, drafts and reports of unclear questions go along."
Force = Annotated[bool, typer.Option("--force", help="Replace a file.")]


@app.callback()
def export() -> None:
    """Take a course along: to Anki, Moodle, paper, a spreadsheet, a teacher."""


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


@app.command("xapi")
def xapi(  # noqa: PLR0913  a command's options
    ctx: typer.Context,
    file: File,
    *,
    name: Annotated[str, typer.Option("--as", metavar="NAME", help=AS)] = "",
    lesson: Only = "",
    notes: Annotated[bool, typer.Option("--notes", help=NOTES)] = False,
    force: Force = False,
) -> None:
    """Write what you did as a file to hand in, where there is no record store."""
    from tutor.cli.recording import catalogue, learner
    from tutor.course.finding import find_lesson
    from tutor.exchange.writing import check_free, write_lines
    from tutor.progress.journal import Journal
    from tutor.records.handing_in import hand_in
    from tutor.records.mapping import Scribe
    from tutor.screen.bars import counted

    check_free(file, force=force)
    room = enter(ctx)
    chosen = find_lesson(room.course, lesson).id if lesson else ""
    scribe = Scribe(learner(room, name, notes=notes), catalogue(room))
    journal = Journal.peek(room.settings.journal, tell)
    if journal is None:
        raise JournalError("there is nothing to hand in yet", hint="take a lesson: tutor learn 1")
    with journal:
        count = write_lines(file, hand_in(journal, scribe, room.course.id, chosen), force=force)
    if str(file) != "-":
        said = f"{counted(count, 'record')} of {scribe.learner.name} written to {file}."
        typer.echo(f"{said} Your teacher reads it with: tutor records report FILE")


def _lessons(room: Room, word: str) -> "Sequence[Lesson]":
    """The lesson that is meant, or all."""
    from tutor.course.finding import find_lesson

    return [find_lesson(room.course, word)] if word else room.course.lessons
