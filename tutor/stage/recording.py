"""What a real model once said, kept in a file and shown as such.

    python -m tutor.stage.recording NAME --url http://127.0.0.1:8080/v1 --model MODEL

plays the demo NAME with that model and keeps every call with its reply in `recorded/NAME.json`.
No other command writes these files. A demo that needs a recording asks, whatever the learner has,

    speaker = stage.chosen(Spending(...)) or recorded("NAME")

and goes on in the same way with either: a `Recorded` model answers the calls that were recorded,
those and no others, and `Stage.listen` heads each of its replies with RECORDED, model and date.
"""

import argparse
import datetime
import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from tutor.environment import RECORDING_KEY
from tutor.errors import BadReplyError, TutorError, UnknownNameError
from tutor.providers.openai_wire import open_openai
from tutor.providers.talk import (
    Adjusted,
    Card,
    Done,
    Ending,
    Events,
    Message,
    Provider,
    Reply,
    Request,
    Text,
    Tier,
    Usage,
)
from tutor.screen.terminal import Terminal, open_terminal
from tutor.stage.stage import Stage

FOLDER = Path(__file__).parent / "recorded"
RECORDED = ("system-prompt", "extract", "injection")
"""The demos that the built-in model cannot play, and therefore the only ones with recordings."""
SMALL = 1_000_000_000
_SETTINGS = ("max_tokens", "temperature", "top_p", "top_k", "min_p", "seed", "stop", "json_schema")


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
        said = next((one for one in self.recording.exchanges if _is_for(one, request)), None)
        if said is None:
            raise BadReplyError(
                "No model was recorded answering this.",
                hint="To ask a model of your own: tutor model use NAME.",
            )
        yield from said.adjusted
        if said.reply:
            yield Text(said.reply)
        yield Done(Ending[said.ending], _usage(said), self.recording.model)


def _is_for(said: Exchange, request: Request) -> bool:
    """Whether the same was said; a replay may be asked with another seed."""
    asked = (request.messages, request.prompt, _plain(request.json_schema))
    return asked == (said.messages, said.prompt, said.settings.get("json_schema"))


def _plain(schema: Mapping[str, Any] | None) -> Any:
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


@dataclass
class Recorder:
    """A model that is asked as ever, while somebody takes down what it says."""

    speaker: Provider
    exchanges: list[Exchange] = field(default_factory=list)
    calls: int = 0
    """All calls, also those that failed."""

    @property
    def card(self) -> Card:
        """Who is being recorded."""
        return self.speaker.card

    def stream(self, request: Request) -> Events:
        """The events of one reply, kept once it is whole."""
        self.calls += 1
        reply = Reply()
        for event in self.speaker.stream(request):
            reply.take(event)
            yield event
            if isinstance(event, Done):
                self._keep(request, reply, event)

    def _keep(self, request: Request, reply: Reply, done: Done) -> None:
        if done.ending is Ending.CUT:
            raise BadReplyError("The line dropped.", hint="Record the demo again.")
        if any(_is_for(one, request) for one in self.exchanges):
            raise BadReplyError(
                "The demo asked the same twice; a replay could not tell the replies apart.",
                hint="Change the demo so that each call says something of its own.",
            )
        self.exchanges.append(exchange(request, reply, done))


def exchange(request: Request, reply: Reply, done: Done) -> Exchange:
    """A call and its reply as they are kept."""
    settings = {name: getattr(request, name) for name in _SETTINGS}
    return Exchange(
        messages=request.messages,
        prompt=request.prompt,
        settings={name: _builtin(it) for name, it in settings.items() if it not in (None, ())},
        adjusted=tuple(reply.adjusted),
        reply=reply.text,
        ending=done.ending.name,
        read=done.usage.read if done.usage else None,
        written=done.usage.written if done.usage else None,
    )


def _builtin(setting: Any) -> Any:
    return _plain(setting) if isinstance(setting, Mapping) else setting


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Under which a recording is made."""

    date: datetime.date
    command: str
    seed: int = 1


def record(name: str, speaker: Provider, terminal: Terminal, under: Circumstances) -> Recording:
    """Play a demo with this model and keep all that was said; BadReplyError if a reply failed."""
    recorder = Recorder(speaker)
    demo = import_module(f"tutor.demos.{name.replace('-', '_')}")
    demo.run(demo.Settings(), Stage(terminal, seed=under.seed, chosen=lambda _spending: recorder))
    if not recorder.exchanges or recorder.calls != len(recorder.exchanges):
        raise BadReplyError(
            f"Only {len(recorder.exchanges)} of {recorder.calls} replies came whole.",
            hint="Record the demo again.",
        )
    return Recording(
        format=1,
        demo=name,
        model=speaker.card.model,
        parameters=speaker.card.parameters,
        date=under.date,
        seed=under.seed,
        command=under.command,
        exchanges=tuple(recorder.exchanges),
    )


def keep(recording: Recording, folder: Path = FOLDER) -> Path:
    """Write a recording where `recorded` finds it."""
    path = folder / f"{recording.demo}.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(recording), indent=2) + b"\n")
    return path


def _speaker(given: argparse.Namespace) -> Provider:
    """The model at the address that was typed."""
    tier = Tier.LOCAL if "//127.0.0.1" in given.url or "//localhost" in given.url else Tier.HOSTED
    card = Card(given.model, given.model, tier, given.parameters, limits_of(given.parameters))
    return open_openai(card, given.url, given.model, RECORDING_KEY.said_in(os.environ))


def main(arguments: Sequence[str] | None = None) -> None:
    """Record one demo with a model behind an OpenAI-compatible address."""
    parser = argparse.ArgumentParser(
        prog="python -m tutor.stage.recording",
        description="Play a demo with a real model and keep what it says.",
        epilog=f"A host's key is read from {RECORDING_KEY.name}.",
    )
    parser.add_argument("name", choices=RECORDED)
    parser.add_argument("--url", required=True, help="such as http://127.0.0.1:8080/v1")
    parser.add_argument("--model", required=True, help="as the server names it")
    parser.add_argument("--parameters", type=int, help="how many weights it has")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    typed = sys.argv[1:] if arguments is None else arguments
    under = Circumstances(
        datetime.datetime.now(datetime.UTC).date(),
        shlex.join(["python", "-m", "tutor.stage.recording", *typed]),
        given.seed,
    )
    terminal = open_terminal(plain=True)
    try:
        path = keep(record(given.name, _speaker(given), terminal, under))
    except TutorError as error:
        sys.exit(f"error: {error.message}\nhint: {error.hint}")
    print(f"Kept in {path.name}.")


if __name__ == "__main__":
    main()
