"""What a real model once said, kept in a file and shown as such.

A demo that needs a recording asks, whatever the learner has,

    speaker = stage.chosen(Spending(...)) or recorded("NAME")

and goes on in the same way with either: a `Recorded` model answers the calls that were recorded,
those and no others, and `Stage.listen` heads each of its replies with RECORDED, model and date.
`python -m tutor.catalogue.recorder` makes the files; nothing else writes them.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from tutor.errors import BadReplyError, UnknownNameError
from tutor.providers.talk import (
    Adjusted,
    Card,
    Done,
    Ending,
    Events,
    Message,
    Request,
    TextDelta,
    Tier,
    Usage,
)

FOLDER = Path(__file__).parent / "recorded"
SMALL = 1_000_000_000


class Exchange(Struct, frozen=True, forbid_unknown_fields=True):
    """A call and its reply, word for word."""

    messages: tuple[Message, ...]
    prompt: str | None
    settings: dict[str, Any]
    """What was asked for beyond the model's defaults."""
    adjusted: tuple[Adjusted, ...]
    """What of it could not be had."""
    reply: str
    ending: str
    """The name of an `Ending`."""
    read: int | None
    written: int | None


class Recording(Struct, frozen=True, forbid_unknown_fields=True):
    """All calls of one demo, and what it takes to make them again."""

    format: Literal[1]
    demo: str
    model: str
    parameters: int | None
    date: datetime.date
    seed: int
    command: str
    exchanges: tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording as one more provider."""

    recording: Recording

    @property
    def card(self) -> Card:
        """Who was recorded, and when."""
        model, date = self.recording.model, self.recording.date.isoformat()
        limits = limits_of(self.recording.parameters)
        title = f"RECORDED · {model} · {date}"
        return Card(model, title, Tier.RECORDED, self.recording.parameters, limits)

    def stream(self, request: Request) -> Events:
        """The reply that was recorded; BadReplyError for a call that nobody recorded."""
        said = next((one for one in self.recording.exchanges if is_for(one, request)), None)
        if said is None:
            raise BadReplyError(
                "No model was recorded answering this.",
                hint="To ask a model of your own: tutor model use NAME.",
            )
        yield from said.adjusted
        if said.reply:
            yield TextDelta(said.reply)
        yield Done(Ending[said.ending], _usage(said), self.recording.model)


def is_for(said: Exchange, request: Request) -> bool:
    """Whether the same was said; a replay may be asked with another seed."""
    asked = (request.messages, request.prompt, as_json(request.json_schema))
    return asked == (said.messages, said.prompt, said.settings.get("json_schema"))


def as_json(schema: Mapping[str, Any] | None) -> Any:
    """A schema as JSON has it."""
    return None if schema is None else msgspec.json.decode(msgspec.json.encode(schema))


def _usage(said: Exchange) -> Usage | None:
    if said.read is None or said.written is None:
        return None
    return Usage(said.read, said.written)


def limits_of(parameters: int | None) -> str:
    """The line on a very small model's limits; empty for a larger one."""
    if parameters is None or parameters >= SMALL:
        return ""
    size = f"{parameters / 1e6:.0f} million weights"
    return f"A very small model ({size}): it obeys badly and makes things up."


def recorded(name: str, folder: Path = FOLDER) -> Recorded:
    """The recording of a demo; UnknownNameError where there is none."""
    try:
        text = (folder / f"{name}.json").read_bytes()
    except OSError as error:
        raise UnknownNameError(
            f"There is no recording of the demo {name!r}.",
            hint="Choose a model of your own: tutor model use NAME.",
        ) from error
    return Recorded(msgspec.json.decode(text, type=Recording))
