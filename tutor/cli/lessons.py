"""`tutor lessons`."""

import typer

from tutor.cli.listing import list_lessons
from tutor.cli.options import AsJson, Plain, enter


def lessons(ctx: typer.Context, *, as_json: AsJson = False, plain: Plain = False) -> None:
    """List the lessons, with what you have done of each."""
    room = enter(ctx, plain=plain)
    if not as_json:
        list_lessons(room)
        return
    import msgspec

    from tutor.standing import standings

    standing = standings(room.outline, room.progress(), room.pace)
    typer.echo(msgspec.json.format(msgspec.json.encode(standing)).decode())
