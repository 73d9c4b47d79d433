"""Many lines of text as one thing to show."""

from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text


class Rows:
    """Lines one below the other; those that fit are not wrapped, which takes most of the time."""

    def __init__(self, rows: Sequence[Text]) -> None:
        self._rows = rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for row in self._rows:
            if row.cell_len <= options.max_width and "\n" not in row.plain:
                yield from row.render(console, end="\n")
            else:
                yield row
