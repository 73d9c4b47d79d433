"""What can be listed: colours, fruits, animals of a kind, days; two to five of them at a time."""

import zlib
from random import Random

from tutor.tinylm.world import words
from tutor.tinylm.world.animals import ANIMALS, KINDS_TO_LIST
from tutor.tinylm.world.chance import HELD_OUT_TENTHS
from tutor.tinylm.world.everyday import CAPITALS, THINGS
from tutor.tinylm.world.exercises import Exercise
from tutor.tinylm.world.people import PEOPLE
from tutor.tinylm.world.writing import capital, joined, numbered

FRUITS = (
    "apple", "pear", "plum", "cherry", "orange", "lemon", "fig", "date", "grape", "banana", "peach",
    "melon",
)  # fmt: skip
VEGETABLES = (
    "carrot", "potato", "turnip", "bean", "pea", "onion", "cabbage", "leek", "radish", "pumpkin",
)  # fmt: skip
LISTS: dict[str, tuple[str, ...]] = {
    "colours": ("red", "blue", "green", "yellow", "white", "black", "brown", "pink", "orange",
        "purple", "grey"),
    "fruits": FRUITS, "vegetables": VEGETABLES,
    "animals": tuple(animal.name for animal in ANIMALS),
    **{f"{kind}s": tuple(one.name for one in ANIMALS if one.kind == kind)
        for kind in KINDS_TO_LIST},
    "days of the week": words.DAYS, "months": words.MONTHS, "countries": tuple(CAPITALS),
    "cities": tuple(CAPITALS.values()), "jobs": tuple(person.job for person in PEOPLE),
    "people of the village": tuple(person.name for person in PEOPLE),
    "things": tuple(thing.name for thing in THINGS), "foods": words.FOODS,
    "numbers": words.NUMBERS[1:13], "girls' names": words.GIRLS, "boys' names": words.BOYS,
}  # fmt: skip
COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5}
WISHES = ("List {0} {1}.", "Name {0} {1}.", "Give me {0} {1}.", "Tell me {0} {1}.")


def list_held_out(name: str, count: str) -> bool:
    """Three in ten pairs of a list and a count are kept for tests (a stable hash)."""
    return zlib.crc32(f"{count} {name}".encode()) % 10 < HELD_OUT_TENTHS


def counts_of(name: str) -> list[str]:
    """The counts that a list is long enough for."""
    return [word for word, count in COUNTS.items() if count <= len(LISTS[name])]


def list_of(rng: Random, name: str, count: str) -> Exercise:
    """So many different ones of a list; `accepted` is the list's name."""
    items = rng.sample(LISTS[name], COUNTS[count])
    asked = rng.choice(WISHES).format(count, name)
    return Exercise("list", "", asked, numbered([capital(item) for item in items]), name)


def list_in_order(rng: Random, name: str, count: str) -> Exercise:
    """The same in the list's own order, begun anywhere: after each item it is clear which comes."""
    items = LISTS[name]
    start = rng.randrange(len(items))
    some = [items[(start + step) % len(items)] for step in range(COUNTS[count])]
    asked = rng.choice(WISHES).format(count, name)
    return Exercise("list", "", asked, numbered([capital(item) for item in some]), name)


def any_list(rng: Random) -> Exercise:
    """Any list, of any count."""
    name = rng.choice(list(LISTS))
    return list_of(rng, name, rng.choice(counts_of(name)))


def catalogue_page(rng: Random) -> str:
    """Lists, some under a heading, some in a sentence, some as asked for."""
    return "\n".join(_listed(rng) for _ in range(rng.randint(1, 4)))


def _listed(rng: Random) -> str:
    one = any_list(rng)
    items = LISTS[one.accepted]
    some = rng.sample(items, min(len(items), rng.randint(2, 6)))
    return rng.choice(
        (
            f"Q: {one.question}\nA: {one.answer}",
            f"Q: {one.question}\nA: {one.answer}",
            f"{capital(one.accepted)}: {joined(some)}.",
            f"{capital(joined(some))} are {one.accepted}.",
        )
    )
