"""Steps that are read: text, figures, worked examples, recaps."""

from collections.abc import Mapping

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from tutor.course.contents import FACT
from tutor.course.model import Course, Fact, Figure
from tutor.screen.bars import heading
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


def figure(step: Figure, look: Look, width: int) -> list[RenderableType]:
    """Text art with its caption; its words instead where art cannot be seen."""
    art = step.art.strip("\n")
    needed = max(map(len, art.split("\n"))) + 2
    title = heading(step.caption, "", look)
    if look.plain:
        return [title, markdown(step.alternative, look)]
    if needed > width:
        why = f"(The drawing needs {needed} columns; this window has {width}. In words:)"
        return [title, Text(""), Text(why, style="dim"), markdown(step.alternative, look)]
    return [title, Text(""), Padding(Text(art, no_wrap=True), (0, 0, 0, 2), expand=False)]


def points(items: tuple[str, ...], course: Course, look: Look) -> list[RenderableType]:
    """Take-home points."""
    return prose("\n".join(f"- {_hang(item)}" for item in items), course, look)


def _hang(item: str) -> str:
    return item.strip().replace("\n", "\n  ")
