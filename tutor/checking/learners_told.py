"""What learners did with a course, on the screen of its author. Small counts are told as counts."""

from collections.abc import Iterator, Sequence

from tutor.checking.learners import Asked, Learned, LessonTimes, Remark, Said
from tutor.screen.bars import counted
from tutor.screen.streaming import harmless
from tutor.screen.tables import table
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, cut, dim, line

MOST = 10
"""Questions that are shown; --json has all."""
REPLIES = 3
PROMPT, REPLY, REMARK = 70, 60, 500
"""Letters of a question, of a reply, and of what was reported."""
FAR = 2.0
"""A step is named that took so many times its estimate, or so small a part of it."""
NOBODY = "No answers to this course yet."


def told(found: Learned, terminal: Terminal) -> list[Renderable]:
    """Everything, in the order in which an author can do most about it."""
    if not found.learners:
        return [line(NOBODY)]
    who = f"{counted(found.learners, 'learner')}, {counted(found.answers, 'answer')}"
    return [
        bold(f"{who}, {found.since} to {found.until}"),
        *_missed(found.questions),
        *_remarks("Replies that were refused, and learners hold to be right", found.vouched),
        *_remarks("Questions reported as wrong or unclear", found.reported),
        *_minutes(found.minutes, terminal),
        *_gone(found.gone),
    ]


def _missed(questions: Sequence[Asked]) -> Iterator[Renderable]:
    missed = [one for one in questions if one.first_right < one.asked]
    yield line()
    yield bold("Missed most")
    if not missed:
        yield line("  Nothing: every answer was right at the first try.")
    for one in missed[:MOST]:
        yield from _question(one)
    if rest := len(missed) - MOST:
        yield from [dim(f"{counted(rest, 'more question')}: --json lists all.")] * (rest > 0)


def _question(one: Asked) -> Iterator[Renderable]:
    yield line(f"{one.lesson}/{one.question}: {cut(harmless(one.prompt), PROMPT)}")
    first = f"missed by {one.missed_by} of {counted(one.learners, 'learner')} who met it"
    yield line(f"  {first}; right at the first try {one.first_right} of {_times(one.asked)}")
    yield from _listed("wrong replies", one.wrong)
    yield from _listed("false beliefs", one.beliefs)
    if one.reworded:
        yield dim(f"  {one.reworded} of these askings had an earlier wording")


def _listed(what: str, said: Sequence[Said]) -> Iterator[Renderable]:
    if said:
        shown = [
            f"“{cut(harmless(one.text), REPLY)}” {_times(one.times)}" for one in said[:REPLIES]
        ]
        yield line(f"  {what}: {', '.join(shown)}{' …' if len(said) > REPLIES else ''}")


def _times(count: int) -> str:
    return "once" if count == 1 else counted(count, "time")


def _remarks(title: str, remarks: Sequence[Remark]) -> Iterator[Renderable]:
    if not remarks:
        return
    yield line()
    yield bold(title)
    for one in remarks:
        since = "; reworded since" if one.reworded else ""
        where = harmless(f"{one.lesson}/{one.question}")
        yield line(f"{where}: “{cut(harmless(one.text), REMARK)}” ({one.day}{since})")


def _minutes(lessons: Sequence[LessonTimes], terminal: Terminal) -> Iterator[Renderable]:
    if not lessons:
        return
    yield line()
    yield bold("Minutes, of the steps that somebody took time for")
    heads = ["lesson", "measured", "estimated", "steps timed"]
    rows = [
        [one.lesson, f"{one.measured:.1f}", f"{one.estimated:.1f}", f"{len(one.timed)}/{one.steps}"]
        for one in lessons
    ]
    yield from table(heads, rows, terminal)
    yield from _far_off(lessons)


def _far_off(lessons: Sequence[LessonTimes]) -> Iterator[Renderable]:
    """The steps whose estimate is furthest off."""
    found = [
        (one.measured / one.estimated, lesson.lesson, one)
        for lesson in lessons
        for one in lesson.timed
        if one.estimated and not 1 / FAR < one.measured / one.estimated < FAR
    ]
    for _, lesson, one in sorted(found, key=lambda far: -max(far[0], 1 / max(far[0], 0.01)))[:MOST]:
        took = f"{one.measured:.1f} for {one.estimated:.1f} minutes"
        yield line(f"  {lesson}/{one.step}: {took} ({counted(one.learners, 'learner')})")


def _gone(answers: int) -> Iterator[Renderable]:
    if answers:
        yield line()
        yield dim(f"{counted(answers, 'answer')} to questions that the course no longer has.")
