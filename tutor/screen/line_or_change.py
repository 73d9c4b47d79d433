"""A line typed, or word that something changed meanwhile."""

import sys
from collections.abc import Callable

from tutor.screen.terminal import EndOfInputError, Terminal, without_controls

SECONDS = 0.3
"""Between two looks at what may change."""


def line_or_change(terminal: Terminal, prompt: str, has_changed: Callable[[], bool]) -> str | None:
    """The line typed; None as soon as something has changed. Raises EndOfInputError.

    Windows cannot wait for a line and look elsewhere: there, Enter looks.
    """
    if not terminal.is_interactive or sys.platform == "win32":
        return terminal.ask(prompt)
    import select

    terminal.write(prompt)
    terminal.flush()
    while not select.select([sys.stdin], [], [], SECONDS)[0]:
        if has_changed():
            terminal.write("\n")
            return None
    typed = sys.stdin.readline()
    if not typed:
        raise EndOfInputError
    return without_controls(typed.rstrip("\n"))
