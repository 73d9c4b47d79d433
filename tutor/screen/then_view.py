"""Then and now, in words."""

import datetime
from collections.abc import Sequence

from tutor.screen.bars import counted
from tutor.screen.words import Renderable, bold, dim, line


def start(count: int, lesson: str) -> Sequence[Renderable]:
    """What is coming."""
    said = f"You made {counted(count, 'guess', 'guesses')} in {lesson} before you knew the facts."
    asked = "What do you say today? Then you see both. Nothing is scored; q leaves."
    return [bold("Then and now"), line(f"{said} {asked}")]


def both(then: str, started: str, today: str, *, note: str = "") -> list[Renderable]:
    """The first guess, and what was said today."""
    when = f"Then, {_date(started)}:" if started else "Then:"
    parts: list[Renderable] = [bold(f"{when} {then}" if then else "You made no guess then.")]
    parts += [dim(note)] if note else []
    return [*parts, bold(f"Today: {today}") if today else dim("Today: not answered")]


def result(changed: int, count: int) -> Sequence[Renderable]:
    """How many answers are others than they were."""
    if not changed:
        return [line("Today you say what you said then, every time.")]
    return [line(f"You answer {changed} of {count} differently today.")]


def nothing(lesson: str) -> str:
    """No guess waits to be asked anew."""
    return f"No guess of yours in {lesson} waits to be asked anew."


def offer(number: int) -> Renderable:
    """Home's offer, a month after a lesson."""
    return line(f"A month ago you made your first guesses in lesson {number}. t: then and now.")


def _date(day: str) -> str:
    date = datetime.date.fromisoformat(day)
    return f"{date.day} {date:%B %Y}"
