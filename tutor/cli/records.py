"""`tutor records`: progress beyond this machine, in learning record stores."""

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.options import AsJson, Plain, enter
from tutor.cli.reporting import report
from tutor.cli.room import tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tutor.cli.room import Room
    from tutor.records.preview import Going

app = typer.Typer(help="Your progress on other machines and in a class: learning record stores.")
STORE = "What waits for this store; else all that a new one would get."
AS = "The name your records go under; on a second machine the same. Else one is made up."
NOTES = "Let your notes, reports and drafts go along."
AGAIN = "Send once more what was refused."
AUTO = "From now on sync by itself after a lesson, unseen; or no longer."
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
    room = enter(ctx, plain=plain)
    with _going(room, store) as going:
        if as_json:
            for statement in going.statements():
                typer.echo(statement)
        else:
            _show(room, going.told(everything=everything))


@contextmanager
def _going(room: "Room", store: str) -> "Iterator[Going]":
    """What would go out, for as long as its files are open."""
    from tutor.cli.recording import scribe, shelf
    from tutor.progress.journal import Journal
    from tutor.records.outbox import Outbox
    from tutor.records.outbox_file import FILE
    from tutor.records.preview import NO_STORE, Going

    name = shelf(room).find(store).name if store else NO_STORE
    with ExitStack() as stack:
        journal = Journal.peek(room.settings.journal, tell)
        outbox = Outbox.peek(room.settings.records / FILE, tell)
        if journal:
            stack.enter_context(journal)
        if outbox:
            stack.enter_context(outbox)
        yield Going(outbox, journal, scribe(room), name)


@app.command("add")
def add(  # noqa: PLR0913  a command's options
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="What you will call it, as in: class")],
    url: Annotated[str, typer.Argument(help="Its address, up to /statements.")],
    *,
    user: Annotated[str, typer.Option("--user", help="Your user name, or key, there.")],
    called: Annotated[str, typer.Option("--as", metavar="NAME", help=AS)] = "",
    notes: Annotated[bool | None, typer.Option("--notes/--no-notes", help=NOTES)] = None,
) -> None:
    """Add a record store; the password is asked for unseen. Nothing of yours is sent yet.

    The password may also lie in TUTOR_RECORDS_SECRET, or in the system's keyring.
    """
    from tutor.cli.adding import New, add

    add(enter(ctx), New(name, url, user, called, notes))


@app.command("sync")
def sync(  # noqa: PLR0913  a command's options
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="A store of yours; else all.")] = "",
    *,
    auto: Annotated[bool | None, typer.Option("--auto/--no-auto", help=AUTO)] = None,
    again: Annotated[bool, typer.Option("--again", help=AGAIN)] = False,
    quietly: Annotated[bool, typer.Option("--quietly", hidden=True)] = False,
    plain: Plain = False,
) -> None:
    """Send what you did here, then fetch what you did elsewhere."""
    from tutor.cli import syncing

    room = enter(ctx, plain=plain)
    if quietly:
        syncing.quietly(room)
        return
    if auto is not None:
        syncing.set_auto(room, name, auto=auto)
    if auto is not False:
        syncing.openly(room, name, again=again)


@app.command("status")
def status(ctx: typer.Context, *, as_json: AsJson = False, plain: Plain = False) -> None:
    """Show how far each store has got: what it has, what waits, what it refused and why."""
    from tutor.cli import syncing
    from tutor.cli.recording import say

    room = enter(ctx, plain=plain)
    if as_json:
        typer.echo(syncing.status_json(room))
    else:
        say(room, syncing.status(room))


@app.command("remove")
def remove(
    ctx: typer.Context, name: Annotated[str, typer.Argument(help="A store of yours.")]
) -> None:
    """Forget a record store and its password; what it has stays there."""
    from tutor.cli.adding import remove

    remove(enter(ctx), name)


app.command("report")(report)


def _show(room: "Room", paragraphs: "Iterable[str]") -> None:
    """Page by page to somebody who reads; as they are to a program."""
    from tutor.screen.words import line

    if not room.terminal.is_watched:
        for one in paragraphs:
            typer.echo(f"{one}\n")
        return
    with room.terminal.paged() as terminal:
        for one in paragraphs:
            terminal.say(line(one), line())
