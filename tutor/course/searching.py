"""Which steps of a course, and which of its terms, a question is about. Pure.

Words count as in BM25, those of titles for more; and a step that teaches a term which the question
names counts for most.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import assert_never

from tutor.course.contents import FACT, questions, texts
from tutor.course.looking_up import names, subject_of, terms_in_plain_words, terms_named
from tutor.course.model import (
    AnyStep,
    Course,
    Demo,
    Figure,
    Lesson,
    Prediction,
    Question,
    Recall,
    Recap,
    Term,
    Text,
    Worked,
)
from tutor.course.numbering import step_numbers
from tutor.course.ranking import best, rarities, scores, stems

TITLE, HEADING, ASIDE = 2.0, 2.0, 0.2
"""What a word counts in a step's own title, in its section's heading, and in what is asked about it
elsewhere; in its text it counts 1."""
TEACHES, PARTLY = 1.5, 0.5
"""What it adds that a step teaches a term which the question names, wholly or by some words of it;
times what these words tell."""
PLAINLY = 4.0
"""What it adds where the question has everyday words for the term."""
TERM_MEANT = 0.8
"""What that term's name then counts as words of the question."""
NEIGHBOURS = 1.0
"""What two neighbouring words of the question add where they are neighbours in a step, too."""
MOST = 3


@dataclass(frozen=True)
class Passage:
    """A step that teaches, as text."""

    lesson: Lesson
    lesson_number: int
    """From 1, as the learner sees it, like the next."""
    number: str
    step: str
    heading: str
    title: str
    text: str
    aside: str = ""
    """What a guess before it and questions on it ask: the same in other words, never shown."""
    teaches: tuple[str, ...] = ()
    """Terms of the glossary."""

    @property
    def place(self) -> str:
        """A name that no other step of the course has."""
        return f"{self.lesson.id}/{self.step}"


@dataclass(frozen=True)
class Found:
    """What a question seems to be about, the best first."""

    subject: Term | None
    """The term that is the question's subject: what else there is in it are small words."""
    passages: tuple[Passage, ...]
    terms: tuple[Term, ...]


def passages(course: Course, lesson: Lesson | None = None) -> list[Passage]:
    """What a lesson, or the course, says by itself; not its questions."""
    asides = _asides(course)
    return [
        passage
        for number, one in enumerate(course.lessons, 1)
        if lesson is None or one.id == lesson.id
        for passage in _of_lesson(course, one, number, asides)
    ]


def _of_lesson(
    course: Course, lesson: Lesson, lesson_number: int, asides: Mapping[str, str]
) -> Iterator[Passage]:
    facts = {fact.id: fact.text for fact in course.facts}
    section, asked = lesson.title, ""
    teaches: tuple[str, ...] = ()
    for number, step in zip(step_numbers(lesson.steps), lesson.steps, strict=True):
        section = step.section or section
        teaches = (*teaches, *step.introduces)
        title, text = _told(step)
        if isinstance(step, Prediction) and not text:
            asked = step.prompt
        if text:
            text = FACT.sub(lambda match: facts.get(match[1], match[0]), text)
            aside = "\n".join((asked, *(asides.get(topic, "") for topic in step.covers)))
            place = (lesson, lesson_number, number, step.id)
            yield Passage(*place, section, title, text, aside, teaches)
            asked, teaches = "", ()


def _asides(course: Course) -> dict[str, str]:
    """For each item of the inventory: its text, and what questions on it ask and find believed."""
    told = {topic.id: [topic.text] for topic in course.topics}
    for lesson in course.lessons:
        for question in questions(lesson):
            believed = [text for place, text in texts(question) if place[-1] == "misconception"]
            for topic in question.covers:
                told.setdefault(topic, []).extend([question.prompt, *believed])
    return {topic: "\n".join(words) for topic, words in told.items()}


def _told(step: AnyStep) -> tuple[str, str]:
    """A step's own title, and all that it says with it."""
    match step:
        case Text() | Recall():
            return "", step.text
        case Figure():
            return step.caption, f"{step.caption}\n\n{step.alternative}"
        case Worked():
            return "", "\n\n".join((step.problem, *step.lines))
        case Recap():
            return "", "\n".join(f"- {point.strip()}" for point in step.points)
        case Demo():
            return step.title, f"{step.title}\n\n{step.notice}"
        case Prediction():  # one that teaches a term; others would only give the answer away
            return "", f"{step.prompt}\n\n{step.reveal}" if step.introduces else ""
        case Question():
            return "", ""
        case _:
            assert_never(step)


def search(course: Course, question: str, lesson: Lesson | None = None, most: int = MOST) -> Found:
    """The passages and terms that a question is about: of the course, or of one lesson."""
    told = passages(course, lesson)
    named = terms_named(course, question)
    ranked = ranking(course, question, told)
    subject = subject_of(course, question)
    if subject:
        named = []
    terms = named or ([] if subject else _similar(course, question))
    return Found(subject, tuple(told[index] for index in ranked[:most]), tuple(terms[:most]))


def ranking(course: Course, question: str, told: Sequence[Passage]) -> list[int]:
    """Indices of the passages that have something on the question, the best first."""
    named, meant = terms_named(course, question), terms_in_plain_words(course, question)
    counted = [_words(one) for one in told]
    words_meant = (word for term in meant for word in stems(term.term))
    wanted = dict.fromkeys(words_meant, TERM_MEANT) | dict.fromkeys(stems(question), 1.0)
    points = scores(wanted, counted)
    worth = _worth(course, question, named, rarities(counted))
    for term in meant:
        worth[term.term] += PLAINLY
    pairs = set(pairwise(stems(question)))
    for index, one in enumerate(told):
        points[index] += sum(worth.get(term, 0.0) for term in one.teaches)
        points[index] += NEIGHBOURS * len(pairs & set(pairwise(stems(one.text))))
    ranked = sorted(range(len(told)), key=lambda index: (-points[index], index))
    return [index for index in ranked if points[index] > 0]


def _worth(
    course: Course, question: str, named: Sequence[Term], rarity: Mapping[str, float]
) -> dict[str, float]:
    """For each term, what it adds that a step teaches it: the more its words tell, the more."""
    asked = set(stems(question))
    worth = {}
    for term in course.terms:
        told = [
            sum(rarity.get(word, 0.0) for word in asked & {*name})
            * (len(asked & {*name}) / len(name))
            for name in map(stems, names(term))
            if name
        ]
        worth[term.term] = max(told, default=0.0) * (TEACHES if term in named else PARTLY)
    return worth


def _words(one: Passage) -> dict[str, float]:
    counts: dict[str, float] = dict(Counter(stems(one.text)))
    for words, weight in ((one.title, TITLE), (one.heading, HEADING), (one.aside, ASIDE)):
        for word in stems(words):
            counts[word] = counts.get(word, 0.0) + weight
    return counts


def _similar(course: Course, question: str) -> list[Term]:
    texts_of_terms = [(" ".join(names(term)), term.meaning) for term in course.terms]
    return [course.terms[index] for index in best(question, texts_of_terms)]
