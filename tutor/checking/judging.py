"""Every stated answer is accepted, every listed mistake refused with words of its own."""

from collections.abc import Iterator
from itertools import repeat

from tutor.course.contents import Place
from tutor.course.model import (
    AnyQuestion,
    Course,
    Demo,
    FreeResponse,
    Lesson,
    Number,
    Question,
    ShortText,
)
from tutor.demos import DEMOS, read_settings
from tutor.judging.answers import other_right_lines, right_line, wrong_lines
from tutor.judging.judge import Verdict, judge
from tutor.judging.presenting import Shown, present
from tutor.judging.replies import Unclear, read_reply

Finding = tuple[Place, str, str]
SEEDS = 25


def answers_are_judged_as_meant(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """Type every right and every listed wrong answer at each question."""
    for place, question in placed_questions(lesson):
        for seed in range(SEEDS if isinstance(question, Number) else 2):
            for message, fix in _misjudged(present(question, seed)):
                yield place, message, fix


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
    for line, own in zip(wrong_lines(shown), _own_words(shown.question), strict=False):
        verdict = _verdict(shown, line)
        if verdict is None or verdict.right:
            yield f"the wrong answer {line!r} is accepted", "take it out, or mend the tolerance"
        elif not verdict.feedback.strip():
            yield f"the wrong answer {line!r} gets no feedback", "say what is wrong with it"
        elif own is not None and verdict.feedback != own:
            yield f"the wrong answer {line!r} gets another's feedback", "set the two further apart"


def _own_words(question: AnyQuestion) -> Iterator[str | None]:
    """What the author wrote to each of `wrong_lines`, where it was written to that very line."""
    if isinstance(question, Number):
        yield from (wrong.feedback for wrong in question.wrong)
    if isinstance(question, ShortText):
        yield from (wrong.feedback for wrong in question.wrong for _ in wrong.texts)
    yield from repeat(None)


def _verdict(shown: Shown, line: str) -> Verdict | None:
    reply = read_reply(shown, line)
    return None if isinstance(reply, Unclear) else judge(shown.question, reply)


def demos_understand_their_settings(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """Every demo step names a demo, and settings that it takes."""
    for index, step in enumerate(lesson.steps):
        if not isinstance(step, Demo):
            continue
        if step.demo not in DEMOS:
            fix = f"use one of: {', '.join(DEMOS)}"
            yield ("steps", index, "demo"), f"no demo {step.demo!r}", fix
            continue
        try:
            read_settings(step)
        except ValueError as error:
            yield ("steps", index, "settings"), str(error), "mend the settings"
