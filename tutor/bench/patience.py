"""Patterns are looked for in a process of its own, which can be ended: some never come to an end.

A thread could not: `re` lets nobody else have a turn. A search that takes that long for one reply
takes longer for another, so it stops the run; it is no verdict on the reply.
"""

import faulthandler
import multiprocessing
import os
import signal
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from tutor.bench.checks import Grade, examined, grade
from tutor.bench.model import Bench, Case, Check, Label, Regex, Schema
from tutor.bench.reading import BenchError

PATIENCE = 5.0
"""Seconds that one check of one reply may take."""
START = 60.0
"""Seconds that the process may take to begin."""
READY = "ready"
SHOWN = 60
"""Characters of a pattern in a message."""


@dataclass
class Examiner:
    """Grades replies; what has a pattern is looked at next door, and not for ever."""

    seconds: float = PATIENCE
    _process: BaseProcess | None = None
    _line: Connection | None = None

    def grade(self, bench: Bench, number: int, reply: str) -> Grade:
        """The grade of a reply to a case, counted from 0; BenchError if a check takes too long."""

        def patiently(check: Check, case: Case, reply: str) -> tuple[str, str]:
            if not _has_pattern(check):
                return examined(check, case, reply)
            return self._next_door(check, number, case, reply)

        return grade(bench.checks, bench.cases[number], reply, patiently)

    def _next_door(self, check: Check, number: int, case: Case, reply: str) -> tuple[str, str]:
        line = self._line or self._begin()
        try:
            line.send((check, case, reply))
            found: tuple[str, str] | None = line.recv() if line.poll(self.seconds) else None
        except BaseException:  # Ctrl-C too: nothing may go on searching
            self.end()
            raise
        if found is None:
            self.end()
            raise _too_slow(check, number, self.seconds)
        return found

    def _begin(self) -> Connection:
        spawning = multiprocessing.get_context("spawn")
        ours, theirs = spawning.Pipe()
        self._process = spawning.Process(
            target=_examine, args=(theirs, 2 * self.seconds), daemon=True
        )
        self._process.start()
        theirs.close()
        self._line = ours
        if ours.poll(START):
            ours.recv()
        return ours

    def end(self) -> None:
        """Let the process go, whatever it is at."""
        if self._process and self._line:
            self._process.kill()
            self._process.join()
            self._line.close()
        self._process = self._line = None


def _examine(line: Connection, longest: float) -> None:
    """What the process does, until nobody asks any more.

    Where the tutor was killed meanwhile, faulthandler's clock, which `re` cannot hold up, ends it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks is told, and ends us
    line.send(READY)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        while True:
            try:
                check, case, reply = line.recv()
            except EOFError:
                return
            faulthandler.dump_traceback_later(longest, exit=True, file=nowhere)
            found = examined(check, case, reply)
            faulthandler.cancel_dump_traceback_later()
            line.send(found)


def _has_pattern(check: Check) -> bool:
    by_pattern = isinstance(check, Label) and isinstance(check.labels, dict)
    return by_pattern or isinstance(check, Regex | Schema)


def _too_slow(check: Check, number: int, seconds: float) -> BenchError:
    match check:
        case Regex():
            what = f"the check  regex {check.pattern[:SHOWN]}"
        case Label():
            what = f"the check  label {', '.join(check.labels)[:SHOWN]}"
        case _:
            what = "the check  schema"
    return BenchError(
        f"case {number + 1}: {what}  takes longer than {seconds:g} seconds; the run stops there",
        hint="put no repeat into a repeat: .+ instead of (.+)+ (or use the check contains). "
        "Then run it again: what was answered is kept",
    )
