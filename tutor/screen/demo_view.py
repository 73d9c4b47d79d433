"""The list of demos."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from tutor.screen.terminal import Look

Row = tuple[str, str, str, str]
"""Name, title, what is to be seen, where it is."""


def demo_group(heading: str, rows: Sequence[Row], look: Look) -> list[RenderableType]:
    """Some demos below a heading."""
    parts: list[RenderableType] = [Text(heading, style="bold")]
    for name, title, line, where in rows:
        if look.plain:
            parts.append(Text(f"{name}: {title}{_stop(title)} {line} {where}".rstrip()))
            continue
        head = Text(name, style="bold cyan").append(f"  {title}", style="bold")
        parts += [head, _below(Text(line)), *([_below(Text(where, style="dim"))] if where else [])]
    return parts


def _stop(title: str) -> str:
    return "" if title.endswith((".", "?", "!")) else "."


def _below(text: Text) -> RenderableType:
    return Padding(text, (0, 0, 0, 4), expand=False)
