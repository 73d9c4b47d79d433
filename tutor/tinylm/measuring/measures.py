"""What is measured of a model: its replies, how sure a share or a mean is, and KL."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from tutor.sums.intervals import Z
from tutor.tinylm.measuring.scores import (
    LIMIT,
    LONG_KINDS,
    LONG_LIMIT,
    SHOTS,
    Score,
    Way,
    few_shot_prompt,
)
from tutor.tinylm.model import Model, forward, log_softmax
from tutor.tinylm.sampling import Sampler, generate
from tutor.tinylm.tokenizer import END, STOP, Tokenizer
from tutor.tinylm.world.probes import Probe

NEXT_QUESTION = "\nQ:"
SPEAKER = re.compile(r"^\w+:", re.MULTILINE)
"""A line that opens like a page of the corpus: another question, an answer, a forum user."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A share (0–1) or a mean over `count` replies, with its 95 % interval."""

    value: float
    low: float
    high: float
    count: int


def figure(value: float, low: float, high: float, count: int) -> Figure:
    """A figure rounded to five digits, so that what is printed is what is written down."""
    return Figure(round(value, 5), round(low, 5), round(high, 5), count)


def share_of(hits: Sequence[bool]) -> Figure:
    """How many are true, with the interval of Wilson (1927); ZeroDivisionError of none."""
    score = Score("", sum(hits), len(hits))
    return figure(score.share, *score.interval, score.count)


def mean_of(values: Sequence[float]) -> Figure:
    """The mean and the normal interval of its standard error; ValueError of fewer than two."""
    if len(values) < 2:  # noqa: PLR2004  (one value has no spread)
        raise ValueError("the spread of a mean needs at least two values")
    middle = float(np.mean(values))
    half = Z * float(np.std(values, ddof=1)) / math.sqrt(len(values))
    return figure(middle, middle - half, middle + half, len(values))


def paired_difference(before: Sequence[bool], after: Sequence[bool]) -> Figure:
    """Share of `after` minus share of `before`, both of the same prompts.

    The interval is method 10 of Newcombe (1998, Statistics in Medicine 17:2635): Wilson's two
    intervals, put together with the correlation of the pairs.
    """
    first, second = share_of(before), share_of(after)
    phi = correlation(before, after)
    middle = second.value - first.value
    low = apart(second.value - second.low, first.high - first.value, phi)
    high = apart(second.high - second.value, first.value - first.low, phi)
    return figure(middle, middle - low, middle + high, len(before))


def apart(one: float, other: float, phi: float) -> float:
    """The half-width of a difference from the half-widths of its two correlated sides."""
    return math.sqrt(max(0.0, one**2 - 2 * phi * one * other + other**2))


def correlation(before: Sequence[bool], after: Sequence[bool]) -> float:
    """Newcombe's cautious phi of two rows of yes and no; 0 where either never changes."""
    pairs = list(zip(before, after, strict=True))
    both, neither = pairs.count((True, True)), pairs.count((False, False))
    lost, gained = pairs.count((True, False)), pairs.count((False, True))
    margins = (both + lost) * (gained + neither) * (both + gained) * (lost + neither)
    if not margins:
        return 0.0
    cross = both * neither - lost * gained
    return (max(cross - len(pairs) / 2, 0) if cross > 0 else cross) / math.sqrt(margins)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a model said to a probe, as tokens and as text, and whether it came to an end."""

    probe: Probe
    prompt: tuple[int, ...]
    said: tuple[int, ...]
    text: str
    ended: bool

    @property
    def right(self) -> bool:
        """Whether it holds all that a right reply must."""
        return self.probe.accepts(self.text)

    @property
    def admits(self) -> bool:
        """Whether it owns up to not knowing, be it with the wrong name."""
        return replace(self.probe, needed=()).accepts(self.text)

    @property
    def formed(self) -> bool:
        """Whether it is one answer and no more: not empty, ended, in nobody else's voice."""
        return self.ended and bool(self.text) and not SPEAKER.search(self.text)


@dataclass(frozen=True, slots=True)
class Asked:
    """A model, its tokenizer, and the way in which prompts are put to it."""

    model: Model
    tokenizer: Tokenizer
    way: Way


def prompt_of(asked: Asked, probe: Probe, some: Sequence[Probe]) -> tuple[int, ...]:
    """The prompt with as many of `some` others, solved, as the way shows and the context holds."""
    shots = [one for one in some if one.prompt != probe.prompt][:SHOTS]
    prompt = asked.way(asked.tokenizer, probe, shots)
    while shots and len(prompt) + LIMIT > asked.model.shape.context:
        shots.pop()
        prompt = asked.way(asked.tokenizer, probe, shots)
    return tuple(prompt)


def reply_to(
    asked: Asked, probe: Probe, some: Sequence[Probe], temperature: float = 0.0, seed: int = 0
) -> Heard:
    """One reply, up to its end, to the next question of a page, or to the limit."""
    prompt, tokenizer = prompt_of(asked, probe, some), asked.tokenizer
    sampler = Sampler(temperature, limit=LONG_LIMIT if probe.kind in LONG_KINDS else LIMIT)
    stop = (tokenizer.special[END], tokenizer.special[STOP])
    said: list[int] = []
    text, ended = "", False
    for one in generate(asked.model, prompt, sampler, Random(seed), stop):
        said.append(one.token)
        text += tokenizer.decode([one.token])
        ended = one.token in stop
        if NEXT_QUESTION in text:
            ended = asked.way is few_shot_prompt  # only there was the page to go on
            break
    whole = tokenizer.decode(said).split(NEXT_QUESTION)[0].strip()
    return Heard(probe, prompt, tuple(said), whole, ended)


def replies(asked: Asked, some: Sequence[Probe], temperature: float = 0.0) -> Iterator[Heard]:
    """A reply to each probe, with a seed of its own; others, first of its kind, are examples."""
    for seed, probe in enumerate(some):
        kin_first = sorted(some, key=lambda one: one.kind != probe.kind)
        yield reply_to(asked, probe, kin_first, temperature, seed)


def divergence(policy: Model, reference: Model, reply: Heard) -> float:
    """KL in nats of the policy from the reference over one reply of the policy.

    Summed over the reply's tokens; at each, the whole two distributions are compared, not only the
    token drawn, which has the same mean and a smaller spread.
    """
    tokens, first = [*reply.prompt, *reply.said], len(reply.prompt) - 1
    mine, theirs = (
        log_softmax(forward(one, tokens[:-1])[first:]) for one in (policy, reference)
    )  # each (T, vocabulary)
    return float((np.exp(mine) * (mine - theirs)).sum())
