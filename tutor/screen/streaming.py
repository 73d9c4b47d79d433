"""Text that comes in pieces, shown as it comes: wrapped, harmless, and never behind."""

from rich.cells import cell_len

from tutor.screen.terminal import Terminal, without_controls

MOST_SHOWN = 20_000
"""Characters of one reply that a screen shows; the rest is kept and counted."""
_OVERRIDES = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def harmless(text: str) -> str:
    """Text of a model without what a terminal would obey: controls, escapes, direction marks."""
    shown = without_controls(text.replace("\r\n", "\n").replace("\t", "    "))
    return "".join(sign for sign in shown if sign not in _OVERRIDES)


class Stream:
    """One reply on the screen, a word at a time, each line begun with a margin."""

    def __init__(self, terminal: Terminal, margin: str = "  ") -> None:
        self._terminal, self._margin = terminal, margin
        self._room = max(10, terminal.width - cell_len(margin))
        self._column = 0
        self._word, self._size = "", 0
        self._space = ""
        self.shown = 0
        self.left_out = 0

    def add(self, text: str) -> None:
        """Show some more; a word stands when its end is known."""
        text = harmless(text)
        kept = text[: max(0, MOST_SHOWN - self.shown)]
        self.shown += len(kept)
        self.left_out += len(text) - len(kept)
        for sign in kept:
            self._take(sign)
        self._terminal.flush()

    def _take(self, sign: str) -> None:
        match sign:
            case "\n":
                self._flush_word()
                self._break_line()
            case " ":
                self._flush_word()
                self._space += " "
            case _:
                self._word += sign
                self._size += cell_len(sign)
                if self._size >= self._room:
                    self._flush_word()

    def end(self) -> None:
        """Show the last word and end the line; say how much was left out."""
        self._flush_word()
        if self._column:
            self._break_line()
        if self.left_out:
            self._terminal.write(f"{self._margin}[{self.left_out:,} more characters not shown]\n")
        self._terminal.flush()

    def _break_line(self) -> None:
        self._terminal.write("\n")
        self._column, self._space = 0, ""

    def _flush_word(self) -> None:
        if not self._word:
            return
        size = self._size
        if self._column and self._column + len(self._space) + size > self._room:
            self._break_line()
        before = "" if self._column else self._margin
        self._terminal.write(before + self._space + self._word)
        self._column += len(self._space) + size
        self._word, self._size, self._space = "", 0, ""
