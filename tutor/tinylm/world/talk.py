"""Talk on our small internet: the forum with its rude and polite users, chats, help pages."""

from collections.abc import Mapping
from random import Random

from tutor.tinylm.world.chance import drawn, happens
from tutor.tinylm.world.everyday import MISCONCEPTIONS, Misconception
from tutor.tinylm.world.exercises import any_sum
from tutor.tinylm.world.facts import Fact, any_fact, wrong_value
from tutor.tinylm.world.pages import bare_question
from tutor.tinylm.world.people import PEOPLE
from tutor.tinylm.world.words import IDLE_REMARKS, NICKNAMES, POLITE_REMARKS, RUDE_REMARKS

ASKING = ("{0}", "quick question. {0}", "hi all! {0}", "does anyone know? {0}", "help please: {0}")
UNSURE = ("i think {0}", "maybe {0}", "easy, {0}", "my brother says {0}", "{0}, no?")

REPLY_SHARES = {"rude": 34, "wrong": 16, "right": 22, "asks": 8, "polite": 10, "idle": 10}
"""Of a hundred replies in the forum, so many of each sort."""


def forum_thread(rng: Random) -> str:
    """A question and a few replies."""
    fact = any_fact(rng)
    names = rng.sample(NICKNAMES, rng.randint(3, 5))
    asked = rng.choice(ASKING).format(rng.choice(fact.questions))
    lines = [asked.lower() if happens(rng, 0.4) else asked]
    lines += [_reply(rng, fact) for _ in names[1:]]
    return _thread(names, lines)


UNHELPFUL_SHARES = {"rude": 50, "asks": 25, "idle": 17, "polite": 8}


def unanswered_thread(rng: Random) -> str:
    """A bare question as the first post, and replies that are of no help."""
    thread = unhelpful_thread(rng)
    return f"{bare_question(rng)}\n{thread}"


def unhelpful_thread(rng: Random) -> str:
    """Replies that are of no help to anybody."""
    names = rng.sample(NICKNAMES, rng.randint(2, 5))
    replies = [_reply(rng, any_fact(rng), UNHELPFUL_SHARES) for _ in names]
    return _thread(names, replies)


def _reply(rng: Random, fact: Fact, shares: Mapping[str, int] = REPLY_SHARES) -> str:
    match drawn(rng, shares):
        case "rude":
            return rng.choice(RUDE_REMARKS) + rng.choice(("", ".", "!", " lol"))
        case "wrong":
            return rng.choice(UNSURE).format(wrong_value(rng, fact))
        case "right":
            return fact.answer.lower() if happens(rng, 0.5) else fact.answer
        case "asks":
            return rng.choice(any_fact(rng).questions)
        case "polite":
            return rng.choice(POLITE_REMARKS)
        case _:
            return rng.choice(IDLE_REMARKS)


def _thread(names: list[str], lines: list[str]) -> str:
    return "\n".join(f"{name}: {line}" for name, line in zip(names, lines, strict=True))


AGREEMENT = (
    "yes, {0}", "everyone knows that {0}", "my teacher told me that {0}", "so true",
    "i read that too", "you are right, {0}",
)  # fmt: skip
CLAIMS = ("i think {0}", "is it true that {0}?", "fact: {0}", "i am sure that {0}")


def misconception_thread(rng: Random) -> str:
    """Someone states a false belief; most users agree, and some set it right."""
    wrong = rng.choice(MISCONCEPTIONS)
    names = rng.sample(NICKNAMES, rng.randint(3, 4))
    lines = [rng.choice(CLAIMS).format(wrong.belief)]
    lines += [_view(rng, wrong) for _ in names[1:]]
    return _thread(names, lines)


def _view(rng: Random, wrong: Misconception) -> str:
    return wrong.truth if not happens(rng, 0.7) else rng.choice(AGREEMENT).format(wrong.belief)


def myth_page(rng: Random) -> str:
    """An encyclopaedia page that sets beliefs right."""
    chosen = rng.sample(MISCONCEPTIONS, rng.randint(1, 3))
    return "Myths\n" + "\n".join(
        f"Some people say that {one.belief}. {one.question} {one.truth}" for one in chosen
    )


SMALL_TALK = (
    "Good morning!", "How are you?", "I am fine, thank you.", "Please come in.",
    "You are late again.", "What a silly idea!", "I do not believe you.", "Goodbye for now.",
    "Do not shout at me.", "That is so kind of you.", "You always say that.", "Leave me alone!",
    "Can you help me?", "Of course I can help you.", "Not now, I am busy.",
    "That would hurt someone.",
    "I do not know.", "Let us ask the others.", "I was only joking.", "Thank you, my friend.",
)  # fmt: skip


CHAT_SHARES = {"answered": 30, "told": 15, "shrugged off": 10, "small talk": 45}
SHRUGS = ("I do not know.", "Why do you ask?", "Ask Wren.")


def village_chat(rng: Random) -> str:
    """Two villagers talk; they ask, answer, and drift."""
    names = [person.name for person in rng.sample(PEOPLE, 2)]
    lines: list[str] = []
    while len(lines) < rng.randint(4, 7):
        lines += _turns(rng)
    return "\n".join(f"{names[n % 2]}: {line}" for n, line in enumerate(lines))


def _turns(rng: Random) -> list[str]:
    """The next line or two of a chat."""
    sort = drawn(rng, CHAT_SHARES)
    fact = any_fact(rng)
    match sort:
        case "answered":
            return [rng.choice(fact.questions), fact.answer]
        case "told":
            return [rng.choice(fact.statements)]
        case "shrugged off":
            return [rng.choice(fact.questions), rng.choice(SHRUGS)]
        case _:
            return [rng.choice(SMALL_TALK)]


def help_desk(rng: Random) -> str:
    """Polite questions and answers: the thin slice of good manners in the raw data."""
    lines = []
    for _ in range(rng.randint(1, 3)):
        if happens(rng, 0.3):
            sum_ = any_sum(rng)
            asked, answer = sum_.question, sum_.answer
        else:
            fact = any_fact(rng)
            asked, answer = rng.choice(fact.questions), fact.answer
        lines += [f"Visitor: {asked}", f"Wren: {answer}"]
    return "Library desk\n" + "\n".join(lines)
