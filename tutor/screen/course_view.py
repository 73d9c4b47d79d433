"""The course as a whole: home, the list of lessons, progress."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from tutor.course.outline import Outline
from tutor.screen.bars import counted, key_bar, progress_bar
from tutor.screen.terminal import Look
from tutor.standing import LessonStanding

Standings = Sequence[LessonStanding]

WELCOME = """\
1. You guess first, then you see: every idea starts with a question.
2. You answer. The first try counts; a wrong one gets a reason and another go.
3. All is kept on this machine. Type q to leave; tutor brings you back to the step."""


def welcome(course: Outline, first: LessonStanding, look: Look, width: int) -> list[RenderableType]:
    """The first thing a newcomer sees."""
    return [
        Text(course.title, style="bold"),
        Text(course.summary),
        Text(""),
        Text(WELCOME),
        Text(""),
        Text(f"Lesson 1: {first.title}"),
        Text(f"{_minutes(first)} to the first good stopping point."),
        Text(""),
        *_invitation(course),
        *([Text("")] if course.invitation else []),
        key_bar([("Enter", "start"), ("q", "quit")], look, width),
    ]


def _invitation(course: Outline) -> list[RenderableType]:
    return [Text(course.invitation, style="dim")] if course.invitation else []


def home(
    course: Outline, standing: Standings, now: LessonStanding | None, look: Look
) -> list[RenderableType]:
    """Where you are, what is next, how long it takes."""
    parts: list[RenderableType] = [Text(course.title, style="bold"), Text("")]
    parts += [_row(s, look) for s in standing]
    parts.append(Text(""))
    if now is None:
        done = "You have finished every lesson. tutor learn LESSON rereads one."
        return [*parts, Text(done), *_invitation(course)]
    return [*parts, _next(now), *_invitation(course), Text("")]


def _next(now: LessonStanding) -> Text:
    if now.state == "new":
        where = f"Next: lesson {now.number}, {now.title}."
        return Text(f"{where} {_minutes(now)} to the first good stopping point.")
    if now.at.quiz:
        return Text(f"You are in lesson {now.number}, {now.title}: {now.asking}.")
    place = f"step {now.at.step + 1} of {now.steps}"
    section = f' "{now.section}",' if now.section else ""
    where = f"You are in lesson {now.number}, {now.title},{section} {place}."
    return Text(f"{where} {_minutes(now)} to the next good stopping point.")


def _minutes(standing: LessonStanding) -> str:
    return f"About {counted(standing.minutes, 'minute')}"


def lessons(standing: Standings, look: Look) -> list[RenderableType]:
    """Every lesson, with what is done of it."""
    return [_row(s, look) for s in standing]


def _row(s: LessonStanding, look: Look) -> Text:
    row = Text(f"{s.number:>2}  ", style="bold cyan")
    row.append(s.title, style="bold" if s.state == "started" else "")
    bar = progress_bar(s.steps_done, s.steps, look, width=5)
    row.append(f"  {bar}{_state(s)}", style="dim")
    return row


def _state(s: LessonStanding) -> str:
    states = {
        "new": "not begun",
        "started": f"{s.steps_done} of {s.steps} steps",
        "finished": "done",
    }
    said = states[s.state]
    if s.quiz_best:
        said += f", quiz {s.quiz_best[0]}/{s.quiz_best[1]}"
    return said


def progress(standing: Standings, look: Look) -> list[RenderableType]:
    """What was done, lesson by lesson."""
    parts: list[RenderableType] = []
    for s in standing:
        parts.append(_row(s, look))
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
