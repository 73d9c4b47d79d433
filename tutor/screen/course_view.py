"""The course as a whole: home, the list of lessons, progress."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from tutor.course.outline import Outline
from tutor.review.counting import Waiting
from tutor.screen.bars import SEPARATOR, counted, key_bar, progress_bar
from tutor.screen.days import ago, ahead, span
from tutor.screen.rows import Rows
from tutor.screen.terminal import Look
from tutor.standing import LessonStanding, next_lesson

Standings = Sequence[LessonStanding]

ENTER = f"{SEPARATOR}Enter"
NUMBER, GAP, BAR, SMALL_BAR = "12  ", "  ", 10, 5
LONG_AWAY = 21
"""Days after which a learner is welcomed back."""
WELCOME = """\
1. You guess first, then you see: every idea starts with a question.
2. You answer. The first try counts; a wrong one gets a reason and another go.
3. All is kept on this machine. Type q to leave; {} brings you back to the step."""


def welcome(
    course: Outline, first: LessonStanding, look: Look, width: int, called: str = "tutor"
) -> list[RenderableType]:
    """The first thing a newcomer sees."""
    return [
        Text(course.title, style="bold"),
        Text(course.summary),
        Text(""),
        Text(WELCOME.format(called)),
        Text(""),
        Text(f"Lesson 1: {first.title}"),
        Text(f"{_minutes(first)} to the first good stopping point."),
        Text(f"You know some of this already? {called} quiz --placement", style="dim"),
        Text(""),
        *_invitation(course),
        *([Text("")] if course.invitation else []),
        key_bar([("Enter", "start"), ("q", "quit")], look, width),
    ]


def _invitation(course: Outline) -> list[RenderableType]:
    return [Text(course.invitation, style="dim")] if course.invitation else []


def home(  # noqa: PLR0913, PLR0917  all that home stands on
    course: Outline,
    standing: Standings,
    waiting: Waiting,
    look: Look,
    width: int,
    called: str = "tutor",
) -> list[RenderableType]:
    """What is due, where you are, what is next, how long it takes."""
    now = next_lesson(tuple(standing))
    head = [*_due(waiting, look, width), Text(course.title, style="bold"), Text("")]
    parts = [*head, *lessons(standing, look, width), Text("")]
    if now is None:
        done = f"No lesson is left to do. {called} learn LESSON rereads one."
        return [*parts, Text(done), *_coming(waiting), *_invitation(course)]
    return [*parts, _next(now), *_coming(waiting), *_invitation(course), Text("")]


def _due(waiting: Waiting, look: Look, width: int) -> list[RenderableType]:
    """The first line: what one Enter does, and why; nothing where nothing is due."""
    if not waiting.count:
        return []
    is_one = waiting.count == 1
    due = f"{counted(waiting.count, 'question')} {'is' if is_one else 'are'} due"
    parts = [due, counted(waiting.minutes, "minute")]
    head = f"{', about '.join(parts)}: press Enter." if look.plain else SEPARATOR.join(parts)
    if not look.plain and len(head) + len(ENTER) <= width:  # else the keys below say it
        head += ENTER
    return [Text(head, style="bold"), Text(_why(waiting), style="dim"), Text("")]


def _why(waiting: Waiting) -> str:
    """Why a review comes first; after weeks away, that no wall waits."""
    if waiting.away >= LONG_AWAY:
        said = f"Welcome back after {span(waiting.away)}."
        if waiting.due > waiting.count:
            of = f"Of the {waiting.due} that are due, these save the most"
            return f"{said} {of}; the rest can wait."
        return f"{said} This is what is worth asking first."
    missed = f" You missed {waiting.missed} last time." if waiting.missed else ""
    past = f" You were here {ago(waiting.away)}." if waiting.away > 1 else ""
    return f"Now is when it helps most: a little later you would forget.{missed}{past}"


def _coming(waiting: Waiting) -> list[RenderableType]:
    """When nothing is due: what comes back, and when."""
    if waiting.count or not waiting.next:
        return []
    if waiting.due:
        return [Text(f"You have done a day's review; {waiting.due} more can wait.")]
    missed = f"{counted(waiting.missed, 'question')} you missed" if waiting.missed else "Questions"
    back = "comes back" if waiting.missed == 1 else "come back"
    return [Text(f"{missed} {back} {'from ' if waiting.missed != 1 else ''}{ahead(waiting.next)}.")]


def _next(now: LessonStanding) -> Text:
    if now.state == "new":
        where = f"Next: lesson {now.number}, {now.title}."
        return Text(f"{where} {_minutes(now)} to the first good stopping point.")
    if now.at.quiz:
        return Text(f"You are in lesson {now.number}, {now.title}: {now.asking}.")
    place = now.place
    section = f' "{now.section}",' if now.section else ""
    where = f"You are in lesson {now.number}, {now.title},{section} {place}."
    return Text(f"{where} {_minutes(now)} to the next good stopping point.")


def _minutes(standing: LessonStanding) -> str:
    return f"About {counted(standing.minutes, 'minute')}"


def lessons(standing: Standings, look: Look, width: int) -> list[RenderableType]:
    """Every lesson, with what is done of it."""
    parts = [part for parts in _rows(standing, look, width) for part in parts]
    rows = [part for part in parts if isinstance(part, Text)]
    return [Rows(rows)] if len(rows) == len(parts) else parts


def _rows(standing: Standings, look: Look, width: int) -> list[list[RenderableType]]:
    """Each lesson's line; in a narrow window two, what is done under the title."""
    if look.plain:
        return [[Text(f"{s.number:>2}  {s.title}  {_in_words(s)}")] for s in standing]
    widest = max(cell_len(s.title) for s in standing)
    for size in (BAR, SMALL_BAR):
        rest = len(GAP) + size + 1 + max(len(_state(s)) for s in standing)
        if len(NUMBER) + widest + rest <= width:
            return [[_row(s, widest, look, size)] for s in standing]
    return [_folded(s, look) for s in standing]


def _row(s: LessonStanding, widest: int, look: Look, size: int) -> Text:
    gap = " " * (widest - cell_len(s.title)) + GAP
    return Text.assemble((f"{s.number:>2}  ", "bold cyan"), _title(s), gap, *_done(s, look, size))


def _folded(s: LessonStanding, look: Look) -> list[RenderableType]:
    from rich.table import Table  # seldom, and 3 ms

    beside = Table.grid()
    beside.add_row(Text(f"{s.number:>2}  ", style="bold cyan"), Text(*_title(s)))
    beside.add_row("", Text.assemble(*_done(s, look, SMALL_BAR)))
    return [beside]


def _title(s: LessonStanding) -> tuple[str, str]:
    return s.title, "bold" if s.state == "started" else ""


def _done(s: LessonStanding, look: Look, size: int) -> list[tuple[str, str]]:
    return [(progress_bar(s.steps_done, s.steps, look, size), "green"), (_state(s), "dim")]


def _state(s: LessonStanding) -> str:
    """A full bar says already that it is done: a lesson keeps to one line of 80 columns."""
    said = _in_words(s)
    return said.removeprefix("done, ") if s.state == "finished" else said


def _in_words(s: LessonStanding) -> str:
    states = {
        "new": "not begun",
        "started": f"{s.steps_done} of {s.steps} steps",
        "finished": "done",
    }
    said = "left out: you know it" if s.skipped else states[s.state]
    if s.quiz_best:
        said += f", quiz {s.quiz_best[0]}/{s.quiz_best[1]}"
    return said


def progress(standing: Standings, look: Look, width: int) -> list[RenderableType]:
    """What was done, lesson by lesson."""
    parts: list[RenderableType] = []
    for s, row in zip(standing, _rows(standing, look, width), strict=True):
        parts += row
        if s.state != "new":
            parts += [Text(f"    {line}", style="dim") for line in _details(s)]
    return parts


def _details(s: LessonStanding) -> list[str]:
    lines = [f"{counted(max(1, round(s.seconds / 60)), 'minute')} of your time"]
    if s.quiz_result and s.quiz_best != s.quiz_result:
        lines.append(f"latest quiz {s.quiz_result[0]}/{s.quiz_result[1]}")
    if s.removed:
        names = ", ".join(s.removed)
        lines.append(f"answers kept for questions no longer in the lesson: {names}")
    return lines
