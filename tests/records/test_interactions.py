"""Questions as interaction activities: a stranger's report comes to the verdicts that were ours."""

from decimal import Decimal
from typing import Any, get_args

import msgspec
import pytest

from tests.judging import samples
from tutor.course.builtin import builtin_course
from tutor.course.contents import questions
from tutor.course.model import AnyQuestion, Prediction
from tutor.course.reading import read_course
from tutor.judging.answers import mistakes, other_right_lines, right_line
from tutor.judging.presenting import Shown, present
from tutor.progress.events import Answered
from tutor.records.interactions import definition, guess_definition, guess_response, response

PARTS = {"choice": {"choices"}, "sequencing": {"choices"}, "matching": {"source", "target"}}
"""What a type may list (xAPI 1.0.3, Data 4.1.6.1); all others list nothing."""


def answer(shown: Shown, line: str, said: str = "") -> Answered:
    return Answered(
        sitting="s",
        seed=shown.seed,
        shown=shown.order,
        raw=line,
        said=said,
        right=True,
        score=1.0,
        attempt=1,
    )


def given(shown: Shown, question: AnyQuestion, line: str) -> str:
    return response(question, answer(shown, line))


def matches(defined: dict[str, Any], said: str) -> bool:
    """Tell whether a response is one of those listed as right, as the specification compares."""
    return any(_is_as(defined["interactionType"], said, pattern) for pattern in _patterns(defined))


def _is_as(kind: str, said: str, pattern: str) -> bool:
    if kind == "numeric":
        low, high = map(Decimal, pattern.split("[:]"))
        return low <= Decimal(said) <= high
    if kind in ("choice", "matching"):
        return sorted(said.split("[,]")) == sorted(pattern.split("[,]"))
    return said == pattern


def _patterns(defined: dict[str, Any]) -> list[str]:
    return list(defined.get("correctResponsesPattern", []))


KINDS = [
    (samples.SINGLE, "choice", ["b"], "2", "b"),
    (samples.MULTIPLE, "choice", ["a[,]b"], "3 1", "a[,]c"),
    (samples.TRUE_FALSE, "true-false", ["false"], "t", "true"),
    (samples.NUMBER, "numeric", ["59.5[:]60.5"], "3/5", "60"),
    (samples.SHORT_TEXT, "fill-in", [], "teaching", "teaching"),
    (samples.CLOZE, "fill-in", [], "words; truth", "words[,]truth"),
    (samples.ORDERING, "sequencing", ["a[,]b[,]c[,]d"], "2143", "b[,]a[,]d[,]c"),
    (
        samples.MATCHING,
        "matching",
        ["a[.]1[,]b[.]2[,]c[.]3", "a[.]2[,]b[.]2[,]c[.]3"],
        "c1 b2 a4",
        "a[.]4[,]b[.]2[,]c[.]1",
    ),
    (samples.BET, "other", [], "70 10 10 10", "70 10 10 10"),
    (samples.FREE, "long-fill-in", [], "My own words.", "My own words."),
]


@pytest.mark.parametrize(
    ("question", "kind", "patterns", "line", "said"), KINDS, ids=lambda one: type(one).__name__
)
def test_each_kind_is_told_in_its_own_notation(
    question: AnyQuestion, kind: str, patterns: list[str], line: str, said: str
) -> None:
    defined = definition(question)
    assert defined["interactionType"] == kind
    assert _patterns(defined) == patterns
    assert given(samples.as_written(question), question, line) == said


def test_every_kind_has_its_notation_here() -> None:
    assert {type(question) for question, *_ in KINDS} == set(get_args(AnyQuestion))


def shipped() -> list[AnyQuestion]:
    course = read_course(builtin_course())
    return [one for lesson in course.lessons for one in questions(lesson)]  # type: ignore[misc]


@pytest.mark.parametrize("question", [*samples.EVERY, *shipped()], ids=lambda one: one.id)
def test_a_report_that_compares_responses_comes_to_our_own_verdicts(question: AnyQuestion) -> None:
    defined = definition(question)
    listed = {name for name in ("choices", "scale", "source", "target", "steps") if name in defined}
    assert listed == PARTS.get(defined["interactionType"], set())
    for part in listed:
        names = [one["id"] for one in defined[part]]
        assert len(set(names)) == len(names)
        assert not any(set(" [],.:") & set(name) for name in names)
    if not _patterns(defined):
        return
    for seed in range(4):
        shown = present(question, seed)
        for line in (right_line(shown), *other_right_lines(shown)):
            assert matches(defined, given(shown, question, line)), line
        for mistake in mistakes(shown):
            assert not matches(defined, given(shown, question, mistake.line)), mistake.line


def test_what_a_changed_question_makes_nothing_of_is_told_as_it_was_typed() -> None:
    shown = samples.as_written(samples.SINGLE)
    assert (
        response(samples.SINGLE, answer(shown, "9", said="an option of old")) == "an option of old"
    )


def test_an_order_that_never_stood_on_a_screen_is_not_read_by() -> None:
    odd = msgspec.structs.replace(answer(samples.as_written(samples.SINGLE), "2"), shown=(7, 8))
    assert response(samples.SINGLE, odd) == "b"


GUESS = Prediction(id="p", prompt="How many?", options=("few", "many"), reveal="Many.")


@pytest.mark.parametrize(("words", "said"), [("many", "b"), ("2", "b"), ("none", ""), ("3", "")])
def test_a_guess_is_told_as_the_option_that_it_was(words: str, said: str) -> None:
    assert "correctResponsesPattern" not in guess_definition(GUESS)
    assert guess_response(GUESS, words) == said


def test_a_guess_in_words_of_ones_own_is_told_in_them() -> None:
    free = Prediction(id="p", prompt="Why?", reveal="So.")
    assert guess_definition(free) == {"interactionType": "long-fill-in"}
    assert guess_response(free, "because") == "because"
