"""The screen of `tutor look`: keys in, panes out; textual's only user beside `widgets`."""

import asyncio
import contextlib
import signal
from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import Key, Resize
from textual.filter import LineFilter
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Input

from tutor.errors import TutorError
from tutor.looking.bench import Bench
from tutor.looking.deeds import KEYS, NUMBERS, Deed
from tutor.looking.keeping import Keeper, about, as_text
from tutor.looking.laboratory import Reading
from tutor.looking.layout import KEY, MEDIUM, WIDE, explanation, key_bar, panes_for
from tutor.looking.opening import LEAST
from tutor.looking.panes import text
from tutor.looking.panes.changed import names
from tutor.looking.panes.coming import folded
from tutor.looking.pieces import Piece, line, strong, wrapped
from tutor.looking.sight import Pane
from tutor.looking.telling import model_line
from tutor.looking.widgets import VIEWS, Field, Lines, PaneView
from tutor.screen.palette import NIGHT, PAPER, ink_on, mix

SHEET = mix(NIGHT, PAPER, 0.05)
"""The ground of what lies over the panes."""
TERMINATED = 128 + signal.SIGTERM
INTERRUPTED = 128 + signal.SIGINT
TOO_SMALL = (
    f"This window is too small: {LEAST[0]} columns and {LEAST[1]} rows are needed. q leaves."
)
STYLE = """
Screen { background: #181522; color: #f0edf6; layers: base over; }
#bar { height: 1; text-style: bold; }
#words { height: auto; }
#words PaneView { height: 3; }
Input { display: none; height: 3; border: round #f0edf6; background: #181522; padding: 0; }
Input.typing { display: block; }
#body { height: 1fr; }
#left { width: 1fr; }
#right { width: 34; display: none; }
.wide #right { width: 42; }
#right-parts { height: 10; }
#right-changed { height: 7; }
.wide #left-lens { height: 9; }
.wide #left-patch { height: 10; }
PaneView { height: 1fr; display: none; text-wrap: nowrap; text-overflow: clip; }
PaneView.shown { display: block; }
#folded { height: 1; display: none; }
#folded.shown { display: block; }
#foot { height: 2; padding: 0 1; }
#keys { height: 1; padding: 0 1; }
.tiny #words, .tiny #body, .tiny #folded, .tiny #keys, .tiny #explain { display: none; }
.tiny #foot { height: 1fr; }
#explain {
    layer: over; display: none; dock: bottom; height: auto; margin: 0 1; padding: 0 1;
    border: round #f0edf6; background: #221e30; border-subtitle-color: #f0edf6;
}
#explain.shown { display: block; }
"""


class BenchScreen(Screen[None], inherit_bindings=False):
    """The one screen; it leaves all keys to the app."""


class LookApp(App[int], inherit_bindings=False):
    """The full-screen view."""

    CSS = STYLE
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[Any]] = []

    def __init__(self, bench: Bench, keeper: Keeper) -> None:
        super().__init__()
        self.bench = bench
        self.keeper = keeper
        self._room = Size(*WIDE)
        self._rows = 0
        self._shown: frozenset[str] = frozenset()
        self._due = False
        self.failure: Exception | None = None
        """What went wrong in here, for the command's own edge."""

    def get_default_screen(self) -> Screen[None]:
        """The bench's screen."""
        return BenchScreen()

    def compose(self) -> ComposeResult:
        """The bar, the words, the panes, the foot, the keys."""
        yield Lines(id="bar")
        with Vertical(id="words"):
            yield PaneView(VIEWS["text"], id="text")
            yield Field(id="typed", select_on_focus=False)
        with Horizontal(id="body"):
            with Vertical(id="left"):
                for name in ("attention", "lens", "parts", "patch", "next"):
                    yield PaneView(VIEWS[name], id=f"left-{name}")
            with Vertical(id="right"):
                for name in ("next", "parts", "changed"):
                    yield PaneView(VIEWS[name], id=f"right-{name}")
        yield Lines(id="folded")
        yield Lines(id="foot")
        yield Lines(id="keys")
        yield Lines(id="explain")

    def get_line_filters(self) -> Sequence[LineFilter]:
        """None: all our colours are true ones, and textual would look for others in each line."""
        return ()

    def on_mount(self) -> None:
        """Show what there is; be ready to be told to go."""
        self._room = self.size
        self.query_one(Field).cursor_blink = False
        self._heed_signals()
        self.show()

    @cached_property
    def _panes(self) -> list[PaneView]:
        """All panes, shown or not; looked for once."""
        return list(self.query(PaneView))

    def _heed_signals(self) -> None:
        """Leave in good order when told to go, where the platform tells."""
        with contextlib.suppress(NotImplementedError, ValueError, RuntimeError):
            loop = asyncio.get_running_loop()
            for name in ("SIGTERM", "SIGHUP"):
                if hasattr(signal, name):
                    loop.add_signal_handler(getattr(signal, name), self.exit, TERMINATED)

    def on_resize(self, event: Resize) -> None:
        """Find the room anew."""
        self._room = event.size
        self.show()

    def on_key(self, event: Key) -> None:
        """Do what the key asks for; while a text is being typed, it belongs to the text."""
        event.stop()
        if self.bench.typing is not None:
            self._type(event)
            return
        if self.bench.explaining:
            self.bench.explaining = False
        elif event.key in NUMBERS and self.bench.pending is None:
            self.bench.see(Pane(int(event.key)))
        elif (deed := KEYS.get(event.key)) is not None:
            self._do(deed)
        if self.bench.left:
            self.exit(INTERRUPTED if event.key == "ctrl+c" else 0)
        self._show_soon()

    def _do(self, deed: Deed) -> None:
        if deed is Deed.KEEP and self.bench.pending is None:
            self._keep()
            return
        self.bench.do(deed)
        if self.bench.typing is not None:
            self._start_typing()

    def _start_typing(self) -> None:
        field = self.query_one(Field)
        if self.bench.typing is not None:
            field.border_title = self.bench.typing.value
        with self.prevent(Input.Changed):
            field.value = self.bench.text
        field.cursor_position = len(field.value)
        field.add_class("typing")
        self.screen.set_focus(field)

    def _type(self, event: Key) -> None:
        """A letter into the text, or its end; what else edits are the field's own bindings."""
        if event.key in ("enter", "escape", "ctrl+c"):
            event.prevent_default()
            self._stop_typing()
        elif event.is_printable and event.character:
            field = self.query_one(Field)
            field.replace(event.character, *field.selection)
            self._typed(field.value)

    def _stop_typing(self) -> None:
        field = self.query_one(Field)
        self._typed(field.value)
        self.bench.typing = None
        field.remove_class("typing")
        self.screen.set_focus(None)
        self._show_soon()

    def _typed(self, text: str) -> None:
        """Compute anew, at every letter."""
        if self.bench.typing is not None and text != self.bench.text:
            self.bench.typed(text)
            self._show_soon()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was pasted or taken away; what is out of date by now is passed over."""
        if event.value == self.query_one(Field).value:
            self._typed(event.value)

    def on_pane_view_clicked(self, event: PaneView.Clicked) -> None:
        """Go to what was clicked."""
        self.bench.explaining = False
        self.bench.click(event.pane, event.spot)
        self._show_soon()

    def _keep(self) -> None:
        """The pane that is looked at, into the notebook as text and as a picture."""
        pane = self._looked_at()
        title, lines = str(pane.border_title), pane.lines
        try:
            shown = self.keeper.picture(title, lines)
            written = [about(self.bench.reading), as_text(lines), shown]
            self.bench.note = self.keeper.add(title, written)
        except TutorError as error:
            self.bench.note = f"{error.message}; {error.hint}."

    def _looked_at(self) -> PaneView:
        """The view of the pane that the learner looks at."""
        shown = [one for one in self._panes if one.view.pane is self.bench.sight.pane]
        return next(one for one in shown if one.display)

    def _show_soon(self) -> None:
        """Show what there is, once for all the keys that wait."""
        if not self._due:
            self._due = True
            self.call_later(self.show)

    def show(self) -> None:
        """All parts of the screen as they are now."""
        self._due = False
        reading = self.bench.reading
        self.screen.set_class(self._room.width < LEAST[0] or self._room.height < LEAST[1], "tiny")
        self._make_room()
        for pane in self._panes:
            if pane.display:
                pane.show(reading)
        self._bar(reading)
        self._foot()
        self.query_one("#folded", Lines).put([folded(reading, max(1, self._room.width - 1))])
        self._explain()

    def _make_room(self) -> None:
        """Show as many panes as the window holds."""
        shown = panes_for(self._room.width, self._room.height, self.bench.sight.pane)
        if shown != self._shown:
            self._shown = shown
            for pane in self._panes:
                pane.set_class(pane.id in shown, "shown")
            self.screen.set_class("right-parts" in shown, "wide")
            self.query_one("#right").display = any(name.startswith("right") for name in shown)
            self.query_one("#folded").set_class(not shown & {"right-next", "left-next"}, "shown")
        rows = self._rows_of_text() + 2
        if rows != self._rows:
            self._rows = rows
            self.query_one("#text").styles.height = rows

    def _rows_of_text(self) -> int:
        """How many rows the text takes, as far as there is room for them."""
        wide = text.length(self.bench.reading.labels) + 14
        most = 4 if self._room.height >= WIDE[1] else 2 if self._room.height >= MEDIUM[1] else 1
        return max(1, min(most, -(-wide // max(1, self._room.width - 4))))

    def _bar(self, reading: Reading) -> None:
        """Who is looked into, and what is changed."""
        colour = reading.speaker.colour
        made = names(reading)
        right = f" {made} " if made else ""
        if self.bench.lab:
            right += "· lab sheet " if right else " lab sheet "
        left = f" tutor look · {model_line(reading)} "
        if len(left) + len(right) > self._room.width:
            left = f" {reading.speaker.title} "
        room = max(1, self._room.width - len(left) - len(right))
        bar = f"{left}{' ' * room}{right}"
        self.query_one("#bar", Lines).put([line(strong(bar, ink_on(colour)))], colour)

    def _foot(self) -> None:
        loud = self.bench.pending is not None or bool(self.bench.note)
        colour = self.bench.speaker.colour if loud else PAPER
        said = TOO_SMALL if self.screen.has_class("tiny") else self.bench.foot
        rows = wrapped(said, max(1, self._room.width - 2))
        self.query_one("#foot", Lines).put([line(Piece(row, ink=colour)) for row in rows])
        self.query_one("#keys", Lines).put([key_bar(self.bench, self._room.width - 2)])

    def _explain(self) -> None:
        widget = self.query_one("#explain", Lines)
        widget.set_class(self.bench.explaining, "shown")
        if self.bench.explaining:
            pane = self.bench.sight.pane
            widget.border_title = f"{pane.value} {pane.name.lower()}"
            widget.border_subtitle = "any key goes on"
            widget.put(explanation(self.bench, max(KEY, self._room.width - 6)), SHEET)
            widget.refresh(layout=True)

    def _fatal_error(self) -> None:
        """Leave the screen as it was; the command's own edge says what happened.

        Textual would print a traceback with all that stood in memory.
        """
        self.failure = self._exception
        self._close_messages_no_wait()


def run(bench: Bench, keeper: Keeper) -> int:
    """Look until the learner leaves; an exit code. What went wrong in there is raised out here."""
    app = LookApp(bench, keeper)
    code = app.run()
    if app.failure is not None:
        raise app.failure
    return code or 0
