"""`tutor look`."""

from typing import Annotated

import typer

from tutor.cli.options import Plain, enter

MODEL = "Who is looked into: raw, mask, cherry, over; mine or mine-mask, if you grew one."


def look(
    ctx: typer.Context,
    text: Annotated[list[str] | None, typer.Argument(help="A text to look into.")] = None,
    *,
    model: Annotated[str, typer.Option("--model", help=MODEL)] = "raw",
    seed: Annotated[int, typer.Option("--seed", help="The same seed draws the same.")] = 1,
    plain: Plain = False,
) -> None:
    """Look into the built-in model, full screen: change one thing, see what follows."""
    from tutor.looking.opening import opened_bench, room_for
    from tutor.looking.speakers import known
    from tutor.tinylm.growing.keeping import Nursery

    name = known(model)
    room = enter(ctx, plain=plain)
    room_for(room.terminal)
    nursery = Nursery(room.settings.data)
    own = " ".join(text or ())
    bench, keeper = opened_bench(name, own, seed, room.settings.notebook, nursery)
    from tutor.looking.app import run

    raise typer.Exit(run(bench, keeper))
