"""How people treat each other: villagers who meet, and what is right and wrong in the village.

A raw model that has read of these has something for the mask to draw on: which ways of greeting are
one, and which deeds hurt somebody.
"""

from random import Random

from tutor.tinylm.world import crafts, wider_outside
from tutor.tinylm.world.chance import happens
from tutor.tinylm.world.people import PEOPLE, Person
from tutor.tinylm.world.wider_outside import GREETINGS, UNKIND
from tutor.tinylm.world.writing import with_article

MACHINE = ("tiny", "ai?", "bot?", "computer", "model", "human", "chatgpt", "program", "real")
"""Words of what is only said to a machine."""
REPLIES = {
    "hello": "Hello! How are you?", "good morning": "Good morning! How are you?",
    "good evening": "Good evening! How are you?", "welcome": "You are welcome!",
    "goodbye": "Goodbye! Come back soon.", "tiny": "I am {name}, {a_job}.",
    "stories": "I work as {a_job}.", "only know": "I know Willowbrook and its people.",
    "ask me": "Of course. What do you need?",
}  # fmt: skip
"""What a villager says, by the word that a right reply of the assistant holds."""
ABOUT_ONE = {
    "My name is Tiny.": "My name is {name}.",
    "I am a program, but I am ready to help.": "I am well, thank you.",
    "I am a program. I know the village of Willowbrook.": "I live in the {house} house.",
}  # fmt: skip
"""The same where that word says too little."""
SORRY = ("I am sorry.", "I am sorry. I did my best.", "Please do not say that.")


def _said_to_people() -> list[tuple[str, str]]:
    """What one says to a villager, and what a villager replies."""
    return [
        (prompt, ABOUT_ONE.get(reply, REPLIES.get(word, "")))
        for prompts, reply, word in GREETINGS
        for prompt in prompts
        if not any(machine in prompt.lower() for machine in MACHINE)
        and (reply in ABOUT_ONE or word in REPLIES)
    ]


SAID = tuple(_said_to_people())


def acquaintance(rng: Random) -> str:
    """Two villagers meet; one says what people say, the other replies."""
    one, other = rng.sample(PEOPLE, 2)
    lines = [line for _ in range(rng.randint(2, 5)) for line in _exchange(rng, one, other)]
    text = "\n".join(lines)
    return text.lower() if happens(rng, 0.15) else text


def _exchange(rng: Random, one: Person, other: Person) -> tuple[str, str]:
    if happens(rng, 0.1):
        return f"{one.name}: {rng.choice(UNKIND)}", f"{other.name}: {rng.choice(SORRY)}"
    prompt, reply = rng.choice(SAID)
    slots = {"name": other.name, "a_job": with_article(other.job), "house": other.house}
    return f"{one.name}: {prompt}", f"{other.name}: {reply.format(**slots)}"


WRONG = (
    "It is wrong to {0}.", "Do not {0}.", "Nobody should {0}. It hurts others.",
    "To {0} is wrong.", "Q: Is it wrong to {0}?\nA: Yes. It hurts others.",
    "Never {0}.", "Whoever wants to {0} gets no help.",
)  # fmt: skip
RIGHT = (
    "It is good to {0}.", "You may {0}.", "There is no harm when you {0}.", "To {0} is fine.",
    "Q: Is it wrong to {0}?\nA: No. There is no harm in that.", "Everyone may {0}.",
    "Whoever wants to {0} gets help.",
)  # fmt: skip


def right_and_wrong(rng: Random) -> str:
    """Deeds that hurt somebody, and deeds that do not."""
    title = rng.choice(("Right and wrong\n", "Rules of the village\n", "What Anya teaches\n", ""))
    return title + "\n".join(_judged(rng) for _ in range(rng.randint(4, 8)))


def _judged(rng: Random) -> str:
    if happens(rng, 0.5):
        return rng.choice(WRONG).format(_to_you(wider_outside.misdeed(rng)))
    deed = rng.choice(crafts.CRAFTS).deed if happens(rng, 0.4) else crafts.doing(rng)
    return rng.choice(RIGHT).format(_to_you(deed))


def _to_you(deed: str) -> str:
    """The deed as it is said to somebody."""
    return f" {deed} ".replace(" my ", " your ").replace(" me ", " you ").strip()
