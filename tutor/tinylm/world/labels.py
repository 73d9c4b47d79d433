"""Pages whose labels are made up afresh for each page: what is learned in context is all there is.

    kite: zup
    whale: mab
    drum: zup

Mostly the label goes by the sort of thing, sometimes by the very item, so that only repeats can be
known. A fifth of the items is never labelled in the corpus, and two pairs of sorts never meet:
whether examples in a prompt change the answer is tested on those.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from tutor.tinylm.world import words
from tutor.tinylm.world.animals import ANIMALS
from tutor.tinylm.world.chance import happens
from tutor.tinylm.world.everyday import CAPITALS, THINGS
from tutor.tinylm.world.exercises import NOUNS
from tutor.tinylm.world.outside import NO_ANIMAL, NOBODY
from tutor.tinylm.world.writing import capital

SORTS = {
    "animal": tuple(animal.name for animal in ANIMALS), "food": words.FOODS,
    "colour": words.COLOURS, "place": words.PLACES, "girl": words.GIRLS, "boy": words.BOYS,
    "country": tuple(CAPITALS), "thing": tuple(thing.name for thing in THINGS),
    "day": words.DAYS + words.MONTHS, "number": tuple(str(number) for number in range(1, 60)),
    "city": tuple(CAPITALS.values()),
}  # fmt: skip
NEVER_TOGETHER = (("animal", "food"), ("girl", "number"))
"""Pairs of sorts that share no page of the corpus."""
SEPARATORS = (": ", " - ", " = ", " -> ", " is ")
BY_ITEM, SAID_AGAIN = 0.2, 0.15
"""Share of the pages that label each item by itself, and of the lines that repeat an item."""
_CONSONANTS, _VOWELS = "bcdfghjklmnprstvwz", "aeiou"


def never_labelled(item: str) -> bool:
    """True for the fifth of the items that no page of the corpus labels (a stable hash)."""
    return zlib.crc32(f"label of {item}".encode()) % 5 == 0


def made_up(rng: Random) -> str:
    """A label such as "zup" or "mabin" that is no word, and no name that is kept for tests."""
    label = rng.choice(_CONSONANTS) + rng.choice(_VOWELS) + rng.choice(_CONSONANTS)
    if happens(rng, 0.3):
        label += rng.choice(_VOWELS) + rng.choice(_CONSONANTS)
    taken = capital(label) in NOBODY or label in NO_ANIMAL or label in NOUNS
    return made_up(rng) if taken else label


def made_up_labels(rng: Random, sorts: Sequence[str]) -> dict[str, str]:
    """A label of its own for each sort."""
    labels: list[str] = []
    while len(labels) < len(sorts):
        label = made_up(rng)
        if label not in labels:
            labels.append(label)
    return dict(zip(sorts, labels, strict=True))


def labelled_in_corpus(sort: str) -> tuple[str, ...]:
    """The items of a sort that pages of the corpus label."""
    return tuple(item for item in SORTS[sort] if not never_labelled(item))


def kept_for_tests(sort: str) -> tuple[str, ...]:
    """The items of a sort that only tests label."""
    return tuple(item for item in SORTS[sort] if never_labelled(item))


def _sorts(rng: Random) -> list[str]:
    while True:
        sorts = rng.sample(sorted(SORTS), rng.choice((2, 2, 2, 3)))
        if not any(set(pair) <= set(sorts) for pair in NEVER_TOGETHER):
            return sorts


def label_page(rng: Random) -> str:
    """Items with labels made up for this page."""
    return "\n".join(_by_item(rng) if happens(rng, BY_ITEM) else _by_sort(rng))


def _by_sort(rng: Random) -> Iterator[str]:
    sorts, separator = _sorts(rng), rng.choice(SEPARATORS)
    labels, said = made_up_labels(rng, sorts), list[str]()
    for _ in range(rng.randint(6, 18)):
        if said and happens(rng, SAID_AGAIN):
            yield rng.choice(said)
        else:
            sort = rng.choice(sorts)
            said.append(f"{rng.choice(labelled_in_corpus(sort))}{separator}{labels[sort]}")
            yield said[-1]


def _by_item(rng: Random) -> Iterator[str]:
    every = [item for sort in SORTS for item in labelled_in_corpus(sort)]
    items, separator = rng.sample(every, rng.randint(3, 6)), rng.choice(SEPARATORS)
    labels = made_up_labels(rng, items)
    for _ in range(rng.randint(8, 16)):
        item = rng.choice(items)
        yield f"{item}{separator}{labels[item]}"


@dataclass(frozen=True, slots=True)
class LabelTest:
    """A page so far, its last line open; the labels that stand on it, and the right one."""

    page: str
    labels: tuple[str, str]
    right: str


def label_test(rng: Random, each: int, *, met: bool = True) -> LabelTest:
    """Two sorts with `each` examples and an item never labelled; not `met`: sorts never together.

    The labels are " zup" and the like, as they follow the page; without examples both are unseen.
    """
    sorts = _two_sorts(rng) if met else list(rng.choice(NEVER_TOGETHER))
    labels, separator = made_up_labels(rng, sorts), rng.choice(SEPARATORS)
    lines = [
        f"{item}{separator}{labels[sort]}\n"
        for sort in sorts
        for item in rng.sample(labelled_in_corpus(sort), min(each, len(labelled_in_corpus(sort))))
    ]
    rng.shuffle(lines)
    asked = rng.choice(sorts)
    item = rng.choice(kept_for_tests(asked))
    one, other = labels.values()
    page = "".join(lines) + item + separator.rstrip()
    return LabelTest(page, (f" {one}", f" {other}"), f" {labels[asked]}")


def _two_sorts(rng: Random) -> list[str]:
    testable = [sort for sort in sorted(SORTS) if kept_for_tests(sort)]
    while True:
        sorts = rng.sample(testable, 2)
        if tuple(sorted(sorts)) not in NEVER_TOGETHER:
            return sorts
