"""A clear screen for each thing, where a terminal has one: turned, paged, shown again.

What stood on a screen is scrolled up, not wiped out, so that a look back finds all of it. What is
longer than the window waits for Enter before it would run away unread.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from rich.console import Console, RenderableType
from rich.segment import Segment, Segments

MORE = "Enter: more; q: enough "
BACK = "Enter: back "
FEWEST_ROWS = 10
"""A lower window is left to scroll."""
BESIDE = 2
"""Rows that what is read leaves free: the question for more, and the line it stands below."""
_TOP = "\x1b[H\x1b[J"
_LINE_UP = "\x1b[1A\x1b[2K"


@dataclass
class Pages:
    """The screen of a terminal that may be cleared."""

    console: Console
    width: Callable[[RenderableType], int]
    """Columns for a thing, as the window stands now."""
    wait: Callable[[str], None]
    """Waits for Enter behind a prompt; raises EndOfInputError when the learner has enough."""
    _shown: list[RenderableType | str] = field(default_factory=list)
    """What was said since the screen was cleared; text, as it was written."""
    _used: int = 0
    """Lines since then."""
    _unread: int = 0
    """Lines since the learner last typed."""
    _is_read: bool = False
    """All of it was read; nothing waits."""
    _is_ours: bool = False
    """Nothing of others stands on the screen."""

    def turn(self) -> None:
        """Begin on a clear screen; what stood there is scrolled up."""
        rows = self.console.height
        lines = min(self._used, rows) if self._is_ours else rows
        self.put(f"\x1b[{rows};1H" + "\n" * lines + _TOP)
        self._shown, self._is_ours = [], True
        self._used = self._unread = 0

    def say(self, thing: RenderableType) -> None:
        """Show a thing, and wait for Enter whenever a screenful has come."""
        self._shown.append(thing)
        lines, width = list(self._rendered(thing)), self.width(thing)
        while lines:
            room = self._room()
            if self.width(thing) != width:  # the window changed while it waited
                self.at_once()
                return
            chunk, lines = lines[:room], lines[room:]
            ended = [segment for line in chunk for segment in (*line, Segment.line())]
            self.console.print(Segments(ended), end="")
            self._count(len(chunk))

    def wrote(self, text: str) -> None:
        """Take note of text that was written as it is."""
        self._shown.append(text)
        self._count(text.count("\n"))

    def typed(self, prompt: str, line: str) -> None:
        """Take note of a line that was typed: all above it is read."""
        self._shown.append(f"{prompt}{line}\n")
        self._used += 1 + (len(prompt) + len(line)) // max(1, self.console.width)
        self._unread = 0

    def at_once(self) -> None:
        """Show what is on this screen anew without waiting: it was read before."""
        self._is_read = True
        try:
            self.again()
        finally:
            self._is_read = False

    def is_read(self) -> None:
        """Take note that all above was read."""
        self._unread = 0

    def again(self, mark: int | None = None) -> None:
        """Show what is on this screen anew, or stood at `mark`, as it fits the window of now."""
        shown, self._shown = self._shown[:mark], []
        self.put(_TOP)
        self._used = self._unread = 0
        for thing in shown:
            if isinstance(thing, str):
                self.put(thing)
                self.wrote(thing)
            else:
                self.say(thing)

    @property
    def mark(self) -> int:
        """What stands on this screen by now, to come back to."""
        return len(self._shown)

    @contextlib.contextmanager
    def aside(self, mark: int) -> Iterator[None]:
        """A screen of its own for something beside; then this one again as it stood at `mark`."""
        kept = self._shown[:mark]
        self.turn()
        yield
        self.turn()
        self._shown = kept
        self.again()

    def _room(self) -> int:
        """How many lines may come before something unread runs away; waits where it is none."""
        rows = max(FEWEST_ROWS, self.console.height) - BESIDE
        if self._is_read:
            return self.console.height
        if self._unread >= rows:
            self.wait(MORE)
            self.put(_LINE_UP)
            self._unread = 0
        return rows - self._unread

    def _count(self, lines: int) -> None:
        self._used += lines
        self._unread += lines

    def _rendered(self, thing: RenderableType) -> Iterable[list[Segment]]:
        options = self.console.options.update(width=self.width(thing))
        return Segment.split_lines(self.console.render(thing, options))

    def put(self, text: str) -> None:
        """Write text that is no part of what is shown again."""
        self.console.file.write(text)
        self.console.file.flush()
