"""Every stated answer is accepted, every listed mistake refused with words of its own."""

from collections.abc import Iterator
from itertools import chain, islice

from tutor.catalogue.registry import names, read_settings, settings_of
from tutor.checking.variants import near_misses, variants
from tutor.course.contents import Finding, Place
from tutor.course.drawing import draws
from tutor.course.model import (
    AnyQuestion,
    Cloze,
    Course,
    Demo,
    FreeResponse,
    Lesson,
    Number,
    Question,
    ShortText,
    WrongText,
)
from tutor.judging.answers import mistakes, other_right_lines, right_line
from tutor.judging.judge import Verdict, judge
from tutor.judging.lexicon import Lexicon, lexicon_of
from tutor.judging.presenting import Shown, drawn, number_text, present
from tutor.judging.replies import Unclear, read_reply

DRAWS = 4
"""How many draws of a number are tried in every spelling."""


def answers_are_judged_as_meant(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """Type every right and every listed wrong answer, and near misses, for each draw of numbers."""
    lexicon = lexicon_of(course)
    for place, question in placed_questions(lesson):
        for where, shown in _ways_to_show(question):
            problems = chain(_misjudged(shown, lexicon), _missed(shown, lexicon))
            found = [(place, message + where, fix) for message, fix in problems]
            yield from found
            if found and where:
                break  # the other draws have the same fault


def _ways_to_show(question: AnyQuestion) -> Iterator[tuple[str, Shown]]:
    """A question in each way that it may come on the screen, with what was drawn in words."""
    if not isinstance(question, Number):
        shown = {one.order: one for one in (present(question, seed) for seed in range(2))}
        yield from (("", one) for one in shown.values())
        return
    for values in draws(question):
        said = ", ".join(f"{name} is {number_text(value)}" for name, value in values.items())
        yield f" where {said}" if said else "", Shown(drawn(question, values), 0)


def answers_are_understood_as_people_write_them(
    course: Course, lesson: Lesson
) -> Iterator[Finding]:
    """Type every answer as many learners would: in words, with its unit, in the plural."""
    lexicon = lexicon_of(course)
    for place, question in placed_questions(lesson):
        for where, shown in islice(_ways_to_show(question), DRAWS):
            for message, fix in _misread(shown, lexicon):
                yield place, message + where, fix


def _misread(shown: Shown, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    question = shown.question
    for line in dict.fromkeys(variants(question, lexicon)):
        reply = read_reply(shown, line, lexicon)
        if isinstance(reply, Unclear):
            yield f"the right answer {line!r} is not understood: {reply.advice}", _to_rename(shown)
        elif not (verdict := judge(question, reply, lexicon)).right:
            yield f"the right answer {line!r} is refused", _to_mend(question, verdict)


def _to_rename(shown: Shown) -> str:
    if isinstance(shown.question, Number):
        return "write a unit that can stand behind a number, such as m/s, kW or teeth"
    return "put it in other words"


def _to_mend(question: AnyQuestion, verdict: Verdict) -> str:
    """Name the listed mistake that a right answer was taken for."""
    for wrong in _wrong_texts(question):
        if wrong.feedback in verdict.feedback:
            listed = " / ".join(wrong.texts)
            return f"it is taken for {listed!r}, which is listed as wrong: set the two apart"
    return "add it to accept, or leave out the answer that it is made of"


def _wrong_texts(question: AnyQuestion) -> tuple[WrongText, ...]:
    match question:
        case ShortText():
            return question.wrong
        case Cloze():
            return tuple(wrong for blank in question.blanks for wrong in blank.wrong)
        case _:
            return ()


def _missed(shown: Shown, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    for line in dict.fromkeys(near_misses(shown.question, lexicon)):
        verdict = _verdict(shown, line, lexicon)
        if verdict is not None and verdict.right:
            yield f"{line!r}, which is no answer, is accepted", "mend the tolerance or the answers"


def placed_questions(lesson: Lesson) -> Iterator[tuple[Place, AnyQuestion]]:
    """Every question of a lesson with its place."""
    for field, steps in (("steps", lesson.steps), ("quiz", lesson.quiz)):
        for index, step in enumerate(steps):
            if isinstance(step, Question):
                yield (field, index), step


def _misjudged(shown: Shown, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    if isinstance(shown.question, FreeResponse):
        return
    for line in dict.fromkeys((right_line(shown), *other_right_lines(shown))):
        reply = read_reply(shown, line, lexicon)
        if isinstance(reply, Unclear):
            yield f"the right answer {line!r} is asked about: {reply.advice}", "write it otherwise"
        elif not judge(shown.question, reply, lexicon).right:
            yield f"the right answer {line!r} is refused", "mend the answer or what is listed wrong"
    for mistake in mistakes(shown):
        line, own = mistake.line, mistake.own_words
        verdict = _verdict(shown, line, lexicon)
        if verdict is None:
            yield f"the wrong answer {line!r} is not understood", "write it as a learner would"
        elif verdict.right:
            yield f"the wrong answer {line!r} is accepted", "take it out, or mend the tolerance"
        elif not verdict.feedback.strip():
            yield f"the wrong answer {line!r} gets no feedback", "say what is wrong with it"
        elif own is not None and own not in verdict.feedback:
            yield f"the wrong answer {line!r} gets another's feedback", "set the two further apart"


def _verdict(shown: Shown, line: str, lexicon: Lexicon) -> Verdict | None:
    reply = read_reply(shown, line, lexicon)
    return None if isinstance(reply, Unclear) else judge(shown.question, reply, lexicon)


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
            yield ("steps", index, "settings"), str(error), f"its settings: {settings_of(step)}"
