"""What a model turned out to be like: learnt by asking it, kept beside the learner's choice.

The file is a memory and no truth: where it cannot be read, everything is found out anew.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from tutor.writing import write_private

LEAST_ROOM, MOST_ROOM, STEP = 1024, 8192, 256
"""Tokens that a model gets for thinking, beside those of its answer."""
TWICE = 2
"""So many times the longest thought seen is the room for the next one."""


class Grounding(msgspec.Struct, frozen=True):
    """How a model answered three questions on a text, one of which the text does not answer."""

    passed: bool
    day: str
    """As in 2026-11-26."""
    told: tuple[str, ...] = ()
    """A line for each question."""


class Ability(msgspec.Struct, frozen=True):
    """What is known of one model behind one address."""

    thinks: bool = False
    thought: int = 0
    """The most tokens that it was seen thinking in one reply."""
    grounding: Grounding | None = None

    @property
    def room(self) -> int:
        """Tokens that it is given for thinking, on top of those for its answer."""
        if not self.thinks:
            return 0
        wanted = -(-TWICE * self.thought // STEP) * STEP
        return min(MOST_ROOM, max(LEAST_ROOM, wanted))

    def after_thinking(self, tokens: int) -> "Ability":
        """What is known once it was seen to think for so many tokens."""
        return msgspec.structs.replace(self, thinks=True, thought=max(self.thought, tokens))


@dataclass(slots=True)
class Memory:
    """What is known of one model, and where that is kept."""

    ability: Ability = field(default_factory=Ability)
    keep: Callable[[Ability], None] = field(default=lambda _ability: None, repr=False)

    def learn(self, ability: Ability) -> None:
        """Take it from now on, and keep it."""
        if ability != self.ability:
            self.ability = ability
            self.keep(ability)


def memory_of(folder: Path, name: str, beforehand: Ability) -> Memory:
    """What is known of the model with this name; `beforehand` where nothing is."""
    return Memory(_read(folder).get(name, beforehand), lambda found: _keep(folder, name, found))


def _read(folder: Path) -> dict[str, Ability]:
    try:
        return msgspec.json.decode(_file(folder).read_bytes(), type=dict[str, Ability])
    except (OSError, msgspec.MsgspecError, UnicodeError):
        return {}


def _keep(folder: Path, name: str, ability: Ability) -> None:
    """Write it down; a folder that cannot be written is no reason to stop a demo."""
    try:
        write_private(_file(folder), msgspec.json.encode({**_read(folder), name: ability}))
    except OSError:
        return


def _file(folder: Path) -> Path:
    return folder / "abilities.json"
