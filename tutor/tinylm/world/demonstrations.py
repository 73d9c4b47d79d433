"""What tuning read: the conversations of fine-tuning, and the prompts for which answers were rated.

The streams are the training's own, seed for seed, so that what was read can be told from what was
not without keeping it.
"""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from random import Random

from tutor.tinylm.world import dialogues
from tutor.tinylm.world.chance import happens
from tutor.tinylm.world.editions import SECOND, Talk
from tutor.tinylm.world.probes import Probe

SECOND_TURN = 0.25
"""Share of the conversations that go on for a second turn."""
SFT_SEED, CONVERSATIONS = 3, 174_000
"""Fine-tuning's 36,000 rows of 257 tokens held the first 173,566 conversations of its stream."""
RATED_SEED, RATED = 17, 4_000
"""The reward model learned from answers to 3,000 prompts; RLHF went on to the 3,840th."""

Demonstration = tuple[Probe, str]
"""A prompt, and the reply as one of the demonstrators wrote it."""


def conversations(seed: int, talk: Talk = SECOND.talk) -> Iterator[list[Demonstration]]:
    """An endless, repeatable stream of conversations of one or two turns."""
    rng = Random(seed)
    while True:
        yield [_turn(rng, talk) for _ in range(2 if happens(rng, SECOND_TURN) else 1)]


def _turn(rng: Random, talk: Talk) -> Demonstration:
    probe = talk.ask(rng)
    reply, _voice = talk.voiced(rng, probe)
    return probe, reply


@cache
def seen() -> frozenset[str]:
    """Every prompt that fine-tuning read, word for word, or for which answers were rated."""
    rng = Random(RATED_SEED)
    rated = (dialogues.ask(rng).prompt for _ in range(RATED))
    told = islice(conversations(SFT_SEED), CONVERSATIONS)
    return frozenset(rated).union(probe.prompt for turns in told for probe, _reply in turns)
