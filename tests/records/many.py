"""A report of a million statements: seconds, and the most memory it took.

    python -m tests.records.many [--count 1000000] [--check]

What must come out was written down first: a million statements of 400 learners are told with at
most 700 MB and in ten minutes, and the report of all learners' answers is whole.
"""

import argparse
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from tests.records.classes import COURSE, a_class, find
from tutor.progress.events import Answered, AnyDeed, Event, Undone
from tutor.progress.order import in_order
from tutor.records.learner import Learner
from tutor.records.mapping import Scribe

MOST_MEGABYTES, MOST_SECONDS = 700, 600
DIFFERENT = 20
"""Learners who are simulated; the others did the same, under names and ids of their own."""


def main() -> int:
    """Write, report, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "class.jsonl"
        answers = _write(file, options.count)
        start = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "tutor", "records", "report", str(file), "--json"],
            capture_output=True,
            check=True,
        )
        seconds = time.monotonic() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    megabytes, cpu = used.ru_maxrss / 1000, used.ru_utime + used.ru_stime
    (course,) = json.loads(done.stdout)["courses"]
    told = sum(one["answers"] for one in course["learners"])
    learners = len(course["learners"])
    spent = f"{seconds:.0f} s ({cpu:.0f} s of a processor), {megabytes:.0f} MB"
    print(f"{options.count:,} statements, {learners} learners: {spent}")
    print(f"answers written {answers:,}, told {told:,}")
    kept = seconds <= MOST_SECONDS and megabytes <= MOST_MEGABYTES and told == answers
    return int(options.check and not kept)


def _write(file: Path, count: int) -> int:
    """Statements of as many learners as it takes; how many answers still count."""
    pupils = a_class(DIFFERENT, COURSE, lessons=7)
    catalogue, left, answers = find(COURSE), count, 0
    with file.open("wb") as out:
        for number, pupil in enumerate(itertools.cycle(pupils)):
            events = _of_somebody_else(pupil.events)[:left]
            scribe = Scribe(Learner(name=f"learner-{number:05}"), catalogue)
            out.writelines(msgspec.json.encode(scribe.statement(one)) + b"\n" for one in events)
            answers += sum(isinstance(one.deed, Answered) for one in in_order(events))
            left -= len(events)
            if not left:
                return answers
    return answers


def _of_somebody_else(events: Sequence[Event]) -> list[Event]:
    """The same deeds under other ids."""
    ids = {event.id: str(uuid.uuid4()) for event in events}
    return [replace(one, id=ids[one.id], deed=_renamed(one.deed, ids)) for one in events]


def _renamed(deed: AnyDeed, ids: dict[str, str]) -> AnyDeed:
    return replace(deed, event=ids[deed.event]) if isinstance(deed, Undone) else deed


if __name__ == "__main__":
    sys.exit(main())
