"""SmolLM2-135M: a small real model of 2025, run on this machine by llama.cpp."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tutor.errors import UnknownModelError
from tutor.providers import local_server
from tutor.providers.local_server import LocalServer, Serving, threads_of
from tutor.providers.talk import Adjusted, Card, Events, Message, Provider, Request, Tier

NAME = "smollm2"
MODEL = "smollm2-135m-instruct"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
SYSTEM = "You are a helpful assistant."
LIMITS = (
    "A real but tiny model of 2025, a thousandth the size of large ones: it writes fluently,"
    " and most facts and sums in it are wrong."
)
CARD = Card(
    NAME, "SmolLM2 135M (4-bit)", Tier.LOCAL, 134_515_008, LIMITS, context=local_server.CONTEXT
)


def home(folder: Path) -> Path:
    """Where it is installed, below the data folder."""
    return folder / "models" / NAME


def weights(folder: Path) -> Path:
    """The file of weights."""
    return home(folder) / "model.gguf"


def runtime(folder: Path) -> Path:
    """The folder of packages that run it."""
    return home(folder) / "packages"


def is_installed(folder: Path) -> bool:
    """Tell whether it can be used."""
    return weights(folder).is_file()


def serving(folder: Path, environ: Mapping[str, str]) -> Serving:
    """How it is served; UnknownModelError unless it is installed."""
    if not is_installed(folder):
        raise UnknownModelError(
            "SmolLM2 is not installed.",
            hint="tutor model install smollm2 (130 MB); without it: tutor model use built-in",
        )
    return Serving(weights(folder), MODEL, (runtime(folder),), threads_of(environ))


def provider(folder: Path, environ: Mapping[str, str]) -> "Local":
    """The model, ready to be asked; its server starts with the first request."""
    return Local(serving(folder, environ))


@dataclass(slots=True)
class Local:
    """The model behind a server of our own."""

    serving: Serving
    server: LocalServer | None = None
    asked: Provider | None = None

    @property
    def card(self) -> Card:
        """Who it is."""
        return CARD

    def stream(self, request: Request) -> Events:
        """The events of one reply, from a server that runs until this process ends."""
        asked = with_system_message(request)
        if asked is not request:
            yield Adjusted("system prompt", f"{SYSTEM!r} is sent: with none it answers in French")
        yield from self._opened().stream(asked)

    def _opened(self) -> Provider:
        from tutor.providers.openai_wire import open_openai

        if self.asked is None or self.server is None or not self.server.is_alive:
            self.server = local_server.start(self.serving)
            self.asked = open_openai(CARD, self.server.url, MODEL, self.server.key)
        return self.asked

    def stop(self) -> None:
        """End the server."""
        if self.server is not None:
            self.server.stop()


def with_system_message(request: Request) -> Request:
    """The same request, but never with the default system message of the model's template."""
    if request.prompt is not None or any(one.role == "system" for one in request.messages):
        return request
    return replace(request, messages=(Message("system", SYSTEM), *request.messages))
