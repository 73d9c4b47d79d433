"""A key is a key, also where its bytes come in two parts: half an arrow is not Escape."""

import os
from itertools import islice
from threading import Timer

from tutor.screen.keystrokes import _keys


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
