"""HTML of a quiz as the Markdown of a lesson; what has no form there is dropped and counted."""

import re
from html.parser import HTMLParser

_AROUND = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`"}
_BREAKS = {"p": "\n\n", "div": "\n\n", "br": "\n", "ul": "\n", "ol": "\n", "pre": "\n", "li": "\n"}
_SILENT = ("script", "style")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|&#?\w+;")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.dropped: set[str] = set()
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _SILENT:
            self.silent += 1
            self.dropped.add(tag)
        elif tag == "li":
            self.parts.append("\n- ")
        else:
            self._mark(tag)
            if tag not in (*_AROUND, *_BREAKS, "span"):
                self.dropped.add(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag != "br":
            self._mark(tag)

    def _mark(self, tag: str) -> None:
        self.parts.append(_AROUND.get(tag) or _BREAKS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def from_html(text: str) -> tuple[str, set[str]]:
    """Markdown, and the names of the tags that were dropped."""
    if not _TAG.search(text):
        return text.strip(), set()
    reader = _Reader()
    reader.feed(text)
    reader.close()
    joined = "".join(reader.parts)
    return re.sub(r"\n{3,}", "\n\n", joined).strip(), reader.dropped
