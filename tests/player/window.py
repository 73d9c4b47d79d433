"""A window in this process: what a terminal with colours shows, cell by cell."""

import io
from collections.abc import Callable
from typing import TextIO, cast

import pyte
from rich.console import Console, ConsoleDimensions

from tutor.screen.terminal import Look, Terminal

FAINT = 2
"""The code of faint letters, for which pyte has no name: they are kept as blinking ones."""
BLINKING = 5


class Cells(pyte.HistoryScreen):
    """A screen that knows faint letters."""

    def select_graphic_rendition(self, *attrs: int) -> None:
        """Take faint for blinking, which nobody uses."""
        if attrs[:1] != (38,) and attrs[:1] != (48,):
            attrs = tuple(
                BLINKING if one == FAINT and not _in_colour(attrs, index) else one
                for index, one in enumerate(attrs)
            )
        super().select_graphic_rendition(*attrs)


def _in_colour(attrs: tuple[int, ...], index: int) -> bool:
    """Whether a code is part of a colour: 38 or 48, then 2 and three more, or 5 and one."""
    return any(attrs[i] in (38, 48) and i < index <= i + 4 for i in range(len(attrs)))


class Window(io.StringIO):
    """A stream that is a terminal."""

    encoding = "utf-8"

    def __init__(self, columns: int = 80, rows: int = 24) -> None:
        super().__init__()
        self.cells = Cells(columns, rows, history=5000)
        self.console: Console | None = None
        self._stream = pyte.Stream(self.cells)

    def write(self, text: str) -> int:
        """Show text."""
        self._stream.feed(text.replace("\n", "\r\n"))
        return super().write(text)

    def isatty(self) -> bool:
        """Say that somebody watches."""
        return True

    def terminal(self, read_line: Callable[[str], str]) -> Terminal:
        """A terminal with this window, at which somebody types `read_line`."""
        self.console = Console(
            file=cast(TextIO, self),
            width=self.cells.columns,
            height=self.cells.lines,
            force_terminal=True,
            color_system="truecolor",
            markup=False,
            emoji=False,
            highlight=False,
            _environ={"TERM": "xterm-256color"},
        )
        return Terminal(self.console, Look(), read_line, echo=False)

    def scrolled(self) -> list[str]:
        """The lines that have run out of the window at its top."""
        rows = self.cells.history.top
        return ["".join(row[x].data for x in range(self.cells.columns)).rstrip() for row in rows]

    def resize(self, columns: int, rows: int) -> None:
        """Drag the window's corner."""
        self.cells.resize(rows, columns)
        assert self.console is not None
        self.console.size = ConsoleDimensions(columns, rows)

    def shows(self) -> list[str]:
        """The lines in the window now."""
        return [line.rstrip() for line in self.cells.display]
