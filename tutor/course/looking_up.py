"""Terms of the glossary by any of their names, by part of one, or by everyday words. Pure."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from tutor.course.model import Course, Term
from tutor.course.ranking import stems

ASKING = frozenset(stems("mean meaning work matter tell explain define definition happen use"))
"""Words that ask and name nothing."""
_PART = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True)
class LookedUp:
    """What a glossary has on a word."""

    exact: Term | None
    """The term that is called so."""
    near: tuple[Term, ...] = ()
    """Others that have the word in one of their names, or are asked for in such words."""


def look_up(course: Course, word: str) -> LookedUp:
    """Find what `word` may mean: number, case and hyphens aside."""
    wanted = stems(word)
    exact = next((t for t in course.terms if wanted in map(stems, names(t))), None)
    near = sorted(course.terms, key=lambda term: -_share(term, wanted, word))
    near = [term for term in near if _share(term, wanted, word)]
    near += terms_in_plain_words(course, word)
    others = dict.fromkeys(term.term for term in near if term is not exact)
    by_name = {term.term: term for term in course.terms}
    return LookedUp(exact, tuple(by_name[name] for name in others))


def similar_names(course: Course, word: str, most: int = 3) -> list[str]:
    """Terms, or words of their names, that are spelled much like `word`."""
    by_name = {name.casefold(): term.term for term in course.terms for name in names(term)}
    parts = {part.casefold(): part for name in by_name for part in _PART.findall(name)}
    spelled = parts | by_name
    close = difflib.get_close_matches(word.casefold(), list(spelled), n=most)
    return list(dict.fromkeys(spelled[name] for name in close))


def names(term: Term) -> tuple[str, ...]:
    """All that a term is called."""
    return (term.term, *term.also)


def _share(term: Term, wanted: Sequence[str], word: str) -> float:
    """How much of a name the words are, all being in it; little where it only begins alike."""
    begun = word.strip().casefold()
    if begun and any(name.casefold().startswith(begun) for name in names(term)):
        return 0.5
    spelled = [stems(name) for name in names(term)]
    shares = [len(wanted) / len(name) for name in spelled if wanted and {*wanted} <= {*name}]
    return max(shares, default=0.0)


def terms_named(course: Course, question: str) -> list[Term]:
    """Terms that a question names by any of their names, longest first; none inside another."""
    words = stems(question)
    found = []
    named = sorted(
        ((stems(name), term) for term in course.terms for name in names(term)),
        key=lambda pair: -len(pair[0]),
    )
    for name, term in named:
        at = _position(name, words)
        if at is not None and term not in found:
            found.append(term)
            words[at : at + len(name)] = ["|"]  # a reward model is not a model as well
    return found


def terms_in_plain_words(course: Course, question: str) -> list[Term]:
    """Terms for which the question has the everyday words that the glossary gives."""
    words = set(stems(question))
    return [
        term
        for term in course.terms
        if any(words.issuperset(stems(phrase)) for phrase in term.asked)
    ]


def _position(name: Sequence[str], words: Sequence[str]) -> int | None:
    size = len(name)
    places = range(len(words) - size + 1) if size else ()
    return next((at for at in places if list(words[at : at + size]) == list(name)), None)


def subject_of(course: Course, question: str) -> Term | None:
    """The term that a question asks for, where it asks for nothing beside it."""
    said = [word for word in stems(question) if word not in ASKING]
    return next((term for term in course.terms if said in map(stems, names(term))), None)
