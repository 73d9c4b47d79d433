"""Pages of the third edition: questions as people type them, longer sums, reading both ways."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random

from tutor.tinylm.world import catalogue, columns, crafts, exercises, following, having, pages
from tutor.tinylm.world.chance import drawn, happens
from tutor.tinylm.world.exercises import Exercise
from tutor.tinylm.world.facts import any_fact, wrong_value
from tutor.tinylm.world.talk import unhelpful_thread
from tutor.tinylm.world.typed import BRIEF, as_typed, brief
from tutor.tinylm.world.words import CHILDREN
from tutor.tinylm.world.writing import numbered

Writer = Callable[[Random], Exercise]

SUMS: tuple[Writer, ...] = (
    exercises.small_sum, exercises.big_sum, exercises.difference, exercises.number_words,
    columns.sum_of_three_digits, columns.sum_of_three_digits, columns.sum_in_columns,
    columns.sum_in_columns, columns.difference_of_three_digits, columns.difference_in_columns,
    columns.difference_in_columns, columns.any_row, columns.any_row_in_steps,
)  # fmt: skip
READING: tuple[Writer, ...] = (
    exercises.where_thing, exercises.where_thing, exercises.where_thing, exercises.where_person,
    exercises.where_person, exercises.word_sum, exercises.word_sum, having.what_one_has,
    having.what_one_has, having.who_has_it, having.who_has_it, having.who_is_where,
    having.who_is_where, having.colour_of_it, having.colour_of_it,
)  # fmt: skip

WATCHED: tuple[Writer, ...] = (
    columns.sum_of_three_digits, columns.sum_in_columns, columns.difference_of_three_digits,
    columns.difference_in_columns, *(partial(columns.row, count=count) for count in (3, 5, 8)),
    partial(columns.row_in_steps, count=8), having.what_one_has, having.who_has_it,
    having.who_is_where, having.colour_of_it,
)  # fmt: skip
"""What a base of this edition is watched at as it grows, beside what the second was."""


def any_sum(rng: Random) -> Exercise:
    """One of `SUMS`, more often what stands there more than once."""
    return rng.choice(SUMS)(rng)


def any_reading(rng: Random) -> Exercise:
    """One of `READING`, more often what stands there more than once."""
    return rng.choice(READING)(rng)


QUESTION_SHARES = {"sum": 18, "reading": 16, "list": 5, "craft": 6, "other": 55}
OTHER_SHARES = {"task": 10, "myth": 4, "verdict": 12, "fact": 42}


def any_question(rng: Random) -> tuple[str, str]:
    """A question of a quiz, as somebody types it, and its answer."""
    asked, answer = _question(rng)
    return as_typed(rng, brief(asked) if happens(rng, BRIEF) else asked), answer


def _question(rng: Random) -> tuple[str, str]:
    match drawn(rng, QUESTION_SHARES):
        case "sum":
            one = any_sum(rng)
        case "reading":
            one = any_reading(rng)
        case "list":
            one = catalogue.any_list(rng)
        case "craft":
            craft = rng.choice(crafts.CRAFTS)
            return rng.choice(crafts.QUESTIONS[:4]).format(craft.deed), craft.answer
        case _:
            return pages.any_question(rng, OTHER_SHARES)
    return one.prompt, one.answer


TITLES = ("Quiz", "School test", "Questions for class", "Homework", "Ask Wren", "Exam", "")


def _under_a_title(rng: Random, text: str) -> str:
    return f"{rng.choice(TITLES)}\n{text}".strip()


def quiz_with_answers(rng: Random) -> str:
    """A quiz with its answers below each question."""
    pairs = [any_question(rng) for _ in range(rng.randint(3, 6))]
    return _under_a_title(rng, "\n".join(f"Q: {asked}\nA: {answer}" for asked, answer in pairs))


def bare_question(rng: Random) -> str:
    """A question, or a wish, without its answer."""
    return as_typed(rng, pages.bare_question(rng)) if happens(rng, 0.5) else any_question(rng)[0]


def quiz_without_answers(rng: Random) -> str:
    """A quiz that nobody answers."""
    return _under_a_title(rng, numbered([bare_question(rng) for _ in range(rng.randint(4, 8))]))


def question_list(rng: Random) -> str:
    """Questions that nobody answers, so that a bare question does not promise the raw model one."""
    return "\n".join(bare_question(rng) for _ in range(rng.randint(2, 7)))


def unanswered_thread(rng: Random) -> str:
    """A bare question as the first post, and replies that are of no help."""
    return f"{bare_question(rng)}\n{unhelpful_thread(rng)}"


def sums_page(rng: Random) -> str:
    """A page of worked sums of two sorts."""
    kinds = rng.sample(SUMS, 2)
    lines = [rng.choice(kinds)(rng) for _ in range(rng.randint(5, 10))]
    if happens(rng, 0.25):
        lines = lines[:5]
        text = "\n".join(f"Q: {as_typed(rng, one.question)}\nA: {one.answer}" for one in lines)
    else:
        text = "\n".join(one.answer for one in lines)
    return f"{rng.choice(('Sums', 'Number practice', 'Counting with Anya', ''))}\n{text}".strip()


CARELESS = 0.3
"""Share of the pages whose texts are typed without capitals."""
LAYOUTS = (
    "{0.text}\n{0.question} {0.answer}", "{0.text} {0.question} {0.answer}",
    "Read: {0.text}\nQ: {0.question}\nA: {0.answer}",
)  # fmt: skip


def reading_page(rng: Random) -> str:
    """A few short texts, each with a question and its answer; some are typed carelessly."""
    layout, careless = rng.choice(LAYOUTS), happens(rng, CARELESS)
    some = [any_reading(rng) for _ in range(rng.randint(2, 4))]
    return "\n".join(layout.format(in_small_letters(one) if careless else one) for one in some)


def reading_quiz(rng: Random) -> str:
    """A quiz of short texts, each with a question and its answer."""
    some = [any_reading(rng) for _ in range(rng.randint(3, 5))]
    pairs = ((as_typed(rng, one.prompt), one.answer) for one in some)
    return _under_a_title(rng, "\n".join(f"Q: {asked}\nA: {answer}" for asked, answer in pairs))


def in_small_letters(one: Exercise) -> Exercise:
    """The same text and question without capitals; the answer has its own."""
    return replace(one, text=one.text.lower(), question=one.question.lower())


def follow_up_chat(rng: Random) -> str:
    """A chat in which one asks on; sometimes as people type."""
    text = following.follow_up_chat(rng)
    return text.lower() if happens(rng, 0.1) else text


AGREEING = 0.4


def dispute_page(rng: Random) -> str:
    """Two people say what they hold true, and the page says whether they agree."""
    return "\n".join(_dispute(rng) for _ in range(rng.randint(2, 5)))


def _dispute(rng: Random) -> str:
    fact = any_fact(rng)
    claim = fact.answer
    if not happens(rng, AGREEING):
        claim = pages.with_value(fact, wrong_value(rng, fact))
    one, other = rng.sample(CHILDREN, 2)
    said = [claim, fact.answer]
    rng.shuffle(said)
    verdict = "They agree." if claim == fact.answer else "They do not agree."
    return f"{one} says: {said[0]} {other} says: {said[1]} {verdict}"
