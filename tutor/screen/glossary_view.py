"""Terms and their meanings."""

import re

from rich.console import RenderableType
from rich.text import Text

from tutor.course.looking_up import look_up, names, similar_names
from tutor.course.model import Course, Term
from tutor.screen.markdown import markdown
from tutor.screen.terminal import Look
from tutor.screen.words import dim

Group = list[RenderableType]
MOST = 5
"""How many terms are shown in full where no term is called just so."""


def lookup(course: Course, word: str, look: Look) -> list[Group]:
    """The term of that name, else those that have the word in theirs; empty for none."""
    found = look_up(course, word)
    if found.exact:
        return [entry(course, found.exact, look), *_others("See also", found.near)]
    if not found.near:
        return []
    shown, rest = found.near[:MOST], found.near[MOST:]
    first: Group = [dim(f"No term is called just {word!r}. Those that come near:"), Text("")]
    entries = [[*entry(course, term, look), Text("")] for term in shown]
    return [first, *entries[:-1], entries[-1][:-1], *_others("And", rest)]


def unknown(course: Course, word: str) -> tuple[str, str]:
    """What to say of a word that the glossary has not, and what to try."""
    near = ", ".join(similar_names(course, word))
    hint = f"did you mean: {near}?" if near else "all terms: tutor glossary"
    return f"the glossary has no {word!r}", hint


def _others(label: str, terms: tuple[Term, ...]) -> list[Group]:
    said = ", ".join(term.term for term in terms)
    return [[Text(""), dim(f"{label}: {said}.")]] if terms else []


def entry(course: Course, term: Term, look: Look) -> Group:
    """A term, where it is taught, and what it means."""
    titles = {lesson.id: lesson.title for lesson in course.lessons}
    told = {re.sub(r"\W", "", name.casefold()): name for name in reversed(names(term))}
    line = Text(", ".join(reversed(told.values())), style="bold")  # hyphens make no other name
    line.append(f"  (lesson: {titles.get(term.lesson, term.lesson)})", style="dim")
    return [line, markdown(term.meaning, look)]


def entries(course: Course, look: Look) -> list[Group]:
    """The whole glossary, a group for each term."""
    ordered = sorted(course.terms, key=lambda term: term.term.casefold())
    if not ordered:
        return [[Text("This course has no glossary.")]]
    groups = [[*entry(course, term, look), Text("")] for term in ordered]
    return [*groups[:-1], groups[-1][:-1]]
