"""Markdown as the model card has it: paragraphs, lists and tables."""

import textwrap
from collections.abc import Sequence

WIDTH = 96


def paragraph(text: str) -> str:
    """One paragraph, broken into lines."""
    return textwrap.fill(" ".join(text.split()), WIDTH, break_on_hyphens=False)


def bullets(items: Sequence[str]) -> str:
    """A list with a point for each item."""
    return "\n".join(
        textwrap.fill(item, WIDTH, initial_indent="- ", subsequent_indent="  ") for item in items
    )


def rows(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """A table whose first column is text and whose others are figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def flat(text: str) -> str:
    """The same on one line."""
    return " ".join(text.split())
