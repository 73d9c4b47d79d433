"""Thirty learners with two machines each: whatever fails on the way, both come to the same.

A random schedule of work and syncs; calls are cut off before the store did anything, or after it
did; it is busy, or silent; a tutor is gone in the middle of a sync. At the end each machine syncs
once more without failures, and then answers, cards, what is due and mastery are the same on both.
"""

import random
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.records.learning import STORE, Desk, at_desk, way_to
from tests.records.store_server import Fault, Store, keeping
from tutor.errors import StoreError
from tutor.records.client import Client, Patience
from tutor.records.sync import sync

LEARNERS, TURNS, MOST_DEEDS = 30, 16, 12
FAILING, DYING = 0.12, 0.1
"""The chance that a call fails, and that a tutor is gone after a batch or a page."""
HURRIED = Patience(connect=2, silence=0.3, call=2)
FAULTS = [Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.BUSY] * 3 + [Fault.SILENT]


class PulledPlugError(BaseException):
    """The tutor is gone from one moment to the next."""


@dataclass
class Learner:
    """A learner's two machines."""

    name: str
    folder: Path
    notes: bool
    stack: ExitStack = field(default_factory=ExitStack)
    desks: list[Desk] = field(default_factory=list)

    def sit_down(self, seed: int) -> None:
        """Open both machines, at first or after one was gone."""
        self.stack.close()
        paths = (self.folder / "laptop", self.folder / "tablet")
        now = max((desk.clock.now for desk in self.desks), default=None)
        self.desks = [
            self.stack.enter_context(at_desk(path, self.name, seed + at, notes=self.notes))
            for at, path in enumerate(paths)
        ]
        for desk in self.desks:
            desk.clock.now = now or desk.clock.now

    def count(self) -> int:
        """Events that both machines know together."""
        return len({event.id for desk in self.desks for event in desk.journal.events()})


@pytest.fixture
def store() -> Iterator[Store]:
    with keeping() as kept:
        yield kept


def try_to_sync(desk: Desk, store: Store, rng: random.Random) -> str:
    """Sync where anything may fail; returns what did."""

    def watch(_more: int) -> None:
        if rng.random() < DYING:
            raise PulledPlugError

    try:
        with Client(way_to(store.url), desk.clock, HURRIED) as client:
            sync(desk.machine, client, STORE, watch)
    except StoreError as error:
        return error.message
    except PulledPlugError:
        return "gone"
    return ""


@pytest.mark.parametrize("is_strict", [False, True], ids=["200 or 204", "409"])
def test_thirty_learners_on_two_machines_each_come_to_the_same(
    store: Store, tmp_path: Path, *, is_strict: bool
) -> None:
    """What is tried is drawn from one seed: the same each time."""
    rng = random.Random(18 + is_strict)
    store.repeated_is_conflict, store.page = is_strict, 20
    learners = [Learner(f"learner-{n}", tmp_path / str(n), n % 3 == 0) for n in range(LEARNERS)]
    failures: list[str] = []
    with ExitStack() as stack:
        for number, learner in enumerate(learners):
            stack.callback(learner.stack.close)
            learner.sit_down(1_000 * number)
        store.faults = lambda _method: rng.choice(FAULTS) if rng.random() < FAILING else None
        schedule = [one for one in learners for _ in range(TURNS)]
        rng.shuffle(schedule)
        for turn, learner in enumerate(schedule):
            desk = rng.choice(learner.desks)
            if rng.random() < 0.5:
                desk.learn(rng.randint(1, MOST_DEEDS), notes=learner.notes)
                continue
            failures += [try_to_sync(desk, store, rng)]
            if failures[-1] == "gone":
                learner.sit_down(100_000 + 10 * turn)
        assert {"gone", ""} < set(failures)
        assert len(set(failures)) > 4
        store.faults = lambda _method: None
        for learner in learners:
            comes_to_the_same(learner, store)
    assert len(store.statements) == len({*store.statements})


def comes_to_the_same(learner: Learner, store: Store) -> None:
    before = learner.count()
    first, second = learner.desks
    for desk in (first, second, first):
        done = desk.sync(way_to(store.url))
    assert done.pulled.left_out == ()
    first.clock.now = second.clock.now = max(first.clock.now, second.clock.now)
    assert first.standing() == second.standing()
    assert first.journal.count() == second.journal.count() == learner.count() == before
    known = {one.id for one in first.machine.outbox.all()}
    assert known == {one.id for one in second.machine.outbox.all()}
    assert known == {
        name
        for name, one in store.statements.items()
        if one["actor"]["account"]["name"] == learner.name
    }
    for desk in learner.desks:
        standing = desk.machine.outbox.standing(STORE)
        assert (standing.waiting, standing.refused) == (0, ())
