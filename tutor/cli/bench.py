"""`tutor bench`."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.options import AsJson, Plain, enter
from tutor.cli.room import Room
from tutor.errors import Exit, TutorError, UnknownNameError

if TYPE_CHECKING:
    from tutor.bench.cast import Finder
    from tutor.bench.model import Bench
    from tutor.bench.results import Results
    from tutor.bench.running import Running
    from tutor.screen.terminal import Terminal

FILE = "A benchmark: prompts, cases and checks in a YAML file of yours."
EXAMPLE = "Write one to begin with into FILE: village, or tickets."


@dataclass(frozen=True)
class Wanted:
    """A run as it was asked for."""

    file: Path
    models: tuple[str, ...]
    prompts: tuple[str, ...]
    repeats: int | None
    results: Path | None
    again: bool
    yes: bool
    as_json: bool


def bench(  # noqa: PLR0913  a command's options
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(help=FILE, show_default=False)] = None,
    *,
    example: Annotated[str, typer.Option("--example", help=EXAMPLE)] = "",
    model: Annotated[
        list[str] | None, typer.Option("--model", help="Who answers, not whom the file names.")
    ] = None,
    prompt: Annotated[
        list[str] | None, typer.Option("--prompt", help="Only this prompt of the file.")
    ] = None,
    repeats: Annotated[
        int | None, typer.Option("--repeats", min=1, max=100, help="How often each case is asked.")
    ] = None,
    results: Annotated[
        Path | None, typer.Option("--results", help="Keep replies here, not beside FILE.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Ask everything anew, also what is kept.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Ask hosted models without asking you.")
    ] = False,
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """Measure prompts or models on cases of your own: graded, compared, kept."""
    room = enter(ctx, plain=plain)
    if file is None:
        raise UnknownNameError(
            "which benchmark?",
            hint="write one to begin with: tutor bench mine.yaml --example village",
        )
    if example:
        _write_example(room, file, example)
        return
    wanted = Wanted(
        file, tuple(model or ()), tuple(prompt or ()), repeats, results, again, yes, as_json
    )
    code = measure(room, wanted)
    if code:
        raise typer.Exit(code)


def _write_example(room: Room, file: Path, name: str) -> None:
    from tutor.bench.reading import EXAMPLES, example_file
    from tutor.screen.words import line
    from tutor.writing import write_whole

    if name not in EXAMPLES:
        known = "; ".join(f"{one}: {what}" for one, what in EXAMPLES.items())
        raise UnknownNameError(f"no example {name!r}", hint=known)
    if os.path.lexists(file):
        hint = "name another file: nothing of yours is written over"
        raise TutorError(f"{file} is there already", hint=hint)
    try:
        write_whole(file, [example_file(name).read_bytes()])
    except OSError as error:
        hint = "make room, or name a file in a folder that can be written"
        raise TutorError(f"{file} cannot be written: {error.strerror}", hint=hint) from error
    room.terminal.say(line(f"Written: {file}, {EXAMPLES[name]}."))
    room.terminal.say(line(f"Read it, change a prompt, and: tutor bench {file}"))


def measure(room: Room, wanted: Wanted) -> int:
    """Ask what is missing, then report what there is; returns the exit code."""
    with ExitStack() as held:
        return _run(room, wanted, _prepared(room, wanted, held))


def _run(room: Room, wanted: Wanted, running: "Running") -> int:
    from tutor.bench import telling
    from tutor.errors import ProviderError
    from tutor.screen.words import dim

    terminal = running.stage.terminal
    code, why = Exit.DONE, None
    try:
        running.run()
    except KeyboardInterrupt:
        code = Exit.INTERRUPTED
        terminal.say(dim("  [stopped by you; what was answered is kept]"))
    except ProviderError as error:
        why = error
    telling.report(running, terminal)
    _tell_cost(room, terminal)
    telling.kept_in(running, terminal)
    if wanted.as_json:
        _print_json(running)
    if why is not None:
        raise why
    return code


def _prepared(room: Room, wanted: Wanted, held: ExitStack) -> "Running":
    """All that can go wrong before the first question does: file, models, results, consent."""
    from tutor.bench import telling
    from tutor.bench.cast import Till
    from tutor.bench.running import Running
    from tutor.progress.moments import local_now
    from tutor.screen.terminal import terminal_to_text
    from tutor.stage.stage import Stage

    bench = _bench(wanted)
    finder = _finder(room)
    agents = {name: finder.find(name) for name in bench.asks}
    results = _results(wanted, held)
    terminal = terminal_to_text() if wanted.as_json else room.terminal
    cast = {name: agent.speaker for name, agent in agents.items()}
    running = Running(
        *(bench, cast, results, Stage(terminal)),
        now=lambda: local_now().isoformat(timespec="seconds"),
        watch=lambda running, outcome: telling.show_case(running, terminal, outcome),
    )
    telling.introduce(running, terminal)
    till = Till(terminal, room.models, _agreement(room, wanted))
    missing = running.missing()
    running.cast = {
        name: till.admit(agent, missing.get(name, ())) for name, agent in agents.items()
    }
    return running


def _bench(wanted: Wanted) -> "Bench":
    """The file, with what the command sets otherwise."""
    from msgspec.structs import replace

    from tutor.bench.reading import read_bench
    from tutor.bench.rules import too_many_sides

    bench = read_bench(wanted.file)
    for name in wanted.prompts:
        if name not in bench.prompts:
            known = ", ".join(bench.prompts)
            raise UnknownNameError(f"the file has no prompt {name!r}", hint=f"it has: {known}")
    only = {name: bench.prompts[name] for name in wanted.prompts}
    bench = replace(
        bench,
        prompts=only or bench.prompts,
        models=wanted.models or bench.models,
        repeats=wanted.repeats or bench.repeats,
    )
    if why := too_many_sides(bench):
        raise UnknownNameError(why, hint="name one --model, or one --prompt")
    return bench


def _results(wanted: Wanted, held: ExitStack) -> "Results":
    from tutor.bench.results import alone, open_results, results_path

    path = wanted.results or results_path(wanted.file)
    held.enter_context(alone(path))
    results = open_results(path)
    if wanted.again:
        results.found.clear()
    return results


def _finder(room: Room) -> "Finder":
    from tutor.bench.cast import Finder
    from tutor.screen.waiting import wait_visibly
    from tutor.screen.words import dim

    terminal, settings = room.terminal, room.settings
    return Finder(
        *(room.models, settings.data, settings.environ),
        wait=lambda seconds, why: wait_visibly(terminal, seconds, why),
        tell=lambda note: terminal.say(dim(note)),
    )


def _agreement(room: Room, wanted: Wanted) -> Callable[[], bool] | None:
    """How to ask for a yes; None where nobody could say it."""
    from tutor.player.demonstrating import agree
    from tutor.player.desk import QuitError
    from tutor.screen.terminal import EndOfInputError

    terminal = room.terminal
    if wanted.yes:
        return lambda: True
    if wanted.as_json or not (terminal.is_interactive and terminal.is_watched):
        return None

    def ask() -> bool:
        try:
            return agree(terminal)
        except (QuitError, EndOfInputError):
            return False

    return ask


def _tell_cost(room: Room, terminal: "Terminal") -> None:
    from tutor.screen.words import dim
    from tutor.stage.spending import account

    used = room.models.purse.used
    if used.calls:
        terminal.say(dim(account(used)))


def _print_json(running: "Running") -> None:
    import msgspec

    from tutor.bench.telling import as_data

    typer.echo(msgspec.json.format(msgspec.json.encode(as_data(running))).decode())
