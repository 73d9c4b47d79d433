"""What grows in a minute: `python -m tests.tinylm.growing.minute [--check] [--seconds N]`.

The limits were written down before the first run that they judge: sixty seconds of processor time
on one core (so that a busy machine counts the same work), counted from the first import, give a
transformer whose loss on pages kept back is at most 0.50 nats a token, that answers at least 36 of
40 questions of the quiz, in at most 300 MB. Wall time is told beside it. Not in the test suite.
"""

import time

BEGUN = time.process_time(), time.perf_counter()

import argparse  # noqa: E402  the clock stands before everything
import resource  # noqa: E402
import sys  # noqa: E402

from tutor.growing.source import source_of  # noqa: E402
from tutor.tinylm.growing.book import bind  # noqa: E402
from tutor.tinylm.growing.events import Ended, Stage  # noqa: E402
from tutor.tinylm.growing.growing import Growing, Watch  # noqa: E402
from tutor.tinylm.growing.quizzing import answers, quiz, right  # noqa: E402
from tutor.tinylm.growing.recipe import Recipe  # noqa: E402

LOSS, RIGHT, MEGABYTES, SECONDS = 0.50, 36, 300.0, 60.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail where a limit is passed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--wall", action="store_true", help="by the clock on the wall, as for learners"
    )
    wanted = parser.parse_args()
    source = source_of(None, wanted.seed)
    book = bind(source.pages, source.beginning)
    left = SECONDS - (time.process_time() - BEGUN[0])
    clock = time.perf_counter if wanted.wall else time.process_time
    growing = Growing(book, Recipe(seconds=left, seed=wanted.seed), Watch(clock, lambda: False))
    ends = {event.stage: event for event in growing.events() if isinstance(event, Ended)}
    processor, wall = time.process_time() - BEGUN[0], time.perf_counter() - BEGUN[1]
    asked = quiz(wanted.seed)
    marks = {
        stage: right(answers(scorer, book, asked), asked)
        for stage, scorer in growing.scorers().items()
    }
    for stage, end in ends.items():
        told = f"loss {end.held_out:.3f}, quiz {marks[stage]} of {len(asked)}, {end.step:,} steps"
        print(f"{stage.name.lower():12} {told}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{processor:.1f} s of processor time, {wall:.1f} s on the wall, {memory:.0f} MB at most")
    last = ends[Stage.TRANSFORMER]
    passed = last.held_out <= LOSS and marks[Stage.TRANSFORMER] >= RIGHT and memory <= MEGABYTES
    print(
        f"limits: loss {LOSS}, {RIGHT} right, {MEGABYTES:.0f} MB: {'kept' if passed else 'PASSED'}"
    )
    return int(wanted.check and not passed)


if __name__ == "__main__":
    sys.exit(main())
