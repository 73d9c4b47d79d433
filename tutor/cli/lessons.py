"""`tutor lessons`."""

import typer

from tutor.cli.room import AsJson, Plain, enter


def lessons(ctx: typer.Context, *, as_json: AsJson = False, plain: Plain = False) -> None:
    """List the lessons, with what you have done of each."""
    import msgspec

    from tutor.screen import course_view
    from tutor.standing import standings

    room = enter(ctx, plain=plain)
    standing = standings(room.course, room.progress())
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(standing)).decode())
    else:
        room.terminal.say(*course_view.lessons(standing, room.terminal.look))
