"""A drawing: in its colours, beside the text that it belongs to where the window is wide."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.constrain import Constrain
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tutor.course.art import pieces, width
from tutor.course.model import Figure
from tutor.screen.bars import heading
from tutor.screen.markdown import markdown
from tutor.screen.roles import part
from tutor.screen.terminal import MAX_WIDTH, Look

INDENT = 2
WIDE = 120
"""Columns from which a drawing has its text beside it."""
LEAST_BESIDE = 40
"""Columns that a text beside a drawing needs."""


@dataclass(frozen=True)
class FigureView:
    """A drawing with its caption, as the window is now; its words where art cannot be seen."""

    step: Figure
    look: Look
    beside: Sequence[RenderableType] = ()
    """The text that it belongs to."""

    @property
    def is_wide(self) -> bool:
        """Whether it takes the whole window, not only the columns that a text is read in."""
        return bool(self.beside) and not self.look.plain

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw it."""
        title = heading(self.step.caption, "", self.look)
        needed, columns = width(self.step.art) + INDENT, options.max_width
        if self.look.plain:
            yield from (title, markdown(self.step.alternative, self.look))
        elif needed > columns:
            why = f"(The drawing needs {needed} columns; this window has {columns}. In words:)"
            said = Constrain(markdown(self.step.alternative, self.look), MAX_WIDTH)
            yield from (title, Text(""), Text(why, style="dim"), said)
        elif self.beside and columns >= max(WIDE, needed + LEAST_BESIDE):
            yield _side_by_side((title, Text(""), self._art()), self.beside, needed)
        else:
            yield from (title, Text(""), self._art())

    def _art(self) -> Padding:
        drawn = Text(no_wrap=True)
        for text, role in pieces(self.step.art.strip("\n")):
            drawn.append(text, style=part(role))
        return Padding(drawn, (0, 0, 0, INDENT), expand=False)


def _side_by_side(
    left: Sequence[RenderableType], right: Sequence[RenderableType], needed: int
) -> Table:
    both = Table.grid(padding=(0, 4, 0, 0), expand=True)
    both.add_column(width=needed)
    both.add_column(ratio=1)
    inner_left, inner_right = Table.grid(), Table.grid()
    for one in left:
        inner_left.add_row(one)
    for one in right:
        inner_right.add_row(one)
    both.add_row(inner_left, inner_right)
    return both
