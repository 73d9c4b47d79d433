"""Drafts as a lesson's file: each step marked as a draft, with the sentence that it rests on."""

import dataclasses
import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from msgspec.structs import replace

from tutor.course.contents import UNWRITTEN
from tutor.course.model import (
    AnyQuestion,
    AnyStep,
    Lesson,
    Option,
    Question,
    SingleChoice,
    Text,
    TrueFalse,
)
from tutor.course.naming import id_of
from tutor.course.rules import broken
from tutor.course.tree import has_control
from tutor.course.yaml_text import yaml_text
from tutor.drafting.asking import Choice, Draft, Drafted, Statement, Told
from tutor.drafting.source import Passage, sentences
from tutor.screen.streaming import harmless

LINE = 200
HEAD = """\
# yaml-language-server: $schema=schema/lesson.schema.json
# A draft, {by}.
# Learners do not see a step that is marked  draft: true  until somebody has held it against the
# sentence of the source that it rests on, and signed it below:  signed: NAME, {today}
# "To be written." marks what is missing; tutor course check lists all of it.
"""
_BRACED = re.compile(r"\{([^{}\s][^{}]*)\}")


@dataclass(frozen=True)
class DraftLesson:
    """A lesson of drafts, and what could not become one."""

    lesson: Lesson
    texts: int
    """Steps of text that a model wrote; the others are empty."""
    questions: int
    asked_in_steps: int
    """Questions outside the quiz."""
    invented: tuple[str, ...]
    """Quotes that stand nowhere in the source: what rests on them is left out."""
    unusable: int
    """Parts of replies that were not as they were asked for."""


def draft_lesson(
    title: str, found: Sequence[tuple[Passage, Drafted]], today: datetime.date
) -> DraftLesson:
    """Make a lesson of what came of each passage; where nothing did, there is an empty step."""
    steps: list[AnyStep] = []
    quiz: list[AnyQuestion] = []
    for number, (passage, drafted) in enumerate(found, 1):
        made = [_step(number, draft) for draft in drafted.drafts]
        if not any(isinstance(one, Text) for one in made):
            made.insert(0, _empty(number, passage))
        made[0] = replace(made[0], section=_line(passage.section))
        steps += [one for one in made if not isinstance(one, TrueFalse)]
        quiz += [one for one in made if isinstance(one, TrueFalse)]
    steps[-1] = replace(steps[-1], stop=bool(quiz))
    asked = sum(isinstance(one, Question) for one in steps)
    return DraftLesson(
        _lesson(title, steps, quiz, today),
        texts=sum(isinstance(one, Text) and one.text != UNWRITTEN for one in steps),
        questions=asked + len(quiz),
        asked_in_steps=asked,
        invented=tuple(quote for _, drafted in found for quote in drafted.invented),
        unusable=sum(drafted.unusable for _, drafted in found),
    )


def playable(drafted: Drafted) -> Drafted:
    """What of it a step can be made of; the rest counts as unusable."""
    drafts = tuple(draft for draft in drafted.drafts if _can_be_played(_step(1, draft)))
    unusable = drafted.unusable + len(drafted.drafts) - len(drafts)
    return dataclasses.replace(drafted, drafts=drafts, unusable=unusable)


def lesson_file(lesson: Lesson, by: str, today: datetime.date) -> str:
    """The text of its file; `by` says in a line who drafted it, and from what."""
    return HEAD.format(by=_line(by), today=today) + yaml_text(lesson)


def _lesson(
    title: str, steps: Sequence[AnyStep], quiz: Sequence[AnyQuestion], today: datetime.date
) -> Lesson:
    return Lesson(
        id=id_of(title) or "draft",
        title=_line(title) or "Draft",
        summary=UNWRITTEN,
        checked_on=today,
        objectives={"all": UNWRITTEN},
        steps=tuple(steps),
        quiz=tuple(quiz),
    )


def _can_be_played(step: AnyStep) -> bool:
    alone = _lesson("alone", [Text(id="x", text="x"), step], (), datetime.date.min)
    return not any(broken(alone))


def _step(number: int, draft: Draft) -> AnyStep:
    rests_on = _clean(draft.rests_on)
    match draft:
        case Told():
            return Text(id=f"p{number}", draft=True, rests_on=rests_on, text=_clean(draft.text))
        case Choice():
            right = Option(text=_line(draft.right), right=True)
            wrong = [
                Option(text=_line(one.text), feedback=_clean(one.feedback)) for one in draft.wrong
            ]
            return SingleChoice(
                id=f"p{number}-choice",
                draft=True,
                rests_on=rests_on,
                prompt=_clean(draft.prompt),
                options=(right, *wrong),
                hints=_hints(draft.hints),
                explanation=_clean(draft.explanation),
            )
        case Statement():
            return TrueFalse(
                id=f"p{number}-statement",
                draft=True,
                rests_on=rests_on,
                prompt=_clean(draft.prompt),
                answer=draft.answer,
                feedback=_clean(draft.feedback),
                hints=_hints(draft.hints),
                explanation=_clean(draft.explanation),
            )
        case _:
            assert_never(draft)


def _empty(number: int, passage: Passage) -> Text:
    """A step that is still to be written."""
    first = _clean(sentences(passage.text)[0])
    return Text(id=f"p{number}", draft=True, rests_on=first, text=UNWRITTEN)


def _hints(hints: Sequence[str]) -> tuple[str, ...]:
    """Two of them; one that is missing is left to the author."""
    return tuple((*map(_clean, hints[:2]), UNWRITTEN, UNWRITTEN)[:2])


def _clean(text: str) -> str:
    """Words without what a terminal would obey, and without braces that would mean a fact."""
    shown = "".join(char for char in harmless(text) if not has_control(char))
    return _BRACED.sub(r"{ \1 }", shown).strip() or UNWRITTEN


def _line(text: str) -> str:
    return " ".join(_clean(text).split())[:LINE] if text.strip() else ""
