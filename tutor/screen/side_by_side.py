"""Two replies to one question: beside each other where there is room, else one below the other."""

from dataclasses import dataclass

from rich.table import Table

from tutor.screen.indented import indented
from tutor.screen.roles import headed
from tutor.screen.streaming import MOST_SHOWN, harmless
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, line

WIDE = 90
"""Columns from which two texts can be read beside each other."""


@dataclass(frozen=True, slots=True)
class Side:
    """A text of a model's, and whose it is."""

    title: str
    text: str
    face: str = ""
    """Which face of the built-in model says it, in whose colour the title stands."""

    @property
    def shown(self) -> str:
        """The text as a screen may show it."""
        text = harmless(self.text).strip("\n")
        left_out = len(text) - MOST_SHOWN
        return text if left_out <= 0 else f"{text[:MOST_SHOWN]} [{left_out:,} more characters]"


def side_by_side(left: Side, right: Side, terminal: Terminal) -> list[Renderable]:
    """Both texts, each under its title."""
    if terminal.look.plain or terminal.width < WIDE:
        return [*_below(left), line(), *_below(right)]
    both = Table.grid(padding=(0, 2), expand=True)
    both.add_column(ratio=1, overflow="fold")
    both.add_column(ratio=1, overflow="fold")
    both.add_row(headed(left.title, left.face), headed(right.title, right.face))
    both.add_row(line(left.shown), line(right.shown))
    return [both]


def _below(side: Side) -> list[Renderable]:
    return [headed(side.title, side.face), indented(line(side.shown), 2)]
