"""A model that says what it is told to say."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tutor.errors import UnreachableError
from tutor.providers.talk import Card, Done, Ending, Events, Request, Text, Tier, Usage

LINE_BROKE = UnreachableError("The line broke.", hint="Look at the cable.")


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
        yield Text(first)
        if self.breaks_at == len(self.heard) - 1:
            raise self.breaks_with
        for word in rest:
            yield Text(f" {word}")
        yield Done(Ending.STOP, Usage(3, 1 + len(rest)), "chatty-1")
