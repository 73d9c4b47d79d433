"""Playing a live demo in a test: a screen that can be read, and a learner who does as told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from tutor.catalogue.registry import demonstration
from tutor.errors import NoAnswerError
from tutor.providers.talk import Card, Event, Events, Provider, Request
from tutor.screen.terminal import Look, terminal_to_text
from tutor.screen.words import line
from tutor.stage.contract import Live
from tutor.stage.stage import Asker, Chooser, Guesser, Spending, Stage

SMALL: dict[str, dict[str, Any]] = {
    "best-of-n": {"sums": 2, "tries": (1, 2)},
    "checked-rewards": {"each": 1},
    "false-premise": {"each": 4},
    "few-shot": {"items": 4, "shots": (0, 1), "pages": 3},
    "group-advantage": {"size": 3},
    "mask": {"most_tokens": 20},
    "retrieval": {"questions": 3},
    "reversal": {"each": 2},
    "steer": {"strengths": (0, 1)},
    "sycophancy": {"items": 3},
    "thinking": {"sums": 4},
    "two-replies": {"pairs": 2},
}
"""Settings with which a demo that asks a model often asks it seldom."""


def typing(*lines: str) -> Asker:
    """A learner who types these lines and then has had enough."""
    left = list(lines)
    return lambda _question: left.pop(0) if left else None


def guessing(answer: int, asked: list[str] | None = None) -> Guesser:
    """A learner who guesses the option with this number; what they were asked is kept."""

    def guess(question: str, options: Sequence[str] = ()) -> str:
        if asked is not None:
            asked.append(question)
        return options[answer] if options else "7"

    return guess


def choosing(provider: Provider, seen: list[Spending] | None = None) -> Chooser:
    """A learner who chose this model; what they were told that it may take is kept."""

    def choose(spending: Spending) -> Provider:
        if seen is not None:
            seen.append(spending)
        return provider

    return choose


@dataclass(frozen=True)
class Remembered:
    """A face whose replies are worked out once a run: each follows from what is asked alone."""

    face: Provider
    replies: ClassVar[dict[tuple[str, Request], list[Event]]] = {}

    @property
    def card(self) -> Card:
        return self.face.card

    def stream(self, request: Request) -> Events:
        if request.json_schema or (request.seed is None and request.temperature != 0):
            yield from self.face.stream(request)
            return
        asked = self.face.card.name, request
        if asked not in self.replies:
            said = []
            for event in self.face.stream(request):
                said.append(event)
                yield event
            self.replies[asked] = said
        else:
            yield from self.replies[asked]


class RememberingStage(Stage):
    """A stage on which a reply that another test has heard is not worked out again."""

    def face(self, name: str) -> Provider:
        return Remembered(super().face(name))


def stage_of(
    text: str = "",
    *,
    width: int = 60,
    plain: bool = False,
    kind: type[Stage] = RememberingStage,
    **more: Any,
) -> Stage:
    """A stage on a screen of that width; on a plain `Stage` every reply is worked out."""
    terminal = terminal_to_text(width)
    terminal.look = Look(plain=plain)
    return kind(terminal, text, **more)


def play(name: str, stage: Stage, **settings: Any) -> str:
    """What a live demo shows; where a chosen model came to no answer, what is said then."""
    demo = demonstration(name)
    assert isinstance(demo, Live)
    try:
        demo.run(demo.settings(**settings), stage)
    except NoAnswerError as error:
        stage.terminal.say(line(error.message), line(error.hint))
    return stage.terminal.text()


def small(name: str, text: str = "", **more: Any) -> str:
    """What a live demo shows of few items."""
    return play(name, stage_of(text, **more), **SMALL.get(name, {}))


def flat(screen: str) -> str:
    """A screen with all blanks and line breaks as one blank."""
    return " ".join(screen.split())
