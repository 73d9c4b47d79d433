"""`tutor records`: progress beyond this machine, in learning record stores."""

from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.options import AsJson, Plain, enter
from tutor.cli.room import tell

if TYPE_CHECKING:
    from tutor.cli.room import Room

app = typer.Typer(help="Your progress on other machines and in a class: learning record stores.")
STORE = "What waits for this store; else all that a new one would get."
All = Annotated[bool, typer.Option("--all", help="Show every statement, not one of them.")]


@app.callback()
def records() -> None:
    """Your progress on other machines and in a class: learning record stores."""


@app.command("preview")
def preview(
    ctx: typer.Context,
    *,
    store: Annotated[str, typer.Option("--store", metavar="NAME", help=STORE)] = "",
    everything: All = False,
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """Show the exact records that would be sent, and what stays; sends nothing."""
    from tutor.cli.recording import scribe
    from tutor.progress.journal import Journal
    from tutor.records import outbox, preview

    room = enter(ctx, plain=plain)
    writer = scribe(room)
    with ExitStack() as stack:
        journal = Journal.peek(room.settings.journal, tell)
        box = outbox.Outbox.peek(room.settings.records / outbox.FILE, tell)
        if journal:
            stack.enter_context(journal)
        if box:
            stack.enter_context(box)
        going = preview.going(box, journal, writer, store)
        if as_json:
            for statement in going:
                typer.echo(statement)
            return
        shown = list(going)
        found = preview.preview(shown, journal, writer)
    said = list(preview.told(found, writer.learner))
    chosen = shown if everything else [found.example] if found.example else []
    said += map(preview.pretty, chosen)
    if len(chosen) < found.count:
        said.append("That was one of them. All: --all; as they are sent, one a line: --json.")
    _show(room, said)


def _show(room: "Room", paragraphs: list[str]) -> None:
    """Page by page to somebody who reads; as they are to a program."""
    from tutor.screen.words import line

    if not room.terminal.is_watched:
        typer.echo("\n\n".join(paragraphs))
        return
    with room.terminal.paged() as terminal:
        for one in paragraphs:
            terminal.say(line(one), line())
