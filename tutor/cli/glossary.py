"""`tutor glossary`."""

from typing import Annotated

import typer

from tutor.cli.options import Plain, enter
from tutor.errors import UnknownNameError


def glossary(
    ctx: typer.Context,
    term: Annotated[
        list[str] | None, typer.Argument(help="A term or a word of one; else all.")
    ] = None,
    *,
    plain: Plain = False,
) -> None:
    """Look up a term."""
    from tutor.screen import glossary_view
    from tutor.screen.paging import say_in_pages

    room = enter(ctx, plain=plain)
    word = " ".join(term or ())
    look = room.terminal.look
    view = glossary_view.lookup(room.course, word, look) if word else None
    if view == []:
        message, hint = glossary_view.unknown(room.course, word)
        raise UnknownNameError(message, hint=hint)
    say_in_pages(room.terminal, view or glossary_view.entries(room.course, look))
