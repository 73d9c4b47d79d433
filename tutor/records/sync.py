"""One machine and one store: what was done here goes there, then what was done elsewhere comes."""

import datetime
from dataclasses import dataclass

from tutor.progress.locking import Watch, watch_nothing
from tutor.records.client import Client
from tutor.records.filling import fill
from tutor.records.machine import Machine
from tutor.records.pulling import Pulled, pull
from tutor.records.pushing import Pushed, push


@dataclass(frozen=True)
class Synced:
    """What a sync did."""

    pushed: Pushed
    pulled: Pulled
    ahead: datetime.timedelta
    """By how much this machine's clock is ahead of the store's."""


def sync(machine: Machine, client: Client, store: str, watch: Watch = watch_nothing) -> Synced:
    """Push, then pull; StoreError where it stops, and what was confirmed until then stays so.

    What comes may complete a lesson of which each machine had a part: that is sent as well.
    """
    outbox, scribe = machine.outbox, machine.scribe
    fill(outbox, machine.journal, scribe)
    pushed = push(client, outbox, store, watch)
    pulled = pull(client, machine, store, watch)
    if pulled.added and fill(outbox, machine.journal, scribe):
        pushed = pushed.with_more(push(client, outbox, store, watch))
    return Synced(pushed, pulled, client.ahead)
