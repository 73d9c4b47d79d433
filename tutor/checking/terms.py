"""No term of art before the step that teaches it, or at least says in passing what it is."""

import re
from collections.abc import Iterator

from tutor.course.contents import ARITHMETIC, Finding, texts
from tutor.course.model import AnyStep, Course, Lesson, Term
from tutor.course.once import once

SILENT = {
    *("id", "kind", "covers", "sources", "introduces", "glosses", "misconception", "settings"),
    *ARITHMETIC,
    *("accept", "texts"),  # what a learner may type is not shown before
}
"""Fields that the learner does not read as prose."""
_WORD = re.compile(r"\w+")


def terms_are_introduced_before_use(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """Read the course up to and through `lesson`, as a newcomer would."""
    at = course.lessons.index(lesson)
    known = {name for name, first in _first_lessons(course).items() if first < at}
    for field, steps in (("steps", lesson.steps), ("quiz", lesson.quiz)):
        for index, step in enumerate(steps):
            known |= {*step.introduces, *step.glosses}
            for term, pattern in _that_may_stand_in(course, step):
                if term not in known and (place := _first_use(step, pattern)) is not None:
                    fix = f"introduce or gloss it here or before: introduces: [{term}]"
                    yield (field, index, *place), f"{term!r} is not introduced yet", fix
                    known.add(term)  # once is enough
    for entry in course.terms:
        if entry.lesson == lesson.id and not _is_taught(lesson, entry):
            message = f"the glossary says that {entry.term!r} is taught here"
            yield (), message, "name it in some step's introduces"


@once
def _first_lessons(course: Course) -> dict[str, int]:
    """For each term the place of the first lesson that introduces or glosses it."""
    found: dict[str, int] = {}
    for at, lesson in enumerate(course.lessons):
        for step in (*lesson.steps, *lesson.quiz):
            for name in (*step.introduces, *step.glosses):
                found.setdefault(name, at)
    return found


Sought = tuple[str, re.Pattern[str]]
"""A term, and what it looks like in a text."""


@once
def _by_first_word(course: Course) -> dict[str, list[Sought]]:
    """The terms under the first word of each of their names; a name without one under nothing."""
    found: dict[str, list[Sought]] = {}
    for term in course.terms:
        sought = term.term, _pattern(term)
        for first in {_first_word(name) for name in _names(term)}:
            found.setdefault(first, []).append(sought)
    return found


def _that_may_stand_in(course: Course, step: AnyStep) -> Iterator[Sought]:
    """The terms that begin with a word of a step, in the glossary's order; few of many."""
    first = _by_first_word(course)
    if not first:
        return
    words = {word for _, text in texts(step) for word in _WORD.findall(text.casefold())}
    near = {near for word in words for near in (word, word.removesuffix("s"))} | {""}
    sought = [one for word in near & first.keys() for one in first[word]]
    order = _order(course)
    yield from sorted(dict.fromkeys(sought), key=lambda one: order[one[0]])


@once
def _order(course: Course) -> dict[str, int]:
    return {term.term: at for at, term in enumerate(course.terms)}


def _first_word(name: str) -> str:
    """The word that a name begins with, as it is looked up; empty where signs come first."""
    match = _WORD.match(name.casefold())
    return match[0].removesuffix("s") if match else ""


def _is_taught(lesson: Lesson, term: Term) -> bool:
    return any(term.term in step.introduces for step in (*lesson.steps, *lesson.quiz))


def _names(term: Term) -> list[str]:
    return [re.sub(r"\s*\(.*\)$", "", term.term), *term.also]


def _pattern(term: Term) -> re.Pattern[str]:
    joined = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in _names(term))
    return re.compile(rf"(?<![\w-])(?:{joined})(?:s|'s)?(?![\w-])", re.IGNORECASE)


def _first_use(step: AnyStep, pattern: re.Pattern[str]) -> tuple[str | int, ...] | None:
    for place, text in texts(step):
        if not SILENT & set(map(str, place)) and pattern.search(text):
            return place
    return None
