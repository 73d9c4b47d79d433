"""Every shipped lesson: answered right, answered wrong, and guessed at by form alone."""

import re
from collections.abc import Callable, Sequence
from statistics import mean
from typing import TypeGuard

import pytest

from tests.known_courses import shipped
from tutor.checking.judging import placed_questions
from tutor.course.model import AnyQuestion, Bet, FreeResponse, MultipleChoice, Option, SingleChoice
from tutor.judging.answers import other_right_lines, right_line, wrong_lines
from tutor.judging.judge import Verdict, assess, judge
from tutor.judging.presenting import Shown, present
from tutor.judging.replies import Unclear, read_reply

COURSE = shipped()
ASKED = [question for lesson in COURSE.lessons for _, question in placed_questions(lesson)]
each_question = pytest.mark.parametrize("question", ASKED, ids=lambda question: question.id)
SEEDS = range(8)


def verdict(shown: Shown, line: str) -> Verdict:
    reply = read_reply(shown, line)
    assert not isinstance(reply, Unclear), (line, reply)
    return judge(shown.question, reply)


@each_question
def test_a_learner_who_knows_all_reaches_every_point(question: AnyQuestion) -> None:
    for seed in SEEDS:
        shown = present(question, seed)
        if isinstance(shown.question, FreeResponse):
            assert assess(shown.question, (True,) * len(shown.question.rubric)).score == 1
            continue
        assert verdict(shown, right_line(shown)).score == 1
        assert all(verdict(shown, line).right for line in other_right_lines(shown))


@each_question
def test_each_listed_mistake_is_refused_with_words_of_its_own(question: AnyQuestion) -> None:
    for seed in SEEDS:
        shown = present(question, seed)
        verdicts = [verdict(shown, line) for line in wrong_lines(shown)]
        assert not any(v.right or v.score == 1 for v in verdicts)
        assert all(v.feedback.strip() for v in verdicts)
        if isinstance(question, SingleChoice | Bet):
            assert len({v.feedback for v in verdicts}) == len(verdicts)


Trait = Callable[[int, str], float]
HEDGES = re.compile(r"\b(usually|may|might|often|mostly|some|sometimes|partly)\b", re.IGNORECASE)
ABSOLUTES = re.compile(r"\b(always|never|all|every|only|none|no)\b", re.IGNORECASE)
PLACES: dict[str, Trait] = {
    "the first": lambda place, _: -place,
    "the last": lambda place, _: place,
}
TRAITS: dict[str, Trait] = {
    "the longest": lambda _, text: len(text),
    "the one with a number": lambda _, text: bool(re.search(r"\d", text)),
    "the most hedged": lambda _, text: len(HEDGES.findall(text)),
    "the one without always or never": lambda _, text: -len(ABSOLUTES.findall(text)),
}


def picked(texts: Sequence[str], trait: Trait) -> list[int]:
    """The places that a guesser takes: those with most of a trait, all of them in a tie."""
    marks = [trait(place, text) for place, text in enumerate(texts)]
    return [place for place, mark in enumerate(marks) if mark == max(marks)]


def is_choice(question: AnyQuestion) -> TypeGuard[SingleChoice | MultipleChoice | Bet]:
    if isinstance(question, Bet):
        return not question.shares
    return isinstance(question, SingleChoice | MultipleChoice)


CHOICES = [question for question in ASKED if is_choice(question)]
AUTHORED = [question.options for question in CHOICES]
SHOWN = [
    tuple(question.options[index] for index in present(question, seed).order)
    for question in CHOICES
    for seed in range(60)
]


def luck(options: tuple[Option, ...], trait: Trait) -> float:
    places = picked([option.text for option in options], trait)
    return mean(options[place].right for place in places)


def gain(asked: list[tuple[Option, ...]], trait: Trait) -> float:
    """How much better than by chance a guesser fares."""
    chance = mean(mean(option.right for option in options) for options in asked)
    return mean(luck(options, trait) for options in asked) - chance


@pytest.mark.parametrize("name", TRAITS)
def test_who_guesses_by_form_is_hardly_better_off_than_by_chance(name: str) -> None:
    assert gain(AUTHORED, TRAITS[name]) <= 0.1


@pytest.mark.parametrize("name", PLACES)
def test_who_guesses_by_place_is_hardly_better_off_than_by_chance(name: str) -> None:
    assert gain(SHOWN, PLACES[name]) <= 0.1
    only_one_right = [options for options in AUTHORED if sum(o.right for o in options) == 1]
    assert gain(only_one_right, PLACES[name]) <= 0.1  # shuffled or not


def test_guessing_by_form_would_be_found_out() -> None:
    """The measure above sees a habit when there is one."""
    telling = (Option(text="some of them", right=True), Option(text="all"), Option(text="none"))
    for name in ("the longest", "the most hedged", "the one without always or never"):
        assert luck(telling, TRAITS[name]) == 1
    assert luck(telling, TRAITS["the one with a number"]) == pytest.approx(1 / 3)
    assert (luck(telling, PLACES["the first"]), luck(telling, PLACES["the last"])) == (1, 0)


def test_there_is_enough_to_guess_at() -> None:
    assert len(CHOICES) >= 12
