"""Ctrl-C, a kill or a closed window while a model grows: stop at the next step, keep what there is.

A window that closes is noticed in two ways, in whichever order: SIGHUP, and words that cannot be
written (EIO). From then on words go nowhere, so that none of them stops the keeping.
"""

import errno
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""Windows has no SIGHUP."""
GONE = (errno.EIO, errno.ENXIO)
"""What writing to a terminal fails with whose window was closed."""
STREAMS = (1, 2)


@dataclass(slots=True)
class Wish:
    """Whether somebody wants the training to stop."""

    said: bool = False

    def __call__(self) -> bool:
        """Tell it."""
        return self.said

    def take(self, number: int, frame: FrameType | None) -> None:
        """Take it in; Ctrl-C after that means at once. A shell sends SIGHUP twice by itself."""
        if number == signal.SIGINT and self.said:
            signal.default_int_handler(number, frame)
        self.said = True
        fall_silent()

    def is_fulfilled(self) -> None:
        """Nothing grows any more: Ctrl-C is no wish from here on, it leaves at once."""
        self.said = True

    @contextmanager
    def heard_in_silence(self) -> Iterator[None]:
        """Words that nobody can hear any more are a wish to stop; other failures are failures."""
        try:
            yield
        except OSError:
            if not fall_silent():
                raise
            self.said = True


@contextmanager
def heard() -> Iterator[Wish]:
    """While this lasts, Ctrl-C, a polite kill and a closed window are wishes; then as before.

    What is to be kept in any case is kept inside.
    """
    wish = Wish()
    before: list[Any] = [signal.signal(one, wish.take) for one in SIGNALS]
    try:
        yield wish
    finally:
        for one, handler in zip(SIGNALS, before, strict=True):
            signal.signal(one, handler)


def fall_silent() -> bool:
    """Let words for a window that was closed go nowhere; whether there are such."""
    gone = [stream for stream in STREAMS if _is_gone(stream)]
    for stream in gone:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream)
        os.close(nowhere)
    return bool(gone)


def _is_gone(stream: int) -> bool:
    try:
        os.write(stream, b"")
    except OSError as error:
        return error.errno in GONE
    return False
