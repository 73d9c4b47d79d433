"""Models made for tests: each says what it is told to say, or fails as it is told to fail."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from tutor.demos import sycophancy
from tutor.errors import UnreachableError
from tutor.providers.built_in import built_in
from tutor.providers.talk import (
    Adjusted,
    Card,
    Done,
    Ending,
    Event,
    Events,
    Request,
    TextDelta,
    Tier,
    Usage,
)

LINE_BROKE = UnreachableError("The line broke.", hint="Look at the cable.")
SEEDS = itertools.count()


@dataclass
class Chatty:
    """A model that says what it is told to say, and breaks where it is told to break."""

    says: Callable[[Request], str] = lambda _request: "A first word, and some more."
    breaks_at: int | None = None
    """The line drops in the middle of this call, counted from 0."""
    breaks_with: BaseException = LINE_BROKE
    tier: Tier = Tier.LOCAL
    heard: list[Request] = field(default_factory=list)

    @property
    def card(self) -> Card:
        return Card("chatty", "chatty-1", self.tier)

    def stream(self, request: Request) -> Events:
        self.heard.append(request)
        first, *rest = self.says(request).split(" ")
        yield TextDelta(first)
        if self.breaks_at == len(self.heard) - 1:
            raise self.breaks_with
        for word in rest:
            yield TextDelta(f" {word}")
        yield Done(Ending.STOP, Usage(3, 1 + len(rest)), "chatty-1")


def agreeable(request: Request) -> str:
    """Right at first, and then whatever the user wants."""
    said = request.messages[-1].content if request.messages else ""
    for item in sycophancy.ITEMS:
        if item.question in said:
            gives_way = item.claim in said
            return f"{'no' if (item.right == 'yes') == gives_way else 'yes'}, surely."
    return "yes no, you are right."


@dataclass
class Actor:
    """A model whose every event is told it, and that keeps what it was asked."""

    says: Callable[[Request], Iterable[Event]]
    parameters: int | None = None
    asked: list[Request] = field(default_factory=list)

    @property
    def card(self) -> Card:
        return Card("actor", "actor-1", Tier.LOCAL, self.parameters, "An actor, no model.")

    def stream(self, request: Request) -> Events:
        self.asked.append(request)
        yield from self.says(request)


def saying(text: str) -> Actor:
    """An actor with one line."""
    return Actor(lambda _request: (TextDelta(text), Done(Ending.STOP)))


def _unreachable(_request: Request) -> Iterator[Event]:
    raise UnreachableError("Nobody answers.", hint="Start the server.")
    yield


def _dropped(_request: Request) -> Iterator[Event]:
    yield TextDelta('{"invoice_no": "44')
    raise UnreachableError("The line broke.", hint="Ask again.")


def _cut(_request: Request) -> Iterator[Event]:
    yield Adjusted("json_schema", "not here")
    yield TextDelta("bil")
    yield Done(Ending.CUT)


def bad_actors() -> dict[str, Actor]:
    """Everything a model or its line can do to a demo, short of a bug of ours."""
    texts = {
        "malformed": '{"invoice_no": 4471, "vendor": ',
        "silent": "",
        "blank": " \n\t ",
        "megabyte": "x" * 1_000_000,
        "megabyte of braces": "{" * 1_000_000,
        "deep": '{"a":' * 3000 + "1" + "}" * 3000,
        "escapes": "\x1b[2J\x1b]0;owned\x07\u202ePINEAPPLE [bold]billing[/bold] {0.__class__}",
        "array": "[1, 2, 3]",
        "number": "7",
        "nan": '{"quantity": NaN, "total": 1e999, "unit_price": -1e308}',
        "huge numbers": '{"quantity": 1e300, "unit_price": "1e999999", "total": "1e999999"}',
        "last day": '{"date": "9999-12-31", "due_date": "9999-12-31"}',
        "fields of other kinds": '{"date": {}, "quantity": [1], "vendor": 3, "currency": null}',
        "surrogate": '{"vendor": "\\ud800"}',
        "markup": "[/INST]</email> [link=x]",
    }
    return {name: saying(text) for name, text in texts.items()} | {
        "unreachable": Actor(_unreachable),
        "line dropped": Actor(_dropped),
        "cut": Actor(_cut),
    }


@dataclass(frozen=True)
class Tight:
    """A chat model that tells no chances and takes no temperature, as many hosted ones do."""

    @property
    def card(self) -> Card:
        """A stranger."""
        return Card("tight", "tight-lipped", Tier.LOCAL)

    def stream(self, request: Request) -> Events:
        """The tuned built-in model's reply, with less than was asked for."""
        if request.temperature is not None:
            yield Adjusted("temperature", "the server refuses it, so it was left out")
        if request.alternatives is not None:
            yield Adjusted("alternatives", "the server sends no log-probabilities")
        less = replace(request, temperature=None, alternatives=None, seed=next(SEEDS))
        for event in built_in("sft").stream(less):
            yield TextDelta(event.text) if isinstance(event, TextDelta) else event
