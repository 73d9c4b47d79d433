"""How fast statements go out, held against bare httpx posting the same batches to the same store.

    python -m tests.integration.pushing [--statements 10000] [--check]

Two of each store run side by side, both empty: one gets a batch from the tutor, the other the same
bytes from httpx, turn by turn, so that both stores hold as much whenever they are compared. The
tutor's time has all that it does: reading its outbox, and writing down what was confirmed.

What must come out was written down first: at least 70 % of the rate of bare httpx at each store.
"""

import argparse
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.integration.stores import SECRET, STORES, USER, Store
from tests.records.speed import answers
from tutor.course.builtin import builtin_course
from tutor.course.reading import read_course
from tutor.progress.journal import Journal
from tutor.progress.moments import local_now
from tutor.records.access import Access
from tutor.records.catalogue import Catalogue
from tutor.records.client import VERSION, Client
from tutor.records.filling import fill
from tutor.records.learner import made_up
from tutor.records.mapping import Scribe
from tutor.records.outbox import Outbox
from tutor.records.pushing import BATCH, BATCH_BYTES, push

LEAST = 0.7
"""Of the rate of bare httpx."""


@dataclass
class Bare:
    """httpx and nothing else, sending what the tutor sends."""

    http: httpx.Client
    batches: list[bytes]
    seconds: float = 0.0

    def post(self, _more: int) -> None:
        """Send the next batch, as the tutor has just done."""
        began = time.perf_counter()
        headers = {"Content-Type": "application/json", **VERSION}
        self.http.post("/statements", content=self.batches.pop(0), headers=headers)
        self.seconds += time.perf_counter() - began


def batches(outbox: Outbox) -> list[bytes]:
    """The bodies that a push will post."""
    found = []
    while batch := outbox.waiting("bare", BATCH, BATCH_BYTES):
        found.append(b"[" + b",".join(one.statement for one in batch) + b"]")
        outbox.acknowledge("bare", batch[-1].seq)
    return found


def measure(name: str, count: int, folder: Path) -> tuple[float, float]:
    """Statements a second of the tutor, and of bare httpx."""
    course = read_course(builtin_course())
    scribe = Scribe(made_up(), Catalogue({course.id: course}.get))
    with ExitStack() as stack:
        journal = stack.enter_context(Journal.open(folder / "journal.sqlite3"))
        outbox = stack.enter_context(Outbox.open(folder / "outbox.sqlite3"))
        journal.merge(answers(course, count))
        fill(outbox, journal, scribe)
        ours, theirs = (_started(name, folder / which, stack) for which in ("ours", "bare"))
        http = httpx.Client(base_url=theirs.url, auth=(USER, SECRET), timeout=60, trust_env=False)
        bare = Bare(stack.enter_context(http), batches(outbox))
        client = stack.enter_context(Client(Access(ours.url, USER, SECRET), local_now))
        began = time.perf_counter()
        assert push(client, outbox, "ours", bare.post).stored == count
        seconds = time.perf_counter() - began - bare.seconds
        assert not bare.batches
    return count / seconds, count / bare.seconds


def _started(name: str, folder: Path, stack: ExitStack) -> Store:
    folder.mkdir()
    return stack.enter_context(STORES[name](folder))


def main() -> int:
    """Print what was measured; 1 where --check was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--statements", type=int, default=10_000)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    missed = False
    for name in STORES:
        with tempfile.TemporaryDirectory() as folder:
            ours, bare = measure(name, asked.statements, Path(folder))
        missed |= ours / bare < LEAST
        told = f"{ours:,.0f} statements a second, bare httpx {bare:,.0f}: {ours / bare:.0%}"
        print(f"{name}: {asked.statements:,} at {told} (at least {LEAST:.0%})", flush=True)
    return int(asked.check and missed)


if __name__ == "__main__":
    sys.exit(main())
