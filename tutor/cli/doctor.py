"""`tutor doctor`."""

from typing import Annotated

import typer

from tutor.cli.options import enter
from tutor.cli.room import tell
from tutor.errors import Exit


def doctor(
    ctx: typer.Context,
    *,
    deep: Annotated[bool, typer.Option("--deep", help="Read the journal event by event.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Print what a bug report needs; fit to paste: no secrets, no names of yours."""
    import msgspec

    from tutor.doctor import Look, examine

    room = enter(ctx)
    with room.working("Reading the journal") as watch:
        findings = examine(room.settings, look=Look(deep, tell, watch))
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(findings.facts)).decode())
    else:
        for name, value in findings.facts.items():
            typer.echo(f"{name}: {value}")
    if not findings.healthy:
        raise typer.Exit(Exit.FAILED)
