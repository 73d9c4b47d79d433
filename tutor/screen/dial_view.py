"""A number that is turned, as it is drawn: where it stands, how far it goes, which keys move it."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Group
from rich.live import Live
from rich.text import Text

from tutor.screen.bars import key_bar
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable

ARROWS = "← →"
LEAST, MOST = 6, 30
"""Cells of the scale."""
Paint = Callable[[Sequence[Renderable]], None]


@dataclass(frozen=True, slots=True)
class Scale:
    """One number as it stands."""

    name: str
    value: str
    least: str
    most: str
    share: float
    """Where it stands between them, 0 to 1."""


def dial_view(scales: Sequence[Scale], chosen: int, terminal: Terminal) -> list[Renderable]:
    """A scale for each dial, the one that keys move marked, and the keys."""
    name, value, least, most = (
        max(len(getattr(one, part)) for one in scales)
        for part in ("name", "value", "least", "most")
    )
    room = terminal.width - (name + value + least + most) - len("›       ")
    cells = max(LEAST, min(MOST, room))
    drawn = [
        _marked(is_chosen=n == chosen)
        .append(f"{one.name:<{name}}  ")
        .append(f"{one.value:>{value}}", "bold")
        .append(f"  {one.least:>{least}} ", "dim")
        .append_text(_line(one.share, cells))
        .append(f" {one.most}", "dim")
        for n, one in enumerate(scales)
    ]
    keys = [(ARROWS, "turn"), *([("↑ ↓", "which")] if len(scales) > 1 else []), ("Enter", "go on")]
    return [Text(""), *drawn, key_bar(keys, terminal.look, terminal.width)]


def _marked(*, is_chosen: bool) -> Text:
    return Text("› " if is_chosen else "  ", style="cyan" if is_chosen else "", no_wrap=True)


def _line(share: float, cells: int) -> Text:
    knob = round((cells - 1) * share)
    return Text("─" * knob).append("●", "bold").append("─" * (cells - 1 - knob), "dim")


def lines_of(terminal: Terminal, things: Sequence[Renderable]) -> int:
    """How many lines things take on this screen."""
    console = terminal.console
    options = console.options.update(width=terminal.width)
    return sum(len(console.render_lines(thing, options, pad=False)) for thing in things)


@contextlib.contextmanager
def repainted(terminal: Terminal) -> Iterator[Paint]:
    """Paint things over one another in place; when it ends, nothing of them is left."""
    with Live(console=terminal.console, auto_refresh=False, transient=True) as live:

        def paint(things: Sequence[Renderable]) -> None:
            live.update(_within(terminal, things), refresh=True)

        yield paint


def _within(terminal: Terminal, things: Sequence[Renderable]) -> Renderable:
    """As wide as what is said otherwise."""
    from rich.constrain import Constrain

    return Constrain(Group(*things), terminal.width)
