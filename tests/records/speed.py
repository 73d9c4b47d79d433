"""How long it takes to write 10,000 answers out as statements.

    python -m tests.records.speed [--answers 10000] [--check]

Answers to all questions of the shipped course, as they may be shown. What must come out was written
down first: at most 2 seconds of processor time for 10,000, and 10 ms where nothing is new.
"""

import argparse
import random
import sys
import tempfile
import time
import uuid
from pathlib import Path

from tests.progress.deeds import Clock
from tutor.course.builtin import builtin_course
from tutor.course.contents import questions
from tutor.course.model import Course
from tutor.course.reading import read_course
from tutor.judging.answers import right_line
from tutor.judging.presenting import content_hash, present
from tutor.progress.events import Answered, Event, Place
from tutor.progress.journal import Journal
from tutor.progress.moments import utc_text
from tutor.records.catalogue import Catalogue
from tutor.records.filling import fill
from tutor.records.learner import made_up
from tutor.records.mapping import Scribe
from tutor.records.outbox import Outbox

MOST, MOST_AGAIN = 2.0, 0.01
"""Seconds of processor time."""


def answers(course: Course, count: int) -> list[Event]:
    """Right answers to questions of a course, drawn at random."""
    rng, clock = random.Random(18), Clock()
    asked = [
        (lesson.id, one, content_hash(one))  # type: ignore[arg-type]
        for lesson in course.lessons
        for one in questions(lesson)
    ]
    found = []
    for number in range(count):
        lesson, question, content = rng.choice(asked)
        shown = present(question, rng.randrange(10**6))  # type: ignore[arg-type]
        found.append(
            Event(
                id=str(uuid.uuid4()),
                installation="here",
                at=utc_text(clock()),
                offset=60,
                place=Place(course=course.id, lesson=lesson, question=question.id, content=content),
                deed=Answered(
                    sitting=f"s{number}",
                    seed=shown.seed,
                    shown=shown.order,
                    raw=right_line(shown),
                    right=True,
                    score=1.0,
                    attempt=1,
                    seconds=3.5,
                ),
            )
        )
    return found


def measure(count: int, folder: Path) -> tuple[float, float, int]:
    """Seconds to write so many out, seconds when nothing is new, and bytes of the statements."""
    course = read_course(builtin_course())
    scribe = Scribe(made_up(), Catalogue({course.id: course}.get))
    path = folder / "outbox.sqlite3"
    with Journal.open(folder / "journal.sqlite3") as journal, Outbox.open(path) as outbox:
        journal.merge(answers(course, count))
        began = time.process_time()
        assert fill(outbox, journal, scribe) == count
        filled = time.process_time()
        assert fill(outbox, journal, scribe) == 0
        again = time.process_time()
        size = sum(len(frozen.statement) for frozen in outbox.all())
    return filled - began, again - filled, size


def main() -> int:
    """Print what was measured; 1 where --check was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--answers", type=int, default=10_000)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        first, again, size = measure(asked.answers, Path(folder))
    print(f"{asked.answers:,} answers written out in {first:.2f} s of processor time")
    print(f"nothing new: {again * 1000:.1f} ms; a statement has {size / asked.answers:,.0f} bytes")
    return int(asked.check and (first > MOST or again > MOST_AGAIN))


if __name__ == "__main__":
    sys.exit(main())
