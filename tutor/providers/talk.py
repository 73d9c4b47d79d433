"""What is said to a model and what comes back: the same words for every model, near or far.

A demo builds a `Request`, hands it to a `Provider` and reads events: `TextDelta` as it arrives,
`Thought` where a model shows what it thinks before it speaks, `Adjusted` where something asked for
could not be had, and `Done` as the last one.
"""

import math
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal, Protocol, TypeAlias, assert_never

Role = Literal["system", "user", "assistant"]

LETTERS_A_TOKEN = 3
"""A cautious guess, for what a server does not count for us."""


class Tier(Enum):
    """Where a model runs, from the dearest to the nearest."""

    HOSTED = "hosted"
    LOCAL = "local server"
    BUILT_IN = "built in"
    RECORDED = "recorded"


class Thinking(Enum):
    """How much a model is to think before it speaks, where it has a choice."""

    USUAL = "as little as it needs"
    """A model that is known to think is asked to keep it short, and given room for it."""
    NONE = "not at all"
    MUCH = "as much as it likes"


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: a conversation (`messages`), or a text to be continued (`prompt`).

    None leaves a parameter to the model's own default; nothing is sent for it.
    """

    messages: tuple[Message, ...] = ()
    prompt: str | None = None
    max_tokens: int = 300
    temperature: float | None = None
    """0 always takes the likeliest token; 1 is the model's own distribution."""
    top_p: float | None = None
    top_k: int | None = None
    min_p: float | None = None
    seed: int | None = None
    stop: tuple[str, ...] = ()
    alternatives: int | None = None
    """With each token, its log-probability and those of so many likely ones."""
    json_schema: Mapping[str, Any] | None = None
    thinking: Thinking = Thinking.USUAL
    room: int = 0
    """Tokens for thinking, on top of `max_tokens`."""


def user(content: str, *, system: str = "", **settings: Any) -> Request:
    """A conversation of one question, below a system prompt if there is one."""
    before = (Message("system", system),) if system else ()
    return Request((*before, Message("user", content)), **settings)


@dataclass(frozen=True, slots=True)
class Chance:
    """A token as text and its natural log-probability."""

    text: str
    log_probability: float

    @property
    def probability(self) -> float:
        """0 to 1."""
        return math.exp(self.log_probability)


@dataclass(frozen=True, slots=True)
class TokenChances:
    """A chosen token with its log-probability, and the likeliest tokens at its place."""

    chosen: Chance
    alternatives: tuple[Chance, ...] = ()


@dataclass(frozen=True, slots=True)
class TextDelta:
    """Some more text; `tokens` where log-probabilities were asked for and came."""

    text: str
    tokens: tuple[TokenChances, ...] = ()


@dataclass(frozen=True, slots=True)
class Thought:
    """Some more of what a model thinks before it speaks: paid for, and no part of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Rethought:
    """All text so far was thinking: its end mark came, and its beginning had none."""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A parameter was refused, is unknown here or is done otherwise: what, and why."""

    parameter: str
    why: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens really read and written, as the model's server counts them."""

    read: int
    written: int
    """Thinking included."""
    thought: int | None = None
    """How many of those written were thinking, where the server says so."""


class Ending(Enum):
    """Why a reply ended."""

    STOP = "the model ended its reply"
    LENGTH = "the limit of tokens was reached"
    FILTERED = "the provider withheld the rest"
    CUT = "the line dropped"
    SILENT = "the server fell silent"
    UNMARKED = "it stopped, and the server did not say that this is the end"
    STOPPED = "stopped by you"
    FAILED = "the server broke off with an error"
    OTHER = "the server gave no reason that we know"


BROKEN_OFF = frozenset({Ending.CUT, Ending.SILENT, Ending.UNMARKED, Ending.STOPPED, Ending.FAILED})
"""Endings of what is no whole reply: not to be counted as an answer."""
NOT_TO_THE_END = BROKEN_OFF | {Ending.LENGTH, Ending.FILTERED}
"""Endings of which a learner should hear: the model would have gone on."""


@dataclass(frozen=True, slots=True)
class Done:
    """The last event: why it ended, and what it took (None where the server does not say)."""

    ending: Ending
    usage: Usage | None = None
    model: str = ""
    """The model as the server names it."""


Event: TypeAlias = TextDelta | Thought | Rethought | Adjusted | Done
Events: TypeAlias = Generator[Event, None, None]


@dataclass(frozen=True, slots=True)
class Card:
    """A model as a demo needs to know it."""

    name: str
    """As in `tutor model use NAME`."""
    model: str
    tier: Tier
    parameters: int | None = None
    """How many weights, None where nobody says."""
    limits: str = ""
    """A line on what it cannot do, to be shown wherever it speaks; empty for a large model."""
    room: int = 0
    """Tokens that it gets for thinking with each reply, on top of those that were asked for."""
    context: int | None = None
    """Tokens that it can take in and write together, None where nobody says."""


@dataclass(frozen=True, slots=True)
class Served:
    """A model that a server has."""

    name: str
    size: str = ""
    """Its weights as the server puts it; empty where it does not say."""


class Provider(Protocol):
    """A model that can be asked."""

    @property
    def card(self) -> Card:
        """Who it is."""
        ...

    def stream(self, request: Request) -> Events:
        """The events of one reply; closing the generator ends the call. Raises ProviderError."""
        ...


@dataclass(slots=True)
class Reply:
    """A reply, collected."""

    text: str = ""
    """The answer, and nothing else."""
    thoughts: str = ""
    tokens: list[TokenChances] = field(default_factory=list)
    adjusted: list[Adjusted] = field(default_factory=list)
    done: Done | None = None
    """None while it is still coming, or where the reader stopped before the end."""

    def take(self, event: Event) -> None:
        """Add an event."""
        match event:
            case TextDelta():
                self.text += event.text
                self.tokens += event.tokens
            case Thought():
                self.thoughts += event.text
            case Rethought():
                self.thoughts += self.text
                self.text, self.tokens = "", []
            case Adjusted():
                self.adjusted.append(event)
            case Done():
                self.done = event
            case _:
                assert_never(event)


def collect(events: Iterable[Event]) -> Reply:
    """Read a reply to its end."""
    reply = Reply()
    for event in events:
        reply.take(event)
    return reply
