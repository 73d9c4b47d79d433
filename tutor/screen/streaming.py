"""Text that comes in pieces, shown as it comes: wrapped, harmless, and never behind."""

from rich.cells import cell_len
from rich.text import Text

from tutor.screen.terminal import Terminal, without_controls, without_direction_marks

MOST_SHOWN = 20_000
"""Characters of one reply that a screen shows; the rest is kept and counted."""
_LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n"})
_WIDE = 2
_LATIN_END = 0x250


def harmless(text: str) -> str:
    """Text of a model without what a terminal would obey: controls, escapes, direction marks."""
    if text.isascii() and text.isprintable():  # most tokens: no need to look at each sign
        return text
    text = text.replace("\r\n", "\n").replace("\t", "    ").translate(_LINE_ENDS)
    return without_direction_marks(without_controls(text))


def drawn_margin(terminal: Terminal, margin: str, style: str) -> str:
    """A margin with a stroke in a colour, where the terminal has it."""
    if not style or not terminal.has_colour or not margin.startswith(" "):
        return margin
    with terminal.console.capture() as drawn:
        terminal.console.print(Text("▎", style=style), end="")
    return drawn.get() + margin[1:]


class Stream:
    """One reply on the screen, each line begun with a margin.

    Where a person watches, half a word is shown at once, and moves to the next line when it turns
    out not to fit. Elsewhere, and in plain output, where nothing may be painted over, a word stands
    when its end is known.
    """

    def __init__(self, terminal: Terminal, margin: str = "  ", style: str = "") -> None:
        self._terminal, self._margin = terminal, margin
        self._drawn = drawn_margin(terminal, margin, style)
        """The margin as it is written: a stroke in the speaker's colour, where there is colour."""
        self._room = max(10, terminal.width - cell_len(margin))
        self._paints = (
            terminal.is_watched
            and not terminal.look.plain
            and not terminal.console.is_dumb_terminal
            and terminal.console.encoding.startswith("utf")  # elsewhere stand-ins are written
        )
        self._column = 0
        self._begun = False
        """Something stands on the line, be it an accent that takes no cell."""
        self._word, self._size = "", 0
        self._painted = 0
        """Cells of the word that stand on the screen already, before its end is known."""
        self._is_certain = True
        """Each of its signs takes one cell, on every terminal there is."""
        self._space = ""
        self.shown = 0
        self.left_out = 0

    def add(self, text: str) -> None:
        """Show some more."""
        text = harmless(text)
        kept = text[: max(0, MOST_SHOWN - self.shown)]
        self.shown += len(kept)
        self.left_out += len(text) - len(kept)
        for sign in kept:
            self._take(sign)
        self._paint()
        self._terminal.flush()

    def _take(self, sign: str) -> None:
        if sign == "\n":
            self._flush_word()
            self._break_line()
        elif sign == " ":
            self._flush_word()
            self._space += " "
        else:
            self._lengthen(sign)

    def _lengthen(self, sign: str) -> None:
        """One more sign of a word; scripts of wide signs have no blanks, and may break anywhere."""
        size = cell_len(sign)
        if size >= _WIDE or self._size + size > self._room:
            self._flush_word()
        self._word += sign
        self._size += size
        self._is_certain &= sign.isascii() or (ord(sign) < _LATIN_END and sign.isalpha())
        if size >= _WIDE:
            self._flush_word()

    def end(self) -> None:
        """Show the last word and end the line; say how much was left out."""
        self._flush_word()
        if self._begun:
            self._break_line()
        if self.left_out:
            self._terminal.write(f"{self._margin}[{self.left_out:,} more characters not shown]\n")
            self.left_out = 0
        self._terminal.flush()

    def _break_line(self) -> None:
        self._terminal.write("\n")
        self._column, self._begun, self._space = 0, False, ""

    def _paint(self) -> None:
        """Show the beginning of a word, if it can be taken back: in the last column it cannot.

        One that is too long for its line already moves to the next one now, not with its last sign.
        """
        if self._paints and self._is_certain:
            self._make_room()
        ends = self._column + len(self._space) + self._size
        is_indented = self._space and not self._begun
        if not (self._paints and self._is_certain and ends < self._room) or is_indented:
            return
        fresh = self._word[self._painted :]
        if not fresh:
            return
        if not self._painted:
            fresh = (self._space if self._begun else self._drawn) + fresh
        self._terminal.write(fresh)
        self._painted = self._size

    def _take_back(self) -> None:
        """Wipe out what was painted of a word, with nothing that a terminal could misread."""
        self._terminal.write("\b" * self._painted + " " * self._painted)
        self._painted = 0

    def _make_room(self) -> None:
        """Go on in the next line, with all of the word, where it does not fit on this one."""
        fits = self._column + len(self._space) + self._size <= self._room
        if fits or not (self._begun or self._space):
            return
        if self._painted:
            self._take_back()
        if self._begun:
            self._break_line()
        self._space = ""

    def _flush_word(self) -> None:
        """Let the word stand, on this line or the next one."""
        if not self._word:
            return
        self._make_room()
        if self._painted:
            self._terminal.write(self._word[self._painted :])
        else:
            before = "" if self._begun else self._drawn
            self._terminal.write(before + self._space + self._word)
        self._column += len(self._space) + self._size
        self._begun = True
        self._word, self._size, self._space = "", 0, ""
        self._painted, self._is_certain = 0, True
