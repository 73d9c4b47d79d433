"""Single keys from a terminal, without Enter and without an echo, where the platform has that."""

import contextlib
import os
import re
import select
import signal
import sys
from collections.abc import Callable, Iterator

from tutor.screen.terminal import EndOfInputError, Terminal

NAMES = {
    "\x1b[A": "up", "\x1b[B": "down", "\x1b[C": "right", "\x1b[D": "left",
    "\x1bOA": "up", "\x1bOB": "down", "\x1bOC": "right", "\x1bOD": "left",
    "\x1b[H": "home", "\x1b[F": "end", "\x1bOH": "home", "\x1bOF": "end",
    "\x1b[1~": "home", "\x1b[4~": "end", "\t": "tab", "\n": "enter", "\r": "enter",
}  # fmt: skip
"""What terminals send for keys that have no letter; the arrows in both of their modes."""
END_OF_INPUT = "\x04"
MOST = 64
REST_WITHIN = 0.05
"""Seconds after which an escape byte is the key Escape."""
_CUT = re.compile(rb"\x1b(?:O|\[[0-9;]*)?\Z")
_KEY = re.compile(r"\x1bO.|\x1b\[[0-9;]*[@-~]|.", re.DOTALL)


def can_be_watched(terminal: Terminal) -> bool:
    """Tell whether a person sits here who sees what is painted over, and whose keys can be read."""
    return terminal.can_clear and _has_keys()


def _has_keys() -> bool:
    try:
        import termios  # noqa: F401
    except ImportError:  # Windows: a line is typed instead
        return False
    return True


@contextlib.contextmanager
def key_by_key() -> Iterator[Iterator[str]]:
    """Each key as it is pressed, by its name or its letter; the terminal is put right at the end.

    Ctrl-C is KeyboardInterrupt as ever; the end of input, EndOfInputError. What was typed ahead is
    dropped.
    """
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor, termios.TCSAFLUSH)
        with _signals(lambda: tty.setcbreak(descriptor, termios.TCSANOW)):
            yield _keys(descriptor)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


@contextlib.contextmanager
def _signals(again: Callable[[], object]) -> Iterator[None]:
    """After Ctrl-Z and fg the keys are keys again; who is ended leaves by every `finally`."""

    def leave(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    handlers: dict[int, Callable[[int, object], object]] = {
        signal.SIGCONT: lambda *_: again(),
        signal.SIGTERM: leave,
        signal.SIGHUP: leave,
    }
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _keys(descriptor: int) -> Iterator[str]:
    """Keys that a terminal hands over together come one after the other."""
    while True:
        data = _whole_keys(descriptor).decode(errors="replace")
        if not data or END_OF_INPUT in data:
            raise EndOfInputError
        for found in _KEY.findall(data):
            yield NAMES.get(found, found)


def _whole_keys(descriptor: int) -> bytes:
    """What has come; the rest of a key is waited for, lest its first byte is taken for Escape."""
    data = os.read(descriptor, MOST)
    while _CUT.search(data) and select.select([descriptor], [], [], REST_WITHIN)[0]:
        more = os.read(descriptor, MOST)
        if not more:
            break
        data += more
    return data
