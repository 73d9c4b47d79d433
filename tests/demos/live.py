"""A stage for live demos: a screen that can be read, and a learner who types what they are told."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tutor.catalogue.registry import demonstration
from tutor.providers.built_in import built_in
from tutor.providers.talk import Adjusted, Card, Events, Provider, Request, Text, Tier
from tutor.screen.terminal import Look, terminal_to_text
from tutor.stage.contract import Live
from tutor.stage.stage import Spending, Stage


def typing(*lines: str) -> Callable[[str], str | None]:
    """A learner who types these lines and then has had enough."""
    left = list(lines)
    return lambda _question: left.pop(0) if left else None


def stage_of(text: str = "", *, width: int = 60, plain: bool = False, **more: Any) -> Stage:
    """A stage on a screen of that width."""
    terminal = terminal_to_text(width)
    terminal.look = Look(plain=plain)
    return Stage(terminal, text, **more)


def play(name: str, stage: Stage, **settings: Any) -> str:
    """What a live demo shows."""
    demo = demonstration(name)
    assert isinstance(demo, Live)
    demo.run(demo.settings(**settings), stage)
    return stage.terminal.text()


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
            yield Text(event.text) if isinstance(event, Text) else event


SEEDS = itertools.count()


def choosing(provider: Provider, seen: list[Spending]) -> Callable[[Spending], Provider]:
    """A learner who chose this model, and what they were told that it may take."""

    def choose(spending: Spending) -> Provider:
        seen.append(spending)
        return provider

    return choose


def guessing(answer: int, asked: list[str]) -> Callable[[str, Sequence[str]], str]:
    """A learner who guesses the option with this number."""

    def guess(question: str, options: Sequence[str] = ()) -> str:
        asked.append(question)
        return options[answer] if options else "7"

    return guess
