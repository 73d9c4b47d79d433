"""Play a demo with a real model and keep every call with its reply.

python -m tutor.catalogue.recorder NAME --url http://127.0.0.1:8080/v1 --model MODEL
"""

import argparse
import datetime
import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from tutor.catalogue.playing import run_demo
from tutor.catalogue.registry import demonstration, names
from tutor.course.model import Demo
from tutor.environment import RECORDING_KEY
from tutor.errors import BadReplyError, NoAnswerError, TutorError
from tutor.providers.openai_wire import open_openai
from tutor.providers.talk import BROKEN_OFF, Card, Done, Events, Provider, Reply, Request, Tier
from tutor.screen.terminal import Terminal, open_terminal
from tutor.screen.words import line
from tutor.stage.contract import Live
from tutor.stage.recording import FOLDER, Exchange, Recording, as_json, is_for, limits_of
from tutor.stage.stage import Stage

_SETTINGS = ("max_tokens", "temperature", "top_p", "top_k", "min_p", "seed", "stop", "json_schema")


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
        if done.ending in BROKEN_OFF:
            raise BadReplyError("The line dropped.", hint="Record the demo again.")
        if any(is_for(one, request) for one in self.exchanges):
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
    return as_json(setting) if isinstance(setting, Mapping) else setting


def recorded_names() -> list[str]:
    """The demos that the built-in model cannot play: the only ones with recordings."""
    live = ((name, demonstration(name)) for name in names())
    return [name for name, demo in live if isinstance(demo, Live) and demo.recorded]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Under which a recording is made."""

    date: datetime.date
    command: str
    seed: int = 1


def record(name: str, speaker: Provider, terminal: Terminal, under: Circumstances) -> Recording:
    """Play a demo with this model and keep all that was said; BadReplyError if a reply failed."""
    recorder = Recorder(speaker)
    stage = Stage(terminal, seed=under.seed, chosen=lambda _spending: recorder)
    try:
        run_demo(Demo(id=name, title=name, demo=name, notice=""), stage)
    except NoAnswerError as error:
        terminal.say(line(error.message))
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
        prog="python -m tutor.catalogue.recorder",
        description="Play a demo with a real model and keep what it says.",
        epilog=f"A host's key is read from {RECORDING_KEY.name}.",
    )
    parser.add_argument("name", choices=recorded_names())
    parser.add_argument("--url", required=True, help="such as http://127.0.0.1:8080/v1")
    parser.add_argument("--model", required=True, help="as the server names it")
    parser.add_argument("--parameters", type=int, help="how many weights it has")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    typed = sys.argv[1:] if arguments is None else arguments
    under = Circumstances(
        datetime.datetime.now(datetime.UTC).date(),
        shlex.join(["python", "-m", "tutor.catalogue.recorder", *typed]),
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
