"""`tutor due`."""

import typer

from tutor.cli.options import Plain, enter
from tutor.cli.waiting import print_due


def due(ctx: typer.Context, *, plain: Plain = False) -> None:
    """Print how many questions are due, or nothing: for a shell's prompt or a status bar."""
    print_due(enter(ctx, plain=plain))
