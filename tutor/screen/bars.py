"""The bar of keys that work now, and other one-liners."""

from collections.abc import Sequence

from rich.text import Text

from tutor.screen.terminal import Look

SEPARATOR = " · "
Keys = Sequence[tuple[str, str]]
"""What to type, and what it does."""


def key_bar(keys: Keys, look: Look, width: int) -> Text:
    """Show keys and their meanings on as few lines as they need, never broken inside one."""
    if look.plain:
        return Text("Keys: " + ", ".join(f"{key} {does}" for key, does in keys) + ".")
    bar, column = Text(), 0
    for key, does in keys:
        size = len(key) + 1 + len(does)
        if column and column + len(SEPARATOR) + size > width:
            bar.append("\n")
            column = 0
        elif column:
            bar.append(SEPARATOR, style="dim")
            column += len(SEPARATOR)
        bar.append(key, style="bold cyan").append(f" {does}", style="dim")
        column += size
    return bar


def heading(words: str, aside: str, look: Look) -> Text:
    """A step's first line: what it is, and where in the lesson."""
    if look.plain:
        sentences = [s if s.endswith((".", "?", "!")) else f"{s}." for s in (words, aside) if s]
        return Text(" ".join(sentences))
    line = Text(words, style="bold")
    if aside:
        line.append(f"  {aside}", style="dim")
    return line


def progress_bar(done: int, total: int, look: Look, width: int = 10) -> str:
    """A small bar; nothing in plain mode, where the numbers beside it say it all."""
    if look.plain or not total:
        return ""
    filled = width * done // total
    return "█" * filled + "░" * (width - filled) + " "


def counted(number: int, one: str, many: str = "") -> str:
    """Write a number with its noun: 1 step, 2 steps."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
