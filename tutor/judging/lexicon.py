"""What a course knows of words: other names of its terms, and which words are its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tutor.course.contents import texts
from tutor.course.model import Course
from tutor.course.once import once
from tutor.judging.wording import keys

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Lexicon:
    """The words of a course; without one, no answer has another name and every typo may be one."""

    course: Course | None = None

    def other_names(self, answer: str) -> tuple[str, ...]:
        """All names that the glossary has for the term that `answer` names."""
        found = {at for key in keys(answer) for at in self._terms_by_key.get(key, ())}
        return tuple(name for at in sorted(found) for name in self._names[at])

    def has(self, word: str) -> bool:
        """Tell whether a word stands anywhere in the course, or in its glossary."""
        return word in self.words

    def near_length(self, length: int, most: int) -> Iterator[str]:
        """The words of about a length, at most so many letters more or less, sorted by length."""
        for each in range(max(0, length - most), length + most + 1):
            yield from self._words_by_length.get(each, ())

    @cached_property
    def _names(self) -> tuple[tuple[str, ...], ...]:
        """What each term of the glossary is called."""
        entries = self.course.terms if self.course else ()
        return tuple((entry.term, *entry.also) for entry in entries)

    @cached_property
    def _terms_by_key(self) -> dict[str, list[int]]:
        """For each spelling the terms that have it."""
        found: dict[str, list[int]] = {}
        for at, names in enumerate(self._names):
            for key in frozenset().union(*map(keys, names)):
                found.setdefault(key, []).append(at)
        return found

    @cached_property
    def _words_by_length(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for word in sorted(self.words):
            found.setdefault(len(word), []).append(word)
        return found

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


@once
def lexicon_of(course: Course) -> Lexicon:
    """The lexicon of a course."""
    return Lexicon(course)
