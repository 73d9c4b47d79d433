"""Stories: an opening, one of the plots under `plots/`, sometimes a moral.

A plot file is prose. `== title` begins a plot; each line is one beat; `[this|that]` is a choice,
`{hero}` a slot; a line that begins with `>` holds the morals. Written in the masculine
(`{he}`, `{him}`, `{his}`), a plot is told of heroes of any kind.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random

from tutor.tinylm.world.chance import happens
from tutor.tinylm.world.exercises import ANIMAL_WORDS, THING_WORDS
from tutor.tinylm.world.people import PEOPLE, VILLAGE, Person
from tutor.tinylm.world.words import (
    ANIMAL_NAMES,
    CHILDREN,
    COLOURS,
    DAYS,
    FOODS,
    GIRLS,
    LOOKS,
    NUMBERS,
    PLACES,
    SPOTS,
    TRAITS,
)
from tutor.tinylm.world.writing import (
    ALTERNATIVES,
    capital,
    expand,
    paraphrase,
    polish,
    with_article,
)


@dataclass(frozen=True, slots=True)
class Plot:
    """A story before it has names: its beats in order, and the morals to choose from."""

    title: str
    beats: tuple[str, ...]
    morals: tuple[str, ...]

    def names(self, slot: str) -> bool:
        """Whether the plot itself, in every telling, names this slot."""
        certain = ALTERNATIVES.sub("", " ".join(self.beats))
        return "{" + slot + "}" in certain


@cache
def plots() -> tuple[Plot, ...]:
    """Every plot, in the order of the files' names."""
    folder = files("tutor.tinylm.world") / "plots"
    pages = sorted(folder.iterdir(), key=lambda page: page.name)
    texts = [page.read_text("utf-8") for page in pages if page.name.endswith(".txt")]
    return tuple(_read(block) for text in texts for block in text.split("== ")[1:])


def _read(block: str) -> Plot:
    title, *lines = block.strip().splitlines()
    morals = tuple(moral for line in lines if line[0] == ">" for moral in line[1:].split("|"))
    beats = tuple(line for line in lines if line[0] != ">")
    return Plot(title, beats, tuple(moral.strip() for moral in morals))


def _pronouns(prefix: str, pronoun: str) -> dict[str, str]:
    """Slots such as `{he}`, `{Him}` or, with the prefix "f", `{fhis}` and `{Fhis}`."""
    spoken = (
        ("she", "her", "her", "herself") if pronoun == "she" else ("he", "him", "his", "himself")
    )
    slots = {
        prefix + slot: word
        for slot, word in zip(("he", "him", "his", "himself"), spoken, strict=True)
    }
    return slots | {slot[0].upper() + slot[1:]: capital(word) for slot, word in slots.items()}


def _pronoun_of(name: str) -> str:
    return "she" if name in GIRLS else "he"


@dataclass(frozen=True, slots=True)
class Hero:
    """Whom a story is about; the pronoun is "she" or "he"."""

    name: str
    pronoun: str
    description: str
    """For example "a shy otter"."""


def _hero(rng: Random, animal: str | None) -> Hero:
    trait = rng.choice(TRAITS)
    if animal is None and happens(rng, 0.6):
        name = rng.choice(CHILDREN)
        pronoun = _pronoun_of(name)
        return Hero(name, pronoun, with_article(f"{trait} {'girl' if pronoun == 'she' else 'boy'}"))
    name, pronoun = rng.choice(ANIMAL_NAMES), rng.choice(("she", "he"))
    return Hero(name, pronoun, with_article(f"{trait} {animal or rng.choice(ANIMAL_WORDS)}"))


def _elder(person: Person) -> dict[str, str]:
    slots = {"elder": f"{person.name} the {person.job}", "ename": person.name}
    return slots | _pronouns("e", person.pronoun)


VILLAGERS = {person.name.lower(): person.name for person in PEOPLE}
OPENINGS = (
    (
        "[Once upon a time there was|Long ago there lived|There once was|In {village} there lived] "
        "{description} named {hero}. [{hero} lived near the {place}.|{hero} loved the {place} more "
        "than any other place.|Every day {hero} walked to the {place}.|{hero} lived in a {colour} "
        "house.|]"
    ),
    (
        "{hero} was {description}. [{His} best friend was {friend}.|{He} lived by the {place} with "
        "{his} friend {friend}.|Everyone in {village} knew {him}.]"
    ),
    "This is the story of {hero}, {description} from [{village}|the house by the {place}].",
    (
        "It was [a cold winter|a warm summer|a windy autumn|an early spring] in {village}. "
        "{hero}, {description}, [was bored|was at the {place}|could not wait for {day}|lived there "
        "with {friend}]."
    ),
)
WEATHER = (
    "The wind was cold.", "The sun was high.", "A bird sang in a tree.", "It had rained at night.",
    "The clouds looked like sheep.", "It was a quiet day.", "There was snow on the roofs.",
)  # fmt: skip
ENDINGS = ("The end.", "And that was that.", "They lived happily ever after.", "So it was.")
HEADINGS = (
    "A story about {description} and {a_thing}\n", "The story of {hero} and the {thing}\n",
    "{title}\n", "{title}, told by {ename}\n",
)  # fmt: skip


def _slots(rng: Random, plot: Plot, animal: str | None, thing: str | None) -> dict[str, str]:
    hero = _hero(rng, animal)
    friend = rng.choice([name for name in CHILDREN if name != hero.name])
    things = rng.sample([one for one in THING_WORDS if one != thing], 2)
    animals, foods = rng.sample(ANIMAL_WORDS, 2), rng.sample(FOODS, 2)
    places, spots = rng.sample(PLACES, 2), rng.sample(SPOTS, 2)
    slots = {
        "hero": hero.name, "description": hero.description, "friend": friend, "village": VILLAGE,
        "thing": thing or things[0], "thing2": things[1], "animal": animals[0],
        "animal2": animals[1], "food": foods[0], "food2": foods[1], "place": places[0],
        "place2": places[1], "spot": spots[0], "spot2": spots[1], "look": rng.choice(LOOKS),
        "colour": rng.choice(COLOURS), "day": rng.choice(DAYS), "number": rng.choice(NUMBERS[3:13]),
    }  # fmt: skip
    slots |= _pronouns("", hero.pronoun) | _pronouns("f", _pronoun_of(friend))
    slots |= _elder(rng.choice(PEOPLE)) | VILLAGERS
    slots["a_thing"] = with_article(slots["thing"])
    slots["title"] = polish(capital(plot.title.format_map(slots)))
    return slots


def _told(rng: Random, lines: list[str], slots: dict[str, str]) -> str:
    """One paragraph; an empty choice leaves no second space behind."""
    text = paraphrase(rng, " ".join(lines))
    return polish(expand(rng, text, slots).replace("  ", " "))


def story(rng: Random, animal: str | None = None, thing: str | None = None) -> str:
    """Tell a plot; given an animal and a thing, the hero is one and the plot has the other."""
    plot = rng.choice(plots() if thing is None else plots_with_a_thing())
    return tell(rng, plot, animal, thing)


def tell(rng: Random, plot: Plot, animal: str | None = None, thing: str | None = None) -> str:
    """Tell this plot, of a hero and a thing if given."""
    slots = _slots(rng, plot, animal, thing)
    lines = [rng.choice(OPENINGS), *plot.beats]
    if happens(rng, 0.15):
        lines.insert(1, rng.choice(WEATHER))
    if happens(rng, 0.3):
        lines.append(rng.choice(ENDINGS))
    if happens(rng, 0.45):
        lines.append(rng.choice(("Moral: ", "The lesson is: ", "")) + rng.choice(plot.morals))
    return _told(rng, lines, slots)


@cache
def plots_with_a_thing() -> tuple[Plot, ...]:
    """The plots that name a thing in every telling."""
    return tuple(plot for plot in plots() if plot.names("thing"))


def titled_story(rng: Random) -> str:
    """A story under its heading; the heading names what the story is about."""
    thing = rng.choice(THING_WORDS)
    plot = rng.choice(plots_with_a_thing())
    slots = _slots(rng, plot, None, thing)
    lines = [rng.choice(OPENINGS), *plot.beats]
    heading = capital(rng.choice(HEADINGS).format_map(slots))
    return heading + _told(rng, lines, slots)
