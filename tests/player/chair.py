"""A learner on a chair in this process: a desk, a clock, a terminal that is a text; no window.

It types and reads like `seat.Seat`, a hundred times as fast, and the test holds its clock and its
chance. The lesson runs in a thread of its own, which waits whenever the tutor asks.
"""

import itertools
import queue
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.player.window import Window
from tests.progress.deeds import Clock
from tutor.course.model import Course
from tutor.player.desk import Desk
from tutor.player.play import play
from tutor.progress.folding import PROGRESS
from tutor.progress.journal import Journal
from tutor.progress.timing import TIMES
from tutor.review.cards import CARDS
from tutor.screen.terminal import terminal_to_text

WAIT = 120
SEEDS = itertools.count(7)
"""A new one for each sitting, as a sitting's names must be its own."""
Part = Callable[[Desk], object]


class PulledPlugError(BaseException):
    """The tutor is gone from one moment to the next; not even a goodbye."""


@dataclass
class Chair:
    """A sitting at a lesson, begun at once, with the journal in `home`."""

    home: Path
    course: Course
    part: Part = play
    lesson: int = 0
    """Which one, by index."""
    clock: Clock = field(default_factory=Clock)
    rng: random.Random = field(default_factory=lambda: random.Random(next(SEEDS)))
    width: int = 78
    window: Window | None = None
    """With colours and pages, in place of a text that runs on."""
    ending: object = None
    """What `part` returned, when it is over;"""
    raised: BaseException | None = None
    """or how it ended otherwise."""

    def __post_init__(self) -> None:
        self._typed: queue.Queue[str | BaseException] = queue.Queue()
        self._waits: queue.Queue[bool] = queue.Queue()
        """True each time the tutor waits for a line; False once, at its end."""
        read = self._next_line
        self._terminal = (
            self.window.terminal(read) if self.window else terminal_to_text(self.width, read)
        )
        self._seen = 0
        self._thread = threading.Thread(target=self._sit, daemon=True)
        self._thread.start()

    def prompt(self) -> str:
        """Wait until the tutor waits for a line; returns what was new."""
        if not self._waits.get(timeout=WAIT):
            raise AssertionError(f"the tutor left: {self.raised!r}\n{self._new()}")
        return self._new()

    def type(self, line: str) -> str:
        """Type a line; returns what was said until the tutor waits again."""
        self._typed.put(line)
        return self.prompt()

    def leave(self, way: str | BaseException = ":q") -> str:
        """Type a line that ends the sitting, or end it by other means; returns its last words."""
        self._typed.put(way)
        assert not self._waits.get(timeout=WAIT), f"the tutor stayed: {self._new()}"
        self._thread.join(WAIT)
        return self._new()

    def leave_said(self) -> str:
        """The words of a sitting that asks for nothing."""
        assert not self._waits.get(timeout=WAIT), f"the tutor waits: {self._new()}"
        self._thread.join(WAIT)
        return self._new()

    def interrupt(self) -> str:
        """Press Ctrl-C."""
        return self.leave(KeyboardInterrupt())

    def end_input(self) -> str:
        """Press Ctrl-D."""
        return self.leave(EOFError())

    def kill(self) -> str:
        """Pull the plug."""
        return self.leave(PulledPlugError())

    @property
    def text(self) -> str:
        """All that was said so far."""
        return self._terminal.text()

    def be_patient(self, _seconds: float) -> None:
        """Nothing is slow here."""

    def _new(self) -> str:
        text = self.text
        new, self._seen = text[self._seen :], len(text)
        return new

    def _sit(self) -> None:
        try:
            self._terminal.turns_pages()
            path = self.home / "journal.sqlite3"
            with Journal.open(path, self.clock, folds=(PROGRESS, CARDS, TIMES)) as journal:
                lesson = self.course.lessons[self.lesson]
                desk = Desk(self.course, lesson, self._terminal, journal)
                desk.rng, desk.monotonic = self.rng, lambda: self.clock().timestamp()
                desk.now = self.clock
                self.ending = self.part(desk)
        except BaseException as error:  # noqa: BLE001  whatever it was, the test is told
            self.raised = error
        self._waits.put(False)

    def _next_line(self, prompt: str) -> str:
        write = self._terminal.console.file.write
        write(prompt)
        self._waits.put(True)
        typed = self._typed.get(timeout=WAIT)
        if isinstance(typed, BaseException):
            raise typed
        write(f"{typed}\n")
        return typed
