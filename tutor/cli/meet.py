"""`tutor meet`."""

import math
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.options import Plain, enter

if TYPE_CHECKING:
    from tutor.cli.room import Room
    from tutor.providers.built_in import BuiltIn

MINE = "mine"
"""Alone it is no word to say, but a model to meet."""
FACE = "Who speaks: off (raw), on (fine-tuned), cherry (preferences), over, or all."


def _a_number(temperature: float) -> float:
    """What is no number lies between no limits, and would not be refused by them."""
    if math.isnan(temperature):
        raise typer.BadParameter("type a number from 0 to 5")
    return temperature


def _grown(room: "Room", name: str) -> "dict[str, BuiltIn]":
    """The faces of a model that the learner grew."""
    from tutor.providers.grown import speakers
    from tutor.tinylm.growing.keeping import Nursery

    return speakers(Nursery(room.settings.data).load(name))


def meet(  # noqa: PLR0913  a command's options
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(help="Say this and leave; without it, talk.")
    ] = None,
    *,
    face: Annotated[str, typer.Option("--face", help=FACE)] = "all",
    seed: Annotated[int, typer.Option("--seed", help="The same seed draws the same.")] = 1,
    temperature: Annotated[
        float,
        typer.Option(
            "--temperature", min=0, max=5, callback=_a_number, help="0 takes the likeliest."
        ),
    ] = 0.7,
    model: Annotated[
        str, typer.Option("--model", help="A model of your own, grown with: tutor train.")
    ] = "",
    rewards: Annotated[
        bool, typer.Option("--rewards", help="Beside each reply: reward model and rater.")
    ] = False,
    card: Annotated[bool, typer.Option("--card", help="Show the model card.")] = False,
    plain: Plain = False,
) -> None:
    """Talk to the built-in model: raw, fine-tuned, tuned on preferences, over-optimised."""
    from tutor.meeting.meeting import Meeting, meet_until_left, show_card
    from tutor.meeting.orders import speakers

    room = enter(ctx, plain=plain)
    if words == [MINE]:
        words, model = None, MINE
    grown = _grown(room, model) if model else {}
    meeting = Meeting(room.terminal, speakers(face), seed, temperature, grown=grown)
    if rewards:
        meeting.score_or_not()
    if card:
        show_card(room.terminal)
    elif words:
        meeting.warn()
        meeting.say(" ".join(words))
    else:
        meet_until_left(meeting)
