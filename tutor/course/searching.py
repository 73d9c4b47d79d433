"""Which steps of a lesson, and which terms, a question is about: BM25 over their words. Pure."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from tutor.course.contents import FACT
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

SATURATION, LENGTH = 1.2, 0.75
"""BM25's own two numbers, at their usual values."""
TITLE_WEIGHT = 2
"""A word of a heading, caption or term counts as often."""
LETTERS = 3
"""Shorter endings are not taken for a word's stem."""
_COMMON = """
a about all also am an and any are as at be because been being but by can could did do does
doing for from get gets had has have he her his how i if in into is it its made make makes
me mean means more most my no not of on one or our out she should so some such than that the
their them then there these they thing things this those to too two up us use used using was
we were what when where which who why will with would you your
"""
STOP_WORDS = frozenset(_COMMON.split())
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Passage:
    """A step that teaches, as text."""

    step: str
    number: int
    """From 1, as the learner sees it."""
    heading: str
    text: str


@dataclass(frozen=True)
class Found:
    """What a question seems to be about, the best first."""

    passages: tuple[Passage, ...]
    terms: tuple[Term, ...]


def passages(course: Course, lesson: Lesson) -> list[Passage]:
    """What a lesson says by itself; not its questions, whose answers are the learner's to find."""
    facts = {fact.id: fact.text for fact in course.facts}
    found, section = [], lesson.title
    for number, step in enumerate(lesson.steps, 1):
        section = step.section or section
        text = FACT.sub(lambda match: facts.get(match[1], match[0]), _told(step))
        if text:
            found.append(Passage(step.id, number, section, text))
    return found


def _told(step: AnyStep) -> str:
    match step:
        case Text() | Recall():
            return step.text
        case Figure():
            return f"{step.caption}\n\n{step.alternative}"
        case Worked():
            return "\n\n".join((step.problem, *step.lines))
        case Recap():
            return "\n".join(f"- {point.strip()}" for point in step.points)
        case Demo():
            return f"{step.title}\n\n{step.notice}"
        case Prediction() | Question():
            return ""
        case _:
            assert_never(step)


def search(course: Course, lesson: Lesson, question: str, most: int = 3) -> Found:
    """The passages and terms that share the question's rarer words."""
    told = passages(course, lesson)
    ranked = best(question, [(one.heading, one.text) for one in told])
    terms = best(question, [(_names(term), term.meaning) for term in course.terms])
    return Found(
        tuple(told[index] for index in ranked[:most]),
        tuple(course.terms[index] for index in terms[:most]),
    )


def lesson_with_most(course: Course, question: str) -> Lesson | None:
    """The lesson that has the best passage of the whole course; None where no lesson has any."""
    owners = [(lesson, one) for lesson in course.lessons for one in passages(course, lesson)]
    ranked = best(question, [(one.heading, one.text) for _, one in owners])
    return owners[ranked[0]][0] if ranked else None


def _names(term: Term) -> str:
    return " ".join((term.term, *term.also))


def best(question: str, texts: Sequence[tuple[str, str]]) -> list[int]:
    """Indices of the (title, text) pairs that have any of the question's words, best first."""
    counted = [Counter(stems(title) * TITLE_WEIGHT + stems(text)) for title, text in texts]
    rarity = _rarity(counted)
    mean = sum(counts.total() for counts in counted) / max(1, len(counted))
    wanted = set(stems(question))
    scores = [_score(wanted, counts, rarity, counts.total() / max(1.0, mean)) for counts in counted]
    ranked = sorted(range(len(texts)), key=lambda index: (-scores[index], index))
    return [index for index in ranked if scores[index] > 0]


def _rarity(counted: Iterable[Counter[str]]) -> dict[str, float]:
    """For each word, how much it tells: the fewer texts have it, the more."""
    all_counts = list(counted)
    having = Counter(word for counts in all_counts for word in counts)
    size = len(all_counts)
    return {word: math.log(1 + (size - n + 0.5) / (n + 0.5)) for word, n in having.items()}


def _score(
    wanted: set[str], counts: Counter[str], rarity: Mapping[str, float], length: float
) -> float:
    """BM25: rare words count more, repeated ones ever less, long texts need more of them."""
    norm = SATURATION * (1 - LENGTH + LENGTH * length)
    return sum(
        rarity[word] * counts[word] * (SATURATION + 1) / (counts[word] + norm)
        for word in wanted & counts.keys()
    )


def stems(text: str) -> list[str]:
    """The words that tell something, without the commonest endings of English."""
    words = (word.casefold() for word in _WORD.findall(text))
    return [_stem(word) for word in words if word not in STOP_WORDS]


def _stem(word: str) -> str:
    for ending, instead in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= LETTERS and word[-2:] != "ss":
            word = word.removesuffix(ending) + instead
            break
    return word.removesuffix("e") if len(word) > LETTERS else word
