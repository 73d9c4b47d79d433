"""What a search inside the shipped models found, as it is written down in `findings.json`."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

NAME = "findings.json"


@dataclass(frozen=True, slots=True)
class Effect:
    """How well some gaps were filled: mean chance of the right token, share where it came first."""

    chance: float
    right: float
    count: int


@dataclass(frozen=True, slots=True)
class Task:
    """A task with the whole model, without each part, and without two heads at once."""

    whole: Effect
    without: dict[str, Effect]
    pair: tuple[str, str]
    """The two heads that cost most when taken out one at a time."""
    without_pair: Effect
    without_others: Effect
    """Without two other heads, over several such pairs."""
    without_copiers: Effect
    """Without the heads that copy rows, whatever this task is."""


@dataclass(frozen=True, slots=True)
class Copying:
    """The two steps of copying a row: which heads look where, and who tells them."""

    before: dict[str, float]
    """Mean attention of each head to the token before."""
    sight: dict[str, float]
    """Mean attention of each head, at a row's last word, to the word that is to be copied."""
    copiers: tuple[str, ...]
    """Heads whose sight is at least `COPIES`."""
    copiers_sight: float
    """The copiers' mean sight in the whole model."""
    sight_without: dict[str, float]
    """The same without each head of an earlier layer."""
    teller: str
    """The earlier head without which the copiers see least."""
    tellers: tuple[str, str]
    """The two earlier heads, taken out one at a time, without which they see least."""
    without_tellers: Effect
    """How well the rows are copied without those two."""


COPIES = 0.8
"""Attention to the word to be copied from which a head is called a copier."""


@dataclass(frozen=True, slots=True)
class Carrying:
    """Chance of another country's capital with its state put in, at each border."""

    at_subject: tuple[float, ...]
    at_last: tuple[float, ...]
    count: int

    @property
    def layer(self) -> int:
        """The layer, from 1, that carries it over: from there on the last place has it."""
        carried = [after for after, chance in enumerate(self.at_last) if chance >= HALF]
        return carried[0] if carried else len(self.at_last)


HALF = 0.5


@dataclass(frozen=True, slots=True)
class Steering:
    """A push chosen on some questions and measured on others."""

    after: int
    strength: float
    share_before: float
    share_pushed: float
    share_random: float
    """With a push as long as that in a direction without meaning."""
    right_before: float
    right_pushed: float
    count: int
    loss_before: float
    loss_pushed: float
    """Nats on the fixed pages, with the push at every place."""
    loss_random: float
    """The same with pushes as long in directions without meaning, the mean of several."""


@dataclass(frozen=True, slots=True)
class Findings:
    """All of it, and the weights that it was found in."""

    weights: dict[str, str]
    """sha256 of each face's file."""
    parameters: int
    tasks: dict[str, Task]
    copying: Copying
    carrying: Carrying
    lens: dict[str, tuple[float, ...]]
    """By task: the right token's mean chance if the model stopped at each border."""
    damage: dict[str, float]
    """Loss in nats on the fixed pages without each part; "" for the whole model."""
    answering: Steering
    """The raw model pushed towards an answer: share of replies that are right."""
    not_knowing: Steering
    """The fine-tuned one pushed towards not knowing: share that say they do not know."""

    @property
    def named_heads(self) -> frozenset[str]:
        """Every head that a lesson may speak of."""
        pairs = [head for task in self.tasks.values() for head in task.pair]
        return frozenset({*pairs, *self.copying.copiers, self.copying.teller})


@cache
def findings() -> Findings:
    """What was found in the weights that are shipped. OSError, msgspec.DecodeError if damaged."""
    return msgspec.json.decode(files(__package__).joinpath(NAME).read_bytes(), type=Findings)
