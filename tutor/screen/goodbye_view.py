"""The last lines of a sitting."""

from rich.console import RenderableType
from rich.text import Text


def left(called: str) -> list[RenderableType]:
    """Say how to come back."""
    return [Text(""), Text(f"All is kept. To go on from this very place: {called}")]


def reviewed(command: str) -> list[RenderableType]:
    """Say with which command to go on."""
    return [Text(""), Text(f"All is kept. To go on: {command}")]


def after_review(called: str) -> list[RenderableType]:
    """Say where the lessons are."""
    return [Text(f"To go on with the lessons: {called}")]
