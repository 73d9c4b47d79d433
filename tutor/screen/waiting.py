"""Waiting that the learner sees: for how long, for what, and how to stop it."""

import math
import time
from collections.abc import Callable

from tutor.screen.bars import counted
from tutor.screen.streaming import harmless
from tutor.screen.terminal import Terminal
from tutor.screen.words import dim


def wait_visibly(
    terminal: Terminal, seconds: float, why: str, sleep: Callable[[float], None] = time.sleep
) -> None:
    """Wait, and count down where somebody watches; Ctrl-C breaks out of it at once."""
    left = max(0, math.ceil(seconds))
    terminal.say(dim(f"  {harmless(why)} Waiting {counted(left, 'second')}; Ctrl-C stops it."))
    terminal.flush()
    if terminal.look.plain or not terminal.is_watched:
        sleep(seconds)
        return
    try:
        for second in range(left, 0, -1):
            terminal.write(f"\r  {second} s ")
            terminal.flush()
            sleep(min(1.0, seconds - (left - second)))
    finally:
        terminal.write("\r" + " " * 12 + "\r")
        terminal.flush()
