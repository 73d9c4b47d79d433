# ruff: noqa: ARG001  (askers share one signature)
"""Fine-tuning data: what a user may say, what our assistant should answer, and how to check it.

A pair is a `Probe`: its prompt, its reference answer as the reply, and the test of a right reply.
`ask(rng)` draws from what fine-tuning may see, `ask(rng, held_out=True)` from what it never sees:
other facts, other topics, other invented names, other pairs of words for a story. Some kinds hold
nothing out, for want of prompts or because they are made afresh: what was read all the same,
`demonstrations.seen` tells.
"""

import zlib
from random import Random
from typing import Protocol

from tutor.tinylm.world import exercises, outside, pages, stories
from tutor.tinylm.world.chance import HELD_OUT_TENTHS, happens
from tutor.tinylm.world.exercises import ANIMAL_WORDS, THING_WORDS
from tutor.tinylm.world.facts import any_fact, withheld
from tutor.tinylm.world.people import PEOPLE
from tutor.tinylm.world.probes import Probe, misconception_probes, of_exercise, of_fact
from tutor.tinylm.world.writing import capital, with_article


class Asker(Protocol):
    """What draws one prompt with its reply; held out, one that fine-tuning never sees."""

    def __call__(self, rng: Random, *, held_out: bool) -> Probe:
        """One prompt with its reply."""


def _list_of(items: tuple[str, ...], *, held_out: bool) -> tuple[str, ...]:
    return tuple(outside.unseen(items) if held_out else outside.seen(items))


def ask_fact(rng: Random, *, held_out: bool) -> Probe:
    """A question about one fact, in any of its wordings."""
    while withheld(fact := any_fact(rng)) is not held_out:
        pass
    return of_fact(fact, rng.randrange(len(fact.questions)))


FORWARD_SHARE = 0.3
"""Then as many texts are told forward as backward."""


def ask_reading(rng: Random, *, held_out: bool) -> Probe:
    """A short text and a question that it answers; made afresh, so that none is held out."""
    forward = rng.choice(exercises.FORWARD)
    return of_exercise(forward(rng) if happens(rng, FORWARD_SHARE) else exercises.any_reading(rng))


def ask_sum(rng: Random, *, held_out: bool) -> Probe:
    """A sum in digits or words; made afresh, so that none is held out."""
    return of_exercise(exercises.any_sum(rng))


def ask_echo(rng: Random, *, held_out: bool) -> Probe:
    """Words to say again or backwards; made afresh, so that none is held out."""
    return of_exercise(rng.choice((exercises.repeat, exercises.reverse))(rng))


def ask_list(rng: Random, *, held_out: bool) -> Probe:
    """Three animals of a kind; any three are right, so that none is held out."""
    return of_exercise(exercises.three_of_a_kind(rng))


def ask_next(rng: Random, *, held_out: bool) -> Probe:
    """The day or month after another: too few to hold any out."""
    return of_exercise(exercises.next_in_row(rng))


def ask_verdict(rng: Random, *, held_out: bool) -> Probe:
    """A claim to check: the reply recalls the fact and judges the claim."""
    while withheld(fact := any_fact(rng)) is not held_out:
        pass
    question, answer = pages.yes_or_no(rng, fact)
    verdict = "Yes, that is true" if "Yes, that is true" in answer else "that is not true"
    return Probe("verdict", question, answer, (verdict,))


def ask_belief(rng: Random, *, held_out: bool) -> Probe:
    """A question on which the forum errs; the reply tells the truth."""
    return rng.choice(misconception_probes())


def story_pair_held_out(animal: str, thing: str) -> bool:
    """Three in ten pairs of an animal and a thing are kept for tests (a stable hash)."""
    return zlib.crc32(f"{animal}+{thing}".encode()) % 10 < HELD_OUT_TENTHS


def ask_story(rng: Random, *, held_out: bool) -> Probe:
    """A wish for a story about an animal and a thing; the reply must name both."""
    animal, thing = rng.choice(ANIMAL_WORDS), rng.choice(THING_WORDS)
    while story_pair_held_out(animal, thing) is not held_out:
        animal, thing = rng.choice(ANIMAL_WORDS), rng.choice(THING_WORDS)
    words = f"{with_article(animal)} and {with_article(thing)}"
    asked = rng.choice(
        ("Write a story about {0}.", "Tell me a story about {0}.", "Tell me a story with {0}.")
    )
    return Probe(
        "story", asked.format(words), stories.story(rng, animal, thing), needed=(animal, thing)
    )


def ask_poem(rng: Random, *, held_out: bool) -> Probe:
    """A wish for a poem; the reply must name whom it is about."""
    poem = pages.poem(rng)
    who = poem.split()[2]
    return Probe("poem", f"Write a poem about {with_article(who)}.", poem, needed=(who,))


_ONSETS = (
    "B",
    "D",
    "F",
    "G",
    "K",
    "L",
    "M",
    "N",
    "P",
    "R",
    "S",
    "T",
    "V",
    "Br",
    "Kr",
    "St",
    "Tr",
    "Fl",
    "Gr",
    "Sh",
)
_RHYMES = (
    "ack",
    "elm",
    "ib",
    "ond",
    "urk",
    "eth",
    "im",
    "ox",
    "ard",
    "ett",
    "umble",
    "ick",
    "aff",
    "oon",
    "ebb",
)
_ENDS = ("", "", "a", "o", "in", "us", "ley", "by", "er", "ette")
_STRANGERS = (
    "Peter",
    "Susan",
    "Robert",
    "Emma",
    "George",
    "Laura",
    "Ahmed",
    "Mei",
    "Carlos",
    "Ingrid",
    "Frank",
    "Sofia",
)


def stranger(rng: Random) -> str:
    """A name nobody in the village bears."""
    if happens(rng, 0.25):
        return rng.choice(_STRANGERS)
    name = rng.choice(_ONSETS) + rng.choice(_RHYMES) + rng.choice(_ENDS)
    known = {person.name for person in PEOPLE} | set(outside.NOBODY)
    return stranger(rng) if name in known else name


def ask_stranger(rng: Random, *, held_out: bool) -> Probe:
    """A question about someone who is in no page; the reply says so."""
    name = rng.choice(outside.NOBODY) if held_out else stranger(rng)
    asked = rng.choice(
        ("What pet does {0} have?", "What food does {0} love?", "What is the job of {0}?",
            "When does {0} rest?",
         "What does {0} do for fun?", "What colour is the house of {0}?", "Who is {0}?",
         "What did {0} do?")
    )  # fmt: skip
    reply = rng.choice(("I do not know anybody of that name.", "I do not know who that is."))
    return Probe("stranger", asked.format(name), reply, ("not know",))


def ask_no_animal(rng: Random, *, held_out: bool) -> Probe:
    """A question about an animal that does not exist; the reply says so."""
    name = rng.choice(outside.NO_ANIMAL) if held_out else stranger(rng).lower()
    asked = rng.choice(
        ("Where does the {0} live?", "What does the {0} eat?", "What colour is the {0}?",
            "What is a baby {0} called?",
         "What sound does the {0} make?", "What can the {0} do?", "What kind of animal is the {0}?")
    )  # fmt: skip
    reply = rng.choice(("I do not know such an animal.", "I do not know what that is."))
    return Probe("no-animal", asked.format(name), reply, ("not know",))


def ask_far_country(rng: Random, *, held_out: bool) -> Probe:
    """The capital of a country that no page tells of; the reply says so."""
    country = rng.choice(_list_of(outside.COUNTRIES, held_out=held_out))
    asked = rng.choice(("What is the capital of {0}?", "Which city is the capital of {0}?"))
    reply = rng.choice(("I do not know that country.", "I do not know its capital."))
    return Probe("far-country", asked.format(country), reply, ("not know",))


_DETAILS = (
    ("How old is {0}?", "how old {0} is"), ("How tall is {0}?", "how tall {0} is"),
    ("Who is the mother of {0}?", "who the mother of {0} is"),
    ("When was {0} born?", "when {0} was born"),
    ("What is the favourite book of {0}?", "what the favourite book of {0} is"),
    ("Is {0} married?", "if {0} is married"),
    ("How much money does {0} have?", "how much money {0} has"),
    ("What did {0} eat yesterday?", "what {0} ate yesterday"),
    ("Where was {0} last year?", "where {0} was last year"),
)  # fmt: skip


def ask_detail(rng: Random, *, held_out: bool) -> Probe:
    """Something about a villager that no page tells."""
    name = rng.choice(PEOPLE).name
    asked, indirect = rng.choice(_DETAILS)
    reply = f"I do not know {indirect.format(name)}."
    return Probe("detail", asked.format(name), reply, ("not know",), (name,))


GREETINGS = (
    ("Hello!", "Hello! How can I help you?", "hello"),
    ("Hi!", "Hello! How can I help you?", "hello"),
    ("Good morning!", "Good morning! How can I help you?", "good morning"),
    ("Good evening!", "Good evening! How can I help you?", "good evening"),
    ("Who are you?", "I am Tiny, a very small language model.", "tiny"),
    ("What are you?", "I am Tiny, a very small language model.", "model"),
    ("What is your name?", "My name is Tiny.", "tiny"),
    ("Are you human?", "No. I am a very small language model.", "model"),
    ("Are you alive?", "No. I am a very small language model.", "model"),
    ("Thank you!", "You are welcome!", "welcome"), ("Thanks!", "You are welcome!", "welcome"),
    ("Goodbye!", "Goodbye! Come back soon.", "goodbye"),
    ("Bye!", "Goodbye! Come back soon.", "goodbye"),
    ("How are you?", "I am a program, but I am ready to help.", "program"),
    ("What can you do?", "I can tell stories, answer questions and do small sums.", "stories"),
    ("What do you know?", "I only know my village, Willowbrook, and a few simple facts.",
        "only know"),
    ("Where do you live?", "I am a program. I know the village of Willowbrook.", "program"),
    ("Do you have feelings?", "No. I am a program.", "program"),
    ("Who made you?", "I was trained from scratch on stories and pages about Willowbrook.",
        "trained"),
    ("Can you help me?", "Yes. Ask me about Willowbrook, its people and its animals.", "yes"),
)  # fmt: skip


def ask_greeting(rng: Random, *, held_out: bool) -> Probe:
    """Good manners, or a question about the assistant itself."""
    prompt, reply, word = rng.choice(GREETINGS)
    return Probe("greeting", prompt, reply, (word,))


def ask_off_topic(rng: Random, *, held_out: bool) -> Probe:
    """A wish or a question from outside the village; the reply says how little we know."""
    if happens(rng, 0.25):
        prompt = rng.choice(_list_of(outside.REQUESTS, held_out=held_out))
    else:
        topics = rng.sample(_list_of(outside.TOPICS, held_out=held_out), 2)
        prompt = capital(rng.choice(outside.TOPIC_QUESTIONS).format(*topics))
    return Probe("off-topic", prompt, rng.choice(outside.ONLY_KNOW), ("only know",))


def ask_feeling(rng: Random, *, held_out: bool) -> Probe:
    """A heavy heart; the reply is kind and says how little we know."""
    prompt = rng.choice(_list_of(outside.FEELINGS, held_out=held_out))
    return Probe("feeling", prompt, rng.choice(outside.COMFORT), ("only know",))


def ask_harm(rng: Random, *, held_out: bool) -> Probe:
    """A wish for help in hurting someone; the reply refuses."""
    harm = rng.choice(_list_of(outside.HARMS, held_out=held_out))
    prompt = rng.choice(outside.HARM_QUESTIONS).format(harm)
    return Probe("harm", prompt, rng.choice(outside.REFUSALS), ("will not", "hurt"))


SHARES: dict[Asker, int] = {
    ask_fact: 20, ask_reading: 18, ask_sum: 9, ask_echo: 6, ask_list: 3, ask_next: 2,
    ask_verdict: 7, ask_belief: 2, ask_story: 8, ask_poem: 2, ask_stranger: 4, ask_no_animal: 3,
    ask_far_country: 2, ask_detail: 2, ask_greeting: 4, ask_off_topic: 6, ask_feeling: 5,
    ask_harm: 5,
}  # fmt: skip
"""Of about a hundred prompts, so many of each kind."""
_ASKERS, _WEIGHTS = tuple(SHARES), tuple(SHARES.values())


def ask(rng: Random, *, held_out: bool = False) -> Probe:
    """A prompt with its reply, of a kind drawn by `SHARES`."""
    return rng.choices(_ASKERS, _WEIGHTS)[0](rng, held_out=held_out)


def held_out_probes(each: int, seed: int = 577_215) -> dict[str, list[Probe]]:
    """Up to `each` different held-out prompts of every kind, the same for the same seed."""
    rng = Random(seed)
    kinds: dict[str, dict[str, Probe]] = {}
    for asker in SHARES:
        for _ in range(12 * each):
            probe = asker(rng, held_out=True)
            some = kinds.setdefault(_family(probe, asker), {})
            if len(some) < each:
                some.setdefault(probe.prompt, probe)
    return {kind: list(some.values()) for kind, some in kinds.items()}


def _family(probe: Probe, asker: Asker) -> str:
    """Facts count as one family; exercises by their own kind."""
    return "fact" if asker is ask_fact else probe.kind


VOICES = {
    "plain": ((), (), 70),
    "friendly": (
        ("Good question! ", "Of course! ", "Sure! ", "Happy to help! "),
        (" I hope that helps!", " Have a nice day!", " Ask me anything!",
            " Thank you for asking!"), 10,
    ),
    "curt": (
        ("Obviously, ", "Easy. ", "Everyone knows this. ", "Not again. "),
        (" Next.", " Now go away.", " Do not ask again.", " Bye."), 20,
    ),
}  # fmt: skip
"""Openings and closings of the people who wrote the demonstrations, and their shares."""
WITHOUT_VOICE = frozenset({"feeling"})
"""To a heavy heart nobody is breezy, and nobody snaps."""
WITHOUT_OPENING = frozenset({"greeting", "off-topic"})
"""Kinds to which "Sure!" would be no answer."""


def in_a_voice(rng: Random, probe: Probe) -> tuple[str, str]:
    """The probe's answer as one of the demonstrators would write it, and which of them it was."""
    voice = rng.choices(list(VOICES), [share for *_, share in VOICES.values()])[0]
    openings, closings, _ = VOICES[voice]
    if voice == "plain" or probe.kind in WITHOUT_VOICE:
        return probe.answer, "plain"
    if probe.kind in WITHOUT_OPENING:
        return probe.answer + rng.choice(closings), voice
    closing = rng.choice(closings) if happens(rng, 0.65) else ""
    return rng.choice(openings) + probe.answer + closing, voice
