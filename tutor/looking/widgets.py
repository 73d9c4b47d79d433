"""The screen's parts in textual: lines of pieces, and panes with a frame that draw themselves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.color import Color
from textual.events import Click, Key
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from tutor.looking.laboratory import Reading
from tutor.looking.panes import attention, changed, coming, lens, parts, patch, text
from tutor.looking.pieces import Line, Piece, Spot, ink_of
from tutor.looking.sight import Pane
from tutor.screen.palette import NIGHT, Colour, mix
from tutor.screen.pieces_view import cells
from tutor.screen.segments import segments, style

Draw = Callable[[Reading, int, int], list[Line]]
Say = Callable[[Reading], str]
EDGE, HEAD = 0.28, 0.7
"""How much of the speaker's colour the frame and the title of a pane have that is not in focus."""


@dataclass(frozen=True, slots=True)
class View:
    """How a pane is drawn and headed, and its number if it has one."""

    draw: Draw
    title: Say
    pane: Pane | None = None
    subtitle: Say | None = None


VIEWS: dict[str, View] = {
    "text": View(text.draw, text.title),
    "attention": View(attention.draw, attention.title, Pane.ATTENTION),
    "lens": View(lens.draw, lens.title, Pane.LENS),
    "parts": View(parts.draw, parts.title, Pane.PARTS),
    "patch": View(patch.draw, patch.title, Pane.PATCH),
    "next": View(coming.draw, coming.title, Pane.NEXT, coming.subtitle),
    "changed": View(changed.draw, changed.title),
}


class Lines(Widget):
    """Lines of pieces; what has not changed is not drawn again."""

    ground: Colour = NIGHT

    def __init__(self, *, id: str) -> None:  # noqa: A002  textual's own name
        super().__init__(id=id)
        self.lines: Sequence[Line] = ()

    def put(self, lines: Sequence[Line], ground: Colour = NIGHT) -> None:
        """Show these lines."""
        before, self.lines = self.lines, lines
        if ground != self.ground or len(before) != len(lines):
            self.ground = ground
            self.refresh()
            return
        pairs = enumerate(zip(before, lines, strict=True))
        changed = [row for row, (old, new) in pairs if old != new]
        if changed:
            self.refresh(*(Region(0, row, self.content_size.width, 1) for row in changed))

    def render_line(self, y: int) -> Strip:
        """One line, as wide as there is room."""
        line = self.lines[y] if y < len(self.lines) else ()
        width = self.content_size.width
        drawn = Strip(segments((piece.text, self._style(piece)) for piece in line))
        return drawn.adjust_cell_length(width, self._style(Piece("")))

    def _style(self, piece: Piece):  # type: ignore[no-untyped-def]  # noqa: ANN202  rich's, from the screen
        return style(ink_of(piece), piece.ground or self.ground, bold=piece.bold)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As high as there are lines."""
        return len(self.lines)


class PaneView(Lines):
    """One pane: what is seen from where the learner looks, drawn to its size."""

    @dataclass
    class Clicked(Message):
        """Somebody clicked into a pane, on something or on nothing."""

        pane: Pane | None
        spot: Spot | None

    def __init__(self, view: View, *, id: str) -> None:  # noqa: A002  textual's own name
        super().__init__(id=id)
        self.view = view
        self._reading: Reading | None = None
        self._frame: tuple[Colour, Colour] | None = None

    def show(self, reading: Reading) -> None:
        """Draw what is seen now."""
        self._head(reading)
        looked_at = self.view.pane is reading.sight.pane
        colour = reading.speaker.colour
        edge, head = (colour if looked_at else mix(NIGHT, colour, faded) for faded in (EDGE, HEAD))
        if (edge, head) != self._frame:
            self._frame = edge, head
            self.styles.border = ("round", Color(*edge))
            self.styles.border_title_color = self.styles.border_subtitle_color = Color(*head)
            self.styles.border_title_style = "bold" if looked_at else "none"
        self._reading = reading
        self._draw()

    def on_resize(self) -> None:
        """Draw to the new size."""
        self._draw()

    def _draw(self) -> None:
        size = self.content_size
        if self._reading is not None and size.width and size.height:
            self.put(self.view.draw(self._reading, size.width, size.height))

    def _head(self, reading: Reading) -> None:
        number = "" if self.view.pane is None else f"{self.view.pane.value} "
        title = escaped(f"{number}{self.view.title(reading)}")
        if title != self.border_title:
            self.border_title = title
        if self.view.subtitle is not None:
            subtitle = escaped(self.view.subtitle(reading))
            if subtitle != self.border_subtitle:
                self.border_subtitle = subtitle

    def on_click(self, event: Click) -> None:
        """Tell what was clicked."""
        event.stop()
        offset = event.get_content_offset(self)
        spot = None if offset is None else self.spot_at(offset.x, offset.y)
        self.post_message(self.Clicked(self.view.pane, spot))

    def spot_at(self, column: int, row: int) -> Spot | None:
        """What stands there."""
        if row >= len(self.lines):
            return None
        end = 0
        for piece in self.lines[row]:
            end += cells(piece.text)
            if column < end:
                return piece.spot
        return None


class Field(Input):
    """Where a text is typed; its keys are left to the app, which so hears all in their order.

    What is typed ahead, before the field is there or behind its Enter, gets where it belongs.
    """

    def on_key(self, event: Key) -> None:
        """Let the key pass."""
        event.prevent_default()


def escaped(text: str) -> str:
    """Text in which nothing is markup."""
    return text.replace("[", "\\[")
