"""Lines of words, for everything above that has something to say."""

import io

from rich.console import Console, RenderableType
from rich.text import Text

Renderable = RenderableType
"""What a Terminal can show."""


def line(words: str = "") -> Text:
    """Words as they are."""
    return Text(words)


def bold(words: str) -> Text:
    """Words that stand out."""
    return Text(words, style="bold")


def dim(words: str) -> Text:
    """Words that keep in the background."""
    return Text(words, style="dim")


def quoted_text(words: str) -> Text:
    """Words of somebody else: a text that a demo reads."""
    return Text(words, style="italic")


def row(words: str) -> Text:
    """A row of a table or a bar: never wrapped."""
    return Text(words, no_wrap=True)


def cut(words: str, most: int) -> str:
    """The beginning of a text on one line, in at most so many letters."""
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1] + "…"


def as_text(thing: Renderable, width: int = 200) -> str:
    """What a thing looks like on a wide screen without colour."""
    out = io.StringIO()
    Console(file=out, width=width, markup=False, emoji=False).print(thing)
    return out.getvalue()
