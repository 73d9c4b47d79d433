"""Questions that follow a question: "And of Italy?", "What does it eat?".

The second question leaves out what the first has said, so that only a reader of both can answer.
"""

from dataclasses import dataclass
from random import Random

from tutor.tinylm.world.animals import ANIMALS
from tutor.tinylm.world.chance import happens
from tutor.tinylm.world.exercises import small_sum
from tutor.tinylm.world.facts import Fact, facts_about, facts_of
from tutor.tinylm.world.people import PEOPLE
from tutor.tinylm.world.words import CHILDREN

ANOTHER = {
    "animal": ("And the {0}?", "What about the {0}?", "And {a}?"),
    "person": ("And {0}?", "What about {0}?", "And for {0}?"),
    "capital": ("And of {0}?", "And {0}?", "What about {0}?"),
    "colour": ("And {0}?", "What about {0}?", "And of {0}?"),
    "opposite": ("And of {0}?", "And {0}?", "What about {0}?"),
    "thing": ("And {a}?", "What about {a}?"),
    "place": ("And {0}?", "What about {0}?"),
}
"""How the same is asked of another subject, by group."""
_GROUPS, _SHARES = tuple(ANOTHER), (32, 24, 16, 6, 8, 8, 6)
_ANIMALS = frozenset(animal.name for animal in ANIMALS)
_PRONOUNS = {person.name: person.pronoun for person in PEOPLE}
STILL_ABOUT_IT = 0.4
"""Share of the follow-ups that ask something else of the same subject."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A fact, the question for it, a second fact, and the short question for that."""

    first: Fact
    question: str
    second: Fact
    short: str


def follow_up(rng: Random) -> FollowUp:
    """A question and one that follows it."""
    return _same_subject(rng) if happens(rng, STILL_ABOUT_IT) else _same_relation(rng)


def _same_relation(rng: Random) -> FollowUp:
    group = rng.choices(_GROUPS, _SHARES)[0]
    first = rng.choice(facts_of(group))
    second, short = _another(rng, first)
    return FollowUp(first, rng.choice(first.questions), second, short)


def _another(rng: Random, fact: Fact) -> tuple[Fact, str]:
    """The same of another subject, and the short question for it."""
    others = [
        one for one in facts_of(fact.group)
        if one.relation == fact.relation and one.subject != fact.subject
    ]  # fmt: skip
    other = rng.choice(others)
    article = "an" if other.subject[0] in "aeiou" else "a"
    form = rng.choice(ANOTHER[fact.group])
    return other, form.format(other.subject, a=f"{article} {other.subject}")


def _same_subject(rng: Random) -> FollowUp:
    """With "it", "she" or "he" where the name was."""
    name = rng.choice((*sorted(_ANIMALS), *sorted(_PRONOUNS)))
    pairs = [
        (fact, short)
        for fact in facts_about(name)
        for question in fact.questions
        if (short := with_pronoun(question, name)) != question
    ]
    second, short = rng.choice(pairs)
    first = rng.choice([one for one in facts_about(name) if one.relation != second.relation])
    if happens(rng, 0.4):
        short = f"And {short[0].lower()}{short[1:]}"
    return FollowUp(first, rng.choice(first.questions), second, short)


def with_pronoun(question: str, name: str) -> str:
    """The question with a pronoun for the name, where that is as easy as a word for a word."""
    if name in _ANIMALS:
        return question.replace(f"a baby {name}", "its baby").replace(f"the {name}", "it")
    pronoun = _PRONOUNS[name]
    theirs, them = ("her", "her") if pronoun == "she" else ("his", "him")
    for ending in ("job", "house", "hobby", "favourite food"):
        question = question.replace(f"the {ending} of {name}", f"{theirs} {ending}")
    return question.replace(f"with {name}", f"with {them}").replace(name, pronoun)


def follow_up_chat(rng: Random) -> str:
    """Two people talk; one asks and asks on, the other answers."""
    asks, answers = rng.choice(
        (
            tuple(person.name for person in rng.sample(PEOPLE, 2)), tuple(rng.sample(CHILDREN, 2)),
            ("Visitor", "Wren"), ("Q", "A"), ("Q", "A"),
        )
    )  # fmt: skip
    lines = list[str]()
    for _ in range(rng.randint(1, 3)):
        for asked, told in _turns(rng):
            lines += [f"{asks}: {asked}", f"{answers}: {told}"]
    return "\n".join(lines)


def _two_sums(rng: Random) -> list[tuple[str, str]]:
    one, other = small_sum(rng), small_sum(rng)
    short = "And " + other.question.removeprefix("What is ")
    return [(one.question, one.answer), (short, other.answer)]


def _turns(rng: Random) -> list[tuple[str, str]]:
    if happens(rng, 0.1):
        return _two_sums(rng)
    one = follow_up(rng)
    turns = [(one.question, one.first.answer), (one.short, one.second.answer)]
    if happens(rng, 0.4) and one.first.subject != one.second.subject:
        third, short = _another(rng, one.second)
        turns.append((short, third.answer))
    return turns
