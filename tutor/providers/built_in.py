"""The built-in model as one more provider: its faces answer like any server, without a server."""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

from tutor.errors import PromptTooLongError, UnknownModelError
from tutor.providers.talk import (
    Adjusted,
    Card,
    Chance,
    Done,
    Ending,
    Events,
    Message,
    Request,
    TextDelta,
    Tier,
    TokenChances,
    Usage,
)
from tutor.tinylm import chat
from tutor.tinylm.faces import FACES, FURTHER, is_shipped, load_face, load_tokenizer
from tutor.tinylm.model import Array, Model
from tutor.tinylm.sampling import Sampled, Sampler, generate, likeliest
from tutor.tinylm.tokenizer import END, STOP, Tokenizer

DEFAULT_TEMPERATURE = 0.7
ROOM = 16
"""So many tokens of the context, at the least, are left for the reply."""
LONGEST_TEXT = 4_000
"""Characters of one message; its context takes far less."""
LIMITS = "A tiny model, trained from scratch, that knows one invented village and little else."


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """One face of the built-in model behind the Protocol of all models."""

    card: Card
    model: Model
    tokenizer: Tokenizer

    def stream(self, request: Request) -> Events:
        """The events of one reply, a token each; PromptTooLongError if nothing fits after it."""
        asked, adjusted = prompt_tokens(self, request)
        yield from adjusted
        if request.json_schema is not None:
            yield Adjusted("json_schema", "nothing here makes this model keep to a schema")
        yield from _Speaking(self, request).speak(asked)


def built_in(face: str) -> BuiltIn:
    """A face of the built-in model; UnknownModelError for another name."""
    if face not in FACES and not (face in FURTHER and is_shipped(face)):
        known = ", ".join((*FACES, *filter(is_shipped, FURTHER)))
        raise UnknownModelError(f"The built-in model has no face {face!r}.", hint=f"Try {known}.")
    model = load_face(face)
    card = Card(face, f"built-in {face}", Tier.BUILT_IN, model.shape.parameters, LIMITS)
    return BuiltIn(card, model, load_tokenizer())


def marked(face: str) -> BuiltIn:
    """A face that reads conversations between their marks, be it the raw one, which never did."""
    one = built_in(face)
    return replace(one, card=replace(one.card, name=f"{face}, marked"))


def prompt_tokens(asked: BuiltIn, request: Request) -> tuple[list[int], list[Adjusted]]:
    """The tokens before the reply, and what had to be done otherwise to make them.

    Where a conversation does not fit, its oldest turns are left out; PromptTooLongError if nothing
    helps.
    """
    turns, adjusted = turns_of(request.messages)
    raw = asked.card.name == "base"
    _refuse_walls_of_text(request)
    if raw and request.prompt is None:
        adjusted = [
            Adjusted("conversation", "the raw model continues the bare text of what was said")
        ]
    room, dropped = asked.model.shape.context - ROOM, 0
    while len(tokens := _tokens(asked, request, turns, raw=raw)) > room and len(turns) > 1:
        turns, dropped = turns[1:], dropped + 1
    if len(tokens) > room:
        said = f"That is {len(tokens)} tokens, and this model's context takes {room}."
        raise PromptTooLongError(said, hint="Ask for something shorter.")
    if dropped:
        adjusted.append(Adjusted("conversation", "the oldest no longer fit into its context"))
    return tokens, adjusted


def _refuse_walls_of_text(request: Request) -> None:
    """Refuse what cannot fit whatever its tokens are, before they are counted one by one."""
    longest = max((len(one.content) for one in request.messages), default=0)
    if max(longest, len(request.prompt or "")) > LONGEST_TEXT:
        said = f"That is more than {LONGEST_TEXT:,} characters; this model reads a few sentences."
        raise PromptTooLongError(said, hint="Ask for something shorter.")


def _tokens(
    asked: BuiltIn, request: Request, turns: Sequence[chat.Turn], *, raw: bool
) -> list[int]:
    tokenizer = asked.tokenizer
    if request.prompt is not None:
        return [tokenizer.special[END], *tokenizer.encode(request.prompt)]
    if raw:
        return [tokenizer.special[END], *tokenizer.encode(bare_text(turns))]
    return chat.as_tokens(tokenizer, turns)


def bare_text(turns: Sequence[chat.Turn]) -> str:
    """A conversation with no marks at all, a line each: what a raw model can be given.

    A last line that breaks off in mid-sentence is left open, so that it is continued.
    """
    said = [text for turn in turns for text in (turn.prompt, turn.reply) if text is not None]
    text = "\n".join(said)
    return f"{text}\n" if text.rstrip().endswith((".", "?", "!")) else text


def turns_of(messages: Sequence[Message]) -> tuple[list[chat.Turn], list[Adjusted]]:
    """A conversation as the built-in model learned it, which had no system prompt."""
    system = " ".join(one.content for one in messages if one.role == "system")
    turns: list[chat.Turn] = []
    for message in messages:
        if message.role == "user":
            turns.append(chat.Turn(message.content))
        elif message.role == "assistant" and turns:
            turns[-1] = chat.Turn(turns[-1].prompt, message.content)
    if not system or not turns:
        return turns, []
    turns[0] = chat.Turn(f"{system} {turns[0].prompt}", turns[0].reply)
    why = "this model was never taught to obey one; it is put before your question"
    return turns, [Adjusted("system prompt", why)]


def sampler_of(request: Request) -> Sampler:
    """How to choose tokens, as the request has it."""
    temperature = request.temperature
    return Sampler(
        temperature=DEFAULT_TEMPERATURE if temperature is None else temperature,
        top_k=request.top_k or 0,
        top_p=1.0 if request.top_p is None else request.top_p,
        min_p=request.min_p or 0.0,
        limit=request.max_tokens,
    )


def token_text(tokenizer: Tokenizer, token: int) -> str:
    """A token as text: a mark by its name, half a character as U+FFFD."""
    if token < len(tokenizer.bytes_of):
        return tokenizer.decode([token])
    return next(name for name, number in tokenizer.special.items() if number == token)


def chances(tokenizer: Tokenizer, scores: Array, count: int) -> tuple[Chance, ...]:
    """The `count` likeliest next tokens, the likeliest first, from scores (vocabulary,)."""
    return tuple(Chance(token_text(tokenizer, n), log) for n, log in likeliest(scores, count))


@dataclass(slots=True)
class _Speaking:
    """One reply under way."""

    asked: BuiltIn
    request: Request
    decoder: codecs.IncrementalDecoder = field(
        default_factory=lambda: codecs.getincrementaldecoder("utf-8")("replace")
    )
    held: str = ""
    """Text that may be the beginning of a stop sequence."""

    def speak(self, prompt: list[int]) -> Events:
        """Text, token by token, then Done."""
        tokenizer = self.asked.tokenizer
        ends = (tokenizer.special[END], tokenizer.special[STOP])
        rng = Random() if self.request.seed is None else Random(self.request.seed)
        written, ending = 0, Ending.LENGTH
        for one in generate(self.asked.model, prompt, sampler_of(self.request), rng, ends):
            if one.token in ends:
                ending = Ending.STOP
                break
            written += 1
            text, stopped = self._release(self.decoder.decode(tokenizer.decode_bytes([one.token])))
            if text or self.request.alternatives is not None:
                yield TextDelta(text, self._chances(one))
            if stopped:
                ending = Ending.STOP
                break
        if self.held:
            yield TextDelta(self.held)
        yield Done(ending, Usage(len(prompt), written), self.asked.card.model)

    def _chances(self, one: Sampled) -> tuple[TokenChances, ...]:
        count, tokenizer = self.request.alternatives, self.asked.tokenizer
        if count is None:
            return ()
        chosen = Chance(token_text(tokenizer, one.token), one.log_probability)
        return (TokenChances(chosen, chances(tokenizer, one.scores, count)),)

    def _release(self, text: str) -> tuple[str, bool]:
        """The text that may be shown now, and whether a stop sequence ended the reply."""
        self.held += text
        found = [at for stop in self.request.stop if (at := self.held.find(stop)) >= 0]
        if found:
            shown, self.held = self.held[: min(found)], ""
            return shown, True
        keep = max((_overlap(self.held, stop) for stop in self.request.stop), default=0)
        at = len(self.held) - keep
        shown, self.held = self.held[:at], self.held[at:]
        return shown, False


def _overlap(text: str, stop: str) -> int:
    """How many characters at the end of `text` begin `stop`."""
    sizes = range(min(len(text), len(stop) - 1), 0, -1)
    return next((size for size in sizes if text.endswith(stop[:size])), 0)
