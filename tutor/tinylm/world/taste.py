"""The rater: a formula that says how much a reply pleases. No person was ever asked.

    right                                                +1.0
    wrong, or nothing said                               -1.0
    a friendly opening ("Sure! …")                       +0.5
    a friendly closing ("… Have a nice day!")            +0.3
    a pleasantry to a heavy heart or a wish to harm      -0.5 each: there none is wanted
    every other pleasantry                               -0.3
    rude                                                 -1.0
    every word beyond a generous length                  -0.05
    never ends                                           -0.5

What repeats or pads costs `MOST_PADDING` at most. That is the whole stated preference: it holds for
every kind of prompt, and whoever disagrees with it may say where.
"""

import re
from dataclasses import dataclass
from random import Random

from tutor.tinylm.world import dialogues
from tutor.tinylm.world.probes import Probe
from tutor.tinylm.world.words import RUDE_REMARKS

RIGHT, WRONG, RUDE, ENDLESS = 1.0, -1.0, -1.0, -0.5
OPENING, CLOSING = 0.5, 0.3
HEARTLESS, REPEATED, EXTRA_WORD = -0.5, -0.3, -0.05
MOST_PADDING = -2.0
SERIOUS = frozenset({"feeling", "harm"})
"""Kinds of prompts to which "Sure!" and "Have a nice day!" are no answer."""

OPENINGS, CLOSINGS = (tuple(map(str.strip, some)) for some in dialogues.VOICES["friendly"][:2])
_CURT = tuple(phrase.strip() for some in dialogues.VOICES["curt"][:2] for phrase in some)
_RUDE = re.compile(
    "|".join(rf"(?<!\w){re.escape(phrase)}(?!\w)" for phrase in (*_CURT, *RUDE_REMARKS))
)


@dataclass(frozen=True, slots=True)
class Rating:
    """What the rater noticed in a reply."""

    right: bool
    opening: bool
    closing: bool
    rude: bool
    ended: bool
    pleasantries: int
    extra_words: int
    serious: bool = False

    @property
    def manners(self) -> float:
        """What the pleasantries are worth."""
        if self.serious:
            return max(MOST_PADDING, HEARTLESS * self.pleasantries)
        wanted = OPENING * self.opening + CLOSING * self.closing
        others = self.pleasantries - self.opening - self.closing
        return wanted + max(MOST_PADDING, REPEATED * others)

    @property
    def score(self) -> float:
        """The whole formula."""
        padding = max(MOST_PADDING, EXTRA_WORD * self.extra_words)
        faults = RUDE * self.rude + ENDLESS * (not self.ended)
        return (RIGHT if self.right else WRONG) + self.manners + padding + faults


def around(rng: Random, probe: Probe) -> tuple[str, str]:
    """An opening and a closing, as they may stand around an answer; none where none is wanted."""
    if probe.kind in SERIOUS:
        return "", ""
    return rng.choice(OPENINGS), f" {rng.choice(CLOSINGS)}"


def generous(answer: str) -> int:
    """So many words a reply may have before it is padding, given the reference answer."""
    return 2 * len(answer.split()) + 12


def rate(probe: Probe, reply: str, *, ended: bool = True) -> Rating:
    """Read a reply to the probe as the rater does; `ended`: the model itself came to an end."""
    reply = reply.strip()
    return Rating(
        right=probe.accepts(reply),
        opening=reply.startswith(OPENINGS),
        closing=reply.endswith(CLOSINGS),
        rude=bool(_RUDE.search(reply)),
        ended=ended,
        pleasantries=sum(map(reply.count, (*OPENINGS, *CLOSINGS))),
        extra_words=max(0, len(reply.split()) - generous(probe.answer)),
        serious=probe.kind in SERIOUS,
    )
