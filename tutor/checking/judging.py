"""Every stated answer is accepted, every listed mistake refused with words of its own."""

from collections.abc import Iterator

from tutor.catalogue.registry import names, read_settings
from tutor.course.contents import Finding, Place
from tutor.course.drawing import draws
from tutor.course.model import (
    AnyQuestion,
    Course,
    Demo,
    FreeResponse,
    Lesson,
    Number,
    Question,
)
from tutor.judging.answers import mistakes, other_right_lines, right_line
from tutor.judging.judge import Verdict, judge
from tutor.judging.presenting import Shown, drawn, number_text, present
from tutor.judging.replies import Unclear, read_reply


def answers_are_judged_as_meant(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """Type every right and every listed wrong answer at each question, for each draw of numbers."""
    for place, question in placed_questions(lesson):
        for where, shown in _ways_to_show(question):
            found = [(place, message + where, fix) for message, fix in _misjudged(shown)]
            yield from found
            if found and where:
                break  # the other draws have the same fault


def _ways_to_show(question: AnyQuestion) -> Iterator[tuple[str, Shown]]:
    """A question in each way that it may come on the screen, with what was drawn in words."""
    if not isinstance(question, Number):
        yield from (("", present(question, seed)) for seed in range(2))
        return
    for values in draws(question):
        said = ", ".join(f"{name} is {number_text(value)}" for name, value in values.items())
        yield f" where {said}" if said else "", Shown(drawn(question, values), 0)


def placed_questions(lesson: Lesson) -> Iterator[tuple[Place, AnyQuestion]]:
    """Every question of a lesson with its place."""
    for field, steps in (("steps", lesson.steps), ("quiz", lesson.quiz)):
        for index, step in enumerate(steps):
            if isinstance(step, Question):
                yield (field, index), step


def _misjudged(shown: Shown) -> Iterator[tuple[str, str]]:
    if isinstance(shown.question, FreeResponse):
        return
    for line in (right_line(shown), *other_right_lines(shown)):
        verdict = _verdict(shown, line)
        if verdict is None or not verdict.right:
            yield f"the right answer {line!r} is refused", "mend the answer or what is listed wrong"
    for mistake in mistakes(shown):
        line, own = mistake.line, mistake.own_words
        verdict = _verdict(shown, line)
        if verdict is None or verdict.right:
            yield f"the wrong answer {line!r} is accepted", "take it out, or mend the tolerance"
        elif not verdict.feedback.strip():
            yield f"the wrong answer {line!r} gets no feedback", "say what is wrong with it"
        elif own is not None and verdict.feedback != own:
            yield f"the wrong answer {line!r} gets another's feedback", "set the two further apart"


def _verdict(shown: Shown, line: str) -> Verdict | None:
    reply = read_reply(shown, line)
    return None if isinstance(reply, Unclear) else judge(shown.question, reply)


def demos_understand_their_settings(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """Every demo step names a demo, and settings that it takes."""
    for index, step in enumerate(lesson.steps):
        if not isinstance(step, Demo):
            continue
        if step.demo not in names():
            fix = f"use one of: {', '.join(names())}"
            yield ("steps", index, "demo"), f"no demo {step.demo!r}", fix
            continue
        try:
            read_settings(step)
        except ValueError as error:
            yield ("steps", index, "settings"), str(error), "mend the settings"
