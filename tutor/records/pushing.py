"""Statements to a store, in order, so that what it has is known after every batch.

A store takes a batch whole or not at all, and batches go one after the other. So when one was sent
and its answer was lost, what the store has of the next is a beginning of it, and can be looked for
by halves.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from tutor.progress.locking import Watch, watch_nothing
from tutor.records import troubles
from tutor.records.client import Client, MaybeStored, Refused, Stored
from tutor.records.mapping import is_same_fact
from tutor.records.outbox import Frozen, Outbox

BATCH, BATCH_BYTES = 100, 1_000_000
"""Statements, and bytes, sent at a time at most."""
MOST_IN_A_ROW = 20
"""A store that refuses so many, one after the other, finds no fault with statements: with us."""
CONFLICT = 409
OTHER = "the store has another statement under this id"
HIDDEN = "the store says that it has this statement already, and does not show it"


@dataclass(frozen=True)
class Pushed:
    """What a push did."""

    stored: int
    """Statements that the store has now."""
    refused: int
    """Statements that it does not take, and that were set aside."""

    def with_more(self, other: "Pushed") -> "Pushed":
        """What both did together."""
        return Pushed(self.stored + other.stored, self.refused + other.refused)


def push(
    client: Client, outbox: Outbox, store: str, watch: Watch = watch_nothing, *, batch: int = BATCH
) -> Pushed:
    """Send all that waits for a store; StoreError where it stops, and then the rest waits on."""
    work = _Push(client, outbox, store, watch)
    while waiting := outbox.waiting(store, batch, BATCH_BYTES):
        work.send(waiting)
        work.set_aside()
    return Pushed(work.stored, work.refused)


class _Push:
    """One push under way."""

    def __init__(self, client: Client, outbox: Outbox, store: str, watch: Watch) -> None:
        self._client, self._outbox, self._store, self._watch = client, outbox, store, watch
        self._doubted: list[tuple[Frozen, Refused]] = []
        self.stored = self.refused = 0

    def send(self, batch: Sequence[Frozen]) -> None:
        """Send statements, in as many parts as it takes until each is stored or found wanting."""
        answer = self._client.post([one.statement for one in batch])
        match answer:
            case Stored():
                self._keep(batch)
            case Refused() if len(batch) == 1:
                self._doubt(batch[0], answer)
            case Refused():
                self._send_halves(batch)
            case MaybeStored() if len(batch) == 1:
                self._compare(batch[0])
            case MaybeStored():
                self._send_rest(batch)

    def set_aside(self) -> None:
        """Note what was refused: there is an end to it, so the fault was the statements'."""
        for frozen, why in self._doubted:
            self._refuse(frozen, why)
        self._doubted.clear()

    def _send_halves(self, batch: Sequence[Frozen]) -> None:
        middle = len(batch) // 2
        self.send(batch[:middle])
        self.send(batch[middle:])

    def _send_rest(self, batch: Sequence[Frozen]) -> None:
        stored = self._stored_of(batch)
        if not stored:
            self._send_halves(batch)
            return
        self._keep(batch[:stored])
        if rest := batch[stored:]:
            self.send(rest)

    def _stored_of(self, batch: Sequence[Frozen]) -> int:
        """How many statements from the first one on the store has."""
        if not self._has(batch[0]):
            return 0
        known, unknown = 1, len(batch) + 1
        while unknown - known > 1:
            middle = (known + unknown) // 2
            if self._has(batch[middle - 1]):
                known = middle
            else:
                unknown = middle
        return known

    def _has(self, frozen: Frozen) -> bool:
        theirs = self._client.get(frozen.id)
        return theirs is not None and is_same_fact(msgspec.json.decode(frozen.statement), theirs)

    def _keep(self, batch: Sequence[Frozen]) -> None:
        self.set_aside()
        self._outbox.acknowledge(self._store, batch[-1].seq)
        self.stored += len(batch)
        self._watch(len(batch))

    def _doubt(self, frozen: Frozen, why: Refused) -> None:
        """Set a statement aside, unless the store has it, or refuses whatever it is sent."""
        if self._has(frozen):
            self._keep([frozen])
            return
        self._doubted.append((frozen, why))
        if len(self._doubted) >= MOST_IN_A_ROW:
            raise troubles.refuses_all(self._client.host, why.reason)

    def _compare(self, frozen: Frozen) -> None:
        """Read a conflict over one statement: the same, or another one under its id."""
        if self._has(frozen):
            self._keep([frozen])
            return
        shown = self._client.get(frozen.id) is not None
        self.set_aside()
        self._refuse(frozen, Refused(CONFLICT, OTHER if shown else HIDDEN))

    def _refuse(self, frozen: Frozen, why: Refused) -> None:
        self._outbox.refuse(self._store, frozen.seq, why.status, why.reason)
        self.refused += 1
        self._watch(1)
