"""The same quiz for all three models, to see which of them remembers what was asked."""

from collections.abc import Sequence
from random import Random

from tutor.tinylm.growing import shelf
from tutor.tinylm.growing.book import Book
from tutor.tinylm.growing.learners import Scorer
from tutor.tinylm.world.facts import Fact

QUESTIONS = 40
LONGEST = 24
"""Tokens of an answer."""


def quiz(seed: int) -> list[Fact]:
    """Questions about the shelf's facts; all of them stand somewhere in its pages."""
    return Random(seed).sample(shelf.facts(), QUESTIONS)


def answer(scores: Scorer, book: Book, question: str) -> str:
    """The likeliest answer, on a quiz page whose last line is left open."""
    tokens = [book.end, *book.tokenizer.encode(f"Quiz\nQ: {question}\nA:")]
    start = len(tokens)
    for _ in range(LONGEST):
        token = int(scores(tokens).argmax())
        if token == book.end or "\n" in book.tokenizer.decode([token]):
            break
        tokens.append(token)
    return book.tokenizer.decode(tokens[start:]).strip()


def answers(scores: Scorer, book: Book, facts: Sequence[Fact]) -> list[str]:
    """Its answers to all of them."""
    return [answer(scores, book, fact.questions[0]) for fact in facts]


def right(given: Sequence[str], facts: Sequence[Fact]) -> int:
    """How many are right, word for word."""
    return sum(one == fact.answer for one, fact in zip(given, facts, strict=True))
