"""`tutor train`."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.options import Plain, enter
from tutor.cli.room import Room
from tutor.errors import Exit

if TYPE_CHECKING:
    from tutor.growing.lab_sheet import Sheets
    from tutor.growing.outcome import Order, Outcome
    from tutor.stage.stage import Stage

FILE = "A text of your own; without it, a shelf of Willowbrook's pages."


def train(  # noqa: PLR0913  a command's options
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(help=FILE, show_default=False)] = None,
    *,
    mask: Annotated[
        bool, typer.Option("--mask", help="Show it fifty answers: then it replies.")
    ] = False,
    name: Annotated[str, typer.Option("--name", help="What to call it.")] = "mine",
    width: Annotated[int, typer.Option("--width", help="Numbers for each token: 32 to 256.")] = 64,
    layers: Annotated[int, typer.Option("--layers", help="Layers, 1 to 6.")] = 1,
    rate: Annotated[float, typer.Option("--rate", help="How far each step goes.")] = 0.01,
    seconds: Annotated[float, typer.Option("--seconds", help="Time for all of it.")] = 60,
    steps: Annotated[
        int | None, typer.Option("--steps", help="Steps instead: the same each time.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed draws the same.")] = 1,
    show_code: Annotated[
        bool, typer.Option("--show-code", help="Read the functions that train; FILE is a name.")
    ] = False,
    plain: Plain = False,
) -> None:
    """Grow a language model of your own, in a minute, before your eyes."""
    from tutor.growing.outcome import Order, Outcome
    from tutor.tinylm.growing.recipe import Recipe

    room = enter(ctx, plain=plain)
    if show_code:
        _show_code(room, str(file or ""))
        return
    recipe = Recipe(width, layers, rate, seconds, steps, seed)
    outcome = _train(room, Order(recipe, file, name, mask))
    if outcome is Outcome.DIVERGED:
        raise typer.Exit(Exit.FAILED)
    if outcome is Outcome.STOPPED:
        raise typer.Exit(Exit.INTERRUPTED)


def _show_code(room: Room, name: str) -> None:
    """One function, or the names of all."""
    from tutor.growing.code import contents, source
    from tutor.screen.growing_view import ways_on
    from tutor.screen.words import dim

    if name:
        room.terminal.write(source(name))
        return
    room.terminal.say(*ways_on(contents(), room.terminal))
    room.terminal.gap()
    room.terminal.say(dim("Read one: tutor train --show-code attend"))


def _train(room: Room, order: "Order") -> "Outcome":
    """With guesses where a person is there to guess."""
    from tutor.growing.lab_sheet import Sheets
    from tutor.growing.outcome import Outcome
    from tutor.player.demonstrating import Audience, outside
    from tutor.player.desk import QuitError
    from tutor.screen.terminal import EndOfInputError
    from tutor.screen.words import line
    from tutor.stage.stage import Stage

    if not (room.terminal.is_interactive and room.terminal.is_watched):
        return _run(room, order, Stage(room.terminal))
    with room.journal() as journal:
        audience = Audience(room.desk(journal), outside("train"), _as_text(room, order))
        try:
            sheets = Sheets(room.settings.notebook, journal)
            return _run(room, order, Stage(room.terminal, guess=audience.guess), sheets)
        except (QuitError, EndOfInputError):
            room.terminal.say(line(), line(audience.parting))
            return Outcome.KEPT


def _as_text(room: Room, order: "Order") -> str:
    """Another recipe is another question, and so is a mask on another model."""
    from tutor.tinylm.growing.keeping import Nursery

    below = (
        [Nursery(room.settings.data).load(order.name).about.get("grown_at")] if order.mask else []
    )
    return repr((order.recipe, str(order.file), *below))


def _run(room: Room, order: "Order", stage: "Stage", sheets: "Sheets | None" = None) -> "Outcome":
    from tutor.growing.masking import put_mask_on
    from tutor.growing.session import train as grow
    from tutor.tinylm.growing.keeping import Nursery

    now = datetime.datetime.now().astimezone()
    nursery = Nursery(room.settings.data)
    if order.mask:
        return put_mask_on(stage, order, nursery, now, sheets)
    return grow(stage, order, nursery, now, sheets)
