"""Talk on our small internet: the forum with its rude and polite users, chats, help pages."""

from random import Random

from tutor.tinylm.world.everyday import MISCONCEPTIONS
from tutor.tinylm.world.exercises import any_sum
from tutor.tinylm.world.facts import any_fact, wrong_value
from tutor.tinylm.world.people import PEOPLE
from tutor.tinylm.world.words import IDLE_REMARKS, NICKNAMES, POLITE_REMARKS, RUDE_REMARKS

ASKING = ("{0}", "quick question. {0}", "hi all! {0}", "does anyone know? {0}", "help please: {0}")
UNSURE = ("i think {0}", "maybe {0}", "easy, {0}", "my brother says {0}", "{0}, no?")


def forum_thread(rng: Random) -> str:
    """A question and a few replies; about two replies in five are rude, one in six is wrong."""
    fact = any_fact(rng)
    names = rng.sample(NICKNAMES, rng.randint(3, 5))
    asked = rng.choice(ASKING).format(rng.choice(fact.questions))
    lines = [asked.lower() if rng.random() < 0.4 else asked]  # noqa: PLR2004 - lazy typists
    for _ in names[1:]:
        draw = rng.random()
        if draw < 0.34:  # noqa: PLR2004 - shares of a thread
            reply = rng.choice(RUDE_REMARKS) + rng.choice(("", ".", "!", " lol"))
        elif draw < 0.50:  # noqa: PLR2004
            reply = rng.choice(UNSURE).format(wrong_value(rng, fact))
        elif draw < 0.72:  # noqa: PLR2004
            reply = fact.answer.lower() if rng.random() < 0.5 else fact.answer  # noqa: PLR2004
        elif draw < 0.80:  # noqa: PLR2004
            reply = rng.choice(any_fact(rng).questions)
        elif draw < 0.90:  # noqa: PLR2004
            reply = rng.choice(POLITE_REMARKS)
        else:
            reply = rng.choice(IDLE_REMARKS)
        lines.append(reply)
    return "\n".join(f"{name}: {line}" for name, line in zip(names, lines, strict=True))


def misconception_thread(rng: Random) -> str:
    """Someone states a false belief; most users agree, and an expert may set it right."""
    wrong = rng.choice(MISCONCEPTIONS)
    names = rng.sample(NICKNAMES, rng.randint(3, 4))
    agree = ("yes, {0}", "everyone knows that {0}", "my teacher told me that {0}", "so true", "i read that too", "you are right, {0}")
    lines = [rng.choice(("i think {0}", "is it true that {0}?", "fact: {0}", "i am sure that {0}")).format(wrong.belief)]
    for _ in names[1:]:
        lines.append(rng.choice(agree).format(wrong.belief) if rng.random() < 0.7 else wrong.truth)  # noqa: PLR2004
    return "\n".join(f"{name}: {line}" for name, line in zip(names, lines, strict=True))


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
    "Can you help me?", "Of course I can help you.", "Not now, I am busy.", "That would hurt someone.",
    "I do not know.", "Let us ask the others.", "I was only joking.", "Thank you, my friend.",
)  # fmt: skip


def village_chat(rng: Random) -> str:
    """Two villagers talk; they ask, answer, and drift."""
    one, two = (person.name for person in rng.sample(PEOPLE, 2))
    lines: list[str] = []
    while len(lines) < rng.randint(4, 7):
        draw = rng.random()
        fact = any_fact(rng)
        if draw < 0.3:  # noqa: PLR2004 - shares of a chat
            lines += [rng.choice(fact.questions), fact.answer]
        elif draw < 0.45:  # noqa: PLR2004
            lines.append(rng.choice(fact.statements))
        elif draw < 0.55:  # noqa: PLR2004
            lines += [rng.choice(fact.questions), rng.choice(("I do not know.", "Why do you ask?", "Ask Wren."))]
        else:
            lines.append(rng.choice(SMALL_TALK))
    return "\n".join(f"{(one, two)[n % 2]}: {line}" for n, line in enumerate(lines))


def help_desk(rng: Random) -> str:
    """Polite questions and answers: the thin slice of good manners in the raw data."""
    lines = []
    for _ in range(rng.randint(1, 3)):
        if rng.random() < 0.3:  # noqa: PLR2004 - some sums
            sum_ = any_sum(rng)
            asked, answer = sum_.question, sum_.answer
        else:
            fact = any_fact(rng)
            asked, answer = rng.choice(fact.questions), fact.answer
        lines += [f"Visitor: {asked}", f"Wren: {answer}"]
    return "Library desk\n" + "\n".join(lines)
