"""`tutor course`: for authors."""

from pathlib import Path
from typing import Annotated

import typer

from tutor.cli.options import enter
from tutor.errors import Exit

app = typer.Typer(help="For authors of lessons.", no_args_is_help=True)


@app.callback()
def course() -> None:
    """For authors of lessons."""


@app.command("check")
def check(
    ctx: typer.Context,
    path: Annotated[Path | None, typer.Argument(help="A course's folder.")] = None,
) -> None:
    """Prove a course: that it reads, that every answer is judged as meant, and more."""
    from tutor.checking.check import check_course, facts_to_look_up
    from tutor.progress.moments import local_now

    folder = path or enter(ctx).settings.course
    problems, summary = check_course(folder)
    for warning in facts_to_look_up(folder, local_now().date()):
        typer.echo(f"warning: {warning}")
    for problem in problems:
        typer.echo(str(problem))
    typer.echo(summary)
    if problems:
        raise typer.Exit(Exit.FAILED)


@app.command("schema")
def schema(
    folder: Annotated[Path, typer.Argument(help="Where to write the JSON Schemas.")],
) -> None:
    """Write the JSON Schemas that editors complete lesson files from."""
    from tutor.course.schemas import write_schemas

    for path in write_schemas(folder):
        typer.echo(str(path))
