"""The least that textual does for a key: an app of one widget, as large as the window.

`tests.looking.speed` measures `tutor look` beside it: `python -m tests.looking.bare`.
"""

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.events import Key
from textual.strip import Strip
from textual.widget import Widget

READY = "attention"
"""What stands on its first screen, as on that of `tutor look`."""


class Sheet(Widget):
    """Lines that all say what the last key was."""

    said = READY

    def render_line(self, y: int) -> Strip:
        width = self.content_size.width
        ground = Style(bgcolor=f"rgb({y},20,40)")
        return Strip([Segment(f"{y} {self.said}".ljust(width)[:width], ground)])


class BareApp(App[None], inherit_bindings=False):
    """Shows each key on every line."""

    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = ""

    def compose(self) -> ComposeResult:
        yield Sheet()

    def on_key(self, event: Key) -> None:
        if event.key == "q":
            self.exit()
        sheet = self.query_one(Sheet)
        sheet.said = f"{event.key} {sheet.said[:40]}"
        sheet.refresh()


if __name__ == "__main__":
    BareApp().run()
