"""`tutor ask`."""

from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.options import LESSON, Plain, complete_lesson, enter
from tutor.cli.room import Room
from tutor.errors import UnknownNameError

if TYPE_CHECKING:
    from tutor.course.model import Lesson
    from tutor.providers.talk import Message, Provider


def ask(  # noqa: PLR0913  a command's options
    ctx: typer.Context,
    question: Annotated[list[str], typer.Argument(help="What you want to know.")],
    *,
    lesson: Annotated[
        str, typer.Option("--lesson", "-l", help=LESSON, autocompletion=complete_lesson)
    ] = "",
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Ask your hosted model without asking you.")
    ] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Ask your model even if it seems to make things up.")
    ] = False,
    plain: Plain = False,
) -> None:
    """Ask about the course, or with --lesson about one lesson.

    Your chat model answers from its text; without one, the best-matching steps are shown.
    """
    from tutor.course.finding import find_lesson

    room = enter(ctx, plain=plain)
    words = " ".join(question).strip()
    if not words:
        raise UnknownNameError("nothing was asked", hint='like this: tutor ask "why is that so?"')
    chosen = find_lesson(room.course, lesson) if lesson else None
    converse(room, chosen, words, yes=yes, anyway=anyway)


MORE = "Ask on, or Enter: "
MOST_BEFORE = 6
"""Turns of a conversation that are told again with the next question."""


def converse(
    room: Room, lesson: "Lesson | None", question: str, *, yes: bool, anyway: bool = False
) -> None:
    """Answer a question, and those that follow it, where somebody is there to ask them."""
    from tutor.screen.terminal import EndOfInputError

    said: list[Message] = []  # what a model was asked and answered so far
    while question:
        answer(room, lesson, question, said, yes=yes, anyway=anyway)
        if not (said and room.terminal.is_interactive and room.terminal.is_watched):
            return
        try:
            room.terminal.gap()
            question = room.terminal.ask(MORE).strip()
        except EndOfInputError:
            return


def answer(  # noqa: PLR0913  the last ones say how far it may go
    room: Room,
    lesson: "Lesson | None",
    question: str,
    said: "list[Message]",
    *,
    yes: bool,
    anyway: bool = False,
) -> None:
    """By the learner's model where it is fit for that; else from the course itself.

    What a model was asked and answered is added to `said`, for questions that follow.
    """
    from tutor.player import answering
    from tutor.providers.talk import Message
    from tutor.stage.hearing import listen_on
    from tutor.stage.spending import Spender
    from tutor.stage.stage import Stage

    # "and why?" has no words of its own to be looked up by
    about = " ".join((*(one.content for one in said if one.role == "user"), question))
    terminal = room.terminal
    spender = Spender(terminal, room.models, lambda: yes or room.agrees())
    why, before = _unfit(room, yes=yes, anyway=anyway), said[-MOST_BEFORE:]
    letters = None if why else _room_for_ground(room, question, before)
    told = answering.ground_for(room.course, about, lesson, letters)
    request = answering.request_for(room.course, told, question, before)
    speaker = None if why or not told else spender.choose(answering.spending_for(request))
    if speaker is not None:
        stage = Stage(terminal)
        stage.introduce(speaker)
        reply = listen_on(stage, speaker, request, "")
        spender.tell()
        if reply is not None:
            terminal.gap()
            terminal.say(*answering.verdict(answering.check(reply.text, told), terminal.look))
            said += [Message("user", question), Message("assistant", reply.text)]
            return
    _from_the_course(room, lesson, question, why)


def _room_for_ground(room: Room, question: str, before: "list[Message]") -> int | None:
    """Letters of the course that the model can be given; None where nothing limits them."""
    from tutor.player.answering import room_for_ground

    model = room.models.find()
    return None if model is None else room_for_ground(model.card, room.course, question, before)


def _from_the_course(room: Room, lesson: "Lesson | None", question: str, why: str) -> None:
    """Say why no model answers, and what the course has on it."""
    from tutor.player import answering
    from tutor.screen.words import dim

    terminal = room.terminal
    where = f"lesson {lesson.title!r}" if lesson else "the course"
    here = f"What {where} and the glossary have on it:"
    terminal.say(dim(f"{why} {here}".strip()))
    terminal.gap()
    terminal.say(*answering.found_here(room.course, question, terminal.look, lesson))


def _unfit(room: Room, *, yes: bool, anyway: bool) -> str:
    """Why the learner's model is not asked; empty where it is."""
    from tutor.errors import ProviderError
    from tutor.player.answering import needs_a_trial, unfit

    try:
        model = room.models.find()
    except ProviderError as error:
        return f"{error.message} ({error.hint})"
    if model is None:
        return unfit(None)
    if anyway:
        return ""
    if needs_a_trial(model.card):
        return _tried(room, model, yes=yes)
    why = unfit(model.card)
    return f"{why} --anyway asks it all the same." if why else ""


def _tried(room: Room, model: "Provider", *, yes: bool) -> str:
    """What a trial on a short text showed: made once, with consent, kept, and shown."""
    import datetime

    from msgspec.structs import replace

    from tutor.player import answering
    from tutor.player.grounding import PROBES, try_grounding
    from tutor.providers.asking import Remote
    from tutor.screen.streaming import harmless
    from tutor.screen.words import bold, dim, line
    from tutor.stage.stage import Stage

    memory = model.memory if isinstance(model, Remote) else None
    grounding = memory.ability.grounding if memory else None
    if grounding is None:
        said = f"{len(PROBES)} short questions on a text of our own, once; it costs nothing"
        room.terminal.say(line(f"Whether {model.card.model} makes things up is not known: {said}."))
        if not (yes or room.agrees()):
            return answering.untried(model.card, None)
        day = datetime.datetime.now().astimezone().date().isoformat()
        grounding = try_grounding(Stage(room.terminal), model, day)
        if memory:
            memory.learn(replace(memory.ability, grounding=grounding))
        room.terminal.say(bold("Tried on a short text"))
        room.terminal.say(*(dim(f"  {harmless(told)}") for told in grounding.told))
    return answering.untried(model.card, grounding)
