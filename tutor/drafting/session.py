"""A source drafted passage by passage; what came before a failure or Ctrl-C is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tutor.drafting.asking import Drafted, read_reply, request_for
from tutor.drafting.lesson import playable
from tutor.drafting.source import Passage
from tutor.errors import ProviderError
from tutor.providers.talk import Provider, Request
from tutor.stage.hearing import hear
from tutor.stage.stage import Stage

Watch = Callable[[int, Drafted], None]
"""Told the number of each passage, and what came of it."""


@dataclass
class Session:
    """One source, and what came of it so far."""

    passages: Sequence[Passage]
    drafted: list[Drafted] = field(default_factory=list)
    failure: ProviderError | None = None
    """Why the rest was not asked for."""
    stopped: bool = False
    """The author pressed Ctrl-C."""

    @property
    def found(self) -> list[tuple[Passage, Drafted]]:
        """Each passage with what came of it: nothing, where nobody was asked."""
        rest = [Drafted()] * (len(self.passages) - len(self.drafted))
        return list(zip(self.passages, [*self.drafted, *rest], strict=True))

    def requests(self, speaker: Provider) -> list[Request]:
        """All that will be asked."""
        return [request_for(passage, speaker.card) for passage in self.passages]

    def run(self, stage: Stage, speaker: Provider, watch: Watch) -> None:
        """Ask for each passage in turn."""
        try:
            for number, passage in enumerate(self.passages, 1):
                reply = hear(stage, speaker, request_for(passage, speaker.card))
                self.drafted.append(playable(read_reply(reply.text, passage)))
                watch(number, self.drafted[-1])
        except KeyboardInterrupt:
            self.stopped = True
        except ProviderError as error:
            self.failure = error
