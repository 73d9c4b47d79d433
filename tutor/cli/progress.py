"""`tutor progress` and what can be done with it."""

from pathlib import Path
from typing import Annotated

import typer

from tutor.cli.options import AsJson, LessonName, Plain, enter
from tutor.cli.room import tell
from tutor.errors import NeedsPersonError

app = typer.Typer(help="What you have done: show, export, import, reset, undo.")
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


@app.callback(invoke_without_command=True)
def progress(ctx: typer.Context, *, as_json: AsJson = False, plain: Plain = False) -> None:
    """What you have done: show, export, import, reset, undo."""
    if ctx.invoked_subcommand is not None:
        return
    import msgspec

    from tutor.screen import course_view
    from tutor.standing import standings

    room = enter(ctx, plain=plain)
    standing = standings(room.outline, room.progress())
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(standing)).decode())
    else:
        room.terminal.say(*course_view.progress(standing, room.terminal.look))


@app.command("export")
def export(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where to write; - for the screen.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace a file.")] = False,
) -> None:
    """Write every event of the journal to a file, one JSON object a line."""
    from tutor.progress.exchange import export_events
    from tutor.progress.journal import Journal

    journal = Journal.peek(enter(ctx).settings.journal, tell)
    count = export_events(journal, file, force=force)
    if str(file) != "-":
        typer.echo(f"{count} events written to {file}")


@app.command("import")
def import_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file from: tutor progress export")],
) -> None:
    """Merge the events of an exported file into the journal; twice is the same as once."""
    from tutor.progress.exchange import import_events

    with enter(ctx).journal() as journal:
        merged = import_events(journal, file)
    typer.echo(f"{merged.added} events added, {merged.known} known already")
    if merged.conflicts:
        typer.echo(f"{merged.conflicts} with a known id and other content left out: ours are kept")


@app.command("reset")
def reset(ctx: typer.Context, lesson: LessonName, *, yes: Yes = False) -> None:
    """Start one lesson anew. Nothing is destroyed: tutor progress undo takes it back."""
    from tutor.course.finding import find_lesson
    from tutor.progress.events import Place, Reset

    room = enter(ctx)
    chosen = find_lesson(room.course, lesson)
    if not yes and not _confirm(f"Start lesson {chosen.title!r} anew?", ctx):
        typer.echo("Left as it was.")
        return
    with room.journal() as journal:
        journal.record(Place(course=room.course.id, lesson=chosen.id), Reset())
    typer.echo(f"{chosen.title!r} starts anew. To take it back: tutor progress undo")


@app.command("undo")
def undo(ctx: typer.Context) -> None:
    """Take back your latest reset, answer, skip or overruled verdict, whichever came last."""
    from tutor.progress.undoing import undo_latest

    with enter(ctx).journal() as journal:
        said = undo_latest(journal)
    typer.echo(said)


@app.command("notes")
def notes(ctx: typer.Context) -> None:
    """Print your notes, questions that you found wrong or unclear, and verdicts you overruled."""
    from tutor.progress.events import Noted, Reported, Vouched
    from tutor.progress.journal import Journal
    from tutor.screen.streaming import harmless

    journal = Journal.peek(enter(ctx).settings.journal, tell)
    for event in journal.events() if journal else ():
        where = "/".join(filter(None, [event.place.lesson, event.place.step]))
        if isinstance(event.deed, Noted):
            typer.echo(harmless(f"{event.at[:10]}  {where}: {event.deed.text}"))
        elif isinstance(event.deed, Reported):
            version = f"{event.place.question}@{event.place.content}"
            said = f"{event.at[:10]}  {where}: wrong or unclear, {version}: {event.deed.text}"
            typer.echo(harmless(said))
        elif isinstance(event.deed, Vouched):
            version = f"{event.place.question}@{event.place.content}"
            said = f"{event.at[:10]}  {where}: means the same, {version}: {event.deed.raw}"
            typer.echo(harmless(said))


@app.command("rebuild")
def rebuild(ctx: typer.Context) -> None:
    """Compute all progress anew from the events."""
    with enter(ctx).journal() as journal:
        count = journal.rebuild()
    typer.echo(f"Progress of {count} lessons computed anew.")


@app.command("repair")
def repair(ctx: typer.Context) -> None:
    """Set a damaged journal aside; save what reads.

    The new journal holds every event that could still be read.
    """
    from tutor.progress import rescue

    settings = enter(ctx).settings
    if not settings.journal.exists():
        typer.echo("There is no journal yet, so nothing to repair.")
    elif rescue.is_sound(settings.journal, tell):
        typer.echo("The journal is sound: nothing to repair.")
    else:
        journal, done = rescue.repair(settings.journal)
        journal.close()
        typer.echo(f"{done.events} events saved; the old file is kept as {done.aside}")


def _confirm(question: str, ctx: typer.Context) -> bool:
    from tutor.screen.terminal import EndOfInputError

    terminal = enter(ctx).terminal
    if not terminal.is_interactive:
        raise NeedsPersonError("this asks for a confirmation", hint="add --yes")
    try:
        return terminal.ask(f"{question} (y/n) ").strip().casefold() in ("y", "yes")
    except EndOfInputError:
        return False
