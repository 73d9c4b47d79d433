"""The courses at hand."""

import shlex
from collections.abc import Iterator, Sequence

from tutor.course.listing import Listed
from tutor.screen.tables import table
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, line

SHORTEST = 12
"""Letters of a title that are worth a column."""
HOW = "To take one: tutor --course NAME"


def courses(found: Sequence[Listed], terminal: Terminal) -> list[Renderable]:
    """A line each, its title cut where the window ends; then how to take one."""
    heads = ("name", "lessons", "from", "title")
    start = [(one.name, str(one.lessons), one.origin) for one in found]
    taken = sum(max(len(row[i]) for row in (heads[:3], *start)) + 2 for i in range(3)) + 2
    room = max(SHORTEST, terminal.width - taken)
    rows = [(*row, _cut(one.title, room)) for row, one in zip(start, found, strict=True)]
    if terminal.look.plain:
        rows = [(*row, one.title) for row, one in zip(start, found, strict=True)]
    return [*table(heads, rows, terminal), line(), line(HOW), *_hidden(found)]


def _hidden(found: Sequence[Listed]) -> Iterator[Renderable]:
    """Say of each course that its name does not reach, whose name that is, and how it is taken."""
    first: dict[str, Listed] = {}
    for one in found:
        known = first.setdefault(one.name, one)
        if known is not one:
            how = f"tutor --course {shlex.quote(one.folder)}"
            yield line(f"{one.name} means that of {known.origin}; that of {one.origin}: {how}")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
