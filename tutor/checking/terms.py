"""No term of art before the step that teaches it, or at least says in passing what it is."""

import re
from collections.abc import Iterator

from tutor.course.contents import ARITHMETIC, Finding, texts
from tutor.course.model import AnyStep, Course, Lesson, Term

SILENT = {
    *("id", "kind", "covers", "sources", "introduces", "glosses", "misconception", "settings"),
    *ARITHMETIC,
    *("accept", "texts"),  # what a learner may type is not shown before
}
"""Fields that the learner does not read as prose."""


def terms_are_introduced_before_use(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """Read the course up to and through `lesson`, as a newcomer would."""
    known = _known_before(course, lesson)
    patterns = {term.term: _pattern(term) for term in course.terms}
    for field, steps in (("steps", lesson.steps), ("quiz", lesson.quiz)):
        for index, step in enumerate(steps):
            known |= {*step.introduces, *step.glosses}
            for term, pattern in patterns.items():
                if term not in known and (at := _first_use(step, pattern)) is not None:
                    fix = f"introduce or gloss it here or before: introduces: [{term}]"
                    yield (field, index, *at), f"{term!r} is not introduced yet", fix
                    known.add(term)  # once is enough
    for entry in course.terms:
        if entry.lesson == lesson.id and not _is_taught(lesson, entry):
            message = f"the glossary says that {entry.term!r} is taught here"
            yield (), message, "name it in some step's introduces"


def _known_before(course: Course, lesson: Lesson) -> set[str]:
    earlier = course.lessons[: course.lessons.index(lesson)]
    steps = [step for one in earlier for step in (*one.steps, *one.quiz)]
    return {name for step in steps for name in (*step.introduces, *step.glosses)}


def _is_taught(lesson: Lesson, term: Term) -> bool:
    return any(term.term in step.introduces for step in (*lesson.steps, *lesson.quiz))


def _pattern(term: Term) -> re.Pattern[str]:
    names = [re.sub(r"\s*\(.*\)$", "", term.term), *term.also]
    joined = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    return re.compile(rf"(?<![\w-])(?:{joined})(?:s|'s)?(?![\w-])", re.IGNORECASE)


def _first_use(step: AnyStep, pattern: re.Pattern[str]) -> tuple[str | int, ...] | None:
    for place, text in texts(step):
        if not SILENT & set(map(str, place)) and pattern.search(text):
            return place
    return None
