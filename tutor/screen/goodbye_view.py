"""The last lines of a sitting."""

from rich.console import RenderableType
from rich.text import Text


def left() -> list[RenderableType]:
    """Say how to come back."""
    return [Text(""), Text("All is kept. To go on from this very place: tutor")]


def reviewed(command: str) -> list[RenderableType]:
    """Say with which command to go on."""
    return [Text(""), Text(f"All is kept. To go on: {command}")]


def after_review() -> list[RenderableType]:
    """Say where the lessons are."""
    return [Text("To go on with the lessons: tutor")]
