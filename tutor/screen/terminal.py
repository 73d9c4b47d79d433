"""The one way in and out: says things, asks for lines, on any terminal or none."""

import contextlib
import io
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO, cast

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text

from tutor.screen import encoding

if TYPE_CHECKING:
    from tutor.screen.pages import Pages

_DIRECTION_MARKS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_TRAILING = re.compile(r"[ \t]+(?=\n)")
ENOUGH = ("q", ":q", "quit", "n", "no")
"""What is typed when a long page was read far enough."""
MAX_WIDTH = 100
"""Lines longer than this are hard to read, however wide the window."""


class EndOfInputError(Exception):
    """Nobody will type any more: Ctrl-D, or the end of a pipe. A polite way to quit."""


@dataclass(frozen=True)
class Look:
    """How things are shown."""

    plain: bool = False
    """For screen readers: no boxes, no repainting, every state in words."""
    scrolls: bool = False
    """The screen is not cleared for each new thing."""


class Across:
    """A line from side to side, in whatever window."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw it."""
        yield Text("─" * options.max_width, style="dim")


class Terminal:
    """Where the learner sits."""

    forget_what_was_typed_ahead: Callable[[], None] | None = None
    """Where lines are typed before they are asked for."""

    def __init__(
        self, console: Console, look: Look, read_line: Callable[[str], str], *, echo: bool
    ) -> None:
        self.console = console
        self.look = look
        self._read_line = read_line
        self._echo = echo
        self.pages: Pages | None = None
        """The screen that each thing begins anew on; None where what is said runs on."""
        self._prompt, self._waits = "", False

    @property
    def width(self) -> int:
        """Columns to write in, as the window stands now."""
        columns = self.console.width
        if self.console.is_dumb_terminal:  # rich takes every dumb terminal for 80 columns
            import shutil  # 2 ms, and seldom asked

            columns = shutil.get_terminal_size().columns
        return min(columns, MAX_WIDTH)

    def width_for(self, thing: RenderableType) -> int:
        """Columns for a thing: those of a text, unless it is one that takes the whole window."""
        whole = self.console.width
        return max(self.width, whole) if getattr(thing, "is_wide", False) else self.width

    @property
    def is_interactive(self) -> bool:
        """Tell whether a person is typing."""
        return not self._echo

    @property
    def is_watched(self) -> bool:
        """Tell whether a person sees what is said."""
        return _is_a_terminal(self.console.file)

    @property
    def has_colour(self) -> bool:
        """Tell whether colours are seen here."""
        return self.console.color_system is not None and not self.console.no_color

    @property
    def window(self) -> tuple[int, int]:
        """Columns and rows of the whole window."""
        columns, rows = self.console.size
        return columns, rows

    def say(self, *things: RenderableType) -> None:
        """Show things one below the other."""
        for thing in things:
            if self.pages:
                self.pages.say(thing)
            else:
                self.console.print(thing, width=self.width_for(thing), soft_wrap=False)

    def gap(self) -> None:
        """Leave a line empty."""
        self.say(Text(""))

    def turns_pages(self) -> None:
        """Begin each new thing on a clear screen, where this terminal has one.

        A resized window shows its page anew.
        """
        if not self.can_clear or self.pages:
            return
        from tutor.screen.pages import Pages
        from tutor.screen.resizing import on_resize

        self.pages = Pages(self.console, self.width_for, self._wait)
        on_resize(self._show_again)

    def clear(self) -> None:
        """Begin on a clear screen, where this terminal has one; what is longer scrolls."""
        if self.can_clear:
            self.console.clear()

    def is_read(self) -> None:
        """Take all that was said so far as read: a key was pressed for it."""
        if self.pages:
            self.pages.is_read()

    @contextlib.contextmanager
    def paged(self) -> Iterator["Terminal"]:
        """Show something long, a screenful at a time where somebody reads it."""
        self.turns_pages()
        with contextlib.suppress(EndOfInputError):
            yield self

    @contextlib.contextmanager
    def running_on(self) -> Iterator[None]:
        """Wait for nobody meanwhile: what is said runs on, whether it fits the window or not."""
        pages, self.pages = self.pages, None
        try:
            yield
        finally:
            self.pages = pages

    @property
    def can_clear(self) -> bool:
        """Tell whether a person sits here who sees what is painted over."""
        console = self.console
        is_capable = not console.is_dumb_terminal and not console.legacy_windows
        is_person = self.is_interactive and self.is_watched
        return is_person and is_capable and not self.look.plain and not self.look.scrolls

    def _wait(self, prompt: str) -> None:
        """Wait for Enter in the middle of a page, which a resize then leaves as it is."""
        if self._line(prompt, is_page=False).strip().casefold() in ENOUGH:
            raise EndOfInputError

    def _show_again(self) -> None:
        """Show the page anew around the line that is being typed; nothing while nobody types."""
        if self._waits and self.pages:
            self.pages.at_once()
            self.pages.put(f"{self._prompt}{_typed_so_far()}")

    def write(self, text: str) -> None:
        """Write text as it is, unwrapped."""
        try:
            self.console.file.write(text)
        except BrokenPipeError:
            self.console.on_broken_pipe()
        if self.pages:
            self.pages.wrote(text)

    def flush(self) -> None:
        """Let what was written be seen now."""
        try:
            self.console.file.flush()
        except BrokenPipeError:
            self.console.on_broken_pipe()

    def rule(self) -> None:
        """Draw a line across: something new begins. In plain output, leave one empty."""
        if self.look.plain:
            self.gap()
            return
        self.say(Across())

    def ask(self, prompt: str = "> ", *, takes_paste: bool = False) -> str:
        """Ask for one line, without what a terminal would obey. Raises EndOfInputError.

        What was typed ahead is dropped, lest a paste of several lines answers several questions,
        unless the prompt `takes_paste`.
        """
        line = self._line(prompt, takes_paste=takes_paste)
        if self._echo:  # a transcript of piped answers reads like a session
            self.console.print(Text(line))
        if self.pages:
            self.pages.typed(prompt, line)
        return line

    def _line(self, prompt: str, *, takes_paste: bool = False, is_page: bool = True) -> str:
        if self.forget_what_was_typed_ahead and not takes_paste:
            self.forget_what_was_typed_ahead()
        self.console.file.flush()
        self._prompt, self._waits = prompt, is_page
        try:
            line = self._read_line(prompt)
        except EOFError as error:
            self.console.print()
            raise EndOfInputError from error
        finally:
            self._waits = False
        return without_direction_marks(without_controls(line))

    def text(self) -> str:
        """All that was said, where the terminal writes to a text of its own."""
        written: str = self.console.file.getvalue()  # type: ignore[attr-defined]
        return written


def terminal_to_text(
    width: int = 78, read_line: Callable[[str], str] | None = None, look: Look | None = None
) -> Terminal:
    """A terminal whose words can be had as text; nobody sits at it, or who types `read_line`."""
    out = io.StringIO()
    console = Console(
        file=cast(TextIO, _Tidy(out)),
        width=width,
        markup=False,
        emoji=False,
        highlight=False,
        color_system=None,
    )
    return Terminal(console, look or Look(), read_line or _nobody, echo=read_line is None)


def _nobody(prompt: str) -> str:
    raise EOFError(prompt)


class _Tidy:
    """A stream that drops the blanks which rich pads lines with."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(_TRAILING.sub("", text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def without_controls(text: str) -> str:
    """Take out what a terminal would obey rather than show."""
    return "".join(c for c in text if c in "\t\n" or unicodedata.category(c) not in ("Cc", "Cs"))


def without_direction_marks(text: str) -> str:
    """Take out what would make other words stand in another order, on this line or below."""
    return text if text.isascii() else "".join(c for c in text if c not in _DIRECTION_MARKS)


def open_terminal(*, plain: bool, scrolls: bool = False, out: TextIO | None = None) -> Terminal:
    """Set up the streams of this process and the one Console on them."""
    out = out or sys.stdout
    for stream in (out, sys.stderr):
        _never_fail_to_encode(stream)
    if _is_reconfigurable(sys.stdin):
        sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
    console = Console(
        file=cast(TextIO, _Tidy(out)),
        markup=False,
        emoji=False,
        highlight=False,
        no_color=True if plain else None,
        color_system=None if plain else "auto",
    )
    if min(console.size) < 1:  # COLUMNS=0, as some programs set it, says nothing of the window
        import shutil

        console.size = shutil.get_terminal_size()
    look = Look(plain=plain, scrolls=scrolls)
    if not _is_a_terminal(sys.stdin):
        return Terminal(console, look, _next_line, echo=True)
    terminal = Terminal(console, look, _input, echo=False)
    terminal.forget_what_was_typed_ahead = _drop_what_was_typed_ahead
    return terminal


def _is_reconfigurable(stream: Any) -> bool:
    """Tell whether a stream's encoding can be set; a test's stand-in may not have one."""
    return hasattr(stream, "reconfigure")


def _never_fail_to_encode(stream: Any) -> None:
    if _is_reconfigurable(stream):
        stream.reconfigure(errors=encoding.register())


def _is_a_terminal(stream: Any) -> bool:
    return bool(stream) and not stream.closed and bool(stream.isatty())


def _input(prompt: str) -> str:
    _load_line_editing()
    return input(prompt)


def _drop_what_was_typed_ahead() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import termios

        termios.tcflush(sys.stdin, termios.TCIFLUSH)


def _typed_so_far() -> str:
    """The line that is being typed, where line editing knows it."""
    with contextlib.suppress(ImportError):
        import readline

        return readline.get_line_buffer()
    return ""


def _load_line_editing() -> None:
    """Cursor keys at the prompt, where the platform has them."""
    with contextlib.suppress(ImportError):
        import readline

        readline.set_auto_history(False)  # the last answer is no help with the next question


def _next_line(prompt: str) -> str:
    sys.stdout.write(prompt)
    sys.stdout.flush()
    line = sys.stdin.readline() if sys.stdin else ""
    if not line:
        raise EOFError
    return line.rstrip("\n")
