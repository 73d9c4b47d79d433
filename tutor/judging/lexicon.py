"""What a course knows of words: other names of its terms, and which words are its own."""

import re
from dataclasses import dataclass
from functools import cached_property

from tutor.course.contents import texts
from tutor.course.model import Course
from tutor.judging.wording import keys

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Lexicon:
    """The words of a course; without one, no answer has another name and every typo may be one."""

    course: Course | None = None

    def other_names(self, answer: str) -> tuple[str, ...]:
        """All names that the glossary has for the term that `answer` names."""
        wanted = keys(answer)
        return tuple(name for known, names in self._terms if known & wanted for name in names)

    def has(self, word: str) -> bool:
        """Tell whether a word stands anywhere in the course, or in its glossary."""
        return word in self.words

    @cached_property
    def _terms(self) -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
        entries = self.course.terms if self.course else ()
        named = [(entry.term, *entry.also) for entry in entries]
        return tuple((frozenset().union(*map(keys, names)), names) for names in named)

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of the course, in lower case."""
        if self.course is None:
            return frozenset()
        told = [entry.meaning for entry in self.course.terms]
        for lesson in self.course.lessons:
            told += [text for step in (*lesson.steps, *lesson.quiz) for _, text in texts(step)]
        return frozenset(word for text in told for word in _WORD.findall(text.casefold()))


NO_LEXICON = Lexicon()
_latest = [NO_LEXICON]


def lexicon_of(course: Course) -> Lexicon:
    """The lexicon of a course, made once as long as the same one is asked about."""
    if _latest[0].course is not course:
        _latest[0] = Lexicon(course)
    return _latest[0]
