"""How fast `tutor look` is, in a real terminal: `python -m tests.looking.speed` (no test).

From the shell to the first screen, beside importing textual alone; from a key to the last byte of
the screen that it changes, on a text of 40 tokens, beside a bare textual app in a window of the
same size (`tests.looking.bare`), key by key in turn, so that whatever else the machine does meets
both; a letter typed; a sweep; and what it takes of the processor when nobody does anything.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import median

import pexpect

from tests.looking.bare import READY

TEXT = (
    "Once upon a time there was a clever boy named Ben. Ben put the key in the drawer. Then Sara"
    " moved the key to the shelf. Where is it? It is in the"
)
KEYS = ("\x1b[C", "\x1b[D", "\x1b[A", "2", "\x1b[D", "3", " ", " ", "t", "T", "5", "\x1b[B", "1")
LETTERS = "abcdefgh"
LOOK, BARE = ("tutor", "look"), ("tests.looking.bare",)
PATIENCE, QUIET, SWEPT = 5.0, 0.3, 1.5
"""Seconds to wait for an answer's first byte; and without one after which it is complete."""
SETTLED, IDLE = 2.0, 5.0


@contextmanager
def opened(size: tuple[int, int], *module: str) -> Iterator["pexpect.spawn[bytes]"]:
    """A module's full screen in a terminal of its own, its first words there."""
    with tempfile.TemporaryDirectory() as home:
        environ = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        child = pexpect.spawn(
            sys.executable,
            ["-m", *module],
            env={**environ, "TUTOR_HOME": home},
            dimensions=size,
            timeout=60,
        )
        child.delaybeforesend = None  # or pexpect itself holds each key back for 50 ms
        child.expect_exact(READY.encode())
        yield child
        child.send("q")
        child.expect(pexpect.EOF)
        child.close()


def until_quiet(child: "pexpect.spawn[bytes]", quiet: float = QUIET) -> float:
    """When the last byte came."""
    last, patience = time.perf_counter(), PATIENCE
    while True:
        try:
            child.read_nonblocking(65_536, timeout=patience)
        except pexpect.TIMEOUT:
            return last
        last, patience = time.perf_counter(), quiet


def answered(child: "pexpect.spawn[bytes]", keys: str, quiet: float = QUIET) -> float:
    """Milliseconds from keys to the last byte of what they change."""
    begun = time.perf_counter()
    child.send(keys)
    return 1e3 * (until_quiet(child, quiet) - begun)


def started(size: tuple[int, int]) -> tuple[float, float]:
    """Seconds from the shell to the first screen, by the clock and of the processor."""
    begun = time.perf_counter()
    with opened(size, *LOOK) as child:
        return time.perf_counter() - begun, processor(child)


def imported() -> tuple[float, float]:
    """Seconds that Python takes to import textual's App, by the clock and of the processor."""
    begun, before = time.perf_counter(), os.times()
    subprocess.run([sys.executable, "-c", "import textual.app"], check=True)
    after = os.times()
    own = after.children_user - before.children_user
    return time.perf_counter() - begun, own + after.children_system - before.children_system


def processor(child: "pexpect.spawn[bytes]") -> float:
    """Seconds of the processor that a process took so far (Linux)."""
    with open(f"/proc/{child.pid}/stat", encoding="ascii") as file:  # noqa: PTH123
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def told(name: str, times: Sequence[float], unit: str) -> str:
    """Median, 95th percentile and most."""
    ordered = sorted(times)
    high = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return f"{name}: median {median(ordered):.3g}, p95 {high:.3g}, most {ordered[-1]:.3g} {unit}"


def first_screens(size: tuple[int, int], rounds: int) -> None:
    """Print how long the first screen takes, and its ratio to importing textual."""
    alone = list(zip(*(imported() for _ in range(rounds)), strict=True))
    first = list(zip(*(started(size) for _ in range(rounds)), strict=True))
    for place, clock in enumerate(("by the clock", "of the processor")):
        ratio = median(first[place]) / median(alone[place])
        print(told(f"import textual.app, {clock}", alone[place], "s"))
        print(told(f"first screen, {clock}", first[place], "s"), f"({ratio:.2f} x)")


def in_turn(
    look: "pexpect.spawn[bytes]", bare: "pexpect.spawn[bytes]", keys: Sequence[str]
) -> None:
    """Print how long keys take in `tutor look` and in the bare app, pressed in turn."""
    before = processor(look), processor(bare)
    ours, theirs = zip(*((answered(look, key), answered(bare, key)) for key in keys), strict=True)
    took = (1e3 * (processor(look) - before[0]), 1e3 * (processor(bare) - before[1]))
    print(told("a key", ours, "ms"), f"of the processor: {took[0] / len(keys):.1f} ms")
    print(told("the same, bare textual", theirs, "ms"), f"{took[1] / len(keys):.1f} ms")


def typed(look: "pexpect.spawn[bytes]") -> None:
    """Print how long a letter takes, in a text and in a second one, where it means a sweep."""
    look.send("/")
    until_quiet(look)
    begun = processor(look)
    letters = [answered(look, letter) for letter in 2 * LETTERS]
    took = 1e3 * (processor(look) - begun) / len(letters)
    print(told("a letter typed", letters, "ms"), f"of the processor: {took:.1f} ms")
    look.send("\x7f" * len(letters) + "\r")
    until_quiet(look)
    look.send("p")
    until_quiet(look)
    print(told("a sweep", [answered(look, letter, SWEPT) for letter in LETTERS], "ms"))
    look.send("\r")
    until_quiet(look)


def idle(look: "pexpect.spawn[bytes]") -> None:
    """Print what it takes of the processor when nobody does anything."""
    time.sleep(SETTLED)
    begun = processor(look)
    time.sleep(IDLE)
    print(f"idle: {processor(look) - begun:.2f} s of the processor in {IDLE:.0f} s")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.looking.speed", description=__doc__)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--size", default="120x40", help="columns x rows")
    given = parser.parse_args()
    columns, rows = map(int, given.size.split("x"))
    size = rows, columns
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {given.size}")
    first_screens(size, given.rounds)
    with opened(size, *LOOK, TEXT) as look, opened(size, *BARE) as bare:
        for child in (look, bare):
            until_quiet(child)
        in_turn(look, bare, KEYS * given.rounds)
        typed(look)
        idle(look)


if __name__ == "__main__":
    main()
