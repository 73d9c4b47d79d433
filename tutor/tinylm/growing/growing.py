"""Growing: three models one after the other, told event by event."""

import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from tutor.tinylm.growing.adam import Adam
from tutor.tinylm.growing.bigrams import count
from tutor.tinylm.growing.book import Book
from tutor.tinylm.growing.events import Began, Ended, Event, How, Measured, Stage, WentOn, Wrote
from tutor.tinylm.growing.learners import (
    Learner,
    NetworkLearner,
    Scorer,
    TransformerLearner,
    pairs_exam,
    write_on,
)
from tutor.tinylm.growing.pace import ByClock, BySteps, Clock, Pace
from tutor.tinylm.growing.recipe import CONTEXT, NETWORK_SHARE, Recipe
from tutor.tinylm.growing.small_network import SmallNetwork
from tutor.tinylm.growing.transformer import Transformer
from tutor.tinylm.model import Array, forward

POINTS = 60
"""So often each stage is measured."""
SAMPLES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0)
"""At these shares of a stage it writes."""
HOPELESS = 1.0
"""Nats above blind guessing from which on a training has gone wrong."""
RECENT = 20
"""Steps over which it must be so."""
LONGEST_STEP = 5.0
"""Seconds; what takes longer was a pause."""
SPARING = 12
"""Measuring, and writing samples, may each take one part in so many of the time."""
QUIET = 0.5
"""Seconds after which it is told at least that time has passed."""
HELD_MEMORY = 31_000_000
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Time, and the learner's wish to stop."""

    clock: Clock
    stopped: Callable[[], bool]


@dataclass(slots=True)
class Growing:
    """A training from beginning to end."""

    book: Book
    recipe: Recipe
    watch: Watch
    pairs: Array = field(init=False)
    """Logarithms of the counted shares, (V, V)."""
    network: NetworkLearner = field(init=False)
    transformer: TransformerLearner = field(init=False)
    """Newborn until its stage begins."""

    def __post_init__(self) -> None:
        """Count, and let the two others be born."""
        vocabulary, chance = len(self.book.tokenizer), np.random.default_rng(self.recipe.seed)
        network = SmallNetwork.drawn(vocabulary, chance)
        transformer = Transformer.drawn(self.recipe.shape(vocabulary), chance)
        self.network = NetworkLearner(self.book, network, CONTEXT)
        self.transformer = TransformerLearner(self.book, transformer)

    def events(self) -> Iterator[Event]:
        """All that happens; a stage that was stopped or went wrong is the last one."""
        keep_memory()
        yield from self._count_pairs()
        for learner, share in (
            (self.network, NETWORK_SHARE),
            (self.transformer, 1 - NETWORK_SHARE),
        ):
            for event in teach(learner, pace_of(self.recipe, share), self.recipe, self.watch):
                yield event
                if isinstance(event, Ended) and event.how is not How.FINISHED:
                    return

    def _count_pairs(self) -> Iterator[Event]:
        begun, vocabulary = self.watch.clock(), len(self.book.tokenizer)
        yield Began(Stage.PAIRS, vocabulary**2)
        self.pairs = np.log(count(self.book.training, vocabulary))
        found = pairs_exam(self.pairs, self.book, CONTEXT)
        taken, seed = self.watch.clock() - begun, self.recipe.seed
        text = write_on(self.book, self.book.beginning, self.after_last, seed)
        yield Wrote(Stage.PAIRS, taken, self.book.beginning, text)
        yield Ended(Stage.PAIRS, How.FINISHED, 1, taken, found)

    def after_last(self, tokens: Sequence[int]) -> Array:
        """Scores (V,) by the counted pairs, which know the last token only."""
        scores: Array = self.pairs[tokens[-1]]
        return scores

    def scorers(self) -> dict[Stage, Scorer]:
        """How each of the three, as it stands, scores the next token."""
        model = self.transformer.transformer.grown()
        return {
            Stage.PAIRS: self.after_last,
            Stage.NETWORK: self.network.next_scores,
            Stage.TRANSFORMER: lambda tokens: forward(model, tokens)[-1],
        }


def pace_of(recipe: Recipe, share: float) -> Pace:
    """By the clock, this share of the time; or by steps, all of them."""
    return ByClock(recipe.seconds * share) if recipe.steps is None else BySteps(recipe.steps)


def keep_memory() -> None:
    """Let what is freed stay with this process: glibc gives none back below the largest ever freed.

    Each step needs the same arrays again; asking the system for them anew took half of the time.
    """
    np.empty(HELD_MEMORY, np.uint8)


def teach(learner: Learner, pace: Pace, recipe: Recipe, watch: Watch) -> Iterator[Event]:
    """Step after step, with a measurement or a sample between them when it is time."""
    return _Teaching(learner, pace, recipe, watch).events()


@dataclass(slots=True)
class _Aside:
    """What is done beside the training, and must not take much of its time."""

    cost: float = 0.0
    at: float = -math.inf

    def is_cheap(self, seconds: float) -> bool:
        """Whether it would take no more than its share of the time since it was done last."""
        return seconds - self.at >= SPARING * self.cost

    def took(self, cost: float, seconds: float) -> None:
        """Remember what it cost."""
        self.cost, self.at = cost, seconds


@dataclass(slots=True)
class _Teaching:
    """A stage under way."""

    learner: Learner
    pace: Pace
    recipe: Recipe
    watch: Watch
    adam: Adam = field(init=False)
    chance: np.random.Generator = field(init=False)
    losses: list[float] = field(default_factory=list)
    """Of the steps since it was measured last."""
    recent: deque[float] = field(default_factory=lambda: deque(maxlen=RECENT))
    seconds: float = 0.0
    told_at: float = 0.0
    """When an event was told last, in these seconds."""
    looked_at: float = field(init=False)
    """When the clock was read last."""
    measuring: _Aside = field(default_factory=_Aside)
    writing: _Aside = field(default_factory=_Aside)
    points: list[float] = field(default_factory=lambda: [at / POINTS for at in range(POINTS + 1)])
    samples: list[float] = field(default_factory=lambda: list(SAMPLES))

    def __post_init__(self) -> None:
        self.adam = Adam(self.learner.weights, self.recipe.rate)
        self.chance = np.random.default_rng(self.recipe.seed)
        self.looked_at = self.watch.clock()

    def events(self) -> Iterator[Event]:
        stage, ends = self.learner.stage, None
        yield Began(stage, sum(weight.size for weight in self.learner.weights.values()))
        while ends is None:
            share = self._share()
            ends = self._ending(share)
            if self.losses and (
                ends or (self.measuring.is_cheap(self.seconds) and _due(self.points, share))
            ):
                yield self._measured(share)
            elif self.seconds - self.told_at > QUIET:
                yield WentOn(stage, share, self.adam.steps, self.seconds)
                self.told_at = self.seconds
            if ends or (self.writing.is_cheap(self.seconds) and _due(self.samples, share)):
                yield self._sample()
            if ends is None:
                self._step(share)
        yield Ended(stage, ends, self.adam.steps, self.seconds, self._examined())

    def _share(self) -> float:
        """How much is over; a pause, as after Ctrl-Z, is not counted."""
        now = self.watch.clock()
        self.seconds += min(LONGEST_STEP, now - self.looked_at)
        self.looked_at = now
        return self.pace.share(self.adam.steps, self.seconds)

    def _ending(self, share: float) -> How | None:
        if self._is_hopeless():
            return How.DIVERGED
        if self.watch.stopped():
            return How.STOPPED
        return How.FINISHED if share >= 1 else None

    def _is_hopeless(self) -> bool:
        """Whether the loss is no number any more, or was worse than blind guessing for a while."""
        if not self.recent:
            return False
        mean = sum(self.recent) / RECENT
        blind = math.log(len(self.learner.book.tokenizer))
        return not math.isfinite(mean) or mean > blind + HOPELESS

    def _step(self, share: float) -> None:
        with np.errstate(all="ignore"):  # a loss that explodes is told in words
            loss, slopes = self.learner.lesson(self.chance)
            self.adam.step(slopes, share)
        self.losses.append(loss)
        self.recent.append(loss)

    def _examined(self) -> float:
        with np.errstate(all="ignore"):
            return self.learner.examine()

    def _measured(self, share: float) -> Measured:
        training = sum(self.losses) / len(self.losses)
        self.losses.clear()
        self.told_at = self.seconds
        begun = self.watch.clock()
        steps, held_out = self.adam.steps, self._examined()
        self.measuring.took(self.watch.clock() - begun, self.seconds)
        return Measured(self.learner.stage, share, steps, self.seconds, training, held_out)

    def _sample(self) -> Wrote:
        begun, learner = self.watch.clock(), self.learner
        sound = all(np.isfinite(weight).all() for weight in learner.weights.values())
        with np.errstate(all="ignore"):
            text = learner.write(self.recipe.seed) if sound else ""
        self.writing.took(self.watch.clock() - begun, self.seconds)
        return Wrote(learner.stage, self.seconds, learner.beginning, text)


def _due(marks: list[float], share: float) -> bool:
    """Whether a mark was passed; those that were are taken away."""
    passed = [mark for mark in marks if mark <= share]
    del marks[: len(passed)]
    return bool(passed)
