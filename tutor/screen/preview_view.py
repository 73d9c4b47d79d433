"""A step as its author wants to see it: with what is said later, and what is wrong with it."""

from collections.abc import Sequence
from typing import assert_never

from rich.text import Text

from tutor.course.drafts import is_unsigned
from tutor.course.model import (
    AnyStep,
    Course,
    Demo,
    Figure,
    Prediction,
    Question,
    Recall,
    Recap,
    SingleChoice,
    Worked,
)
from tutor.course.model import Text as TextStep
from tutor.course.problems import Problem
from tutor.judging.answers import mistakes
from tutor.judging.presenting import Shown, present
from tutor.screen import question_view, step_view
from tutor.screen.bars import counted, heading
from tutor.screen.figure_view import FigureView
from tutor.screen.question_view import listed
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, dim, line

KEYS = "Enter next · b back · a number: that step · d draw anew · q quit. Save the file to see it."
FEW = 4
"""Problems elsewhere that are named."""
LONGEST = 30
"""Letters of an unknown word that are said again."""


def head(title: str, step: AnyStep, number: int, count: int, terminal: Terminal) -> Renderable:
    """Which step this is."""
    kind = str(type(step).__struct_config__.tag)
    return heading(f"{number} of {count}: {step.id}", f"{kind}, {title}", terminal.look)


def draft_line(step: AnyStep) -> list[Renderable]:
    """That a step is a draft, whether somebody has signed it, and what it rests on."""
    if not step.draft:
        return []
    signed = f"signed by {step.signed}" if step.signed else "not signed: no learner sees it"
    told = [Text(f"Draft, {signed}.", style="yellow" if is_unsigned(step) else "dim")]
    return [*told, *([dim(f"Rests on: “{step.rests_on}”")] if step.rests_on else []), line()]


def step_as_seen(step: AnyStep, course: Course, seed: int, terminal: Terminal) -> list[Renderable]:
    """A step, and below a line what a learner sees after answering or guessing."""
    look = terminal.look
    section = [bold(step.section)] if step.section else []
    match step:
        case TextStep():
            return [*section, *step_view.prose(step.text, course, look)]
        case Figure():
            return [*section, FigureView(step, look)]
        case Recap():
            return [*section, *step_view.points(step.points, course, look)]
        case Recall():
            return [*section, *step_view.prose(step.text, course, look)]
        case Worked():
            steps = "\n".join(f"{n}. {one.strip()}" for n, one in enumerate(step.lines, 1))
            return [*section, *step_view.prose(f"{step.problem}\n\n{steps}", course, look)]
        case Demo():
            shown = [bold(step.title), dim(f"The demonstration {step.demo} runs here.")]
            return [*section, *shown, *step_view.prose(step.notice, course, look)]
        case Prediction():
            return [*section, *_prediction(step, course, terminal)]
        case Question():
            return [*section, *_question(step, course, seed, terminal)]
        case _:
            assert_never(step)


def _prediction(step: Prediction, course: Course, terminal: Terminal) -> list[Renderable]:
    numbered = [(str(number), label) for number, label in enumerate(step.options, 1)]
    asked = step_view.prose(step.prompt, course, terminal.look)
    reveal = step_view.prose(step.reveal, course, terminal.look)
    return [*asked, listed(numbered), *_later("after the guess"), *reveal]


def _question(step: AnyStep, course: Course, seed: int, terminal: Terminal) -> list[Renderable]:
    look = terminal.look
    shown = present(step, seed)  # type: ignore[arg-type]  # a question, as the caller has seen
    asked = shown.question
    hints = [
        part
        for number, hint in enumerate(asked.hints, 1)
        for part in step_view.prose(f"Hint {number}: {hint}", course, look)
    ]
    return [
        *question_view.question(shown, course, look),
        *_later("when asked for, and after the answer"),
        *hints,
        *question_view.answer(shown, course, look),
        *_to_wrong_answers(shown, course, terminal),
        *question_view.explanation(asked, course, look),
    ]


def _to_wrong_answers(shown: Shown, course: Course, terminal: Terminal) -> list[Renderable]:
    """What is said to each wrong line that the author foresaw; options have told theirs."""
    if isinstance(shown.question, SingleChoice):
        return []
    told = {one.line: one.own_words for one in mistakes(shown) if one.own_words}
    parts = [
        step_view.prose(f"To `{typed}`: {said}", course, terminal.look)
        for typed, said in told.items()
    ]
    return [part for prose in parts for part in prose]


def _later(when: str) -> list[Renderable]:
    return [line(), dim(f"· · · {when}:")]


def problems(here: Sequence[Problem], elsewhere: Sequence[Problem]) -> list[Renderable]:
    """What the checker says of this step, and where else it found something."""
    parts: list[Renderable] = [line()]
    for one in here:
        parts.append(Text(f"line {one.line}: {one.message}", style="yellow"))
        parts.append(dim(f"  fix: {one.fix}"))
    if elsewhere:
        where = ", ".join(f"{one.path.rpartition('/')[2]}:{one.line}" for one in elsewhere[:FEW])
        more = " …" if len(elsewhere) > FEW else ""
        parts.append(dim(f"{counted(len(elsewhere), 'problem')} elsewhere: {where}{more}"))
    if not here and not elsewhere:
        parts.append(dim("No problems."))
    return parts


def unreadable(found: Sequence[Problem]) -> list[Renderable]:
    """Why there is no step to see."""
    told = [Text(str(one)) for one in found[: 2 * FEW]]
    return [bold(f"{counted(len(found), 'problem')}: this cannot be shown yet"), *told]


def keys(answer: str = "") -> Renderable:
    """What can be typed, and what is said to what was."""
    return dim(f"{answer} {KEYS}".strip())


def no_such_step(typed: str, count: int) -> str:
    """What is said to a word that is neither a key nor a step."""
    return (
        f"No step {typed[:LONGEST]!r}: type a number from 1 to {count}, or an id." if count else ""
    )
