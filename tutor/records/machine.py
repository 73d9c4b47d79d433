"""What one machine has of a learner."""

from dataclasses import dataclass

from tutor.progress.journal import Clock, Journal
from tutor.records.mapping import Scribe
from tutor.records.outbox import Outbox


@dataclass(frozen=True)
class Machine:
    """A journal, and what is sent of it under which name."""

    journal: Journal
    outbox: Outbox
    scribe: Scribe
    clock: Clock
