"""The app, and the edge where errors become one line and an exit code."""

import sys
from typing import Annotated

import typer

from tutor import __version__
from tutor.cli import (
    ask,
    course,
    demo,
    doctor,
    glossary,
    home,
    learn,
    lessons,
    meet,
    model,
    progress,
    quiz,
    show,
)
from tutor.cli.room import PLAIN
from tutor.errors import Exit, TutorError

HELP = """Lessons in your terminal: guess first, then see, then answer; go on where you left off.

Without a command: where you are, and what is next. Accessible output: --plain."""

app = typer.Typer(
    help=HELP,
    rich_markup_mode=None,  # no boxes in the help: they are read aloud by screen readers
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("learn")(learn.learn)
app.command("quiz")(quiz.quiz)
app.command("lessons")(lessons.lessons)
app.command("meet")(meet.meet)
app.command("demo")(demo.demo)
app.command("ask")(ask.ask)
app.command("show")(show.show)
app.command("glossary")(glossary.glossary)
app.add_typer(progress.app, name="progress")
app.add_typer(course.app, name="course")
app.add_typer(model.app, name="model")
app.command("doctor")(doctor.doctor)


def _show_version(wanted: bool) -> None:  # noqa: FBT001  typer calls it
    if wanted:
        typer.echo(f"llm-tutor {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(  # noqa: D103  its docstring is the help, set below
    ctx: typer.Context,
    *,
    plain: Annotated[bool, typer.Option("--plain", help=PLAIN)] = False,
    version: Annotated[  # noqa: ARG001  its callback has done the work
        bool,
        typer.Option("--version", help="Print the version.", is_eager=True, callback=_show_version),
    ] = False,
) -> None:
    if ctx.invoked_subcommand is None:
        home.home(ctx, plain=plain)


start.__doc__ = HELP


def run() -> None:
    """Run the tutor; whatever goes wrong leaves one clear line and no traceback."""
    try:
        app()
    except SystemExit as leaving:
        sys.exit(Exit.DONE if _reader_has_left(leaving) else leaving.code)
    except TutorError as error:
        print(f"error: {error.message}\nhint: {error.hint}", file=sys.stderr)
        sys.exit(error.exit)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        sys.exit(Exit.INTERRUPTED)
    except BrokenPipeError:  # `| head` has seen enough
        sys.exit(Exit.DONE)
    except OSError as error:
        if _is_debugging():
            raise
        print(f"error: {error}; nothing that was kept is lost", file=sys.stderr)
        print(f"hint: {_way_out(error)}", file=sys.stderr)
        sys.exit(Exit.FAILED)
    except Exception as error:
        if _is_debugging():
            raise
        print(_crash_line(error), file=sys.stderr)
        sys.exit(Exit.BUG)


def _is_debugging() -> bool:
    from tutor.settings import is_debugging

    return is_debugging()


def _reader_has_left(leaving: SystemExit) -> bool:
    """`| head` has seen enough: typer and rich take that for a failure, and it is none."""
    return isinstance(leaving.__context__, BrokenPipeError)


def _way_out(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "make that readable for you, or set TUTOR_HOME to another folder"
    return "check where the output goes, and its disk"


def _crash_line(error: Exception) -> str:
    """Put the traceback where the learner can find it and need not read it."""
    import tempfile
    import traceback

    trace = "".join(traceback.format_exception(error))
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="tutor-crash-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write(f"llm-tutor {__version__}\n{trace}")
    except OSError:
        return f"error: a bug in the tutor: {type(error).__name__}: {error}"
    return f"error: a bug in the tutor; what you answered is kept. Details: {file.name}"
