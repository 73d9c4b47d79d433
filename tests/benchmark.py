"""How fast the tutor starts, as ratios to `import typer, rich` in the same run.

    python -m tests.benchmark            measure
    python -m tests.benchmark --check    and fail when a ratio is above its limit

Python keeps its byte code, as it does for a learner, also where the environment says it should not.
Seven synthetic lessons of 50 KB each and 100,000 answers in the journal; rounds are interleaved
and medians compared, because machines are noisy. Nothing here runs in the test suite.
"""

import argparse
import datetime
import itertools
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from tutor.course.contents import questions
from tutor.course.reading import read_course
from tutor.progress.events import Answered, Event, Place
from tutor.progress.folding import PROGRESS
from tutor.progress.journal import Journal
from tutor.progress.timing import TIMES
from tutor.review.cards import CARDS

FOLDS = (PROGRESS, CARDS, TIMES)
SHORT = Path(__file__).parent / "courses" / "short"
LESSONS, LESSON_BYTES, ANSWERS, ROUNDS = 7, 50_000, 100_000, 11
TUTOR = [sys.executable, "-c", "from tutor.__main__ import main; main()"]  # as its script does
NO_BYTE_CODE = "PYTHONDONTWRITEBYTECODE"
BASE = [sys.executable, "-c", "import typer, rich"]
LIMITS = {"--help": 0.9, "--version": 0.9, "lessons": 1.3, "home": 1.3, "due": 1.0}


def write_course(folder: Path) -> None:
    """Write seven lessons, each the short course's lesson with texts up to 50 KB."""
    folder.mkdir()
    for name in ("facts.yaml", "references.yaml"):
        (folder / name).write_text((SHORT / name).read_text())
    lesson = (SHORT / "one.yaml").read_text().replace("introduces: [token]", "")
    for number in range(1, LESSONS + 1):
        head, steps = lesson.split("steps:\n")
        steps, quiz = steps.split("quiz:\n")
        steps = steps.replace("lesson: one", f"lesson: lesson-{number}")
        text = head.replace("id: one", f"id: lesson-{number}") + "steps:\n" + steps
        for extra in itertools.count():
            if len(text) + len(quiz) > LESSON_BYTES:
                break
            words = "A model reads tokens and writes tokens, one after the other. " * 12
            text += f"  - id: extra-{extra}\n    kind: text\n    text: |\n      {words}\n"
        (folder / f"{number}.yaml").write_text(f"{text}quiz:\n{quiz}")
    names = ", ".join(f"{number}.yaml" for number in range(1, LESSONS + 1))
    (folder / "course.yaml").write_text(
        "format: 1\nid: bench\ntitle: A long course\nsummary: Seven lessons.\n"
        f"lessons: [{names}]\nfacts: facts.yaml\nreferences: references.yaml\n"
    )


def answers(folder: Path) -> Iterator[Event]:
    """A hundred thousand answers by somebody who never stops."""
    rng = random.Random(7)
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    lessons = read_course(folder).lessons
    for number in range(ANSWERS):
        lesson = lessons[number * LESSONS // ANSWERS]
        asked = list(questions(lesson))
        question = asked[number % len(asked)]
        at = (start + datetime.timedelta(seconds=30 * number)).isoformat(timespec="microseconds")
        yield Event(
            id=str(uuid.UUID(int=rng.getrandbits(128), version=4)),
            installation="bench",
            at=at.replace("+00:00", "Z"),
            offset=0,
            place=Place(course="bench", lesson=lesson.id, question=question.id, content="0"),
            deed=Answered(
                sitting=str(number // len(asked)),
                seed=number,
                raw="1",
                right=rng.random() < 0.7,
                score=1.0,
                attempt=1,
            ),
        )


def measure(commands: dict[str, list[str]], environ: dict[str, str]) -> dict[str, list[float]]:
    """Wall seconds of each command, round by round, after one round that is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for counted in range(ROUNDS + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(
                command, env=environ, check=True, stdin=subprocess.DEVNULL, capture_output=True
            )
            if counted:
                taken[name].append(time.perf_counter() - start)
    return taken


def main() -> int:
    """Set up, measure, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_course(folder / "course")
        with Journal.open(folder / "home" / "journal.sqlite3", folds=FOLDS) as journal:
            journal.merge(answers(folder / "course"))
        environ = {
            **{name: value for name, value in os.environ.items() if name != NO_BYTE_CODE},
            "TUTOR_HOME": str(folder / "home"),
            "TUTOR_COURSE": str(folder / "course"),
        }
        commands = {"import typer, rich": BASE, "home": TUTOR}
        commands |= {word: [*TUTOR, word] for word in ("--help", "--version", "lessons", "due")}
        taken = measure(commands, environ)
    return report(taken, check=check)


def report(taken: dict[str, list[float]], *, check: bool) -> int:
    """Print medians and ratios; 1 when checking and one is too slow."""
    medians = {name: statistics.median(times) for name, times in taken.items()}
    base = medians["import typer, rich"]
    failed = 0
    for name, median in medians.items():
        limit = LIMITS.get(name)
        slow = limit is not None and median / base > limit
        failed |= slow
        told = f"limit {limit}" + (" EXCEEDED" if slow else "") if limit else ""
        print(f"{name:20} {1000 * median:7.1f} ms  {median / base:5.2f} x  {told}")
    return int(check and failed)


if __name__ == "__main__":
    sys.exit(main())
