"""Words set in from the margin, each of their lines."""

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tutor.screen.words import Renderable


def indented(words: Renderable, by: int = 4) -> Renderable:
    """The words, moved to the right also where they wrap."""
    return Padding(words, (0, 0, 0, by), expand=False)


def behind_mark(mark: str, words: Renderable) -> Renderable:
    """The words behind a mark or a number, under which none of their lines begins."""
    beside = Table.grid()
    beside.add_row(Text(mark), words)
    return beside
