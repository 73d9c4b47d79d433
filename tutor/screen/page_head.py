"""The head of a page: where one is, how far that is, and a line below it."""

from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from tutor.screen.bars import SEPARATOR, heading
from tutor.screen.terminal import Look, Terminal

BARS = (14, 10, 6, 0)
"""Cells of the bar, as there is room."""
GAP = 2


@dataclass(frozen=True)
class Head:
    """What stands at the head of a page."""

    title: str
    """Of the lesson or the quiz."""
    section: str
    place: str
    """Such as "step 12 of 31"."""
    share: float | None = None
    """How much is done, between 0 and 1; no bar without it."""


@dataclass(frozen=True)
class PageHead:
    """One line where it fits the window, and a line across."""

    head: Head

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw it as the window is now."""
        width = options.max_width
        yield next(drawn for drawn in self._ways(width) if drawn is not None)
        yield Text("─" * width, style="dim")

    def _ways(self, width: int) -> tuple[Text | None, ...]:
        head = self.head
        both = SEPARATOR.join(filter(None, (head.title, head.section)))
        least = head.section or head.title
        return (
            *(_line(both, head, width, bar=bar) for bar in BARS),
            *(_line(least, head, width, bar=bar) for bar in BARS),
            Text(least, style="bold").append(f"\n{head.place}", style="dim"),
        )


def _line(left: str, head: Head, width: int, *, bar: int) -> Text | None:
    """Both sides on one line; None where they do not fit."""
    right = Text()
    if bar and head.share is not None:
        filled = round(bar * head.share)
        right.append("━" * filled, style="magenta").append("━" * (bar - filled), style="dim")
        right.append("  ")
    right.append(head.place, style="dim")
    free = width - cell_len(left) - right.cell_len
    if free < GAP:
        return None
    return Text(left, style="bold").append(" " * free).append_text(right)


def open_page(terminal: Terminal, head: Head) -> None:
    """Begin a page: on a clear screen, or below what was said before."""
    if terminal.pages:
        terminal.pages.turn()
    else:
        terminal.gap()
    if terminal.look.plain:
        terminal.say(_in_words(head, terminal.look))
    else:
        terminal.say(PageHead(head))
    terminal.gap()


def _in_words(head: Head, look: Look) -> Text:
    aside = ", ".join(filter(None, (head.title if head.section else "", head.place)))
    return heading(head.section or head.title, aside, look)
