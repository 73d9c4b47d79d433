"""Words set in from the margin, each of their lines."""

from rich.padding import Padding

from tutor.screen.words import Renderable


def indented(words: Renderable, by: int = 4) -> Renderable:
    """The words, moved to the right also where they wrap."""
    return Padding(words, (0, 0, 0, by), expand=False)
