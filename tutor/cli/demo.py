"""`tutor demo`."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.options import AsJson, Plain, Thoughts, enter
from tutor.cli.room import Room

if TYPE_CHECKING:
    from tutor.catalogue.listing import Listed
    from tutor.course.model import Course, Demo
    from tutor.player.demonstrating import Performance
    from tutor.player.desk import Desk

NAME = "A demo, as in: tutor demo"


def complete_demo(incomplete: str) -> list[str]:
    """Names of demos for the shell."""
    from tutor.catalogue.registry import names

    return [name for name in names() if name.startswith(incomplete)]


def demo(  # noqa: PLR0913  a command's options
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(help=NAME, autocompletion=complete_demo, show_default=False)
    ] = "",
    text: Annotated[list[str] | None, typer.Argument(help="A text of your own for it.")] = None,
    *,
    seed: Annotated[int, typer.Option("--seed", help="The same seed draws the same.")] = 1,
    save: Annotated[bool, typer.Option("--save", help="Add the run to your notebook.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Ask your hosted model without asking you.")
    ] = False,
    thoughts: Thoughts = False,
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """See a claim happen: run a demonstration, or list them all."""
    room = enter(ctx, plain=plain)
    if not name:
        _list(room, as_json=as_json)
        return
    from tutor.catalogue.listing import known_name, step_for

    own = " ".join(text or ())
    step = step_for(known_name(name), room.course, own)
    _run(room, Wanted(step, own, seed, save, yes, thoughts))


def _list(room: Room, *, as_json: bool) -> None:
    import msgspec

    from tutor.catalogue.listing import catalogue
    from tutor.screen.demo_view import demo_group
    from tutor.screen.words import line

    found = catalogue(room.course)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
        return
    look = room.terminal.look
    live = [_row(one, room.course) for one in found if one.live]
    computed = [_row(one, room.course) for one in found if not one.live]
    with room.terminal.paged() as terminal:
        terminal.say(*demo_group("Live: a model speaks, or you do", live, look))
        terminal.gap()
        terminal.say(*demo_group("Computed: from numbers on the screen", computed, look))
        terminal.gap()
        terminal.say(line("Run one: tutor demo NAME [a text of your own]"))


def _row(one: "Listed", course: "Course") -> tuple[str, str, str, str]:
    numbers = [str(n) for n, lesson in enumerate(course.lessons, 1) if lesson.id in one.lessons]
    where = f"In lesson {', '.join(numbers)}." if numbers else ""
    own = f"Your own text: {one.own_text}." if one.own_text else ""
    return one.name, one.title, one.line, " ".join(filter(None, (where, own)))


@dataclass(frozen=True)
class Wanted:
    """A run as it was asked for."""

    step: "Demo"
    text: str
    seed: int
    save: bool
    yes: bool
    thoughts: bool


def _run(room: Room, wanted: Wanted) -> None:
    """Run it for whoever is there; a person may guess and answer, a script is asked nothing."""
    from tutor.catalogue.registry import has_use_for_text
    from tutor.screen.page_head import Head, open_page
    from tutor.screen.words import bold, dim

    terminal = room.terminal
    is_person = terminal.is_interactive and terminal.is_watched
    if is_person:
        terminal.turns_pages()
    if terminal.pages:
        open_page(terminal, Head("Demo", wanted.step.title, wanted.step.demo))
    else:
        terminal.say(bold(wanted.step.title))
    if wanted.text and not has_use_for_text(wanted.step.demo):
        terminal.say(dim("This demo has no use for a text of yours; it shows its own."))
    if is_person:
        with room.journal() as journal:
            _play(room, wanted, room.desk(journal))
    else:
        _play(room, wanted, None)


def _play(room: Room, wanted: Wanted, desk: "Desk | None") -> None:
    from tutor.player.demonstrating import Audience, agree, outside, perform
    from tutor.player.desk import QuitError
    from tutor.screen.terminal import EndOfInputError
    from tutor.screen.words import line
    from tutor.stage.spending import Spender
    from tutor.stage.stage import Stage

    terminal = room.terminal
    stage = Stage(terminal, wanted.text, wanted.seed)
    stage = replace(stage, unfolded=wanted.thoughts, to_unfold="--thoughts shows it")
    spender = Spender(terminal, room.models, lambda: wanted.yes)
    audience = None
    if desk is not None:
        audience = Audience(desk, outside(wanted.step.demo), wanted.text)
        stage = replace(stage, guess=audience.guess, ask=audience.ask)
        spender.agree = lambda: wanted.yes or agree(terminal)
    stage = replace(stage, chosen=spender.choose)
    try:
        shown = perform(stage, wanted.step, spender)
    except (QuitError, EndOfInputError):
        terminal.say(line(), line(audience.parting if audience else "Left."))
        return
    _end(room, wanted, shown)


def _end(room: Room, wanted: Wanted, shown: "Performance") -> None:
    """Say what to notice; save what was wanted saved."""
    import datetime

    from tutor.player.demonstrating import notice, save
    from tutor.screen.words import line

    room.terminal.say(*notice(wanted.step, room.terminal.look))
    if wanted.save:
        now = datetime.datetime.now().astimezone()
        room.terminal.say(line(save(room.settings.notebook, shown, now)))
