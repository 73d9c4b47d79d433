"""What the learner is told: feedback, hints, figures, words that reach the screen."""

import re
from collections.abc import Iterator
from typing import assert_never

from tutor.checking.judging import placed_questions
from tutor.course.art import bare, width
from tutor.course.contents import ARITHMETIC, UNWRITTEN, Doing, Finding, Place, doing, texts
from tutor.course.drafts import is_unsigned
from tutor.course.model import (
    AnyQuestion,
    Bet,
    Cloze,
    Course,
    Figure,
    FreeResponse,
    Lesson,
    Matching,
    MultipleChoice,
    Number,
    Option,
    Ordering,
    ShortText,
    SingleChoice,
    Text,
    TrueFalse,
)
from tutor.course.once import once
from tutor.judging.answers import answer_text
from tutor.judging.presenting import number_of, number_text, present
from tutor.judging.wording import fold
from tutor.screen.bars import counted
from tutor.screen.encoding import stand_in
from tutor.screen.markdown import markdown
from tutor.screen.terminal import Look
from tutor.screen.words import as_text

ART_COLUMNS = 58
TEXT_WORDS = 180
FRAGILE = re.compile(r"</?[A-Za-z][^<>\n]{0,30}>|\[/?[A-Za-z][^\[\]\n]{0,30}\]|<\|[^|\n]{1,30}\|>")
SIGN = "hold it against its source, then add  signed: NAME, 2026-11-27  or take  draft: true  out"
IN_BRACES = re.compile(r"\{([A-Za-z_]\w*(?::[^{}\n]*)?)\}")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
TYPED = {"accept", "texts"}
"""What a learner may type, braces and all."""
UNRENDERED = {
    "id",
    "kind",
    "covers",
    "sources",
    "introduces",
    "glosses",
    "demo",
    "settings",
    "art",
    *ARITHMETIC,
}


def wrong_options_have_feedback(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """Each wrong option rebuts itself, in words that no other option uses."""
    for place, question in placed_questions(lesson):
        options: tuple[Option, ...] = getattr(question, "options", ())
        said: set[str] = set()
        for index, option in enumerate(options):
            here = (*place, "options", index)
            if not option.right and not option.feedback.strip():
                yield here, "this wrong option has no feedback", "say why it is wrong"
            elif not option.right and option.feedback in said:
                yield here, "this feedback stands at another option too", "say what is wrong here"
            said.add(option.feedback)


def hints_are_two_and_keep_the_answer(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """Two hints a question, different, and neither gives the answer away."""
    for place, question in placed_questions(lesson):
        drawn = present(question, 0).question
        hints = drawn.hints
        if len(hints) != 2:  # noqa: PLR2004
            yield place, counted(len(hints), "hint"), "write two: a nudge, then a stronger one"
        if len(set(hints)) != len(hints):
            yield (*place, "hints"), "both hints are the same", "make the second one stronger"
        for index, hint in enumerate(hints):
            if _tells(drawn, hint):
                yield (*place, "hints", index), "this hint gives the answer", "point, do not tell"


def _tells(question: AnyQuestion, hint: str) -> bool:
    match question:
        case FreeResponse():
            return False
        case Number():
            told = re.escape(number_text(number_of(question.answer), question.decimals))
            return bool(re.search(rf"(?<![\d.,]){told}(?![.,]?\d)", hint))
        case ShortText():
            answers = question.accept
        case Cloze():
            answers = tuple(text for blank in question.blanks for text in blank.accept)
        case SingleChoice() | MultipleChoice() | TrueFalse() | Ordering() | Matching() | Bet():
            answers = (answer_text(question),)
        case _:
            assert_never(question)
    words = f" {fold(hint)} "
    return any(len(fold(a)) > 5 and f" {fold(a)} " in words for a in answers)  # noqa: PLR2004


def figures_can_be_shown_anywhere(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """Art fits a narrow window and any encoding, and has words beside it."""
    for index, step in enumerate(lesson.steps):
        if not isinstance(step, Figure):
            continue
        widest = width(step.art)
        if widest > ART_COLUMNS:
            fix = f"keep to {ART_COLUMNS}"
            yield ("steps", index, "art"), f"{widest} columns wide", fix
        odd = sorted(
            {
                c
                for c in bare(step.art)
                if not c.isascii() and (len(stand_in(c)) != 1 or stand_in(c) == "?")
            }
        )
        if odd:
            yield (
                ("steps", index, "art"),
                f"no stand-in of one column for {odd[0]!r}",
                "draw in ASCII",
            )
        if len(step.alternative.split()) < 5:  # noqa: PLR2004
            yield (
                ("steps", index, "alternative"),
                "this says too little",
                "say what the figure says",
            )


@once
def _texts(lesson: Lesson) -> list[tuple[Place, str]]:
    """The texts of a lesson, which one check after another goes through."""
    return texts(lesson)


def words_survive_rendering(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """What looks like a tag to a renderer must still be on the screen."""
    for place, text in _texts(lesson):
        fragile = FRAGILE.findall(text)
        if not fragile or UNRENDERED & set(map(str, place)):
            continue
        for word in fragile:
            for plain in (False, True):
                if word.replace(" ", "") not in _rendered(text, plain=plain):
                    yield place, f"{word!r} is lost on the screen", "put it in `backticks`"


def _rendered(text: str, *, plain: bool) -> str:
    return re.sub(r"\s+", "", as_text(markdown(text, Look(plain=plain))))


def braces_stand_for_something(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """Braces mean a fact, or a parameter of a number; else a learner reads them as they stand."""
    numbers = {place for place, one in placed_questions(lesson) if isinstance(one, Number)}
    for place, text in _texts(lesson):
        if "{" not in text or (UNRENDERED | TYPED) & set(map(str, place)):
            continue
        for name in IN_BRACES.findall(CODE.sub("", text)):
            if not name.startswith("fact:") and (place[:2] not in numbers or ":" in name):
                fix = (
                    "only a number has parameters; what means itself goes in `backticks`, or { so }"
                )
                yield place, f"{{{name}}} stands for nothing", fix


def nothing_is_left_unwritten(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """What an import or a draft left to the author has been written."""
    for place, text in _texts(lesson):
        if UNWRITTEN in text:
            yield place, "this is still to be written", "write it, or take the step out"


def drafts_are_signed(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """What a program wrote was held against its source by somebody who stands for it."""
    for field, steps in (("steps", lesson.steps), ("quiz", lesson.quiz)):
        for index, step in enumerate(steps):
            if is_unsigned(step):
                message = "nobody has signed this draft, so no learner sees it"
                yield (field, index, "draft"), message, SIGN


def there_is_something_to_do(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """Every section asks for something; no text step is a wall; there are places to stop."""
    begun, active = 0, False
    for index, step in enumerate(lesson.steps):
        if step.section and index:
            if not active:
                yield ("steps", begun), "nothing to do in this section", "ask or predict something"
            begun, active = index, False
        active = active or doing(step) is not Doing.READS
        if isinstance(step, Text) and len(step.text.split()) > TEXT_WORDS:
            count = len(step.text.split())
            yield ("steps", index, "text"), f"{count} words at once", f"keep to {TEXT_WORDS}"
    if not active:
        yield ("steps", begun), "nothing to do in this section", "ask or predict something"
    if lesson.quiz and not any(step.stop for step in lesson.steps):
        yield ("steps", len(lesson.steps) - 1), "no good stopping point", "mark one: stop: true"
