"""A tutor that pushes, and is killed at random right after a store took a batch, or right before.

`python -m tests.records.killed FOLDER NAME URL USER SECRET SEED`; the moment after is the worst:
the store has what this machine does not know it has. Batches are small, so that there are many.
"""

import os
import random
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.records.learning import STORE, at_desk
from tutor.progress.moments import local_now
from tutor.records.access import Access
from tutor.records.client import Answer, Client
from tutor.records.filling import fill
from tutor.records.pushing import push

BATCH = 25
KILLED = 0.35
"""The chance of a kill after a post; before one it is a fifth of that."""


class Doomed(Client):
    """A client whose process may be gone from one moment to the next."""

    rng: random.Random

    def post(self, statements: Sequence[bytes]) -> Answer:
        """Post, and perhaps be killed."""
        if self.rng.random() < KILLED / 5:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = super().post(statements)
        if self.rng.random() < KILLED:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer


def main(folder: Path, name: str, access: Access, seed: int) -> None:
    """Push what waits."""
    with at_desk(folder, name) as desk, Doomed(access, local_now) as client:
        client.rng = random.Random(seed)
        machine = desk.machine
        fill(machine.outbox, machine.journal, machine.scribe)
        push(client, machine.outbox, STORE, batch=BATCH)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Access(*sys.argv[3:6]), int(sys.argv[6]))
