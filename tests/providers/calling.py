"""Short ways to ask a loopback server, for tests."""

from collections.abc import Callable
from typing import Any

from tests.providers.wire_server import Said, WireServer, serving
from tutor.providers.anthropic_wire import open_anthropic
from tutor.providers.asking import Remote
from tutor.providers.openai_wire import open_openai
from tutor.providers.patience import Patience
from tutor.providers.talk import Adjusted, Card, Reply, Request, Tier, collect, user

KEY = "sk-loopback-4f1d9c7e5a"
CARD = Card("there", "a model there", Tier.HOSTED)
QUICK = Patience(connect=2.0, silence=0.3, tries=3, waiting=60.0)
Opener = Callable[..., Remote]
QUESTION = user("What is a token?")


def near(server: WireServer, opener: Opener = open_openai, **more: Any) -> Remote:
    """A model behind a test's server."""
    return opener(CARD, server.url, "m", KEY, **{"patience": QUICK, **more})


def ask(
    *script: Said, request: Request = QUESTION, opener: Opener = open_openai, **more: Any
) -> Reply:
    """The reply to one question."""
    with serving(*script) as server:
        return collect(near(server, opener, **more).stream(request))


def told(reply: Reply) -> dict[str, str]:
    """What was said to be adjusted."""
    return {one.parameter: one.why for one in reply.adjusted if isinstance(one, Adjusted)}


__all__ = ["ask", "near", "open_anthropic", "open_openai", "told"]
