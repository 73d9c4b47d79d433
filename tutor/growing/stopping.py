"""Ctrl-C while a model grows: stop at the next step, and keep what there is."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass(slots=True)
class Wish:
    """Whether somebody wants the training to stop."""

    said: bool = False

    def __call__(self) -> bool:
        """Tell it."""
        return self.said

    def take(self, number: int, frame: FrameType | None) -> None:
        """Take it in; said twice, it means at once."""
        if self.said:
            signal.default_int_handler(number, frame)
        self.said = True


@contextmanager
def heard() -> Iterator[Wish]:
    """While this lasts, Ctrl-C and a polite kill are wishes; afterwards all is as before."""
    wish = Wish()
    before: list[Any] = [signal.signal(one, wish.take) for one in SIGNALS]
    try:
        yield wish
    finally:
        for one, handler in zip(SIGNALS, before, strict=True):
            signal.signal(one, handler)
