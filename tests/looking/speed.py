"""How fast `tutor look` is, in a real terminal: `python -m tests.looking.speed` (no test).

From the shell to the first screen, beside importing textual alone; from a key to the last byte of
the screen that it changes, on a text of 40 tokens; a letter typed; a sweep; and what it takes of
the processor when nobody does anything.
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

TEXT = (
    "Once upon a time there was a clever boy named Ben. Ben put the key in the drawer. Then Sara"
    " moved the key to the shelf. Where is it? It is in the"
)
KEYS = ("\x1b[C", "\x1b[D", "\x1b[A", "2", "\x1b[D", "3", " ", " ", "t", "T", "5", "\x1b[B", "1")
QUIET = 0.05
"""Seconds without a byte after which a screen is complete."""
SETTLED, IDLE = 2.0, 5.0


@contextmanager
def opened(size: tuple[int, int], *arguments: str) -> "Iterator[pexpect.spawn[bytes]]":
    """`tutor look` in a terminal of its own, its first screen complete."""
    with tempfile.TemporaryDirectory() as home:
        environ = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        child = pexpect.spawn(
            sys.executable,
            ["-m", "tutor", "look", *arguments],
            env={**environ, "TUTOR_HOME": home},
            dimensions=size,
            timeout=60,
        )
        child.expect_exact(b"attention")
        yield child
        child.send("q")
        child.expect(pexpect.EOF)
        child.close()


def until_quiet(child: "pexpect.spawn[bytes]") -> float:
    """When the last byte came."""
    last = time.perf_counter()
    while True:
        try:
            child.read_nonblocking(65_536, timeout=QUIET)
            last = time.perf_counter()
        except pexpect.TIMEOUT:
            return last


def answered(child: "pexpect.spawn[bytes]", keys: str) -> float:
    """Milliseconds from keys to the last byte of what they change; 0 if nothing changes."""
    begun = time.perf_counter()
    child.send(keys)
    return max(0.0, 1e3 * (until_quiet(child) - begun))


def started(size: tuple[int, int]) -> tuple[float, float]:
    """Seconds from the shell to the first screen, by the clock and of the processor."""
    begun = time.perf_counter()
    with opened(size) as child:
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


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.looking.speed", description=__doc__)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--size", default="120x40", help="columns x rows")
    given = parser.parse_args()
    columns, rows = map(int, given.size.split("x"))
    size = rows, columns
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {given.size}")
    alone = list(zip(*(imported() for _ in range(given.rounds)), strict=True))
    first = list(zip(*(started(size) for _ in range(given.rounds)), strict=True))
    for place, clock in enumerate(("by the clock", "of the processor")):
        ratio = median(first[place]) / median(alone[place])
        print(told(f"import textual.app, {clock}", alone[place], "s"))
        print(told(f"first screen, {clock}", first[place], "s"), f"({ratio:.2f} x)")
    with opened(size, TEXT) as child:
        until_quiet(child)
        begun = processor(child)
        keys = [answered(child, key) for _ in range(given.rounds) for key in KEYS]
        print(told("a key", [one for one in keys if one], "ms"))
        print(f"of the processor: {1e3 * (processor(child) - begun) / len(keys):.1f} ms a key")
        child.send("/")
        until_quiet(child)
        print(told("a letter typed", [answered(child, "x") for _ in range(given.rounds)], "ms"))
        child.send("\x7f" * given.rounds + "\r")
        until_quiet(child)
        child.send("p")
        until_quiet(child)
        sweeps = [answered(child, letter) for letter in "abcdefgh"[: given.rounds]]
        print(told("a sweep", sweeps, "ms"))
        child.send("\r")
        time.sleep(SETTLED)
        begun = processor(child)
        time.sleep(IDLE)
        print(f"idle: {processor(child) - begun:.2f} s of the processor in {IDLE:.0f} s")


if __name__ == "__main__":
    main()
