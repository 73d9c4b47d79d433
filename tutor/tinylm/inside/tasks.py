"""What the model is asked while it is searched: gaps with one right next token.

Capitals and opposites are those of the invented world's pages; rows of words are drawn afresh, so
that nothing but looking back helps.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tutor.tinylm.tokenizer import END, Tokenizer
from tutor.tinylm.world.everyday import CAPITALS, OPPOSITES
from tutor.tinylm.world.exercises import ANIMAL_WORDS, THING_WORDS

ROWS, WORDS = 60, 5
SEED = 14


@dataclass(frozen=True, slots=True)
class Gap:
    """A text in tokens, the token that must follow, and where that can be read off."""

    text: str
    tokens: tuple[int, ...]
    wanted: int
    source: int
    """Place of the subject that the answer belongs to; of a row, of the word to be copied."""


def capitals(tokenizer: Tokenizer) -> list[Gap]:
    """The capital of each country; of a name in several tokens, the first one is wanted."""
    return [
        statement(tokenizer, f"The capital of {country}", " is", city)
        for country, city in CAPITALS.items()
    ]


def opposites(tokenizer: Tokenizer) -> list[Gap]:
    """The opposite of each word."""
    return [
        statement(tokenizer, f"The opposite of {word}", " is", other)
        for word, other in OPPOSITES.items()
    ]


def statement(tokenizer: Tokenizer, subject: str, rest: str, value: str) -> Gap:
    """A sentence about a subject, up to its value."""
    before = [tokenizer.special[END], *tokenizer.encode(subject)]
    tokens = (*before, *tokenizer.encode(rest))
    return Gap(subject + rest, tokens, tokenizer.encode(f" {value}")[0], len(before) - 1)


def rows(tokenizer: Tokenizer, count: int = ROWS, seed: int = SEED) -> list[Gap]:
    """Rows of words said twice, the last word of the second time left open."""
    rng, known = Random(seed), whole_words(tokenizer)
    return [row(tokenizer, rng.sample(known, WORDS)) for _ in range(count)]


def row(tokenizer: Tokenizer, words: Sequence[str]) -> Gap:
    """A row of words, each one token, and the same row again but for its last word."""
    said = " ".join(words)
    text = f"{said} | {said.rsplit(' ', 1)[0]}"
    tokens = (tokenizer.special[END], *tokenizer.encode(text))
    wanted = tokenizer.encode(f" {words[-1]}")[0]
    return Gap(text, tokens, wanted, tokens.index(wanted))


def whole_words(tokenizer: Tokenizer) -> list[str]:
    """Nouns that are one token in the middle of a line."""
    nouns = sorted({*ANIMAL_WORDS, *THING_WORDS})
    return [noun for noun in nouns if len(tokenizer.encode(f" {noun}")) == 1]


TASKS = {"capitals": capitals, "opposites": opposites, "rows": rows}
