"""Who has what, told either way and asked either way, and rows that are looked up both ways."""

from collections.abc import Callable
from random import Random

from tutor.tinylm.world.chance import happens
from tutor.tinylm.world.exercises import NOUNS, THING_WORDS, Exercise, invented_word
from tutor.tinylm.world.words import CHILDREN, COLOURS, PLACES, SPOTS
from tutor.tinylm.world.writing import capital, with_article

Pair = tuple[str, str]
CARELESS = 0.25
"""Share of the pages whose text and questions are typed without capitals."""
Ask = Callable[[str, Pair], Exercise]
BELONGINGS = tuple(dict.fromkeys((*NOUNS, *PLACES, *SPOTS, *COLOURS)))


def _owners(rng: Random, fewest: int, most: int) -> list[Pair]:
    count = rng.randint(fewest, most)
    return list(zip(rng.sample(CHILDREN, count), rng.sample(THING_WORDS, count), strict=True))


def _told(rng: Random, pairs: list[Pair]) -> str:
    """Who has what, mostly all told in one way."""
    forms = ("{name} has {a_thing}.", "The {thing} belongs to {name}.", "{name} found {a_thing}.")
    form = rng.choice((*forms[:2], forms[0]))
    return " ".join(
        (form if happens(rng, 0.85) else rng.choice(forms)).format(
            name=name, thing=thing, a_thing=with_article(thing)
        )
        for name, thing in pairs
    )


def what_one_has(rng: Random) -> Exercise:
    """One to three people with a thing each; asked for the thing of one."""
    pairs = _owners(rng, 1, 3)
    return _what(_told(rng, pairs), rng.choice(pairs))


def who_has_it(rng: Random) -> Exercise:
    """The same, asked for the owner of a thing."""
    pairs = _owners(rng, 2, 4)
    return _who(_told(rng, pairs), rng.choice(pairs))


def _what(text: str, pair: Pair) -> Exercise:
    name, thing = pair
    answer = f"{name} has {with_article(thing)}."
    return Exercise("what-has", text, f"What does {name} have?", answer, thing)


def _who(text: str, pair: Pair) -> Exercise:
    name, thing = pair
    return Exercise("who-has", text, f"Who has the {thing}?", f"The {thing} is with {name}.", name)


def who_is_where(rng: Random) -> Exercise:
    """Two to four people at places; asked from the place to the person."""
    pairs = _visitors(rng)
    return _visitor(_visits(rng, pairs), rng.choice(pairs))


def _visitors(rng: Random) -> list[Pair]:
    count = rng.randint(2, 4)
    return list(zip(rng.sample(CHILDREN, count), rng.sample(PLACES, count), strict=True))


def _visits(rng: Random, pairs: list[Pair]) -> str:
    verb = rng.choice(("went to", "walked to", "is at", "ran to"))
    return " ".join(f"{name} {verb} the {place}." for name, place in pairs)


def _visitor(text: str, pair: Pair) -> Exercise:
    name, place = pair
    answer = f"The one at the {place} is {name}."
    return Exercise("who-there", text, f"Who is at the {place}?", answer, name)


def _visited(text: str, pair: Pair) -> Exercise:
    name, place = pair
    answer = f"{name} is at the {place}."
    return Exercise("person-place", text, f"Where is {name}?", answer, place)


def colour_of_it(rng: Random) -> Exercise:
    """Two or three people with a coloured thing each; asked for the colour of one."""
    pairs = _coloured(rng)
    return _colour(_seen(rng, pairs), rng.choice(pairs))


def _coloured(rng: Random) -> list[Pair]:
    count = rng.randint(2, 4)
    return list(zip(rng.sample(THING_WORDS, count), rng.sample(COLOURS, count), strict=True))


def _seen(rng: Random, pairs: list[Pair]) -> str:
    return " ".join(
        f"{name} has {with_article(f'{colour} {thing}')}."
        for name, (thing, colour) in zip(rng.sample(CHILDREN, len(pairs)), pairs, strict=True)
    )


def _colour(text: str, pair: Pair) -> Exercise:
    thing, colour = pair
    question = f"What colour is the {thing}?"
    return Exercise("which-colour", text, question, f"The {thing} is {colour}.", colour)


def inventory_page(rng: Random) -> str:
    """One text and many questions about it, both ways: reading is what pays on this page."""
    match rng.randrange(3):
        case 0:
            pairs = _owners(rng, 3, 5)
            every = _asked(_told(rng, pairs), pairs, (_what, _who))
        case 1:
            pairs = _visitors(rng)
            every = _asked(_visits(rng, pairs), pairs, (_visitor, _visited))
        case _:
            pairs = _coloured(rng)
            every = _asked(_seen(rng, pairs), pairs, (_colour,))
    asked = rng.sample(every, rng.randint(2, min(6, len(every))))
    spell = str.lower if happens(rng, CARELESS) else str
    lines = [f"Q: {spell(one.question)}\nA: {one.answer}" for one in asked]
    return "\n".join([spell(every[0].text), *lines])


def putting_page(rng: Random) -> str:
    """Two to four things are put away, one may be moved; then it is asked where each is."""
    count = rng.randint(2, 4)
    things, spots = rng.sample(THING_WORDS, count), rng.sample(SPOTS, count + 1)
    names = rng.sample(CHILDREN, count + 1)
    put, lies = rng.choice(("put", "left", "hid")), dict(zip(things, spots, strict=False))
    lines = [f"{name} {put} the {thing} in the {lies[thing]}."
             for name, thing in zip(names, things, strict=False)]  # fmt: skip
    if happens(rng, 0.4):
        moved, lies[moved] = things[0], spots[-1]
        rng.shuffle(lines)
        verb = rng.choice(("moved", "took", "carried"))
        lines.append(f"Then {names[-1]} {verb} the {moved} to the {spots[-1]}.")
    text = " ".join(lines)
    asked = [Exercise("thing-place", text, f"Where is the {thing}?",
                      f"The {thing} is in the {lies[thing]}.", lies[thing])
             for thing in rng.sample(things, count)]  # fmt: skip
    spell = str.lower if happens(rng, CARELESS) else str
    return "\n".join(
        [spell(text), *(f"Q: {spell(one.question)}\nA: {one.answer}" for one in asked)]
    )


def _asked(text: str, pairs: list[Pair], asks: tuple[Ask, ...]) -> list[Exercise]:
    return [ask(text, pair) for ask in asks for pair in pairs]


def two_way_roll_call(rng: Random) -> str:
    """Names and what belongs to them; then from the thing to the name, in another order."""
    make = invented_word if happens(rng, 0.3) else _any_name
    names = list(dict.fromkeys(capital(make(rng)) for _ in range(rng.randint(2, 6))))
    things = rng.sample(BELONGINGS, len(names))
    pairs = list(zip(names, things, strict=True))
    there, back = rng.choice(
        (
            ("{0} has the {1}.", "The {1} is with {0}."), ("{0}: {1}", "{1}: {0}"),
            ("The {1} belongs to {0}.", "{0} has the {1}."), ("{0} - {1}", "{1} - {0}"),
        )
    )  # fmt: skip
    first = [there.format(*pair) for pair in pairs]
    second = [back.format(*pair) for pair in rng.sample(pairs, len(pairs))]
    return "\n".join([*first, *second])


def _any_name(rng: Random) -> str:
    return rng.choice(CHILDREN)
