"""One tiny call that finds out what a model can do."""

from dataclasses import dataclass
from time import monotonic

from tutor.providers.talk import (
    Adjusted,
    Done,
    Ending,
    Provider,
    Reply,
    Request,
    TextDelta,
    Usage,
    user,
)

QUESTION = "Name three animals, separated by commas."
MOST_WRITTEN = 40
MOST_TRIES = 3
MOST_READ = 60
"""The question with all its marks, generously."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it."""

    text: str
    pieces: int
    """Into how many events the text was cut: one is no stream."""
    first: float
    """Seconds to the first text."""
    seconds: float
    ending: Ending
    usage: Usage | None
    chances: bool
    """Whether log-probabilities came."""
    adjusted: tuple[Adjusted, ...]
    model: str
    """As the server names it."""
    thoughts: str = ""
    room: int = 0
    """Tokens that it is given for thinking with each reply from now on."""


def request() -> Request:
    """A short question that asks for every parameter that demos use."""
    return user(
        QUESTION,
        system="You are a helpful assistant.",
        max_tokens=MOST_WRITTEN,
        temperature=0.0,
        seed=1,
        alternatives=3,
    )


def attempt(provider: Provider) -> Tried:
    """Ask once, and again where it thinks first and had no room; raises what the provider raises.

    A second call is made only where the first came to no word, and told that more room is needed.
    """
    room = provider.card.room
    tried = _once(provider)
    for _ in range(MOST_TRIES - 1):
        if tried.text.strip() or provider.card.room <= room:
            break
        room = provider.card.room
        tried = _once(provider)
    return tried


def _once(provider: Provider) -> Tried:
    began = monotonic()
    reply = Reply()
    first, pieces = 0.0, 0
    for event in provider.stream(request()):
        reply.take(event)
        if isinstance(event, TextDelta) and event.text:
            first, pieces = first or monotonic() - began, pieces + 1
    done = reply.done or Done(Ending.CUT)
    return Tried(
        text=reply.text,
        pieces=pieces,
        first=first,
        seconds=monotonic() - began,
        ending=done.ending,
        usage=done.usage,
        chances=bool(reply.tokens),
        adjusted=tuple(reply.adjusted),
        model=done.model,
        thoughts=reply.thoughts,
        room=provider.card.room,
    )
