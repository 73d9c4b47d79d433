"""Terms and their meanings."""

import difflib

from rich.console import RenderableType
from rich.text import Text

from tutor.course.model import Course, Term
from tutor.screen.markdown import markdown
from tutor.screen.terminal import Look


def find_term(course: Course, word: str) -> Term | None:
    """Find a term by its name or another form of it, case aside."""
    folded = word.casefold()
    for term in course.terms:
        if folded in (term.term.casefold(), *(form.casefold() for form in term.also)):
            return term
    singular = folded.removesuffix("s")
    return find_term(course, singular) if singular != folded else None


def similar_terms(course: Course, word: str) -> list[str]:
    """Terms that `word` may have meant."""
    names = {term.term.casefold(): term.term for term in course.terms}
    inside = [name for key, name in names.items() if word.casefold() in key]
    close = difflib.get_close_matches(word.casefold(), list(names), n=3)
    return list(dict.fromkeys([*inside, *(names[key] for key in close)]))[:5]


def lookup(course: Course, word: str, look: Look) -> list[RenderableType]:
    """One term, or what it may have been."""
    term = find_term(course, word)
    if term is not None:
        return entry(course, term, look)
    near = similar_terms(course, word)
    also = f" Did you mean: {', '.join(near)}?" if near else " All terms: g, then Enter."
    return [Text(f"The glossary has no {word!r}.{also}")]


def entry(course: Course, term: Term, look: Look) -> list[RenderableType]:
    """A term, where it is taught, and what it means."""
    titles = {lesson.id: lesson.title for lesson in course.lessons}
    names = ", ".join([term.term, *term.also])
    line = Text(names, style="bold")
    line.append(f"  (lesson: {titles.get(term.lesson, term.lesson)})", style="dim")
    return [line, markdown(term.meaning, look)]


def entries(course: Course, look: Look) -> list[RenderableType]:
    """The whole glossary."""
    ordered = sorted(course.terms, key=lambda term: term.term.casefold())
    if not ordered:
        return [Text("This course has no glossary.")]
    return [part for term in ordered for part in (*entry(course, term, look), Text(""))][:-1]
