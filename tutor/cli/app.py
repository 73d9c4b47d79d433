"""The app: every command with its line of help; its module is loaded when it is called."""

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from tutor import __version__
from tutor.cli.options import ANOTHER, PLAIN, SCROLL, enter, keep_course, offer_courses

HELP = """Lessons in your terminal: guess first, then see, then answer; go on where you left off.

Without a command: where you are, and what is next. Accessible output: --plain."""
COMMANDS = {
    "learn": "Take a lesson from where you left it.",
    "quiz": "Take a lesson's quiz; one that you left goes on.",
    "review": "Answer what is due again, while you still half know it.",
    "then": "Make a lesson's guesses again, and see what you said at first.",
    "due": "Print how many questions are due, or nothing: for a shell's prompt or a status bar.",
    "lessons": "List the lessons, with what you have done of each.",
    "meet": "Talk to the built-in model: raw, fine-tuned, tuned on preferences, over-optimised.",
    "look": "Look into the built-in model, full screen: change one thing, see what follows.",
    "train": "Grow a language model of your own, in a minute, before your eyes.",
    "demo": "See a claim happen: run a demonstration, or list them all.",
    "bench": "Measure prompts or models on cases of your own: graded, compared, kept.",
    "ask": "Ask about the course.",
    "show": "Print a whole lesson, or what it rests on.",
    "glossary": "Look up a term.",
    "doctor": "Print what a bug report needs; fit to paste: no secrets, no names of yours.",
    "progress": "What you have done: show, export, import, reset, undo.",
    "records": "Your progress on other machines and in a class: learning record stores.",
    "export": "Take a course along: to Anki, Moodle, paper, a spreadsheet, a teacher.",
    "course": "For authors of lessons.",
    "model": "Your own model: choose, try, keys, install.",
}
"""The command NAME is `NAME` in `tutor/cli/NAME.py`, or the group `app` there."""
STYLE: dict[str, Any] = {
    "rich_markup_mode": None,  # no boxes in the help: they are read aloud by screen readers
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


class Commands(TyperGroup):
    """The commands, none of which is loaded before it is called."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.commands = dict.fromkeys(COMMANDS)  # type: ignore[assignment]  # names to suggest

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # noqa: ARG002
        """All names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]  # noqa: ARG002
        """Load a command; None for a name that is none."""
        return loaded(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]  # noqa: ARG002
        """List names and lines."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def loaded(name: str) -> Any:
    """A command as typer runs it."""
    module = import_module(f"tutor.cli.{name}")
    parent = typer.Typer(**STYLE, add_completion=False)
    parent.callback()(_nothing)
    if hasattr(module, "app"):
        parent.add_typer(module.app, name=name)
    else:
        parent.command(name)(getattr(module, name))
    return offer_courses(typer.main.get_group(parent).commands[name])


def _nothing() -> None:
    """Be a group, however few commands there are."""


app = typer.Typer(cls=Commands, help=HELP, **STYLE)


def _show_version(wanted: bool) -> None:  # noqa: FBT001  typer calls it
    if wanted:
        typer.echo(f"llm-tutor {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(  # noqa: D103  its docstring is the help, set below
    ctx: typer.Context,
    *,
    plain: Annotated[bool, typer.Option("--plain", help=PLAIN)] = False,
    scroll: Annotated[  # noqa: ARG001  `enter` reads it
        bool, typer.Option("--scroll", help=SCROLL)
    ] = False,
    course: Annotated[  # noqa: ARG001  its callback has done the work
        str | None, typer.Option("--course", metavar="NAME", help=ANOTHER, callback=keep_course)
    ] = None,
    version: Annotated[  # noqa: ARG001  its callback has done the work
        bool,
        typer.Option("--version", help="Print the version.", is_eager=True, callback=_show_version),
    ] = False,
) -> None:
    if ctx.invoked_subcommand is None:
        from tutor.cli.home import home

        home(enter(ctx, plain=plain))


start.__doc__ = HELP
