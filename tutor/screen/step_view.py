"""Steps that are read: text, worked examples, recaps."""

from collections.abc import Mapping

from rich.console import RenderableType
from rich.text import Text

from tutor.course.contents import FACT
from tutor.course.model import Course, Fact
from tutor.screen.markdown import markdown
from tutor.screen.terminal import Look


def fill_facts(text: str, facts: Mapping[str, Fact]) -> str:
    """Put dated facts in the place of their {fact:id}."""
    return FACT.sub(lambda match: facts[match[1]].text if match[1] in facts else match[0], text)


def prose(text: str, course: Course, look: Look) -> list[RenderableType]:
    """A passage, and below it the dates and sources of the facts it cites."""
    facts = {fact.id: fact for fact in course.facts}
    cited = [facts[name] for name in dict.fromkeys(FACT.findall(text)) if name in facts]
    notes: list[RenderableType] = [
        Text(f"As of {fact.checked_on.isoformat()}: {fact.source}.", style="dim italic")
        for fact in cited
    ]
    return [markdown(fill_facts(text, facts), look), *notes]


def points(items: tuple[str, ...], course: Course, look: Look) -> list[RenderableType]:
    """Take-home points."""
    return prose("\n".join(f"- {_hang(item)}" for item in items), course, look)


def _hang(item: str) -> str:
    return item.strip().replace("\n", "\n  ")
