"""What must hold before a lesson can be played: a file's parts against each other.

Each rule yields (place, message, fix). Whether a lesson is *good* is asked in tutor.checking.
"""

import re
import shlex
from collections.abc import Iterable, Iterator
from typing import Any, assert_never

from tutor.course.contents import BLANK, FACT, Finding, Place, texts
from tutor.course.drafts import SIGNATURE
from tutor.course.model import (
    SLUG,
    AnyStep,
    Bet,
    Cloze,
    Course,
    Demo,
    Facts,
    Figure,
    FreeResponse,
    Glossary,
    Inventory,
    Lesson,
    Matching,
    MultipleChoice,
    Number,
    Ordering,
    Prediction,
    Recall,
    Recap,
    References,
    ShortText,
    SingleChoice,
    Syllabus,
    Text,
    TrueFalse,
    Worked,
)
from tutor.course.number_rules import broken_number

ROUNDING = 1e-6


def broken(document: Any) -> Iterator[Finding]:
    """What is wrong inside one file."""
    match document:
        case Lesson():
            yield from _lesson(document)
        case Glossary():
            yield from _repeats("terms", [t.term for t in document.terms])
        case Facts():
            yield from _repeats("facts", [f.id for f in document.facts])
            yield from _undated(document)
        case Inventory():
            yield from _repeats("topics", [t.id for t in document.topics])
        case References():
            yield from _repeats("references", [r.id for r in document.references])
        case Syllabus():
            yield from _repeats("lessons", list(document.lessons))
        case _:
            pass


def _repeats(field: str, names: list[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield (field, index), f"{name!r} stands here twice", "keep one"
        seen.add(name)


def _undated(facts: Facts) -> Iterator[Finding]:
    for index, fact in enumerate(facts.facts):
        if fact.after and fact.changes_on is None:
            yield ("facts", index, "after"), "after what day?", "add changes_on: a day"


def _lesson(lesson: Lesson) -> Iterator[Finding]:
    yield from _objectives(lesson.objectives)
    if lesson.try_it and (wrong := _no_command(lesson.try_it.command)):
        yield ("try_it", "command"), wrong, "write one of ours, such as: tutor glossary"
    seen: set[str] = set()
    for field, steps in (("steps", lesson.steps), ("quiz", lesson.quiz)):
        for index, step in enumerate(steps):
            place = (field, index)
            if step.id in seen:
                yield (*place, "id"), f"id {step.id!r} is taken", "give each step its own id"
            seen.add(step.id)
            for inner, message, fix in (*_step(step), *_signature(step)):
                yield (*place, *inner), message, fix
    yield from _depths(lesson)


def _objectives(objectives: dict[str, str]) -> Iterator[Finding]:
    for name in objectives:
        if not re.fullmatch(SLUG, name):
            fix = "use lower-case letters, digits, dots and hyphens"
            yield ("objectives", name), f"{name!r} cannot be an id", fix


def _no_command(words: str) -> str:
    """Why a learner should not type this; empty where they may.

    It is shown and never run; but who copies it out of a stranger's course trusts it.
    """
    lexer = shlex.shlex(words, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    try:
        parts = list(lexer)
    except ValueError:
        return "a quote is not closed"
    if parts[:1] != ["tutor"] or not words.startswith("tutor "):
        return "this is no command of the tutor"
    if "$" in words or "`" in words or any(set(part) <= set("();<>|&") for part in parts if part):
        return "a shell would do more here than call the tutor"
    return ""


def _step(step: AnyStep) -> Iterator[Finding]:
    match step:
        case Text() | Figure() | Worked() | Recap() | Demo() | Recall():
            return
        case SingleChoice():
            yield from _options(step.options)
            yield from _one_right(step.options)
        case Bet():
            yield from _options(step.options)
            yield from _bet(step)
        case MultipleChoice() | Prediction():
            yield from _options(step.options)
        case Number():
            yield from broken_number(step)
        case Ordering():
            yield from _ordering(step)
        case Matching():
            yield from _matching(step)
        case TrueFalse() | ShortText():
            return
        case Cloze():
            yield from _cloze(step)
        case FreeResponse():
            total = sum(c.worth for c in step.rubric)
            if step.enough > total:
                message = f"{step.enough} points needed of {total}"
                yield ("enough",), message, f"ask for {total} or fewer"
        case _:
            assert_never(step)


def _signature(step: AnyStep) -> Iterator[Finding]:
    if step.signed and not SIGNATURE.fullmatch(step.signed):
        yield ("signed",), "a signature is a name and a day", "write  signed: NAME, 2026-11-27"


def _options(options: Iterable[Any]) -> Iterator[Finding]:
    labels = [o if isinstance(o, str) else o.text for o in options]
    yield from _repeats("options", labels)


def _one_right(options: Iterable[Any]) -> Iterator[Finding]:
    count = sum(option.right for option in options)
    if count != 1:
        yield ("options",), f"{count} options are right", "mark exactly one with right: true"


def _bet(step: Bet) -> Iterator[Finding]:
    if not step.shares:
        yield from _one_right(step.options)
        return
    if any(option.right for option in step.options):
        yield ("options",), "shares and a right option", "keep one of the two"
    if len(step.shares) != len(step.options):
        yield ("shares",), f"{len(step.shares)} shares", f"write {len(step.options)}"
    elif min(step.shares) < 0 or abs(sum(step.shares) - 1) > ROUNDING:
        yield ("shares",), f"these add up to {sum(step.shares):g}", "make it 1"


def _cloze(step: Cloze) -> Iterator[Finding]:
    marks, count = len(BLANK.findall(step.prompt)), len(step.blanks)
    if marks != count:
        message = f"____ stands {marks} times in the prompt, and blanks lists {count}"
        yield ("prompt",), message, "write ____ once for each blank"
    for place, text in texts(step.blanks, ("blanks",)):
        if count > 1 and ";" in text and {"accept", "texts"} & set(place):
            yield place, "a semicolon parts the answers that are typed", "write it without"


def _ordering(step: Ordering) -> Iterator[Finding]:
    yield from _repeats("items", list(step.items))
    for index, slip in enumerate(step.slips):
        place = ("slips", index)
        if slip.first not in step.items or slip.second not in step.items:
            yield place, "a slip names something that is not an item", "copy the items' words"
        elif step.items.index(slip.first) >= step.items.index(slip.second):
            yield place, "this is the right order, not a slip", "swap first and second"


def _matching(step: Matching) -> Iterator[Finding]:
    lefts = [pair.left for pair in step.pairs]
    for (_, index), message, fix in _repeats("pairs", lefts):
        yield ("pairs", index, "left"), message, fix
    rights = {pair.right for pair in step.pairs}
    extras = [extra.right for extra in step.extra]
    for index, pair in enumerate(step.pairs):
        if not set(pair.also) <= rights | set(extras):
            yield ("pairs", index, "also"), "not one of the right-hand sides", "copy its words"
        if {pair.right, *pair.also} >= rights | set(extras):
            yield ("pairs", index), "every right-hand side fits here", "add one that does not"
    for index, extra in enumerate(extras):
        if extra in rights:
            yield ("extra", index), f"{extra!r} stands here twice", "keep one"
        rights.add(extra)


def _depths(lesson: Lesson) -> Iterator[Finding]:
    if lesson.steps[0].deeper:
        yield ("steps", 0, "deeper"), "a lesson begins with a deeper step", "begin on the main path"
    for index, question in enumerate(lesson.quiz):
        if question.deeper:
            yield ("quiz", index, "deeper"), "a quiz has one depth", "leave deeper out"


def unknown_names(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """Facts, references and terms that a lesson names and the course does not have."""
    facts = {fact.id for fact in course.facts}
    for place, text in texts(lesson):
        for name in FACT.findall(text):
            if name not in facts:
                yield place, f"no fact {name!r}", "add it to the facts file, or mend the name"
    references = {reference.id for reference in course.references}
    for index, suggestion in enumerate(lesson.reading):
        if suggestion.reference not in references:
            place = ("reading", index, "reference")
            yield place, f"no reference {suggestion.reference!r}", "add it to the references file"
    terms = {term.term for term in course.terms}
    topics = {topic.id for topic in course.topics}
    for field, steps in (("steps", lesson.steps), ("quiz", lesson.quiz)):
        for index, step in enumerate(steps):
            yield from _unknown_in_step(step, (field, index), references, terms)
            for name in set(step.covers) - topics - set(lesson.objectives) if topics else ():
                fix = "add it to the inventory, or mend the id"
                yield (field, index, "covers"), f"no inventory item {name!r}", fix
            if isinstance(step, Recall) and not _is_prediction(course, step):
                message = f"no prediction {step.prediction!r} in lesson {step.lesson!r}"
                yield (field, index, "prediction"), message, "name one of an earlier lesson"


def _is_prediction(course: Course, step: Recall) -> bool:
    steps = [s for lesson in course.lessons if lesson.id == step.lesson for s in lesson.steps]
    return any(isinstance(s, Prediction) and s.id == step.prediction for s in steps)


def _unknown_in_step(
    step: Any, place: Place, references: set[str], terms: set[str]
) -> Iterator[Finding]:
    for name in step.sources:
        if name not in references:
            fix = "add it to the references file, or mend the id"
            yield (*place, "sources"), f"no reference {name!r}", fix
    for field in ("introduces", "glosses"):
        for term in getattr(step, field):
            if term not in terms:
                fix = "add it to the glossary, or mend the word"
                yield (*place, field), f"no glossary term {term!r}", fix


def glossary_names(course: Course) -> Iterator[Finding]:
    """Glossary terms that name a lesson the course does not have."""
    lessons = {lesson.id for lesson in course.lessons}
    for index, term in enumerate(course.terms):
        if term.lesson not in lessons:
            fix = f"use one of: {', '.join(sorted(lessons))}"
            yield ("terms", index, "lesson"), f"no lesson {term.lesson!r}", fix


def limited_names(course: Course) -> Iterator[Finding]:
    """Lessons that are not held to the limits yet, and that the course does not have."""
    lessons = {lesson.id for lesson in course.lessons}
    for index, name in enumerate(course.limits.not_yet if course.limits else ()):
        if name not in lessons:
            fix = f"use one of: {', '.join(sorted(lessons))}"
            yield ("limits", "not_yet", index), f"no lesson {name!r}", fix


def inventory_names(course: Course) -> Iterator[Finding]:
    """Inventory items that name an objective which their lesson does not have."""
    objectives = {lesson.id: lesson.objectives for lesson in course.lessons}
    for index, topic in enumerate(course.topics):
        known = objectives.get(topic.lesson, {})
        if topic.objective and topic.objective not in known:
            fix = f"use one of: {', '.join(known)}" if known else "mend the lesson's id first"
            message = f"no objective {topic.objective!r} in lesson {topic.lesson!r}"
            yield ("topics", index, "objective"), message, fix
