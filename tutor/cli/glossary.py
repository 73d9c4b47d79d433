"""`tutor glossary`."""

from typing import Annotated

import typer

from tutor.cli.options import Plain, enter
from tutor.errors import UnknownNameError


def glossary(
    ctx: typer.Context,
    term: Annotated[list[str] | None, typer.Argument(help="A term; without one, all.")] = None,
    *,
    plain: Plain = False,
) -> None:
    """Look up a term."""
    from tutor.screen import glossary_view

    room = enter(ctx, plain=plain)
    look = room.terminal.look
    if not term:
        room.terminal.say(*glossary_view.entries(room.course, look))
        return
    word = " ".join(term)
    found = glossary_view.find_term(room.course, word)
    if found is None:
        near = ", ".join(glossary_view.similar_terms(room.course, word))
        hint = f"did you mean: {near}?" if near else "all terms: tutor glossary"
        raise UnknownNameError(f"the glossary has no {word!r}", hint=hint)
    room.terminal.say(*glossary_view.entry(room.course, found, look))
