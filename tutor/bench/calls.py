"""What a benchmark asks: every case of both sides, so often, each call under a name of its own."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tutor.bench.model import CHOSEN, INPUT, Bench, Prompt
from tutor.providers.talk import Card, Message, Provider, Request, Tier

RAW = "base"
"""The face of a built-in model that goes on with a text, and knows no conversation."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that are compared: a prompt, and the model that it is put to."""

    name: str
    prompt: Prompt
    prompt_name: str
    model: str
    """As the file names it."""


@dataclass(frozen=True, slots=True)
class Call:
    """One reply to be had."""

    side: int
    case: int
    repeat: int
    """Counted from 1."""
    request: Request
    key: str
    """The same for the same question to the same model."""


def sides_of(bench: Bench) -> tuple[Side, ...]:
    """One side or two, named by what tells them apart."""
    models = bench.models or (CHOSEN,)
    by_model = len(models) > 1
    return tuple(
        Side(model if by_model else name, _in_parts(prompt), name, model)
        for name, prompt in bench.prompts.items()
        for model in models
    )


def _in_parts(prompt: str | Prompt) -> Prompt:
    return Prompt(text=prompt) if isinstance(prompt, str) else prompt


def calls_of(bench: Bench, sides: tuple[Side, ...], cast: Mapping[str, Provider]) -> Iterator[Call]:
    """All calls, case by case: the two sides of a case are asked one after the other."""
    for number, case in enumerate(bench.cases):
        for repeat in range(1, bench.repeats + 1):
            for place, side in enumerate(sides):
                card = cast[side.model].card
                request = request_for(bench, side.prompt, case.input, card, repeat)
                yield Call(place, number, repeat, request, key_of(card, request, repeat))


def request_for(bench: Bench, prompt: Prompt, case: str, card: Card, repeat: int) -> Request:
    """A case in its prompt; a raw model is given a text, any other a conversation.

    Models nearby draw with the repeat's number for a seed; hosts may refuse one.
    """
    text = prompt.text.replace(INPUT, case)
    seed = None if card.tier is Tier.HOSTED else repeat
    request = Request(
        max_tokens=bench.max_tokens, temperature=bench.temperature, stop=bench.stop, seed=seed
    )
    return put(request, prompt.system, text, card)


def put(request: Request, system: str, text: str, card: Card) -> Request:
    """The request with its words."""
    if card.tier is Tier.BUILT_IN and card.name == RAW:
        return replace(request, prompt=f"{system}\n{text}" if system else text)
    before = (Message("system", system),) if system else ()
    return replace(request, messages=(*before, Message("user", text)))


def key_of(card: Card, request: Request, repeat: int) -> str:
    """A short digest of who is asked, what, how, and for the how-manyth time."""
    said = [(one.role, one.content) for one in request.messages]
    how = (request.max_tokens, request.temperature, request.stop, request.seed)
    whole = json.dumps([card.name, card.model, request.prompt, said, how, repeat])
    return hashlib.sha256(whole.encode()).hexdigest()[:20]
