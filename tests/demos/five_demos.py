"""Learners and models made for the tests of rater, beta, extract, benchmark and injection."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from rich.console import Console

from tutor.errors import UnreachableError
from tutor.providers.talk import (
    Adjusted,
    Card,
    Done,
    Ending,
    Event,
    Events,
    Provider,
    Request,
    Text,
    Tier,
)
from tutor.screen.terminal import Look, Terminal
from tutor.stage.stage import Asker, Chooser, Guesser, Stage, no_answer, no_guess, no_model

NAMES = ("rater", "beta", "extract", "benchmark", "injection")


def typing(*lines: str) -> Asker:
    """A learner who types these lines and then leaves."""
    waiting: Iterator[str | None] = iter((*lines, None))
    return lambda _question: next(waiting, None)


def first_option(_question: str, options: Sequence[str] = ()) -> str:
    """A learner who always guesses the first."""
    return options[0]


@dataclass
class Actor:
    """A model that says what it is told to, and keeps what it was asked."""

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
    return Actor(lambda _request: (Text(text), Done(Ending.STOP)))


def _unreachable(_request: Request) -> Iterator[Event]:
    raise UnreachableError("Nobody answers.", hint="Start the server.")
    yield


def _dropped(_request: Request) -> Iterator[Event]:
    yield Text('{"invoice_no": "44')
    raise UnreachableError("The line broke.", hint="Ask again.")


def _cut(_request: Request) -> Iterator[Event]:
    yield Adjusted("json_schema", "not here")
    yield Text("bil")
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


def choosing(provider: Provider | None) -> Chooser:
    """A learner with this model, who agrees to what it costs."""
    return lambda _spending: provider


@dataclass
class Played:
    """What a demo showed, and its notebook paragraphs."""

    screen: str
    notes: list[str]

    @property
    def words(self) -> str:
        """The screen with all blanks and line breaks as one blank."""
        return " ".join(self.screen.split())


@dataclass(frozen=True)
class Learner:
    """Who sits before the demo."""

    width: int = 78
    plain: bool = False
    seed: int = 1
    guess: Guesser = no_guess
    ask: Asker = no_answer
    chosen: Chooser = no_model


NOBODY = Learner()


def play(name: str, text: str = "", learner: Learner = NOBODY, **more: Any) -> Played:
    """Play a demo to a screen of text."""
    demo = import_module(f"tutor.demos.{name}")
    out = io.StringIO()
    console = Console(
        file=out, width=learner.width, markup=False, emoji=False, highlight=False, color_system=None
    )
    terminal = Terminal(console, Look(plain=learner.plain), _nobody, echo=True)
    stage = Stage(
        terminal, text, learner.seed, guess=learner.guess, ask=learner.ask, chosen=learner.chosen
    )
    demo.run(demo.Settings(), stage, **more)
    return Played(out.getvalue(), stage.transcript)


def _nobody(prompt: str) -> str:
    raise EOFError(prompt)
