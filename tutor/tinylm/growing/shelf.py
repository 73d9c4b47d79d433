"""What a model reads that grows up in a minute: one short shelf of Willowbrook's pages.

The whole small internet is too much for a minute. A few stories, told again and again in other
words and with other names, and the facts about a few animals and neighbours, are not.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from random import Random
from typing import TypeVar

from tutor.tinylm.world.animals import ANIMALS
from tutor.tinylm.world.facts import Fact, facts_about
from tutor.tinylm.world.pages import entry_about
from tutor.tinylm.world.people import PEOPLE
from tutor.tinylm.world.stories import plots, tell

PLOTS, CREATURES, NEIGHBOURS = 12, 16, 8
"""So many plots, animals and villagers stand on the shelf."""
CHARACTERS = 1_500_000
"""So much is written for one training: more than a minute's reading twice over."""

Thing = TypeVar("Thing")


def spread(things: Sequence[Thing], count: int) -> tuple[Thing, ...]:
    """So many of these things, taken at equal distances."""
    return tuple(things[at * len(things) // count] for at in range(count))


@cache
def subjects() -> tuple[str, ...]:
    """The animals and villagers that the shelf tells of."""
    animals, people = spread(ANIMALS, CREATURES), spread(PEOPLE, NEIGHBOURS)
    return (*(one.name for one in animals), *(one.name for one in people))


@cache
def facts() -> tuple[Fact, ...]:
    """All that can be learned about them."""
    return tuple(fact for subject in subjects() for fact in facts_about(subject))


def story(rng: Random) -> str:
    """One of the shelf's few plots."""
    return tell(rng, rng.choice(spread(plots(), PLOTS)))


def entry(rng: Random) -> str:
    """Some facts about one of its subjects."""
    return entry_about(rng, rng.choice(subjects()))


def questions(rng: Random) -> str:
    """Questions that nobody answers: what follows a question here is often another one."""
    return "\n".join(rng.choice(rng.choice(facts()).questions) for _ in range(rng.randint(3, 6)))


def quiz(rng: Random) -> str:
    """Questions with their answers."""
    asked = [rng.choice(facts()) for _ in range(rng.randint(3, 6))]
    lines = [f"Q: {rng.choice(fact.questions)}\nA: {fact.answer}" for fact in asked]
    return "Quiz\n" + "\n".join(lines)


SHARES: dict[Callable[[Random], str], int] = {story: 5, entry: 5, questions: 2, quiz: 3}
"""Pages of each sort among fifteen."""


def pages(seed: int, characters: int = CHARACTERS) -> Iterator[str]:
    """Pages until so many characters are written; the same for the same seed."""
    rng, written = Random(seed), 0
    while written < characters:
        page = rng.choices(tuple(SHARES), tuple(SHARES.values()))[0](rng)
        written += len(page)
        yield page
