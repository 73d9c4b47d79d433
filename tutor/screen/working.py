"""Work that takes its time, seen to move: one line that is written over, where it takes seconds."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from tutor.screen.terminal import Terminal

QUIET_SECONDS = 1.0
"""What takes no longer shows nothing."""
BETWEEN_SECONDS = 0.2
"""Nobody reads faster."""


class Working:
    """Counts what is done and shows it; a context manager that is called with how many more."""

    def __init__(
        self,
        terminal: Terminal,
        what: str,
        whole: int = 0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._terminal, self._what, self._whole = terminal, what, whole
        self._monotonic = monotonic
        self._next = monotonic() + QUIET_SECONDS
        self._done = 0
        self._shown = ""

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the line that was written over."""
        if self._shown and self._repaints:
            self._terminal.write("\n")
            self._terminal.flush()

    def __call__(self, more: int) -> None:
        """Take note of more that is done."""
        self._done += more
        now = self._monotonic()
        if self._terminal.is_watched and now >= self._next:
            self._next = now + BETWEEN_SECONDS
            self._show(f"{self._what}: {self._so_far()}")

    @property
    def _repaints(self) -> bool:
        return not self._terminal.look.plain

    def _so_far(self) -> str:
        if not self._whole:
            return f"{self._done:,} events"
        step = 1 if self._repaints else 25  # a screen reader is told now and then
        return f"{min(100, 100 * self._done // self._whole) // step * step} %"

    def _show(self, said: str) -> None:
        if said == self._shown:
            return
        self._shown = said
        self._terminal.write(f"\r{said}  " if self._repaints else f"{said}\n")
        self._terminal.flush()
