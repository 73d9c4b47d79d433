"""Who answers: models by the names that a benchmark may give them, and the money they may take."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.bench.model import CHOSEN
from tutor.errors import NeedsPersonError, ProviderError, TutorError, UnknownModelError
from tutor.providers.talk import Provider, Request, Tier
from tutor.screen.meeting_view import SHORT
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, line
from tutor.stage.hearing import spending
from tutor.stage.spending import Metered, Models, announcement, refusal, with_room

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.providers.keys import Tell
    from tutor.providers.patience import Wait
    from tutor.providers.presets import Price

FACES = {short: face for face, short in SHORT.items()}
"""What the faces of the built-in model are called in a file, and elsewhere."""
UNKNOWN = f"use chosen, {', '.join(FACES)}, or a name as in: tutor model list"


@dataclass(frozen=True, slots=True)
class Agent:
    """A model and its price, None where nobody knows it."""

    speaker: Provider
    price: "Price | None" = None


def face_named(name: str) -> Agent:
    """A face of the built-in model."""
    from tutor.providers.built_in import built_in  # numpy comes with it

    return Agent(built_in(FACES.get(name, name)))


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds models by the names that a benchmark gives them, for one learner."""

    models: Models
    folder: Path
    environ: "Mapping[str, str]"
    wait: "Wait"
    tell: "Tell"

    def find(self, name: str) -> Agent:
        """A model; UnknownModelError for a name that is none's, MissingKeyError as it may be."""
        if name == CHOSEN:
            return self._chosen()
        if name in FACES or name in SHORT:
            return face_named(name)
        from tutor.providers.choosing import choice_named, price_of, provider_of

        try:
            choice = choice_named(name)
        except UnknownModelError as error:
            raise UnknownModelError(error.message, hint=UNKNOWN) from error
        speaker = provider_of(choice, self.folder, self.environ, wait=self.wait, tell=self.tell)
        return Agent(speaker, price_of(choice))

    def _chosen(self) -> Agent:
        speaker = self.models.find()
        if speaker is None:
            raise UnknownModelError(
                "This benchmark asks the model that you chose, and you chose none.",
                hint="tutor model use NAME (names: tutor model list); or, with what is in the box:"
                " --model raw",
            )
        return Agent(speaker, self.models.price(speaker))


@dataclass(frozen=True, slots=True)
class Till:
    """Where consent is asked for, before anything is."""

    terminal: Terminal
    models: Models
    agree: Callable[[], bool] | None
    """None where nobody is there who could say yes."""

    def admit(self, agent: Agent, requests: Iterable[Request]) -> Provider:
        """The model, ready to be asked these; a hosted one only after a yes, or it raises."""
        speaker, asked = agent.speaker, tuple(requests)
        if speaker.card.tier is not Tier.HOSTED or not asked:
            return speaker
        wanted = with_room(spending(asked), speaker.card.room)
        purse = self.models.purse
        if wanted.most_tokens > purse.left:
            raise ProviderError(
                refusal(wanted, purse), hint="fewer cases or repeats, or a smaller max_tokens"
            )
        said = announcement(speaker.card, wanted, agent.price, purse.left, self.models.checked_on())
        self.terminal.say(bold(said[0]), *map(line, said[1:]))
        self._ask_for_a_yes()
        return Metered(speaker, purse, agent.price, wanted.calls)

    def _ask_for_a_yes(self) -> None:
        if self.agree is None:
            raise NeedsPersonError("a hosted model costs money: nobody agreed", hint="add --yes")
        if not self.agree():
            raise TutorError("Not asked.", hint="run it again when you like")
