"""What counts as an answer of the learner's own model: words of it, to their end.

An empty reply, or one that was cut, is never counted; the first one stops the demo, before more is
asked for, and says what to do.
"""

from tutor.errors import NoAnswerError, ProviderError
from tutor.providers.talk import BROKEN_OFF, Card, Ending, Provider, Reply, Request, Tier

ASKED = frozenset({Tier.HOSTED, Tier.LOCAL})
"""Where models run that a learner chose; the built-in ones end when they like."""
_OTHERS = "another model: tutor model list"


def is_asked(speaker: Provider) -> bool:
    """Tell whether the learner chose this model, here or far away."""
    return speaker.card.tier in ASKED


def answered(speaker: Provider, request: Request, reply: Reply) -> Reply:
    """The reply, if it is an answer; NoAnswerError for an empty or a cut one of a chosen model."""
    if not is_asked(speaker) or reply.done is None or reply.done.ending is Ending.STOPPED:
        return reply
    if reply.done.ending in BROKEN_OFF:
        raise NoAnswerError(
            f"The reply is not whole ({reply.done.ending.value}), so it is not counted.",
            hint=f"Run this again, or choose {_OTHERS}",
        )
    if not reply.text.strip() and not reply.tokens:
        raise _no_answer(speaker.card, request, reply)
    return reply


def failed(speaker: Provider, error: ProviderError) -> None:
    """Stop the demo where a model that the learner chose fails: it would fail again."""
    if is_asked(speaker):
        raise NoAnswerError(error.message, hint=error.hint) from error


def _no_answer(card: Card, request: Request, reply: Reply) -> NoAnswerError:
    """What became of a reply without a word, and what to do."""
    assert reply.done is not None
    usage, thoughts = reply.done.usage, reply.thoughts.strip()
    if reply.done.ending is not Ending.LENGTH:
        also = ", after thinking" if thoughts else ""
        return NoAnswerError(
            f"{card.model} ended its reply without a word of an answer{also}.",
            hint=f"Run this again, or choose {_OTHERS}",
        )
    took = f"{usage.written:,}" if usage else f"{request.max_tokens:,} and more"
    how = "thinking" if thoughts or (usage and usage.thought) else "thinking, unseen as it seems,"
    room = f"{card.room:,} tokens more" if card.room else "more"
    return NoAnswerError(
        f"{card.model} spent {took} tokens on {how} and came to no answer.",
        hint=f"From now on it is given {room} for each reply: run this again. tutor model test"
        f" shows how much it takes. Or choose one that thinks less, or {_OTHERS}",
    )
