"""Screens of any width, encoding and look, for tests to read."""

import io
import re

from rich.console import RenderableType

from tutor.screen.terminal import Look, Terminal, open_terminal

RICH, PLAIN = Look(), Look(plain=True)


class Wire(io.TextIOWrapper):
    """An output of a given encoding that takes itself for a terminal if asked to."""

    def __init__(self, encoding: str = "utf-8", *, tty: bool = False) -> None:
        self.bytes = io.BytesIO()
        self._tty = tty
        super().__init__(self.bytes, encoding=encoding, newline="\n")

    def isatty(self) -> bool:
        return self._tty

    def text(self) -> str:
        self.flush()
        return self.bytes.getvalue().decode(self.encoding)


def shown(*things: RenderableType, look: Look = RICH, encoding: str = "utf-8") -> str:
    """What stands on the screen; its width is that of the environment's COLUMNS."""
    wire = Wire(encoding)
    terminal = open_terminal(plain=look.plain, out=wire)
    terminal.say(*things)
    return wire.text()


def without_blanks(text: str) -> str:
    """Text as it is read on, whatever the width broke."""
    return re.sub(r"\s+", "", text)


def typing(*lines: str) -> Terminal:
    """A terminal at which somebody types these lines."""
    left = list(lines)

    def read(_: str) -> str:
        if not left:
            raise EOFError
        return left.pop(0)

    terminal = open_terminal(plain=True, out=Wire())
    return Terminal(terminal.console, terminal.look, read, echo=True)
