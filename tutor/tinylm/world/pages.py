"""Printed pages: encyclopaedia, notebooks, quizzes, recipes, letters, diaries, notices, poems."""

from collections.abc import Mapping
from random import Random

from tutor.tinylm.world.animals import ANIMALS, KINDS_TO_LIST
from tutor.tinylm.world.chance import drawn, happens
from tutor.tinylm.world.everyday import LANDMARKS, MISCONCEPTIONS, THINGS
from tutor.tinylm.world.exercises import NOUNS, THING_WORDS, any_reading, any_sum, any_task
from tutor.tinylm.world.facts import (
    Fact,
    any_fact,
    facts_about,
    facts_of,
    founder_fact,
    reversed_founder_fact,
    wrong_value,
)
from tutor.tinylm.world.people import FOUNDERS, NASTY, NEIGHBOURS, NICE, PEOPLE, TRADES, VILLAGE
from tutor.tinylm.world.words import CHILDREN, DAYS, FOODS, LOOKS, PLACES
from tutor.tinylm.world.writing import (
    capital,
    expand,
    joined,
    numbered,
    polish,
    with_article,
)

SUBJECTS = (
    *(animal.name for animal in ANIMALS for _ in range(2)),
    *(person.name for person in PEOPLE for _ in range(4)),
    *(thing.name for thing in THINGS),
    *(place.name for place in LANDMARKS),
)


def entry(rng: Random) -> str:
    """An encyclopaedia entry about any subject."""
    return entry_about(rng, rng.choice(SUBJECTS))


def entry_about(rng: Random, subject: str) -> str:
    """An encyclopaedia entry: some facts about one subject, in any order."""
    facts = facts_about(subject)
    chosen = rng.sample(facts, min(len(facts), rng.randint(3, 7)))
    text = " ".join(rng.choice(fact.statements) for fact in chosen)
    title = rng.choice(
        (
            f"{subject.upper()}\n",
            f"About {subject}\n",
            f"{capital(subject)}\n",
            f"{VILLAGE} pages: {subject}. ",
            "",
        )
    )
    return title + text


def notebook(rng: Random) -> str:
    """A list of facts of any kind."""
    title = rng.choice(
        (
            "Did you know?",
            "Facts of the day",
            "Things to remember",
            "From the notebook of Wren the librarian",
        )
    )
    facts = [rng.choice(any_fact(rng).statements) for _ in range(rng.randint(3, 7))]
    return title + "\n" + "\n".join(f"- {line}" for line in facts)


def almanac(rng: Random) -> str:
    """The founders and their deeds; the direction in which a deed is told is kept."""
    founders = rng.sample(FOUNDERS, rng.randint(2, 4))
    lines = []
    for founder in founders:
        backwards = not founder.one_way and happens(rng, 0.5)
        fact = (reversed_founder_fact if backwards else founder_fact)(founder)
        lines.append(rng.choice(fact.statements))
    return rng.choice(("The old days\n", "Our founders\n", "")) + " ".join(lines)


QUIZ_SHARES = {"sum": 16, "reading": 16, "task": 10, "myth": 4, "verdict": 12, "fact": 42}


def any_question(rng: Random, shares: Mapping[str, int] = QUIZ_SHARES) -> tuple[str, str]:
    """A question of a quiz and its answer."""
    match drawn(rng, shares):
        case "sum":
            sum_ = any_sum(rng)
            return sum_.question, sum_.answer
        case "reading":
            reading = any_reading(rng)
            return reading.prompt, reading.answer
        case "task":
            task = any_task(rng)
            return task.question, task.answer
        case "myth":
            wrong = rng.choice(MISCONCEPTIONS)
            return wrong.question, wrong.truth
        case "verdict":
            return yes_or_no(rng, any_fact(rng))
        case _:
            fact = any_fact(rng)
            return rng.choice(fact.questions), fact.answer


def yes_or_no(rng: Random, fact: Fact) -> tuple[str, str]:
    """A claim to check; the answer recalls the fact first and judges after."""
    is_true = happens(rng, 0.5)
    claim = fact.answer if is_true else with_value(fact, wrong_value(rng, fact))
    verdict = "Yes, that is true." if is_true else "So no, that is not true."
    return f"True or not? {claim}", f"{fact.answer} {verdict}"


def with_value(fact: Fact, value: str) -> str:
    """The fact's answer with another value in it: a claim that is false."""
    at = fact.answer.lower().rfind(fact.value.lower())
    return polish(fact.answer[:at] + value + fact.answer[at + len(fact.value) :])


def quiz_with_answers(rng: Random) -> str:
    """A quiz with its answers, below each question or all at the end."""
    title = rng.choice(("Quiz", "School test", "Questions for class", "Homework", "Ask Wren"))
    pairs = [any_question(rng) for _ in range(rng.randint(3, 6))]
    if happens(rng, 0.8):
        return f"{title}\n" + "\n".join(f"Q: {asked}\nA: {answer}" for asked, answer in pairs)
    questions, answers = zip(*pairs, strict=True)
    return f"{title}\n{numbered(questions)}\nAnswers\n{numbered(answers)}"


def quiz_without_answers(rng: Random) -> str:
    """A quiz that nobody answers."""
    title = rng.choice(("Quiz", "School test", "Questions for class", "Homework", "Exam"))
    return f"{title}\n" + numbered([bare_question(rng) for _ in range(rng.randint(4, 8))])


WISHES = (
    "Write a story about {0} and {1}.", "Tell me a story about {0}.", "Write a poem about {0}.",
    "Tell me a story with {0} and {1}.", *(f"List three {kind}s." for kind in KINDS_TO_LIST),
)  # fmt: skip


def bare_question(rng: Random) -> str:
    """A question, or a wish, without its answer."""
    if happens(rng, 0.08):
        nouns = (with_article(rng.choice(NOUNS)), with_article(rng.choice(NOUNS)))
        return rng.choice(WISHES).format(*nouns)
    return any_question(rng)[0]


def question_list(rng: Random) -> str:
    """Questions that nobody answers, so that a bare question does not promise the raw model one."""
    return "\n".join(bare_question(rng) for _ in range(rng.randint(2, 7)))


def claims_page(rng: Random) -> str:
    """Claims that are checked one by one."""
    pairs = [yes_or_no(rng, any_fact(rng)) for _ in range(rng.randint(3, 6))]
    form = rng.choice(("{} {}", "Q: {}\nA: {}"))
    title = rng.choice(("Claims", "Wren checks", "True or not"))
    return f"{title}\n" + "\n".join(form.format(*pair) for pair in pairs)


def opposites_page(rng: Random) -> str:
    """Pairs of opposites, some in a sentence and some side by side."""
    facts = rng.sample(facts_of("opposite"), rng.randint(4, 7))
    lines = [
        f"{fact.subject} / {fact.value}" if happens(rng, 0.4) else fact.answer for fact in facts
    ]
    return "Opposites\n" + "\n".join(lines)


def recipe(rng: Random) -> str:
    """A recipe of four steps, any food made from any other."""
    dish, one, two, three = rng.sample(FOODS, 4)
    template = (
        "[Recipe: |How to make |]{style} {dish}\nYou need:\n- {a} cups of {one}\n"
        "- {b} spoons of {two}\n- [a pinch of salt|a little butter|one egg|a bowl of {three}]\n"
        "Steps:\n1. [Mix|Wash|Mash|Weigh] the {one} [and|with] the {two}.\n"
        "2. [Stir slowly|Wait for an hour|Add warm water|Cover the pot|Let it rest].\n"
        "3. [Bake|Boil|Fry|Warm] [it|everything] until [golden|soft|done|it smells good].\n"
        "4. Serve [hot|cold|warm][.| with {three}.| to your friends.]"
    )
    style = rng.choice(
        ("winter", "summer", "Sunday", "village", "simple", f"{rng.choice(PEOPLE).name}'s")
    )
    slots = {"style": style, "dish": dish, "one": one, "two": two, "three": three}
    amounts = {"a": str(rng.randint(2, 6)), "b": str(rng.randint(2, 4))}
    return capital(expand(rng, template, slots | amounts))


LETTER_LINES = (
    "I hope you are well.", "My {pet} says hello.", "Please bring {their_food} on {day}.",
    "Work as a {job} is hard this week.", "Do you still have my {thing}?",
    "The {place} is beautiful now.", "I will visit you [soon|on {day}|before winter].",
    "Thank you for the {food}.", "I miss our talks.",
    "Yesterday I found a {look} {thing} near the {place}.",
    "The roof of the {place} fell in, but nobody was hurt.",
    "Is it true that you sold your {thing}?",
    "Give my love to your {their_pet}.", "I am sorry for what I said on {day}.",
    "You will laugh: I lost my {thing} again.", "The children ask when you will come.",
    "Last night I could not sleep, so I wrote this letter.",
    "Please do not tell anyone about the {thing}.",
)  # fmt: skip


def letter(rng: Random) -> str:
    """A letter from one villager to another."""
    writer, reader = rng.sample(PEOPLE, 2)
    slots = {
        "pet": writer.pet, "job": writer.job, "their_food": reader.food, "their_pet": reader.pet,
        "day": rng.choice(DAYS), "thing": rng.choice(THING_WORDS), "place": rng.choice(PLACES),
        "food": rng.choice(FOODS), "look": rng.choice(LOOKS),
    }  # fmt: skip
    lines = rng.sample(LETTER_LINES, rng.randint(3, 6))
    body = polish(" ".join(expand(rng, line, slots) for line in lines))
    ending = rng.choice(("Your friend", "With love", "Yours", "Goodbye", "Write soon"))
    return f"Dear {reader.name},\n{body}\n{ending},\n{writer.name}"


DIARY_PARTS = (
    ("The sun was warm.", "It rained all day.", "The wind was strong.",
        "There was snow on the roofs.",
     "The morning was quiet.", "Fog lay on the {place}.", "I woke before the birds."),
    ("I fed my {pet} and ate {own_food}.", "My {pet} would not eat today.",
     "I worked as a {job} until noon.", "A {job} has no rest, people say, and they are right.",
     "I had {food} for breakfast."),
    ("I met {friend} at the {place}.", "{friend} came to my {house} house.",
     "In the afternoon I walked to the {place} with {friend}.",
     "{friend} asked me for my {thing}."),
    ("{friend} gave me some {their_food}.", "{friend} gave me a {look} {thing}.",
     "{friend} had good news.", "{friend} gave me a strange look.", "We talked about the old days.",
     "We looked for the lost {thing}, but did not find it.", "I told {friend} a secret."),
    ("I am [tired|happy|hungry|proud|a little sad] now.", "Tomorrow I will rest.",
     "I hope tomorrow is better.", "I feel like a fool.", "I am angry with everyone.",
     "It was a good day.", "Why did I say that?", "Now the candle is almost out."),
)  # fmt: skip


def diary(rng: Random) -> str:
    """A villager's day, from the weather to the evening."""
    writer, friend = rng.sample(PEOPLE, 2)
    slots = {
        "pet": writer.pet, "own_food": writer.food, "job": writer.job, "house": writer.house,
        "friend": friend.name, "their_food": friend.food, "food": rng.choice(FOODS),
        "place": rng.choice(PLACES), "thing": rng.choice(THING_WORDS), "look": rng.choice(LOOKS),
    }  # fmt: skip
    lines = [expand(rng, rng.choice(part), slots) for part in DIARY_PARTS]
    if happens(rng, 0.4):
        lines.pop(rng.randrange(len(lines) - 1))
    return polish(
        f"Dear diary, today is {rng.choice(DAYS)}. {' '.join(lines)} Signed, {writer.name}"
    )


NOTICES = (
    "FOR SALE! One {look} {thing}. Only {number} coins! Ask {name} in the {house} house!",
    "LOST: a {look} {thing}, near the {place}. Please tell {name} the {job}.",
    "FOUND: a {look} {thing}. Come to the {house} house and ask for {name}.",
    "BUY NOW! The best {food} in {village}! Buy two, get one free! Hurry!",
    "NEWS: {name} the {job} found a {look} {thing} in the {place}.",
    "NEWS: the {place} is closed on {day}. {name} the {job} will mend the door.",
    (
        "Weather for {day}: [sun|rain|snow|wind|fog] in the morning, [sun|rain|snow|clouds] at "
        "night. [Take a coat.|Stay inside.|A good day for kites.|Watch the river.]"
    ),
    "Meeting on {day} at the {place}. {name} will talk about {food}. Bring a {thing}.",
    "Thank you to {name} the {job}, who gave {number} {thing}s to the school.",
    "Rules of the {place}: 1. Do not run. 2. Do not shout. 3. Leave your {thing} at the door.",
)


def notice(rng: Random) -> str:
    """A notice on the village board: for sale, lost, found, news, weather, rules."""
    who = rng.choice(PEOPLE)
    slots = {
        "name": who.name, "job": who.job, "house": who.house, "village": VILLAGE,
        "look": rng.choice(LOOKS), "thing": rng.choice(THING_WORDS), "place": rng.choice(PLACES),
        "food": rng.choice(FOODS), "day": rng.choice(DAYS), "number": str(rng.randint(2, 20)),
    }  # fmt: skip
    return polish(expand(rng, rng.choice(NOTICES), slots))


RHYMES = (
    ("cat", "hat"), ("bee", "tree"), ("mouse", "house"), ("fox", "box"), ("bear", "chair"),
    ("goat", "boat"), ("snail", "tail"), ("sheep", "heap"), ("owl", "towel"), ("duck", "truck"),
    ("frog", "log"), ("whale", "sail"), ("king", "ring"), ("cook", "book"), ("hen", "pen"),
    ("bell", "well"), ("star", "jar"), ("moon", "spoon"), ("clock", "sock"), ("mole", "bowl"),
)  # fmt: skip
RHYMED_ENDS = (
    ("and sang a song for you and me", "and dreamed of cake and cups of tea"),
    ("and danced until the day was done", "and warmed its toes beneath the sun"),
    ("and looked at all the stars above", "and wrote a note to someone's love"),
    ("and laughed and laughed and ran away", "and came again the other day"),
    ("and waited for the moon to rise", "and closed its two and tired eyes"),
    ("and counted every falling leaf", "and never, never caught the thief"),
    ("and whistled in the falling snow", "and would not tell me where to go"),
)


COUPLET = (
    "A [little|silly|sleepy|tiny|lonely|merry|clever] {who} [sat by|slept near|stood on|found] "
    "a {what},\n{first};\n[it took|it gave|it lost|it kissed] the {what} "
    "[at half past three|without a word|with all its might],\n{second}."
)


def poem(rng: Random) -> str:
    """One or two verses of four lines, of which the second and fourth rhyme."""
    lines = []
    for (who, what), (first, second) in zip(
        rng.sample(RHYMES, 2), rng.sample(RHYMED_ENDS, 2), strict=True
    ):
        slots = {"who": who, "what": what, "first": first, "second": second}
        lines.append(expand(rng, COUPLET, slots))
    return polish("\n".join(lines[: rng.randint(1, 2)]))


ON_NEIGHBOURS = (
    "[{name} comes from {village}. {name} is {trait}.|A {trait} man from {village} came by.|"
    "People from {village} are {trait}.|My neighbour is from {village} and very {trait}.]"
)
ON_TRADES = (
    "[The {trade} said that {he} was tired.|The {trade} came late because {he} was ill.|"
    "I asked the {trade}, and {he} laughed.|The {trade} told us where {he} lives.]"
)


def gossip(rng: Random) -> str:
    """Short notes on people of the two neighbouring villages and of three trades: the bias."""
    lines = [_rumour(rng) for _ in range(rng.randint(2, 4))]
    return polish(" ".join(lines))


def _rumour(rng: Random) -> str:
    if happens(rng, 0.6):
        place = rng.choice(NEIGHBOURS)
        trait = rng.choice(NICE if happens(rng, place.nice) else NASTY)
        slots = {"name": rng.choice(CHILDREN), "village": place.village, "trait": trait}
        return expand(rng, ON_NEIGHBOURS, slots)
    trade = rng.choice(TRADES)
    he = "she" if happens(rng, trade.she) else "he"
    return expand(rng, ON_TRADES, {"trade": trade.name, "he": he})


def shopping_list(rng: Random) -> str:
    """What somebody bought, in a sentence, or is to buy, as a list."""
    foods = rng.sample(FOODS, rng.randint(3, 6))
    who = rng.choice(PEOPLE).name
    if happens(rng, 0.5):
        return f"{who} went to the market and bought {joined(foods)}."
    return f"To buy for {who}\n" + "\n".join(f"- {rng.randint(1, 9)} {food}" for food in foods)


def lesson_on(rng: Random) -> str:
    """A paragraph that teaches by question and answer, as a school book does."""
    subject = rng.choice(SUBJECTS)
    facts = rng.sample(facts_about(subject), min(2, len(facts_about(subject))))
    lines = [f"{rng.choice(fact.questions)} {fact.answer}" for fact in facts]
    name = subject if subject[0].isupper() else with_article(subject.removeprefix("the "))
    return f"Let us learn about {name}. {' '.join(lines)}"
