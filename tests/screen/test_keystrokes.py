"""A key is a key, also where its bytes come in two parts: half an arrow is not Escape."""

import os
import pty
import signal
import sys
import termios
from itertools import islice
from threading import Timer

import pytest

from tutor.screen.keystrokes import _keys, key_by_key


def heard(*parts: bytes, keys: int) -> list[str]:
    """The first keys of what is written in parts, with a moment between them."""
    reading, writing = os.pipe()
    os.write(writing, parts[0])
    later = [Timer(0.01 * at, os.write, (writing, part)) for at, part in enumerate(parts[1:], 1)]
    for one in later:
        one.start()
    found = list(islice(_keys(reading), keys))
    for one in later:
        one.join()
    os.close(reading)
    os.close(writing)
    return found


def test_an_arrow_that_is_held_down_does_not_leave() -> None:
    assert heard(b"\x1b[C" * 90, keys=90) == ["right"] * 90


def test_an_arrow_that_a_slow_line_cuts_is_one_key() -> None:
    assert heard(b"\x1b", b"[", b"D", keys=1) == ["left"]


def test_escape_alone_is_heard_without_another_key() -> None:
    assert heard(b"\x1b", keys=1) == ["\x1b"]


def test_a_terminal_is_put_right_after_a_pause_and_at_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "wb"), os.fdopen(theirs) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        shell = termios.tcgetattr(theirs)
        with pytest.raises(SystemExit):
            _paused_then_ended(theirs)
        assert termios.tcgetattr(theirs) == shell


def _paused_then_ended(terminal: int) -> None:
    shell = termios.tcgetattr(terminal)
    with key_by_key():
        termios.tcsetattr(terminal, termios.TCSANOW, shell)  # as a shell does on Ctrl-Z
        os.kill(os.getpid(), signal.SIGCONT)  # as it does on fg
        assert not termios.tcgetattr(terminal)[3] & termios.ECHO
        os.kill(os.getpid(), signal.SIGTERM)
