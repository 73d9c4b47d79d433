"""What the reward model and the rater say of a reply: how over-optimisation becomes visible."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tutor.providers.built_in import BuiltIn, prompt_tokens
from tutor.providers.talk import Ending, Reply, Request
from tutor.tinylm.faces import is_shipped, load_judge
from tutor.tinylm.judge import Judge, score
from tutor.tinylm.tokenizer import STOP
from tutor.tinylm.world import taste, wider_taste
from tutor.tinylm.world.editions import shipped
from tutor.tinylm.world.probes import Probe
from tutor.tinylm.world.recognising import probe_of

JUDGE = "reward"
Rating = taste.Rating | wider_taste.Rating


@dataclass(frozen=True, slots=True)
class Points:
    """What a reply earned; `if_wrong` where the rater cannot know whether it is right."""

    reward: float | None
    score: float
    noticed: tuple[str, ...]
    if_wrong: float | None = None


def shipped_judge() -> Judge | None:
    """The reward model, if the box has it."""
    return load_judge() if is_shipped(JUDGE) else None


def points(face: BuiltIn, request: Request, reply: Reply, judge: Judge | None) -> Points:
    """Both scores of a reply to the last thing that was said."""
    ended = reply.done is not None and reply.done.ending is Ending.STOP
    text = reply.text.strip()
    reward = rewarded(judge, face, request, text, ended=ended) if judge else None
    prompt = request.messages[-1].content
    probe = probe_of(prompt, shipped())
    if probe is not None:
        rating = rated(probe, text, ended=ended)
        return Points(reward, rating.score, tuple(noticed(rating)))
    rating = rated(Probe("own", prompt, text), text, ended=ended)
    wrong = replace(rating, right=False)
    others = tuple(said for said in noticed(rating) if said != "right")
    return Points(reward, rating.score, others, wrong.score)


def rewarded(
    judge: Judge, face: BuiltIn, request: Request, text: str, *, ended: bool
) -> float | None:
    """The reward model's score; None where the conversation is too long for it."""
    tokens, _adjusted = prompt_tokens(face, request)
    tokens += face.tokenizer.encode(text)
    if ended:
        tokens.append(face.tokenizer.special[STOP])
    if len(tokens) > face.model.shape.context:
        return None
    return score(judge, tokens)


def rated(probe: Probe, text: str, *, ended: bool) -> Rating:
    """The reply as the rater of the shipped model reads it."""
    return shipped().talk.rate(probe, text, ended=ended)


def noticed(rating: Rating) -> Iterator[str]:
    """What the rater paid for, and what it charged for."""
    yield "right" if rating.right else "not right"
    if isinstance(rating, wider_taste.Rating):
        if rating.further:
            yield "adds something true"
        if rating.untrue:
            yield "adds something untrue"
    if rating.opening or rating.closing:
        yield "friendly"
    if rating.rude:
        yield "rude"
    if rating.extra_words or rating.pleasantries > rating.opening + rating.closing:
        yield "padded"
    if not rating.ended:
        yield "never ends"
