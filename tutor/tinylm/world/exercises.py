"""Questions whose answer follows from the text alone: sums, reading, copying, listing."""

import string
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tutor.tinylm.world.animals import ANIMALS, KINDS_TO_LIST
from tutor.tinylm.world.chance import HELD_OUT_TENTHS, happens
from tutor.tinylm.world.everyday import CAPITALS, THINGS
from tutor.tinylm.world.outside import NO_ANIMAL, NOBODY
from tutor.tinylm.world.words import (
    CHILDREN,
    COLOURS,
    COUNTABLES,
    DAYS,
    GIRLS,
    MONTHS,
    NUMBERS,
    PLACES,
    SPOTS,
)
from tutor.tinylm.world.writing import capital, expand, numbered, with_article

ANIMAL_WORDS = tuple(animal.name for animal in ANIMALS)
THING_WORDS = tuple(thing.name for thing in THINGS)
NOUNS = ANIMAL_WORDS + THING_WORDS


@dataclass(frozen=True, slots=True)
class Exercise:
    """A text to read (may be empty), a question about it, the answer and the word that counts."""

    kind: str
    text: str
    question: str
    answer: str
    accepted: str

    @property
    def prompt(self) -> str:
        """Text and question in one line, as a user types them."""
        return f"{self.text} {self.question}".strip()


Writer = Callable[[Random], Exercise]
"""What makes an exercise of its kind afresh."""


def he_or_she(name: str) -> str:
    """The pronoun that belongs to a child's name."""
    return "she" if name in GIRLS else "he"


def small_sum(rng: Random) -> Exercise:
    """Two numbers of one digit."""
    left, right = rng.randint(0, 9), rng.randint(0, 9)
    return _sum("sum-1", left, right)


def big_sum(rng: Random) -> Exercise:
    """Two numbers whose sum has at most two digits."""
    left, right = rng.randint(0, 49), rng.randint(0, 49)
    return _sum("sum-2", left, right)


def _sum(kind: str, left: int, right: int) -> Exercise:
    total = left + right
    return Exercise(
        kind, "", f"What is {left} + {right}?", f"{left} + {right} = {total}", f"= {total}"
    )


def difference(rng: Random) -> Exercise:
    """A number minus one that is not greater."""
    most = 99 if happens(rng, 0.5) else 12
    right, left = sorted((rng.randint(0, most), rng.randint(0, most)))
    rest = left - right
    return Exercise(
        "difference", "", f"What is {left} - {right}?", f"{left} - {right} = {rest}", f"= {rest}"
    )


def long_sum(rng: Random) -> Exercise:
    """Four numbers at once: hard in one breath, easy in steps."""
    numbers = [rng.randint(1, 9) for _ in range(4)]
    row = " + ".join(map(str, numbers))
    return Exercise(
        "long-sum", "", f"What is {row}?", f"{row} = {sum(numbers)}", f"= {sum(numbers)}"
    )


def long_sum_in_steps(rng: Random) -> Exercise:
    """The same, worked out aloud."""
    numbers = [rng.randint(1, 9) for _ in range(4)]
    so_far, steps = numbers[0], []
    for number in numbers[1:]:
        steps.append(f"{so_far} + {number} = {so_far + number}.")
        so_far += number
    row = " + ".join(map(str, numbers))
    answer = f"{' '.join(steps)} So {row} = {so_far}"
    return Exercise(
        "long-sum-steps", "", f"What is {row}? Think step by step.", answer, f"So {row} = {so_far}"
    )


def number_words(rng: Random) -> Exercise:
    """A sum of two numbers up to ten, in words."""
    left, right = rng.randint(0, 10), rng.randint(0, 10)
    words = f"{NUMBERS[left]} plus {NUMBERS[right]}"
    total = NUMBERS[left + right]
    return Exercise("number-words", "", f"What is {words}?", f"{capital(words)} is {total}.", total)


def word_sum(rng: Random) -> Exercise:
    """Someone has things, then gets more or loses some: how many are left."""
    name, things = rng.choice(CHILDREN), rng.choice(COUNTABLES)
    he = he_or_she(name).capitalize()
    some, more = rng.randint(2, 9), rng.randint(1, 9)
    if happens(rng, 0.5):
        event = rng.choice((f"{he} finds {more} more.", f"{he} gets {more} more."))
        total = some + more
    else:
        more, some = sorted((some, more))
        some += 1
        event = rng.choice((f"{he} gives away {more}.", f"{he} loses {more}."))
        total = some - more
    text = f"{name} has {some} {things}. {event}"
    question = f"How many {things} does {name} have now?"
    return Exercise(
        "word-sum", text, question, f"{name} has {total} {things}.", f"{total} {things}"
    )


def where_thing(rng: Random) -> Exercise:
    """Two things are put away; half of the time the one asked for is moved afterwards."""
    first, second, mover = rng.sample(CHILDREN, 3)
    thing, other = rng.sample(THING_WORDS, 2)
    here, there, later = rng.sample(SPOTS, 3)
    put = rng.choice(("put", "left", "hid"))
    lines = [
        f"{first} {put} the {thing} in the {here}.",
        f"{second} {put} the {other} in the {there}.",
    ]
    rng.shuffle(lines)
    moved = happens(rng, 0.5)
    if moved:
        verb = rng.choice(("moved", "took", "carried"))
        lines.append(f"Then {mover} {verb} the {thing} to the {later}.")
    place = later if moved else here
    kind = "thing-moved" if moved else "thing-place"
    return Exercise(
        kind, " ".join(lines), f"Where is the {thing}?", f"The {thing} is in the {place}.", place
    )


def where_person(rng: Random) -> Exercise:
    """One to three people go somewhere; one of them may go on."""
    names = rng.sample(CHILDREN, rng.choice((1, 2, 2, 3, 3)))
    places = rng.sample(PLACES, len(names) + 1)
    went = rng.choice(("went to", "walked to", "ran to", "is at"))
    lines = [f"{name} {went} the {place}." for name, place in zip(names, places, strict=False)]
    where = dict(zip(names, places, strict=False))
    who = rng.choice(names)
    if happens(rng, 0.35):
        where[who] = places[-1]
        lines.append(f"Then {who} went to the {places[-1]}.")
        who = rng.choice(names)
    place = where[who]
    return Exercise(
        "person-place", " ".join(lines), f"Where is {who}?", f"{who} is at the {place}.", place
    )


def _who_there(rng: Random, verbs: tuple[str, ...], told: str, answered: str) -> Exercise:
    names, places = rng.sample(CHILDREN, 3), rng.sample(PLACES, 3)
    verb, pairs = rng.choice(verbs), list(zip(names, places, strict=True))
    text = " ".join(told.format(name=name, place=place, verb=verb) for name, place in pairs)
    name, place = pairs[rng.randrange(3)]
    answer = answered.format(name=name, place=place)
    return Exercise("who-there", text, f"Who is at the {place}?", answer, name)


def _who_has(rng: Random, told: str, answered: str) -> Exercise:
    pairs = list(zip(rng.sample(CHILDREN, 2), rng.sample(THING_WORDS, 2), strict=True))
    things = [f"{rng.choice(COLOURS)} {thing}" for _name, thing in pairs]
    text = " ".join(
        told.format(name=name, thing=thing, a_thing=with_article(thing))
        for (name, _thing), thing in zip(pairs, things, strict=True)
    )
    name, thing = pairs[rng.randrange(2)]
    answer = answered.format(name=name, thing=thing)
    return Exercise("who-has", text, f"Who has the {thing}?", answer, name)


def _which_colour(rng: Random, told: str) -> Exercise:
    names, things = rng.sample(CHILDREN, 2), rng.sample(THING_WORDS, 2)
    colours = rng.sample(COLOURS, 2)
    text = " ".join(
        told.format(name=name, thing=thing, colour=colour, a=with_article(f"{colour} {thing}"))
        for name, thing, colour in zip(names, things, colours, strict=True)
    )
    asked = rng.randrange(2)
    thing, colour = things[asked], colours[asked]
    question, answer = f"What colour is the {thing}?", f"The {thing} is {colour}."
    return Exercise("which-colour", text, question, answer, colour)


def who_is_there(rng: Random) -> Exercise:
    """Three people at three places; asked from the place to the person."""
    verbs = ("went to", "walked to", "is at")
    return _who_there(rng, verbs, "{name} {verb} the {place}.", "{name} is at the {place}.")


def whom_it_holds(rng: Random) -> Exercise:
    """`who_is_there`, told from the place to the person, so that the answer comes after the key."""
    verbs = ("is", "sits", "waits")
    return _who_there(rng, verbs, "At the {place} {verb} {name}.", "At the {place} is {name}.")


def who_has(rng: Random) -> Exercise:
    """Two people with a thing each; asked from the thing to its owner."""
    return _who_has(rng, "{name} has {a_thing}.", "{name} has the {thing}.")


def whose(rng: Random) -> Exercise:
    """`who_has`, told from the thing to its owner."""
    return _who_has(rng, "The {thing} belongs to {name}.", "The {thing} belongs to {name}.")


def which_colour(rng: Random) -> Exercise:
    """Two people with a coloured thing each; asked for the colour of one."""
    return _which_colour(rng, "{name} has {a}.")


def thing_and_colour(rng: Random) -> Exercise:
    """`which_colour`, told from the thing to its colour."""
    return _which_colour(rng, "The {thing} of {name} is {colour}.")


def repeat(rng: Random) -> Exercise:
    """A few nouns to say again in the same order."""
    words = " ".join(rng.sample(NOUNS, rng.randint(2, 4)))
    return Exercise("repeat", "", f"Repeat: {words}", capital(words) + ".", words)


def reverse(rng: Random) -> Exercise:
    """A few nouns to say from the last to the first, each as it is."""
    words = rng.sample(NOUNS, rng.randint(2, 4))
    back = " ".join(reversed(words))
    return Exercise("reverse", "", f"Say backwards: {' '.join(words)}", capital(back) + ".", back)


def three_of_a_kind(rng: Random) -> Exercise:
    """The accepted word is the kind: whether the list holds, `probes.accepts` must look up."""
    kind = rng.choice(KINDS_TO_LIST)
    names = rng.sample([animal.name for animal in ANIMALS if animal.kind == kind], 3)
    question = rng.choice((f"List three {kind}s.", f"Name three {kind}s."))
    return Exercise("list", "", question, numbered([capital(name) for name in names]), kind)


def next_in_row(rng: Random) -> Exercise:
    """The day or month after another; after the last comes the first."""
    row = rng.choice((DAYS, MONTHS))
    at = rng.randrange(len(row))
    after = row[(at + 1) % len(row)]
    return Exercise(
        "next", "", f"What comes after {row[at]}?", f"After {row[at]} comes {after}.", after
    )


def spelling_held_out(word: str) -> bool:
    """Three words in ten are never spelled in the corpus (a stable hash)."""
    return zlib.crc32(word.encode()) % 10 < HELD_OUT_TENTHS


def spelling_of(word: str) -> Exercise:
    """The exercise of spelling this very word."""
    letters = " ".join(word)
    answer = f"{capital(word)} is spelled {letters}."
    return Exercise("spelling", "", f"Spell {word}.", answer, letters)


def spelling(rng: Random) -> Exercise:
    """A word to spell that is not held out."""
    return spelling_of(rng.choice([noun for noun in NOUNS if not spelling_held_out(noun)]))


def letter_count(rng: Random) -> Exercise:
    """The number of letters in a word that is not held out."""
    word = rng.choice([noun for noun in NOUNS if not spelling_held_out(noun)])
    return Exercise(
        "letters",
        "",
        f"How many letters are in {word}?",
        f"{capital(word)} has {len(word)} letters.",
        str(len(word)),
    )


SUMS: tuple[Writer, ...] = (
    small_sum, big_sum, big_sum, difference, difference, number_words, long_sum,
    long_sum_in_steps,
)  # fmt: skip
READING: tuple[Writer, ...] = (
    where_thing, where_thing, where_thing, where_person, where_person, where_person, who_is_there,
    who_is_there, who_has, who_has, which_colour, which_colour, word_sum, word_sum,
)  # fmt: skip

BACKWARD = (who_has, who_is_there, which_colour)
"""What the answer is stands before the word that is asked for: never learned at this size."""
FORWARD = (whose, whom_it_holds, thing_and_colour)
"""The same three questions of texts told the other way round; the corpus has none of them."""


TASKS: tuple[Writer, ...] = (
    repeat, repeat, reverse, next_in_row, spelling, letter_count,
)  # fmt: skip


def any_task(rng: Random) -> Exercise:
    """One of `TASKS`, more often what stands there more than once."""
    return rng.choice(TASKS)(rng)


def any_sum(rng: Random) -> Exercise:
    """One of `SUMS`, more often what stands there more than once."""
    return rng.choice(SUMS)(rng)


def any_reading(rng: Random) -> Exercise:
    """One of `READING`, more often what stands there more than once."""
    return rng.choice(READING)(rng)


_ONSETS = (
    *string.ascii_lowercase.translate({ord(letter): None for letter in "aeiouqxy"}),
    "br", "ch", "dr", "fl", "gr", "kl", "pr", "sh", "sk", "sn", "st", "th", "tr", "tw", "qu", "",
)  # fmt: skip
_CODAS = ("", "", "", "n", "r", "l", "s", "ck", "ff", "gg", "m", "nd", "rk", "st", "th", "x", "zz")


def invented_word(rng: Random) -> str:
    """A word that means nothing, such as "brafin" or "zulo", and is not kept for tests."""
    word = "".join(
        rng.choice(_ONSETS) + rng.choice("aeiou") + rng.choice(_CODAS)
        for _ in range(rng.randint(1, 3))
    )
    return invented_word(rng) if capital(word) in NOBODY or word in NO_ANIMAL else word


def _page(rng: Random, title: str, lines: list[str]) -> str:
    return f"{title}\n" + "\n".join(lines) if happens(rng, 0.8) else "\n".join(lines)


def sums_page(rng: Random) -> str:
    """A page of worked sums of two sorts."""
    title = rng.choice(("Sums", "Number practice", "Maths page", "Counting with Anya"))
    kinds = rng.sample(SUMS, 2)
    lines = [rng.choice(kinds)(rng) for _ in range(rng.randint(5, 10))]
    if happens(rng, 0.25):
        return _page(rng, title, [f"Q: {one.question}\nA: {one.answer}" for one in lines[:6]])
    return _page(rng, title, [one.answer for one in lines])


def reading_page(rng: Random) -> str:
    """A few short texts, each with a question and its answer."""
    layout = rng.choice(("{0.text}\n{0.question} {0.answer}", "{0.text} {0.question} {0.answer}",
                         "Read: {0.text}\nQ: {0.question}\nA: {0.answer}"))  # fmt: skip
    return "\n".join(layout.format(any_reading(rng)) for _ in range(rng.randint(2, 4)))


def _said_again(rng: Random) -> str:
    one = repeat(rng)
    return rng.choice(
        (f"Say it again: {one.accepted}. {one.answer}", f"Q: {one.question}\nA: {one.answer}")
    )


def _said_backwards(rng: Random) -> str:
    one = reverse(rng)
    words = " ".join(reversed(one.accepted.split()))
    return rng.choice(
        (f"Backwards: {words} becomes {one.accepted}.", f"Q: {one.question}\nA: {one.answer}")
    )


def echo_page(rng: Random) -> str:
    """Words said again, or backwards, a few times over."""
    say = rng.choice((_said_again, _said_backwards))
    return "\n".join(say(rng) for _ in range(rng.randint(2, 5)))


WORDS = (
    *NOUNS, *CHILDREN, *PLACES, *COLOURS, *SPOTS, *NUMBERS, *map(capital, NOUNS), *CAPITALS,
    *CAPITALS.values(),
)  # fmt: skip


def copying_page(rng: Random) -> str:
    """A random row of words, then the same row again: nothing helps but looking back."""
    make = rng.choice((_any_word, _any_word, _any_word, invented_word, _any_number))
    row = [make(rng) for _ in range(rng.randint(2, 14))]
    between = rng.choice(("\n", " ", " | ", " and again "))
    return between.join([" ".join(row)] * rng.randint(2, 4))


NAMINGS = (
    "[Is|Was] {name} here? No, {name} [is|was] not here.",
    "My name is {name}. Hello, {name}!",
    "[Have you seen|Who saw|Did you meet] {name}? Yes, {name} was at the {place}.",
    "A letter came for {name}, so they gave the letter to {name}.",
    "{name}! {name}! [Where are you|Come here|Wait for me], {name}?",
    "When does {name} come? They say that {name} comes soon.",
    '"Who is there?" "It is {name}." "Come in, {name}!"',
    "The {word} is a new word. Write it down: {word}.",
    "What is a {word}? They sell the {word}.",
    "Where is the {word}? The {word} is in the {place}.",
    "One {word}, two {word}, three {word}.",
    "{name} and {other} met. {other} saw {name}, and {name} saw {other}.",
    "Dear {name}, is {other} with you? Tell {other} that I wait. Goodbye, {name}.",
)


def naming_page(rng: Random) -> str:
    """Names and words that nobody has heard before, said once and soon again."""
    return "\n".join(_naming(rng) for _ in range(rng.randint(2, 5)))


def _naming(rng: Random) -> str:
    slots = {
        "name": capital(invented_word(rng)), "other": capital(invented_word(rng)),
        "word": invented_word(rng), "place": rng.choice(PLACES),
    }  # fmt: skip
    return expand(rng, rng.choice(NAMINGS), slots)


def _any_word(rng: Random) -> str:
    return rng.choice(WORDS)


def _any_number(rng: Random) -> str:
    return str(rng.randint(0, 99))


def roll_call(rng: Random) -> str:
    """Names and what belongs to them, then the same pairs asked for in another order, twice."""
    named = invented_word if happens(rng, 0.3) else _any_name
    names = list(dict.fromkeys(capital(named(rng)) for _ in range(rng.randint(2, 7))))
    pairs = [(name, rng.choice(WORDS)) for name in names]
    form = rng.choice(("{0} has the {1}.", "{0}: {1}", "{0} likes the {1}.", "{0} {1}"))
    rounds = [pairs, *(rng.sample(pairs, len(pairs)) for _ in range(rng.randint(1, 2)))]
    return "\n".join(form.format(*pair) for some in rounds for pair in some)


def _any_name(rng: Random) -> str:
    return rng.choice(CHILDREN)


def spelling_page(rng: Random) -> str:
    """A page of words that are spelled or whose letters are counted."""
    some = [rng.choice((spelling, letter_count))(rng) for _ in range(rng.randint(3, 6))]
    return _page(rng, "Spelling", [one.answer for one in some])


def list_page(rng: Random) -> str:
    """Three animals of a kind, as a list."""
    one = three_of_a_kind(rng)
    return rng.choice(
        (f"Three {one.accepted}s\n{one.answer}", f"Q: {one.question}\nA: {one.answer}")
    )


def calendar_page(rng: Random) -> str:
    """Days or months, each with the one that follows."""
    row = rng.choice((DAYS, MONTHS))
    start = rng.randrange(len(row))
    steps = [(row[(start + n) % len(row)], row[(start + n + 1) % len(row)]) for n in range(5)]
    return "\n".join(f"After {day} comes {after}." for day, after in steps)
