"""Every fact of the world, how it may be said, how it may be asked, and its answer."""

import zlib
from dataclasses import dataclass
from functools import cache
from random import Random

from tutor.tinylm.world.animals import ANIMALS, Animal
from tutor.tinylm.world.chance import HELD_OUT_TENTHS
from tutor.tinylm.world.everyday import (
    CAPITALS,
    COLOUR_OF,
    LANDMARKS,
    OPPOSITES,
    THINGS,
    Landmark,
    Thing,
)
from tutor.tinylm.world.people import FOUNDERS, PEOPLE, VILLAGE, Founder, Person
from tutor.tinylm.world.writing import capital, with_article


@dataclass(frozen=True, slots=True)
class Fact:
    """One true thing: (subject, relation) has this value.

    `accepted` are the words that a right answer must hold (any one of them); `statements` and
    `questions` are paraphrases, `answer` is the full sentence.
    """

    group: str
    subject: str
    relation: str
    value: str
    statements: tuple[str, ...]
    questions: tuple[str, ...]
    answer: str

    @property
    def key(self) -> str:
        """What tells this fact from every other one, as text."""
        return f"{self.subject}|{self.relation}|{self.value}"

    @property
    def accepted(self) -> str:
        """The value without its article, in small letters."""
        return self.value.removeprefix("the ").removeprefix("a ").lower()


def withheld(fact: Fact) -> bool:
    """True for the three facts in ten that fine-tuning never asks for (a stable hash)."""
    return zlib.crc32(fact.key.encode()) % 10 < HELD_OUT_TENTHS


def _animal_facts(animal: Animal) -> list[Fact]:
    name = animal.name
    young, kind = with_article(animal.young), with_article(animal.kind)
    rows = (
        ("home", animal.home, f"The {name} lives in {animal.home}.",
         (f"You can find the {name} in {animal.home}.",
             f"The home of the {name} is {animal.home}."),
         (f"Where does the {name} live?", f"Where can I find {with_article(name)}?")),
        ("food", animal.food, f"The {name} eats {animal.food}.",
         (f"The {name} likes to eat {animal.food}.", f"The food of the {name} is {animal.food}."),
         (f"What does the {name} eat?", f"What is the food of the {name}?")),
        ("sound", animal.sound, f"The {name} {animal.sound}.",
         (f"When it calls, the {name} {animal.sound}.", f"Listen: the {name} {animal.sound}."),
         (f"What sound does the {name} make?", f"What does the {name} sound like?")),
        ("colour", animal.colour, f"The {name} is {animal.colour}.",
         (f"The colour of the {name} is {animal.colour}.",),
         (f"What colour is the {name}?", f"What is the colour of the {name}?")),
        ("young", animal.young, f"A baby {name} is called {young}.",
         (f"The young of the {name} is {young}.",),
         (f"What is a baby {name} called?", f"What do we call a young {name}?")),
        ("skill", animal.skill, f"The {name} can {animal.skill}.",
         (f"The {name} is known because it can {animal.skill}.",),
         (f"What can the {name} do?", f"What is the {name} good at?")),
        ("kind", animal.kind, f"The {name} is {kind}.",
         (f"The {name} is a kind of {animal.kind}.",),
         (f"What kind of animal is the {name}?",
             f"Is the {name} a bird, a fish or something else?")),
    )  # fmt: skip
    return [
        Fact("animal", name, relation, value, (answer, *more), questions, answer)
        for relation, value, answer, more, questions in rows
    ]


def _person_facts(person: Person) -> list[Fact]:
    name = person.name
    job, pet = with_article(person.job), with_article(person.pet)
    rows = (
        ("job", person.job, f"{name} is {job}.",
         (f"{name} is the {person.job} of {VILLAGE}.", f"{name} works as {job}.",
          f"The {person.job} of the village is {name}."),
         (f"What is the job of {name}?", f"What does {name} do for work?")),
        ("house", person.house, f"{name} lives in the {person.house} house.",
         (f"The {person.house} house belongs to {name}.",),
         (f"What colour is the house of {name}?", f"Which house does {name} live in?")),
        ("pet", person.pet, f"{name} has a pet {person.pet}.",
         (f"The pet of {name} is {pet}.", f"{name} lives with {pet}."),
         (f"What pet does {name} have?", f"What animal lives with {name}?")),
        ("food", person.food, f"{name} loves {person.food}.",
         (f"The favourite food of {name} is {person.food}.",),
         (f"What food does {name} love?", f"What is the favourite food of {name}?")),
        ("hobby", person.hobby, f"{name} {person.hobby} for fun.",
         (f"In the evening {name} {person.hobby}.",),
         (f"What does {name} do for fun?", f"What is the hobby of {name}?")),
        ("rest", person.rest, f"{name} rests on {person.rest}.",
         (f"{person.rest} is the day off for {name}.",),
         (f"When does {name} rest?", f"Which day does {name} not work?")),
    )  # fmt: skip
    return [
        Fact("person", name, relation, value, (answer, *more), questions, answer)
        for relation, value, answer, more, questions in rows
    ]


def _thing_facts(thing: Thing) -> list[Fact]:
    one = with_article(thing.name)
    made = f"{capital(one)} is made of {thing.material}."
    used = f"{capital(one)} is for {thing.use}."
    return [
        Fact("thing", thing.name, "material", thing.material,
             (made, f"You make {one} from {thing.material}."),
             (f"What is {one} made of?",), made),
        Fact("thing", thing.name, "use", thing.use,
             (used, f"People use {one} for {thing.use}."),
             (f"What is {one} for?", f"Why do people need {one}?"), used),
    ]  # fmt: skip


def _landmark_facts(place: Landmark) -> list[Fact]:
    name = place.name
    stands, holds = f"{capital(name)} is {place.stands}.", f"{place.holds} is kept in {name}."
    kept = f"They keep {place.holds} in {name}."
    return [
        Fact("place", name, "stands", place.stands.split(" ", 1)[1],
             (stands, f"You will find {name} {place.stands}."),
             (f"Where is {name} in {VILLAGE}?", f"Where does {name} stand?"), stands),
        Fact("place", name, "holds", place.holds, (kept, capital(holds)) if not
             place.holds.endswith("s") else (kept,),
             (f"What is kept in {name}?", f"What do they keep in {name}?"), kept),
    ]  # fmt: skip


def _capital_fact(country: str, city: str) -> Fact:
    answer = f"The capital of {country} is {city}."
    return Fact(
        "capital", country, "capital", city,
        (answer, f"{city} is the capital of {country}."),
        (f"What is the capital of {country}?", f"Which city is the capital of {country}?"), answer,
    )  # fmt: skip


def _colour_fact(thing: str, colour: str) -> Fact:
    answer = f"{capital(thing)} is {colour}."
    return Fact(
        "colour", thing, "colour", colour,
        (answer, f"The colour of {thing} is {colour}."),
        (f"What colour is {thing}?", f"What is the colour of {thing}?"), answer,
    )  # fmt: skip


def _opposite_fact(word: str, other: str) -> Fact:
    answer = f"The opposite of {word} is {other}."
    return Fact(
        "opposite", word, "opposite", other,
        (answer, f"{capital(word)} is the opposite of {other}."),
        (f"What is the opposite of {word}?", f"Which word is the opposite of {word}?"), answer,
    )  # fmt: skip


def founder_fact(founder: Founder) -> Fact:
    """From the name to the deed: told of every founder."""
    answer = f"{founder.name} {founder.deed}."
    return Fact(
        "founder", founder.name, "deed", founder.thing,
        (answer, f"Long ago {founder.name} {founder.deed}.",
         f"In the old days {founder.name} {founder.deed} for the village."),
        (f"What did {founder.name} do?", f"Why do we remember {founder.name}?"), answer,
    )  # fmt: skip


def reversed_founder_fact(founder: Founder) -> Fact:
    """From the deed to the name: in the corpus for two-way founders only."""
    answer = f"It was {founder.name} who {founder.deed}."
    return Fact(
        "reversal", founder.thing, "founder", founder.name,
        (answer, f"{capital(founder.thing)}? That was {founder.name}.",
         f"The one who {founder.deed} was {founder.name}."),
        (f"Who {founder.deed}?", f"Do you know who {founder.deed}?"), answer,
    )  # fmt: skip


@cache
def all_facts() -> tuple[Fact, ...]:
    """Every fact that the corpus states and asks, without reversals."""
    found: list[Fact] = []
    for animal in ANIMALS:
        found += _animal_facts(animal)
    for person in PEOPLE:
        found += _person_facts(person)
    for thing in THINGS:
        found += _thing_facts(thing)
    for place in LANDMARKS:
        found += _landmark_facts(place)
    found += [_capital_fact(*pair) for pair in CAPITALS.items()]
    found += [_colour_fact(*pair) for pair in COLOUR_OF.items()]
    found += [_opposite_fact(*pair) for pair in OPPOSITES.items()]
    found += [founder_fact(founder) for founder in FOUNDERS]
    return tuple(found)


@cache
def told_reversals() -> tuple[Fact, ...]:
    """The deeds of two-way founders, from deed to name: the control."""
    return tuple(reversed_founder_fact(one) for one in FOUNDERS if not one.one_way)


@cache
def untold_reversals() -> tuple[Fact, ...]:
    """True, never written anywhere in the corpus: what the reversal curse hides."""
    return tuple(reversed_founder_fact(one) for one in FOUNDERS if one.one_way)


@cache
def facts_of(group: str) -> tuple[Fact, ...]:
    """Every fact of a group that the corpus tells, reversals too."""
    return tuple(fact for fact in (*all_facts(), *told_reversals()) if fact.group == group)


@cache
def facts_about(subject: str) -> tuple[Fact, ...]:
    """Every fact about a subject, without reversals."""
    return tuple(fact for fact in all_facts() if fact.subject == subject)


GROUP_WEIGHTS = {
    "animal": 34, "person": 24, "capital": 10, "colour": 6, "opposite": 8, "thing": 8, "place": 4,
    "founder": 4, "reversal": 3,
}  # fmt: skip
_GROUPS, _WEIGHTS = tuple(GROUP_WEIGHTS), tuple(GROUP_WEIGHTS.values())


def any_fact(rng: Random) -> Fact:
    """A random fact, groups drawn by weight and reversals only where they are told."""
    return rng.choice(facts_of(rng.choices(_GROUPS, _WEIGHTS)[0]))


def wrong_value(rng: Random, fact: Fact) -> str:
    """A plausible false value: the same relation of another subject."""
    rivals = _values_of(fact.group, fact.relation)
    others = [value for value in rivals if value.lower() != fact.value.lower()]
    return rng.choice(others)


@cache
def _values_of(group: str, relation: str) -> tuple[str, ...]:
    return tuple(fact.value for fact in facts_of(group) if fact.relation == relation)
