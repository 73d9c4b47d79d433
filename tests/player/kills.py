"""Pull the plug at random moments, and look whether anything that was shown as graded is lost.

    python -m tests.player.kills --count 200

Each round answers the quiz in a real terminal and is killed (SIGKILL) at a random moment. Every
answer whose verdict's first byte was read from the terminal must be in the journal.
"""

import argparse
import random
import re
import sys
import tempfile
import time
from pathlib import Path

import pexpect

from tutor.progress.events import Answered
from tutor.progress.journal import Journal
from tutor.review.folds import FOLDS
from tutor.screen.encoding import stand_in
from tutor.screen.question_view import RIGHT_MARK, WRONG_MARK

from .seat import WAIT, Seat

SHORT = Path(__file__).parent.parent / "courses" / "short"
REPLIES = ("1", "2", "3", "1 2", "10", "", "", "probability", "2 1 3 4", "50 30 20", "a; b", "a; b")
PROMPT = b"\n> "
MARKS = "".join(map(stand_in, (RIGHT_MARK, WRONG_MARK))).encode()
VERDICT = re.compile(rb"\n[" + MARKS + rb"](?= ?$| [RN])")
"""On an ASCII screen a verdict's first byte is the first of its line: then it says Right or Not."""


def verdicts_before_the_plug_is_pulled(home: Path, rng: random.Random) -> int:
    """Answer a random number of prompts, and be killed a random moment after the last.

    Returns how many verdicts' first bytes were read.
    """
    environ = {"TERM": "dumb", "PYTHONIOENCODING": "ascii"}
    seat = Seat(home, "quiz", course=SHORT, environ=environ)
    last = rng.randrange(2, 14)
    data = b""
    asked = 0
    while asked < last:
        try:
            data += seat.child.read_nonblocking(4096, timeout=WAIT)
        except pexpect.EOF:
            break
        if data.count(PROMPT) > asked:
            asked = data.count(PROMPT)
            seat.child.sendline(rng.choice(REPLIES))
    time.sleep(rng.uniform(0.0, 0.02))  # anywhere between the reply and long after its verdict
    seat.kill()
    try:
        while True:
            data += seat.child.read_nonblocking(4096, timeout=0.05)
    except (pexpect.EOF, pexpect.TIMEOUT, OSError):
        pass
    return len(VERDICT.findall(data))


def answers_kept(home: Path) -> int:
    """Answers in the journal, which must open clean."""
    with Journal.open(home / "journal.sqlite3", folds=FOLDS) as journal:
        assert journal.faults() == []
        return sum(isinstance(event.deed, Answered) for event in journal.events())


def pull_the_plug(home: Path, count: int, seed: int, enough: int = 0) -> tuple[int, int]:
    """Do so `count` times on one journal; returns verdicts seen and answers kept.

    Where no more than `enough` verdicts were seen, as on a slow machine, go on up to five times as
    often.
    """
    rng = random.Random(seed)
    seen = kept = 0
    for turn in range(5 * count):
        if turn >= count and seen > enough:
            break
        seen += verdicts_before_the_plug_is_pulled(home, rng)
        kept = answers_kept(home) if (home / "journal.sqlite3").exists() else 0
        assert kept >= seen, f"{seen} verdicts were shown, {kept} answers kept"
    return seen, kept


def main() -> int:
    """Pull the plug as often as asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seen, kept = pull_the_plug(Path(folder), asked.count, asked.seed)
    print(f"{asked.count} kills, seed {asked.seed}: {seen} verdicts shown, {kept} answers kept")
    return 0


if __name__ == "__main__":
    sys.exit(main())
