"""What a journal of very many answers costs: processor seconds and memory of each command.

    python -m tests.progress.growth --answers 1000000 [--check]

Answers are spread over seven lessons, one sitting after the other, as by somebody who never stops.
`--check` fails where a command is above its limit, in processor seconds for a million answers.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from tutor.progress.events import Answered, Entered, Event, Noted, Place
from tutor.progress.journal import Journal
from tutor.progress.moments import utc_text
from tutor.review.folds import FOLDS

MILLION = 1_000_000
LESSONS, QUESTIONS = 7, 20
START = datetime(2020, 1, 1, tzinfo=UTC)
LIMITS = {
    "progress import": 25.0,
    "progress rebuild": 10.0,
    "progress undo": 1.0,
    "progress notes": 1.0,
    "doctor": 2.0,
}
COMMANDS = (
    "progress import EXPORT",
    "home",
    "progress",
    "progress notes",
    "doctor",
    "progress rebuild",
    "progress undo",
    "answer",
    "progress undo",
    "progress export OUT",
    "progress repair",
    "doctor --deep",
)


def answers(count: int) -> Iterator[Event]:
    """So many answers, and a note for every ten thousand."""
    rng = random.Random(7)
    for number in range(count):
        at = START + timedelta(seconds=100 * number)
        place = Place(
            course="growth",
            lesson=f"lesson-{number * LESSONS // count}",
            question=f"q{number % QUESTIONS}",
            content="0123456789abcdef",
        )
        right = rng.random() < 0.7
        answered = Answered(
            sitting=str(uuid.UUID(int=number // QUESTIONS, version=4)),
            seed=rng.getrandbits(48),
            shown=(2, 0, 1),
            raw=str(rng.randint(1, 3)),
            said="a score for every token",
            right=right,
            score=float(right),
            attempt=1,
            seconds=12.5,
        )
        yield Event(
            id=str(uuid.UUID(int=rng.getrandbits(128), version=4)),
            installation="00000000-0000-4000-8000-000000000000",
            at=utc_text(at),
            offset=60,
            place=place,
            deed=answered if number % 10_000 else Noted(text=f"note {number}"),
        )


def write_export(file: Path, count: int) -> None:
    """Write them as an export."""
    encode = msgspec.json.Encoder().encode
    with file.open("wb") as out:
        out.write(b'{"llm_tutor_journal":1}\n')
        for event in answers(count):
            out.write(encode(event) + b"\n")


def measure(words: list[str], environ: dict[str, str]) -> tuple[float, float, str]:
    """Processor seconds, megabytes and the last line of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    timed = [sys.executable, "-c", RUN, *words]
    done = subprocess.run(timed, env=environ, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    *said, memory = (done.stderr or "0").splitlines()
    last = (done.stdout.splitlines() or said or [""])[-1]
    return spent, int(memory) / 1024, last


def answer_in_the_middle(path: Path) -> None:
    """One answer of the learner's own, in a lesson of very many."""
    with Journal.open(path, folds=FOLDS) as journal:
        event = next(answers(1))
        journal.record(msgspec.structs.replace(event.place, lesson="lesson-3"), Entered())
        journal.record(msgspec.structs.replace(event.place, lesson="lesson-3"), ANSWER)


ANSWER = Answered(sitting="mine", seed=1, raw="mine", right=True, score=1.0, attempt=1)
RUN = """\
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "tutor", *sys.argv[1:]])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
"""


def main() -> int:
    """Write, measure, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=MILLION)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_export(folder / "export.jsonl", asked.answers)
        environ = {**os.environ, "TUTOR_HOME": str(folder / "home")}
        files = {"EXPORT": str(folder / "export.jsonl"), "OUT": str(folder / "out.jsonl")}
        for command in COMMANDS:
            if command == "answer":
                answer_in_the_middle(folder / "home" / "journal.sqlite3")
                continue
            words = [files.get(word, word) for word in command.split() if word != "home"]
            spent, memory, last = measure(words, environ)
            limit = LIMITS.get(command.removesuffix(" EXPORT"))
            slow = limit is not None and asked.answers >= MILLION and spent > limit
            failed |= slow
            mark = " ABOVE ITS LIMIT" if slow else ""
            print(f"{command:24} {spent:7.2f} s {memory:6.0f} MB  {last[:60]}{mark}", flush=True)
    return int(asked.check and failed)


if __name__ == "__main__":
    sys.exit(main())
