"""Long lists, a screenful at a time where somebody reads them; all at once in a pipe."""

from collections.abc import Iterable, Sequence

from rich.console import RenderableType

from tutor.screen.terminal import EndOfInputError, Terminal
from tutor.screen.words import dim

MORE = "Enter: more; q, then Enter: enough. "
FEWEST_LINES = 6


def say_in_pages(terminal: Terminal, groups: Iterable[Sequence[RenderableType]]) -> None:
    """Show groups of things that belong together, and wait after each screenful."""
    pages = _pages(terminal, groups) if _is_read(terminal) else [list(groups)]
    for number, page in enumerate(pages, 1):
        for group in page:
            terminal.say(*group)
        if number < len(pages) and not _wants_more(terminal, number, len(pages)):
            return


def _is_read(terminal: Terminal) -> bool:
    return terminal.is_interactive and terminal.is_watched


def _pages(
    terminal: Terminal, groups: Iterable[Sequence[RenderableType]]
) -> list[list[Sequence[RenderableType]]]:
    room = max(FEWEST_LINES, terminal.console.height - 3)  # the question and where it came from
    pages: list[list[Sequence[RenderableType]]] = [[]]
    used = 0
    for group in groups:
        size = sum(_height(terminal, thing) for thing in group)
        if pages[-1] and used + size > room:
            pages.append([])
            used = 0
        pages[-1].append(group)
        used += size
    return pages


def _height(terminal: Terminal, thing: RenderableType) -> int:
    options = terminal.console.options.update(width=terminal.width)
    return len(terminal.console.render_lines(thing, options))


def _wants_more(terminal: Terminal, page: int, pages: int) -> bool:
    terminal.say(dim(f"Page {page} of {pages}."))
    try:
        return terminal.ask(MORE).strip().casefold() not in ("q", ":q", "quit", "n", "no")
    except EndOfInputError:
        return False
