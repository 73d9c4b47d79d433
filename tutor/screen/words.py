"""Lines of words, for everything above that has something to say."""

from rich.console import RenderableType
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
