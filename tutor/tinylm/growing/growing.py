"""Growing: three models one after the other, told event by event."""

import math
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from tutor.tinylm.growing.adam import Adam
from tutor.tinylm.growing.bigrams import count
from tutor.tinylm.growing.book import Book
from tutor.tinylm.growing.events import Began, Ended, Event, How, Measured, Stage, Wrote
from tutor.tinylm.growing.learners import (
    Learner,
    NetworkLearner,
    TransformerLearner,
    pairs_exam,
    write_on,
)
from tutor.tinylm.growing.pace import ByClock, BySteps, Clock, Pace
from tutor.tinylm.growing.recipe import CONTEXT, NETWORK_SHARE, Recipe
from tutor.tinylm.growing.small_network import SmallNetwork
from tutor.tinylm.growing.transformer import Transformer

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
    transformer: Transformer = field(init=False)
    """As it stands; newborn until its stage begins."""

    def __post_init__(self) -> None:
        shape = self.recipe.shape(len(self.book.tokenizer))
        self.transformer = Transformer.drawn(shape, np.random.default_rng(self.recipe.seed))

    def events(self) -> Iterator[Event]:
        """All that happens; a stage that was stopped or went wrong is the last one."""
        keep_memory()
        yield from self._count_pairs()
        for learner, pace in self._learners():
            for event in teach(learner, pace, self.recipe, self.watch):
                yield event
                if isinstance(event, Ended) and event.how is not How.FINISHED:
                    return

    def _learners(self) -> Iterator[tuple[Learner, Pace]]:
        chance = np.random.default_rng(self.recipe.seed)
        network = SmallNetwork.drawn(len(self.book.tokenizer), chance)
        yield NetworkLearner(self.book, network, CONTEXT), pace_of(self.recipe, NETWORK_SHARE)
        learner = TransformerLearner(self.book, self.transformer)
        yield learner, pace_of(self.recipe, 1 - NETWORK_SHARE)

    def _count_pairs(self) -> Iterator[Event]:
        begun, vocabulary = self.watch.clock(), len(self.book.tokenizer)
        yield Began(Stage.PAIRS, vocabulary**2)
        shares = count(self.book.training, vocabulary)
        logs, found = np.log(shares), pairs_exam(shares, self.book, CONTEXT)
        taken = self.watch.clock() - begun
        beginning = self.book.beginning
        text = write_on(self.book, beginning, lambda tokens: logs[tokens[-1]], self.recipe.seed)
        yield Wrote(Stage.PAIRS, taken, beginning, text)
        yield Ended(Stage.PAIRS, How.FINISHED, 1, taken, found)


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
    looked_at: float = field(init=False)
    """When the clock was read last."""
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
            if self.losses and (_due(self.points, share) or ends):
                yield self._measured(share)
            if _due(self.samples, share) or ends is How.STOPPED:
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
        steps, held_out = self.adam.steps, self._examined()
        return Measured(self.learner.stage, share, steps, self.seconds, training, held_out)

    def _sample(self) -> Wrote:
        learner, text = self.learner, self.learner.write(self.recipe.seed)
        return Wrote(learner.stage, self.seconds, learner.beginning, text)


def _due(marks: list[float], share: float) -> bool:
    """Whether a mark was passed; those that were are taken away."""
    passed = [mark for mark in marks if mark <= share]
    del marks[: len(passed)]
    return bool(passed)
