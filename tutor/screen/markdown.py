"""Lesson text on the screen: Markdown whose angle and square brackets mean themselves."""

from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.markdown import BlockQuote, CodeBlock, Heading, Markdown, MarkdownElement, TableElement
from rich.padding import Padding
from rich.text import Text

from tutor.screen.joining import HELD, Held, held_together
from tutor.screen.terminal import Look

BRACKETS = ["entity", "html_inline", "html_block", "autolink", "link", "image", "reference"]
"""Rules of Markdown under which `<s>`, `[INST]: start` or `list[int](3)` would not be shown."""


def parser() -> MarkdownIt:
    """What reads lesson text: tables, no HTML, no links."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(BRACKETS)


class _Heading(Heading):
    """A bold line, without rich's centring and boxes."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self.text.justify = "left"
        self.text.stylize("bold")
        yield self.text


class _Code(CodeBlock):
    """Indented text: no highlighter, no background, nothing wrapped away."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        code = Text(str(self.text).rstrip(), no_wrap=True, overflow="ignore")
        yield Padding(code, (0, 0, 0, 2), expand=False)


class _PlainTable(TableElement):
    """One row a line, each cell after its column's name: what a screen reader can follow."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        names = []
        if self.header is not None and self.header.row is not None:
            names = [str(cell.content) for cell in self.header.row.cells]
        rows = self.body.rows if self.body is not None else []
        for row in rows:
            cells = [str(cell.content) for cell in row.cells]
            pairs = zip(names, cells, strict=False)
            yield Text("; ".join(f"{name}: {cell}" if name else cell for name, cell in pairs))


class _PlainQuote(BlockQuote):
    """What is quoted, without a bar beside it."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self.elements


class LessonMarkdown(Markdown):
    """Rich's Markdown with HTML switched off, so that `<s>` and `<think>` stay on the screen."""

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _Heading,
        "fence": _Code,
        "code_block": _Code,
    }

    def __init__(self, text: str) -> None:
        super().__init__("", hyperlinks=False)
        self.markup = text
        self.parsed = parser().parse(text)
        for token in self.parsed:
            _hold_together(token.children or [])


def _hold_together(inline: list[Token]) -> None:
    """Let no number part from its unit, also where the source begins a new line between them."""
    for before, between, after in zip(inline, inline[1:], inline[2:], strict=False):
        whole = f"{before.content[-5:]} {after.content[:9]}"
        if between.type == "softbreak" and held_together(whole) != whole:
            between.type, between.content = "text", HELD
    for token in inline:
        if token.type == "text":
            token.content = held_together(token.content)


class PlainMarkdown(LessonMarkdown):
    """The same for screen readers and scripts: tables in words, code between backticks."""

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **LessonMarkdown.elements,
        "table_open": _PlainTable,
        "blockquote_open": _PlainQuote,
    }

    def __init__(self, text: str) -> None:
        super().__init__(text)
        for token in self.parsed:
            for inline in token.children or []:
                if inline.type == "code_inline":
                    inline.content = f"`{inline.content}`"


def markdown(text: str, look: Look) -> RenderableType:
    """Render lesson text for the given look."""
    return Held(PlainMarkdown(text) if look.plain else LessonMarkdown(text))
