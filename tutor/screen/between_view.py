"""What is said between steps: on coming back, and from one section to the next."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from tutor.course.minutes import at_pace
from tutor.course.model import AnyStep
from tutor.course.pace import step_minutes
from tutor.screen.bars import counted
from tutor.screen.days import ago

STOP = "A good place to stop for today: q leaves, and keeps your place."


def come_back(days: int, guess: str, asked: str) -> list[RenderableType]:
    """When one was here last, and what one had guessed; a guess may be empty."""
    said = [f"Welcome back: you left here {ago(days)}."]
    said += [f"Your last guess: “{guess}”, to “{asked}”"] if guess else []
    return [Text(" ".join(said), style="dim"), Text("")]


def section_behind(
    title: str, steps: Sequence[AnyStep], ahead: Sequence[AnyStep], pace: float, *, stop: bool
) -> list[RenderableType]:
    """A section that is done, what it gave, and what the next one takes; `ahead` may be empty."""
    parts: list[RenderableType] = []
    if ahead:
        words = ", ".join(dict.fromkeys(term for step in steps for term in step.introduces))
        gave = f" You have the words for it: {words}." if words else ""
        parts.append(Text(f"Behind you: {_with(title, '.')}{gave}", style="dim"))
        minutes = at_pace(sum(map(step_minutes, ahead)), pace)
        takes = f"{counted(len(ahead), 'step')}, {counted(minutes, 'minute')}"
        parts.append(Text(f"Ahead: {_with(ahead[0].section, ',')} {takes}.", style="dim"))
    parts += [Text(STOP, style="dim")] if stop else []
    return [*parts, Text("")] if parts else []


def _with(title: str, mark: str) -> str:
    """A title and what follows it; one that asks keeps its question mark and gets no other."""
    return title if title.endswith(("?", "!")) else f"{title}{mark}"
