"""Lesson text as HTML that does nothing: no scripts, no links, no pictures, no tags of its own."""

from collections.abc import Iterable
from html import escape

from tutor.course.model import Course
from tutor.screen.markdown import parser
from tutor.screen.step_view import fill_facts


class Page:
    """Writes texts of a course as HTML, dated facts filled in."""

    def __init__(self, course: Course) -> None:
        self._facts = {fact.id: fact for fact in course.facts}
        self._parser = parser()

    def plain(self, text: str) -> str:
        """A text as it was written, dated facts filled in."""
        return fill_facts(text, self._facts).strip()

    def html(self, text: str) -> str:
        """Markdown as HTML; whatever looks like a tag in it means itself."""
        return str(self._parser.render(self.plain(text))).strip()

    def line(self, text: str) -> str:
        """The same for text that stands on one line: no paragraph around it."""
        return str(self._parser.renderInline(self.plain(text))).strip()

    def listed(self, lines: Iterable[str], tag: str = "ul") -> str:
        """Lines of HTML as a list; nothing for none."""
        rows = "".join(f"<li>{line}</li>" for line in lines)
        return f"<{tag}>{rows}</{tag}>" if rows else ""


def exactly(text: str) -> str:
    """Text as HTML shows it, without any Markdown: an option, a name."""
    return escape(text, quote=False)
