"""A tutor that only writes: records answers, printing each event's id once it is kept.

`python -m tests.progress.writing JOURNAL COUNT`; it is killed, or raced, by tests.
"""

import subprocess
import sys
from pathlib import Path

from tests.progress.deeds import answered, place
from tutor.progress.journal import Journal

ROOT = Path(__file__).parents[2]


def writer(path: Path, count: int) -> subprocess.Popen[str]:
    """Such a tutor, running."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.progress.writing", str(path), str(count)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def main(path: Path, count: int) -> None:
    """Record `count` answers."""
    with Journal.open(path) as journal:
        for number in range(count):
            event = journal.record(place(question=f"q{number % 9}"), answered(f"answer {number}"))
            print(event.id, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
