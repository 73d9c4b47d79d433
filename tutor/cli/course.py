"""`tutor course`: for authors."""

import os
import shlex
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.options import AsJson, AsMarkdown, Plain, enter
from tutor.cli.room import tell
from tutor.errors import Exit

if TYPE_CHECKING:
    from tutor.cli.room import Room
    from tutor.progress.events import Event
    from tutor.screen.words import Renderable


class Form(Enum):
    """How problems are told, as it is typed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


app = typer.Typer(help="For authors of lessons.", no_args_is_help=True)


@app.callback()
def course() -> None:
    """For authors of lessons."""


@app.command("new")
def new(
    name: Annotated[str, typer.Argument(help="Its title; or a path that ends in one.")],
) -> None:
    """Begin a course: a small one that runs at once and explains how it is written."""
    from tutor.course.starting import new_course
    from tutor.progress.moments import local_now

    folder = new_course(name, local_now().date())
    typer.echo(f"{folder} holds a course of two lessons. Take them, then make them yours:")
    typer.echo(f"    tutor --course {quoted(folder)} learn")
    typer.echo(f"    tutor course check {quoted(folder)}")


def quoted(path: Path) -> str:
    """A path as it is typed in a shell, with a separator, lest it is taken for a name."""
    typed = str(path) if len(path.parts) > 1 else os.path.join(os.curdir, path)  # noqa: PTH118
    return shlex.quote(typed)


def course_folder(room: "Room", path: Path | None) -> Path:
    """The course that is meant: of a file its folder; named nowhere, the one that one stands in."""
    from tutor.course.builtin import builtin_course

    if path is not None:
        return path.parent if path.suffix == ".yaml" and path.is_file() else path
    here = Path()
    is_ours = room.settings.course == builtin_course()
    return here if is_ours and (here / "course.yaml").is_file() else room.settings.course


@app.command("add")
def add(
    ctx: typer.Context,
    source: Annotated[Path, typer.Argument(help="A course's folder, or a zip file of one.")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of one with its name.")
    ] = False,
) -> None:
    """Use somebody's course: it is checked and copied; nothing in it can run or point elsewhere."""
    from tutor.course.shelf import add_course
    from tutor.screen.bars import counted

    added = add_course(source, enter(ctx).settings.shelf, replace=replace)
    count = counted(added.lessons, "lesson")
    typer.echo(
        f"{added.title}: {count}, {'replaced' if added.replaced else 'added'}. Take it with:"
    )
    typer.echo(f"    tutor --course {added.name}")


@app.command("list")
def list_(ctx: typer.Context, *, as_json: AsJson = False, plain: Plain = False) -> None:
    """List the courses at hand: ours, those you added, those of installed packages."""
    from tutor.course.listing import listed
    from tutor.screen.courses_view import courses

    room = enter(ctx, plain=plain)
    found = listed(room.settings.shelf)
    _say(room, found, *courses(found, room.terminal), as_json=as_json)


@app.command("remove")
def remove(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="Its name, as in: tutor course list")],
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Take an added course away; what you answered stays, should you add it again."""
    from tutor.course.shelf import added_course, remove_course

    room = enter(ctx)
    added_course(name, room.settings.shelf)
    if yes or room.confirms(f"Remove the course {name}?"):
        remove_course(name, room.settings.shelf)
        typer.echo(f"{name} is removed. Your answers stay in the journal.")


@app.command("preview")
def preview(
    ctx: typer.Context,
    lesson: Annotated[str, typer.Argument(help="Its file, as in first.yaml; or as elsewhere.")],
    *,
    plain: Plain = False,
) -> None:
    """See a lesson while you write it: each save shows, with the problems of the step."""
    from tutor.checking.previewing import Preview

    room, path = enter(ctx, plain=plain), Path(lesson)
    is_file = path.suffix == ".yaml" and path.is_file()
    folder = path.parent if is_file else room.settings.course
    Preview(folder, path.name if is_file else lesson, room.terminal).run()


@app.command("draft")
def draft(  # noqa: PLR0913  a command's options
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(help="The source: a text file, or - for a pipe.")],
    file: Annotated[Path, typer.Argument(help="The lesson's file to write, as in rain.yaml.")],
    *,
    model: Annotated[
        str, typer.Option("--model", help="Who drafts it, if not the model that you chose.")
    ] = "",
    skeleton: Annotated[
        bool, typer.Option("--skeleton", help="Ask no model: an empty step for each paragraph.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Ask a hosted model without asking you.")
    ] = False,
    plain: Plain = False,
) -> None:
    """Draft a lesson from a source text, with your model; only what you sign reaches learners."""
    from tutor.cli.draft import Wanted
    from tutor.cli.draft import draft as drafted

    code = drafted(enter(ctx, plain=plain), Wanted(text, file, model, skeleton, yes))
    if code:
        raise typer.Exit(code)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A quiz: GIFT, mkdocs-quiz or quizmd.")],
    folder: Annotated[Path, typer.Argument(help="The folder to make of it.")],
    *,
    form: Annotated[
        str, typer.Option("--format", help="gift, mkdocs-quiz or quizmd; else it is guessed.")
    ] = "",
) -> None:
    """Make a course of another program's quiz; what could not be carried over is listed."""
    from tutor.exchange.importing import Format, read_quiz, write_course
    from tutor.progress.moments import local_now
    from tutor.screen.bars import counted

    if form and form not in [one.value for one in Format]:
        raise typer.BadParameter(f"{form!r} is none of gift, mkdocs-quiz, quizmd")
    found = read_quiz(file, Format(form) if form else None)
    write_course(found, folder, local_now().date())
    for lost in found.lost:
        tell(lost)
    typer.echo(f"{counted(len(found.questions), 'question')} in {folder}. What is still to write:")
    typer.echo(f"    tutor course check {quoted(folder)}")


@app.command("check")
def check(
    ctx: typer.Context,
    path: Annotated[Path | None, typer.Argument(help="A course's folder.")] = None,
    *,
    form: Annotated[
        Form, typer.Option("--format", help="github: annotations of a workflow's run.")
    ] = Form.TEXT,
    as_json: AsJson = False,
) -> None:
    """Prove a course: that it reads, that every answer is judged as meant, and more."""
    from tutor.checking import reports
    from tutor.checking.check import check_course, facts_to_look_up, unlisted_files
    from tutor.progress.moments import local_now

    folder = course_folder(enter(ctx), path)
    problems, summary = check_course(folder)
    warnings = [*facts_to_look_up(folder, local_now().date()), *unlisted_files(folder)]
    match Form.JSON if as_json else form:
        case Form.TEXT:
            lines = reports.as_text(problems, summary, warnings)
        case Form.JSON:
            lines = reports.as_json(problems, summary, warnings)
        case Form.GITHUB:
            lines = reports.as_github(problems, summary, warnings, Path.cwd())
    for line in lines:
        typer.echo(line)
    if problems:
        raise typer.Exit(Exit.FAILED)


@app.command("stats")
def stats(  # noqa: PLR0913  a command's options
    ctx: typer.Context,
    path: Annotated[Path | None, typer.Argument(help="A course's folder.")] = None,
    *,
    mine: Annotated[
        bool, typer.Option("--mine", help="What your own journal says of it, instead.")
    ] = False,
    journal: Annotated[
        list[Path] | None,
        typer.Option("--journal", help="What a learner's says: a file of tutor progress export."),
    ] = None,
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """Measure each lesson; with --mine or --journal, what learners missed, overruled, reported."""
    from tutor.checking.learners import learned
    from tutor.checking.learners_told import told
    from tutor.checking.measured import measured_table
    from tutor.checking.measures import measures
    from tutor.course.reading import read_course
    from tutor.screen.tables import table

    room = enter(ctx, plain=plain)
    found = read_course(course_folder(room, path))
    if mine or journal:
        answers = learned(found, _events_of(room, journal or [], mine=mine))
        _say(room, answers, *told(answers, room.terminal), as_json=as_json)
        return
    measured = [measures(found, lesson) for lesson in found.lessons]
    _say(room, measured, *table(*measured_table(measured), room.terminal), as_json=as_json)


def _events_of(room: "Room", files: list[Path], *, mine: bool) -> "list[Event]":
    """What authors may look at, of learners' journals; what is in several of them comes once."""
    from tutor.checking.learners import DEEDS
    from tutor.progress.exchange import exported_events
    from tutor.progress.journal import Journal
    from tutor.screen.journal_view import left_out

    found = {}
    own = Journal.peek(room.settings.journal, tell) if mine else None
    if own:
        with own:
            found = {event.id: event for event in own.events(*DEEDS)}
    for file in files:
        events, unbelieved = exported_events(file, *DEEDS)
        found.update((event.id, event) for event in events)
        for said in left_out(unbelieved):
            tell(said)
    return list(found.values())


def _say(room: "Room", found: object, *told: "Renderable", as_json: bool) -> None:
    """A result, for a program or for a person."""
    import msgspec

    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
        return
    room.terminal.say(*told)


@app.command("manual")
def manual(ctx: typer.Context, *, as_markdown: AsMarkdown = False, plain: Plain = False) -> None:
    """Read how a course is written: every field, each kind of step with an example that runs."""
    from tutor.course.manual import manual
    from tutor.screen.whole_lesson import rendered

    room = enter(ctx, plain=plain)
    if as_markdown:
        room.terminal.write(manual())
        return
    with room.terminal.paged() as terminal:
        terminal.say(rendered(manual(), terminal.look))


@app.command("schema")
def schema(
    folder: Annotated[Path, typer.Argument(help="Where to write the JSON Schemas.")],
) -> None:
    """Write the JSON Schemas that editors complete lesson files from."""
    from tutor.course.schemas import write_schemas

    for path in write_schemas(folder):
        typer.echo(str(path))
