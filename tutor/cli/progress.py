"""`tutor progress` and what can be done with it."""

import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.options import AsJson, LessonName, Plain, enter
from tutor.cli.room import tell

if TYPE_CHECKING:
    from tutor.cli.room import Room
    from tutor.page.progress_page import Done
    from tutor.progress.events import Event
    from tutor.review.mastery import Report
    from tutor.screen.course_view import Standings

app = typer.Typer(help="What you have done: show, export, import, reset, undo.")
Html = Annotated[
    Path | None,
    typer.Option(
        "--html", metavar="FILE", help="Write it as a page for a browser; - for the screen."
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


class Switch(Enum):
    """On or off, as it is typed."""

    ON = "on"
    OFF = "off"


class Deeper(Enum):
    """What becomes of deeper steps, as it is typed."""

    ASK = "ask"
    SHOW = "show"
    SKIP = "skip"


DEPTHS = {
    Deeper.ASK: "offered where they stand",
    Deeper.SHOW: "shown like the others",
    Deeper.SKIP: "left out; l lists them",
}


@app.callback(invoke_without_command=True)
def progress(
    ctx: typer.Context, *, as_json: AsJson = False, plain: Plain = False, html: Html = None
) -> None:
    """What you have done: show, export, import, reset, undo."""
    if ctx.invoked_subcommand is not None:
        return
    from tutor.screen import journal_view
    from tutor.standing import standings

    if as_json and str(html) == "-":
        raise typer.BadParameter("--json and --html - both write to the screen: name a file")
    room = enter(ctx, plain=plain)
    standing, practice = standings(room.outline, room.progress(), room.pace), room.report()
    if html:
        from tutor.page.progress_page import Done

        _write_page(html, Done(room.outline.title, standing, practice, room.called))
    if as_json:
        _print_json(standing, practice)
    elif not html:
        _show(room, standing, practice)
    for said in journal_view.dated_ahead(room.ahead()):
        tell(said)


def _write_page(file: Path, done: "Done") -> None:
    from tutor.page.keeping import write_page
    from tutor.page.progress_page import progress_page

    page = progress_page(done)
    if str(file) == "-":
        sys.stdout.write(page)
        return
    write_page(file, page)
    tell(f"your progress is in {file}: open it in a browser")


def _print_json(standing: "Standings", practice: "Report") -> None:
    import msgspec

    whole = {"lessons": standing, "practice": practice}
    typer.echo(msgspec.json.format(msgspec.json.encode(whole)).decode())


def _show(room: "Room", standing: "Standings", practice: "Report") -> None:
    from tutor.screen import course_view, progress_view

    titles = {lesson.id: lesson.title for lesson in room.outline.lessons}
    with room.terminal.paged() as terminal:
        terminal.say(*course_view.progress(standing, terminal.look, terminal.width))
        terminal.say(*progress_view.practice(practice, titles, terminal, room.called))


@app.command("export")
def export(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where to write; - for the screen.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace a file.")] = False,
) -> None:
    """Write every event of the journal to a file, one JSON object a line."""
    from contextlib import nullcontext

    from tutor.progress.exchange import export_events
    from tutor.progress.journal import Journal

    journal = Journal.peek(enter(ctx).settings.journal, tell)
    with journal or nullcontext():
        count = export_events(journal, file, force=force)
    if str(file) != "-":
        typer.echo(f"{count} events written to {file}")


@app.command("import")
def import_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file from: tutor progress export")],
) -> None:
    """Merge the events of an exported file into the journal; twice is the same as once."""
    from tutor.progress.exchange import import_events, steps_of_import
    from tutor.progress.moments import local_now
    from tutor.screen.journal_view import dated_ahead, left_out

    room = enter(ctx)
    with room.journal() as journal, room.working("Importing", steps_of_import(file)) as watch:
        merged = import_events(journal, file, watch)
        ahead = journal.dated_ahead(local_now())
    typer.echo(f"{merged.added} events added, {merged.known} known already")
    if merged.conflicts:
        typer.echo(f"{merged.conflicts} with a known id and other content left out: ours are kept")
    for line in (*left_out(merged.left_out), *dated_ahead(ahead)):
        typer.echo(line)


@app.command("reset")
def reset(ctx: typer.Context, lesson: LessonName, *, yes: Yes = False) -> None:
    """Start one lesson anew. Nothing is destroyed: tutor progress undo takes it back."""
    from tutor.course.finding import find_lesson
    from tutor.progress.events import Place, Reset

    room = enter(ctx)
    chosen = find_lesson(room.course, lesson)
    if not yes and not enter(ctx).confirms(f"Start lesson {chosen.title!r} anew?"):
        typer.echo("Left as it was.")
        return
    with room.journal() as journal:
        journal.record(Place(course=room.course.id, lesson=chosen.id), Reset())
    typer.echo(f"{chosen.title!r} starts anew. To take it back: tutor progress undo")


@app.command("why")
def why(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="An objective, or words of a false belief.")] = "",
    *,
    plain: Plain = False,
) -> None:
    """Show the answers behind an estimate: of an objective, or of a false belief you chose."""
    from tutor.errors import UnknownNameError
    from tutor.review import grounds
    from tutor.review.believing import Belief
    from tutor.review.counting import asked_in
    from tutor.screen import why_view

    room = enter(ctx, plain=plain)
    report, practised, asked = room.report(), room.practised(), asked_in(room.outline)
    found = grounds.named(report, name) if name else None
    if not name:
        titles = {lesson.id: lesson.title for lesson in room.outline.lessons}
        room.terminal.say(*why_view.everything(report, titles, room.called))
    elif found is None:
        raise UnknownNameError(
            f"nothing that you have answered speaks of {name!r}",
            hint="what there is: tutor progress why",
        )
    elif isinstance(found, Belief):
        answers = grounds.answers(practised, asked, found)
        room.terminal.say(*why_view.belief(found, answers, report.today))
    else:
        known = grounds.behind(practised, asked, found, report.today)
        room.terminal.say(*why_view.objective(found, known, room.prompts(), report.today))


@app.command("sure")
def sure(ctx: typer.Context, wanted: Annotated[Switch, typer.Argument(help="on or off.")]) -> None:
    """Have the question how sure you are of an answer asked, or not."""
    from tutor.progress.events import HowSure, Place

    room = enter(ctx)
    with room.journal() as journal:
        journal.record(
            Place(course=room.outline.id, lesson=""), HowSure(wanted=wanted is Switch.ON)
        )
    typer.echo(f"How sure you are is {'asked' if wanted is Switch.ON else 'not asked any more'}.")


@app.command("deeper")
def deeper(
    ctx: typer.Context,
    wanted: Annotated[Deeper, typer.Argument(help="ask, show or skip.")],
) -> None:
    """Have deeper steps offered (ask), shown without asking (show), or left out (skip)."""
    from tutor.progress.events import Depth, Place

    room = enter(ctx)
    with room.journal() as journal:
        journal.record(Place(course=room.outline.id, lesson=""), Depth(wanted=wanted.value))
    typer.echo(f"Deeper steps are {DEPTHS[wanted]}.")


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
    from contextlib import nullcontext

    from tutor.progress.events import Noted, Reported, Undone, Vouched
    from tutor.progress.journal import Journal
    from tutor.progress.order import in_order
    from tutor.screen.words import line

    room = enter(ctx)
    journal = Journal.peek(room.settings.journal, tell)
    with journal or nullcontext():
        found = journal.events(Noted, Reported, Vouched, Undone) if journal else ()
        said = [_note(event) for event in in_order(found)]
    if not said and sys.stdout.isatty():
        said = ["No notes yet: n, wherever a lesson waits, writes one (:n at an answer in words)."]
    if sys.stdout.isatty():
        room.terminal.say(*map(line, said))  # broken between words
        return
    for note in said:
        typer.echo(note)


def _note(event: "Event") -> str:
    """One line of what was noted."""
    from tutor.progress.events import Noted, Reported, Vouched
    from tutor.screen.streaming import harmless

    where = "/".join(filter(None, [event.place.lesson, event.place.step]))
    version = f"{event.place.question}@{event.place.content}"
    match event.deed:
        case Noted(text=text):
            said = text
        case Reported(text=text):
            said = f"wrong or unclear, {version}: {text}"
        case Vouched(raw=raw):
            said = f"means the same, {version}: {raw}"
        case _:
            said = ""
    return harmless(f"{event.at[:10]}  {where}: {said}")


@app.command("rebuild")
def rebuild(ctx: typer.Context) -> None:
    """Compute all progress anew from the events."""
    room = enter(ctx)
    with room.journal() as journal, room.working("Computing", journal.count()) as watch:
        count = journal.rebuild(watch)
    typer.echo(f"Progress of {count} lessons computed anew.")


@app.command("repair")
def repair(ctx: typer.Context) -> None:
    """Put a damaged journal right, and take back what was set aside.

    What still reads goes into a new file that takes the damaged one's place in one step.
    """
    from tutor.progress import rescue
    from tutor.progress.setting_aside import set_aside
    from tutor.review.folds import FOLDS
    from tutor.screen.journal_view import repaired

    room = enter(ctx)
    path = room.settings.journal
    if not path.exists() and not set_aside(path):
        typer.echo("There is no journal yet, so nothing to repair.")
        return
    with room.working("Looking through the journal") as watch:
        done = rescue.repair(path, tell=tell, watch=watch, folds=FOLDS)
    for line in repaired(done):
        typer.echo(line)
