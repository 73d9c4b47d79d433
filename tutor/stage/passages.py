"""Somebody else's text among our own: harmless, clipped, marked off, or heard in silence."""

import textwrap
from contextlib import closing

from tutor.errors import ProviderError
from tutor.providers.talk import Done, Ending, Provider, Reply, Request
from tutor.screen.streaming import harmless
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, line, row
from tutor.stage.answered import answered, failed
from tutor.stage.stage import Stage

NARROWEST = 24


def flat(text: str, most: int = 200) -> str:
    """Anybody's text on one line, harmless, and clipped at a word where it is long."""
    joined = " ".join(harmless(text).split())
    if len(joined) <= most:
        return joined
    return f"{joined[:most].rsplit(' ', 1)[0]} ..."


def passage(mark: str, text: str, terminal: Terminal) -> list[Renderable]:
    """A paragraph behind its mark, its further lines indented; read straight on in plain mode."""
    room = terminal.width - len(mark) - 4
    if terminal.look.plain or room < NARROWEST:
        return [line(f"{mark}: {text}")]
    lines = textwrap.wrap(text, room) or [""]
    first = f"  {mark}  "
    return [row((first if n == 0 else " " * len(first)) + one) for n, one in enumerate(lines)]


def hear_briefly(stage: Stage, speaker: Provider, request: Request, most: int) -> Reply:
    """A reply, not shown; a model that goes on beyond `most` characters is stopped."""
    reply = Reply()
    try:
        with closing(speaker.stream(request)) as events:
            for event in events:
                reply.take(event)
                if len(reply.text) > most:
                    reply.done = Done(Ending.LENGTH)
                    break
    except ProviderError as error:
        reply.done = Done(Ending.FAILED)
        failed(speaker, error)
        stage.say_failure(error)
    stage.keep_thoughts(reply)
    return answered(speaker, request, reply)
