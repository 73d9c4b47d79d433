"""What a model thinks before it speaks, shown apart from its answer: dimmed, and folded."""

from collections.abc import Callable
from dataclasses import dataclass

PREVIEW = 100
"""Characters of a folded thought that are shown."""
MOST_UNFOLDED = 20_000


@dataclass(slots=True)
class Thoughts:
    """The thinking of one reply, as it comes."""

    aside: Callable[[str], None]
    """Shows a dimmed line."""
    unfolded: bool = False
    to_unfold: str = ""
    """What to type to see all of it."""
    text: str = ""
    _line: str = ""
    """What was not shown yet, where all is shown."""
    _is_begun: bool = False
    _is_open: bool = False

    def add(self, more: str) -> None:
        """Take some more, and show what there is to be shown of it."""
        self.text += more
        self._is_open = True
        if self.unfolded:
            self._unfold(more)
        elif not self._is_begun and len(flat := " ".join(self.text.split())) > PREVIEW:
            self._is_begun = True
            self.aside(f"thinks: {flat[:PREVIEW].rsplit(' ', 1)[0]} [...]")

    def end(self) -> None:
        """Close the fold, once the answer begins or nothing more comes."""
        if not self._is_open:
            return
        self._is_open = False
        if self.unfolded:
            self._show_line(self._line)
            self.aside(f"[end of thinking: {len(self.text):,} characters]")
        elif self._is_begun:
            more = f"; {self.to_unfold}" if self.to_unfold else ""
            self.aside(f"[thinking: {len(self.text):,} characters, folded{more}]")
        elif flat := " ".join(self.text.split()):
            self.aside(f"thinks: {flat}")
        self._line = ""

    def _unfold(self, more: str) -> None:
        """Show whole lines; what is too long is counted only."""
        if len(self.text) > MOST_UNFOLDED:
            return
        *lines, self._line = (self._line + more).split("\n")
        for one in lines:
            self._show_line(one)

    def _show_line(self, one: str) -> None:
        if one.strip():
            self.aside(one if self._is_begun else f"thinks: {one}")
            self._is_begun = True
