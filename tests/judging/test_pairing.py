"""Pairs typed in words are taken for what was meant, and never for what was not."""

import pytest

from tests.known_courses import shipped
from tutor.course.contents import questions
from tutor.course.model import Matching
from tutor.judging.judge import judge
from tutor.judging.pairing import Several, paired
from tutor.judging.presenting import present
from tutor.judging.replies import Matches, Unclear, read_reply

LEFTS = ("Why can it translate?", "Can it reply like Ines?", "Does it save time?")
RIGHTS = ("the desk", "use it, look at samples", "its food", "the mask", "use it, but not the mask")
KEYS = "abcdefghi"


@pytest.mark.parametrize(
    "line",
    [
        "its food; the mask; the desk",
        "Food; MASK; desk.",
        "food, the mask, desk",
        "a = its food; b = the mask; c = the desk",
        "c: desk; a -> food; b => mask",
        "a=food, b=4, c=1",
        "why can it translate = its food; reply like Ines = the mask; save time = desk",
        "Why can it translate? → food; Can it reply like Ines? — mask; save time = desk",
    ],
)
def test_words_name_what_they_are_on_the_screen(line: str) -> None:
    assert paired(line, LEFTS, RIGHTS, KEYS) == [2, 3, 0]


def test_a_side_with_a_comma_is_typed_between_semicolons() -> None:
    line = "use it, look at samples; look at samples; use it, but not the mask"
    assert paired(line, LEFTS, RIGHTS, KEYS) == [1, 1, 4]


@pytest.mark.parametrize(
    ("line", "unsure"),
    [
        ("food; mask; use it", ""),  # too short to tell anything
        ("a = food; b = mask; c = use it, but", ""),  # without its "not" it would say another thing
        ("translate; food; mask; desk", ""),
        ("food; mask", ""),
        ("a = food; a = mask; c = desk", ""),
        ("a = food; mask; desk", ""),
        ("a = food; b = not the mask; c = desk", ""),
        ("not the mask; food; desk", ""),
        ("a = food; b = mask; it = desk", ""),
        ("", ""),
        (";;;", ""),
    ],
)
def test_what_is_not_surely_meant_is_asked_about(line: str, unsure: str) -> None:
    assert paired(line, LEFTS, RIGHTS, KEYS) == Several(unsure)


def test_words_that_fit_two_sides_are_named() -> None:
    sides = ("a large model", "a large corpus", "12")
    assert paired("large; large model; 12", ("x1", "x2", "x3"), sides, KEYS) == Several("large")
    twice = paired("a = 2; b = 1; c = 1", ("x1", "x2", "x3"), ("2", "3", "1"), KEYS)
    assert isinstance(twice, Several), "2 is the first side's name and the second one's number"


def test_a_letter_that_is_another_sides_name_is_asked_about() -> None:
    assert paired("a = one; b = two", ("b", "a"), ("one", "two"), KEYS) == Several("a = one")


def test_every_pair_of_the_course_may_be_typed_in_the_words_of_the_screen() -> None:
    every = (question for lesson in shipped().lessons for question in questions(lesson))
    asked = [question for question in every if isinstance(question, Matching)]
    assert asked
    for question in asked:
        shown = present(question, seed=1)
        in_order = "; ".join(pair.right for pair in question.pairs)
        by_letter = "; ".join(f"{KEYS[i]} = {p.right}" for i, p in enumerate(question.pairs))
        in_full = "; ".join(f"{pair.left} = {pair.right}" for pair in question.pairs)
        for line in (in_order, by_letter, in_full):
            reply = read_reply(shown, line)
            if line.count(";") < len(question.pairs):
                assert isinstance(reply, Matches), line
                assert judge(question, reply).right, line
            else:  # a semicolon of the author's own: asked about
                assert isinstance(reply, Unclear), line
