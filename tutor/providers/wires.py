"""The wire formats that there are: a format is a line here, and a file `NAME_wire.py`.

The file ends in `open_NAME`, an `Open`; nothing of it is imported before a model is asked.
"""

from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.providers.asking import Open


class WireName(Enum):
    """A format by the name that learners type."""

    OPENAI = "openai"
    ANTHROPIC = "anthropic"
    OLLAMA = "ollama"


def opener(name: WireName) -> "Open":
    """What opens a model that speaks this format."""
    module = import_module(f"tutor.providers.{name.value}_wire")
    found: Open = getattr(module, f"open_{name.value}")
    return found
