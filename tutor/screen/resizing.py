"""Word of a window that changes its size, where the platform gives any."""

import contextlib
import signal
from collections.abc import Callable


def on_resize(do: Callable[[], None]) -> None:
    """Call `do` whenever the window has another size; for the main thread of a process."""

    def called(_number: int, _frame: object) -> None:
        do()

    with contextlib.suppress(AttributeError, ValueError):  # no such signal; not the main thread
        signal.signal(signal.SIGWINCH, called)
