"""Asking models: off the screen, for replies that are counted, and within what was announced."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace

from tutor.errors import NoAnswerError, PromptTooLongError, ProviderError
from tutor.providers.talk import (
    BROKEN_OFF,
    LETTERS_A_TOKEN,
    Done,
    Ending,
    Provider,
    Reply,
    Request,
    Tier,
)
from tutor.stage.answered import answered, failed
from tutor.stage.own_text import own_text, refuse
from tutor.stage.stage import Spending, Stage

FRAME = 20
"""Tokens that the marks of a conversation take, at most."""


def text_of_the_learner(stage: Stage) -> str:
    """Their own text, or none: one that is too long is refused, and the demo's own is taken."""
    try:
        return own_text(stage).strip()
    except PromptTooLongError as error:
        refuse(stage, error)
        return ""


def hear(stage: Stage, speaker: Provider, request: Request) -> Reply:
    """A reply, shown by whoever asked; NoAnswerError stops the demo where there is none.

    A failure of the built-in model is said, and what came before it is kept.
    """
    reply = Reply()
    try:
        with closing(speaker.stream(request)) as events:
            for event in events:
                reply.take(event)
    except ProviderError as error:
        reply.done = Done(Ending.FAILED)
        failed(speaker, error)
        stage.say_failure(error)
    stage.keep_thoughts(reply)
    return answered(speaker, request, reply)


def listen_on(stage: Stage, speaker: Provider, request: Request, label: str) -> Reply | None:
    """A reply, shown as it comes, for a demo that can go on without one.

    None where there is none, or the learner stopped it; what became of it was said.
    """
    try:
        reply = stage.listen(speaker, request, label)
    except NoAnswerError as error:
        stage.say_failure(error)
        return None
    return reply if is_whole(reply) and reply.text.strip() else None


def is_whole(reply: Reply) -> bool:
    """Whether the line held to the end: after a cut, or Ctrl-C, nothing more should be asked."""
    return reply.done is not None and reply.done.ending not in BROKEN_OFF


def steadily(speaker: Provider, request: Request, seed: int) -> Request:
    """The request with the likeliest token each time, where a model nearby is asked.

    Hosted models refuse such parameters, or drop them silently: they are asked with their own.
    """
    if speaker.card.tier is Tier.HOSTED:
        return request
    return replace(request, temperature=0.0, seed=seed)


def spending(requests: Iterable[Request]) -> Spending:
    """What so many requests can take at most, by a cautious guess of what they read."""
    some = tuple(requests)
    return Spending(len(some), sum(_most_tokens(one) for one in some))


def _most_tokens(request: Request) -> int:
    asked = (request.prompt or "", *(message.content for message in request.messages))
    return sum(map(len, asked)) // LETTERS_A_TOKEN + FRAME + request.max_tokens + request.room
