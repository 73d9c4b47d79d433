"""`tutor records report`: what a class has done, for its teacher."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tutor.cli.options import AsJson, Plain, enter
from tutor.cli.room import tell
from tutor.errors import FileError, StoreError, UnknownNameError

if TYPE_CHECKING:
    from tutor.cli.room import Room
    from tutor.records.access import Access
    from tutor.records.class_report import ClassReport
    from tutor.records.gathering import Gathering
    from tutor.records.known_course import KnownCourse
    from tutor.records.report import Class
    from tutor.screen.terminal import Terminal

FILES = "Hand-in files, made by: tutor export xapi; or a folder of them."
STORE = "Read this store, one that you added; the only one goes without saying."
NAMES = "Your own table of pseudonym and name (CSV). It is read here and sent nowhere."
ONE = "Show one learner's answers in order."
QUESTION = "Show all that the class said to one question, as LESSON/QUESTION."
MOST_NOTES = 20
Files = Annotated[list[Path] | None, typer.Argument(metavar="[FILE]...", help=FILES)]
Store = Annotated[str, typer.Option("--store", metavar="NAME", help=STORE)]
Names = Annotated[Path | None, typer.Option("--names", metavar="FILE", help=NAMES)]
Learner = Annotated[str, typer.Option("--learner", metavar="NAME", help=ONE)]
Question = Annotated[str, typer.Option("--question", metavar="NAME", help=QUESTION)]
Csv = Annotated[
    Path | None, typer.Option("--csv", metavar="FILE", help="Write a row a learner, as CSV.")
]
Questions = Annotated[
    Path | None,
    typer.Option("--questions-csv", metavar="FILE", help="Write a row a question, as CSV."),
]
Html = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", help="Write it as a page for a browser.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace a CSV file.")]
All = Annotated[bool, typer.Option("--all", help="Show every question, not the least known.")]


@dataclass(frozen=True)
class _Shown:
    """What is shown, and what is written."""

    learner: str
    question: str
    csv: Path | None
    questions: Path | None
    html: Path | None
    force: bool
    everything: bool
    as_json: bool


def report(  # noqa: PLR0913  a command's options
    ctx: typer.Context,
    files: Files = None,
    *,
    store: Store = "",
    names: Names = None,
    learner: Learner = "",
    question: Question = "",
    csv: Csv = None,
    questions_csv: Questions = None,
    html: Html = None,
    force: Force = False,
    everything: All = False,
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """Report on a class, for its teacher: what to talk about, each learner, each question."""
    room = enter(ctx, plain=plain)
    shown = _Shown(learner, question, csv, questions_csv, html, force, everything, as_json)
    _check(shown)
    with _gathered(room, files or [], store, names) as told:
        _show(room.terminal, told, shown)


def _check(shown: _Shown) -> None:
    """Refuse what does not go together, or would write over something, before all reading."""
    from tutor.exchange.writing import check_free

    files = [file for file in (shown.csv, shown.questions, shown.html) if file is not None]
    if files and (shown.learner or shown.question):
        raise typer.BadParameter("files hold the whole class: leave --learner and --question out")
    if sum(str(file) == "-" for file in files) + shown.as_json > 1:
        raise typer.BadParameter("only one of these can go to the screen: name files")
    for file in filter(None, (shown.csv, shown.questions)):
        check_free(file, force=shown.force)


@contextmanager
def _gathered(room: "Room", files: list[Path], store: str, names: Path | None) -> "Iterator[Class]":
    """All that is known of the class, until it has been told."""
    from tutor.progress.moments import local_now
    from tutor.records.gathering import Gathering
    from tutor.records.pile import Pile
    from tutor.records.report import Class, named
    from tutor.records.roster import read_roster

    roster = read_roster(names) if names else {}
    with Pile() as pile:
        gathered = Gathering(pile, local_now())
        _read(room, files, store, gathered)
        learners = named(pile.learners, roster)
        if unknown := roster.keys() - {who.name for who in pile.learners}:
            tell(f"{len(unknown)} of {len(roster)} names are of nobody who handed in anything")
        yield Class(pile, gathered, learners, lambda name: _known(room, name), _only(room))


def _only(room: "Room") -> str:
    """The one course that --course names, if it names one."""
    return room.outline.id if room.word else ""


def _known(room: "Room", name: str) -> "KnownCourse | None":
    from tutor.cli.recording import course_called
    from tutor.records.known_course import known

    if Path(name).name != name:  # statements are anybody's: none leads us to a folder
        return None
    found = course_called(room, name)
    return known(found) if found and found.id == name else None


def _read(room: "Room", files: list[Path], store: str, gathered: "Gathering") -> None:
    """Take in all statements of files, or of a store; of both where both are named."""
    if files:
        _read_files(room, files, gathered)
    if store or not files:
        _read_store(room, store, gathered)


def _read_files(room: "Room", files: list[Path], gathered: "Gathering") -> None:
    from tutor.records.hand_ins import HINT, files_in, read_files

    with room.working("Reading statements") as watch:

        def take(statement: Any) -> bool:
            watch(1)
            return gathered.take(statement)

        unread = [f"{one.file}: {one.why}" for one in read_files(files_in(files), take)]
    if not gathered.has_ours and unread:
        raise FileError(unread[0], hint=HINT)
    for note in unread[:MOST_NOTES]:
        tell(note)
    if (more := len(unread) - MOST_NOTES) > 0:
        tell(f"and {more} more files could not be read whole")


def _read_store(room: "Room", store: str, gathered: "Gathering") -> None:
    from tutor.progress.moments import local_now
    from tutor.records.client import Client

    added, access = _store(room, store)
    with Client(access, local_now) as client, room.working("Reading statements") as watch:
        try:
            for page in client.pages():
                watch(sum(1 for one in page if gathered.take(one)))
        except StoreError as error:
            again = f"tutor records report --store {added}"
            hint = error.hint.replace("tutor records sync", again)
            raise StoreError(error.message, hint=hint) from error


def _store(room: "Room", store: str) -> "tuple[str, Access]":
    """The store that is meant, or the only one that there is, and what opens it."""
    from tutor.cli.recording import shelf

    stores = shelf(room)
    known = stores.all()
    if not store and len(known) != 1:
        hint = "name hand-in files or a folder of them, or a store of yours with --store"
        raise UnknownNameError("there is nothing to report on", hint=hint)
    added = stores.find(store) if store else known[0]
    return added.name, stores.access(added)


def _show(terminal: "Terminal", told: "Class", shown: _Shown) -> None:
    from tutor.progress.moments import local_now
    from tutor.records import finding, report_view
    from tutor.records.report import answers_of, class_report

    if shown.learner:
        name = finding.learner(told.learners, shown.learner)
        given = answers_of(told, name)
        if shown.as_json:
            _print_json({"learner": name, "answers": given})
        else:
            _page(terminal, report_view.answers(name, given))
        return
    found = class_report(told, local_now())
    if shown.question:
        one = finding.question(found, shown.question)
        if shown.as_json:
            _print_json(one)
        else:
            _page(terminal, report_view.question(one))
        return
    is_written = _write(found, shown)
    if shown.as_json:
        _print_json(found)
    elif not is_written:
        _page(terminal, report_view.report(found, terminal, everything=shown.everything))


def _write(found: "ClassReport", shown: _Shown) -> bool:
    """Write the files that are wanted; tell whether there were any."""
    from tutor.exchange.writing import write_text
    from tutor.records import report_sheet

    wanted = ((shown.csv, report_sheet.learners), (shown.questions, report_sheet.questions))
    for file, sheet in wanted:
        if file is not None:
            write_text(file, sheet(found), force=shown.force)
    if shown.html:
        _write_page(found, shown.html)
    written = [file for file in (shown.csv, shown.questions, shown.html) if file is not None]
    for file in written:
        if str(file) != "-":
            tell(f"written to {file}")
    return bool(written)


def _write_page(found: "ClassReport", file: Path) -> None:
    from tutor.page.keeping import write_page
    from tutor.records.report_page import GENERATOR, HINT, report_page

    page = report_page(found)
    if str(file) == "-":
        sys.stdout.write(page)
    else:
        write_page(file, page, GENERATOR, HINT)


def _print_json(whole: object) -> None:
    import msgspec

    typer.echo(msgspec.json.format(msgspec.json.encode(whole)).decode())


def _page(terminal: "Terminal", said: "list[Any]") -> None:
    with terminal.paged():
        terminal.say(*said)
