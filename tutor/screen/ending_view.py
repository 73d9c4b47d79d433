"""The last page of a lesson: what you can do now, your guesses and their outcome, what is next."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from tutor.course.model import Lesson, Prediction, TryIt
from tutor.screen.bars import counted
from tutor.screen.days import ahead
from tutor.screen.terminal import Look, Terminal

LONGEST = 110
"""Letters of a guess or an outcome that the page shows."""
MOST_GUESSES = 8
THEIRS = "A command that this course's author suggests. It runs only if you type it."
NARROW = 60
_MARKS = re.compile(r"[*`]|\{[^{}\n]*\}")


@dataclass(frozen=True)
class Guessed:
    """A guess, and what came of it."""

    asked: str
    words: str
    outcome: str


@dataclass(frozen=True)
class Sure:
    """How often the learner was certain of an answer, and how often rightly so."""

    level: int
    """In percent."""
    times: int
    right: int


@dataclass(frozen=True)
class Ended:
    """What there is to say at the end of a lesson."""

    can: Sequence[str]
    """Objectives that the answers speak for,"""
    not_yet: Sequence[str]
    """and the others."""
    guessed: Sequence[Guessed]
    sure: Sequence[Sure]
    back_in: int
    """Days until questions of the lesson come back; 0 where none does."""
    back: int
    """How many then."""
    try_it: TryIt | None
    reading: str
    """The command that shows what to read on; empty where there is nothing."""
    onward: str
    """What is next, in a sentence or two."""
    called: str = "tutor"
    """What is typed to come back to this course."""


def outcome(step: Prediction) -> str:
    """What came of a guess, in a few words: the author's, or the reveal's first sentence."""
    told = step.outcome or re.split(r"(?<=[.!?])\s", _MARKS.sub("", step.reveal.strip()))[0]
    return _short(told)


def question(step: Prediction) -> str:
    """What was asked, in its last sentence."""
    words = _MARKS.sub("", " ".join(step.prompt.split()))
    asked = [part for part in re.split(r"(?<=[.!?])\s", words) if part.endswith("?")]
    return _short(asked[-1] if asked else words)


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= LONGEST else f"{flat[:LONGEST].rsplit(' ', 1)[0]} …"


def ending(ended: Ended, terminal: Terminal) -> list[RenderableType]:
    """All of it, each kind of thing beside its name where there is room."""
    rows = [row for name, lines in _parts(ended) for row in _named(name, lines)]
    return [*_set_out(rows, terminal), Text(""), Text(ended.onward)]


def _parts(ended: Ended) -> list[tuple[str, list[Text]]]:
    command = ended.try_it
    tried = [Text(command.command, "bold cyan"), Text(command.why)] if command else []
    if command and ended.called != "tutor":
        tried.append(Text(THEIRS, "dim"))
    return [
        ("You can now", [Text(can) for can in ended.can]),
        ("Not yet sure", [Text(cannot) for cannot in ended.not_yet]),
        ("You guessed", [_guess(one) for one in ended.guessed[:MOST_GUESSES]]),
        ("How sure", [Text(_sure(one)) for one in ended.sure]),
        ("Comes back", [Text(_back(ended))] if ended.back else []),
        ("Try it", tried),
        ("Read on", [Text(ended.reading)] if ended.reading else []),
    ]


def _guess(one: Guessed) -> Text:
    said = Text(one.asked, style="dim").append("\n")
    return said.append(f"You said: {one.words}\n", "not dim bold").append(one.outcome, "not dim")


def _sure(one: Sure) -> str:
    times = "once" if one.times == 1 else f"{one.times} times"
    right = "and were right" if one.right == one.times else f"and were right {one.right} of them"
    if one.times == 1 and not one.right:
        right = "and were wrong"
    return f"You said {one.level} % {times}, {right}."


def _back(ended: Ended) -> str:
    return f"{counted(ended.back, 'question')}, {ahead(ended.back_in)}: {ended.called} says when"


def _named(name: str, lines: Sequence[Text]) -> list[tuple[str, Text]]:
    return [(name if index == 0 else "", line) for index, line in enumerate(lines)]


def _set_out(rows: Sequence[tuple[str, Text]], terminal: Terminal) -> list[RenderableType]:
    if terminal.look.plain or terminal.width < NARROW:
        parts: list[RenderableType] = []
        for name, said in rows:
            parts += [Text(""), Text(f"{name}:", "bold")] if name else []
            parts.append(said)
        return parts
    table = Table.grid(padding=(0, 3, 0, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column()
    for index, (name, said) in enumerate(rows):
        if name and index:
            table.add_row("", "")
        table.add_row(name, said)
    return [table]


def title(lesson: Lesson, number: int, *, is_done: bool) -> str:
    """The head of the page."""
    return f"Lesson {number} is yours" if is_done else f"The end of lesson {number}: {lesson.title}"


def date(day: str, minutes: int, look: Look) -> str:
    """When that was, and how long it took."""
    return ", ".join((counted(minutes, "minute"), day)) if look.plain else f"{minutes} min · {day}"
