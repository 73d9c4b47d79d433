"""Twelve cases and two prompts: labels, counts, and luck told from skill."""

from collections import Counter

import pytest

from tests.demos.models import Actor, bad_actors, saying
from tests.demos.playing import choosing, flat, play, stage_of
from tutor.bench.checks import NO_LABEL, grade
from tutor.bench.model import Bench, Case, Label
from tutor.bench.reading import example
from tutor.providers.talk import Done, Ending, Request, TextDelta
from tutor.tinylm.world.facts import all_facts

CLAIMS, TICKETS = example("claims"), example("tickets")


def labels(bench: Bench) -> tuple[str, ...]:
    """The labels that its one check knows."""
    (check,) = bench.checks
    assert isinstance(check, Label)
    return tuple(check.labels)


def read(bench: Bench, reply: str) -> str:
    return grade(bench.checks, Case(input="x", expected="x"), reply).label


def test_the_claims_are_true_or_false_in_the_village() -> None:
    told = {fact.answer for fact in all_facts()}
    for case in CLAIMS.cases:
        claim = case.input.removeprefix("True or not? ")
        assert (claim in told) == (case.expected == "true"), claim
        assert claim not in str(CLAIMS.prompts)


@pytest.mark.parametrize(("some", "each"), [(CLAIMS, 6), (TICKETS, 4)])
def test_each_set_has_twelve_cases_with_labels_in_equal_numbers(some: Bench, each: int) -> None:
    assert Counter(case.expected for case in some.cases) == dict.fromkeys(labels(some), each)
    assert len({case.input for case in some.cases}) == 12


def test_two_tickets_are_ambiguous() -> None:
    assert sum(bool(case.note) for case in TICKETS.cases) == 2


@pytest.mark.parametrize(
    ("reply", "label"),
    [
        ("billing", "billing"),
        (" Bug.\n", "bug"),
        ("'other'", "other"),
        ("billing, I think", NO_LABEL),
        ("It is a bug", NO_LABEL),
        ("", NO_LABEL),
        ("bug other", NO_LABEL),
    ],
)
def test_a_ticket_label_is_the_label_and_nothing_else(reply: str, label: str) -> None:
    assert read(TICKETS, reply) == label


@pytest.mark.parametrize(
    ("reply", "label"),
    [
        (" Snow is white. Yes, that is true.", "true"),
        ("The cow eats grass. So no, that is not true.", "false"),
        ("Yes and no.", NO_LABEL),
        ("I know nothing.", NO_LABEL),
        ("", NO_LABEL),
        ("Not true!", "false"),
    ],
)
def test_a_verdict_is_one_of_two(reply: str, label: str) -> None:
    assert read(CLAIMS, reply) == label


@pytest.mark.parametrize(
    "prompt", ["{input} xyzzy?", "xyzzy Q", "{input.text} xyzzy {0}", "xyzzy {", "a{input}xyzzy"]
)
def test_a_prompt_is_filled_without_being_obeyed(prompt: str) -> None:
    asked: list[str] = []

    def says(request: Request) -> tuple[TextDelta, Done]:
        asked.append(request.messages[-1].content)
        return TextDelta("bug"), Done(Ending.STOP)

    play("benchmark", stage_of(prompt, chosen=choosing(Actor(says))))
    own = [text for text in asked if "xyzzy" in text]
    assert len(own) == 12
    for text, case in zip(own, TICKETS.cases, strict=True):
        assert case.input in text
        assert text.replace(case.input, "").strip() == prompt.replace("{input}", "").strip()


def test_the_built_in_model_answers_live_and_an_own_prompt_changes_the_outcome() -> None:
    own = flat(play("benchmark", stage_of("xyzzy {input} plugh")))
    shipped = flat(play("benchmark", stage_of()))
    assert "RECORDED" not in shipped
    assert "built-in base" in shipped
    assert shipped != own
    assert "prompt B xyzzy {input} plugh" in own
    assert "8. True or not?" in own


def knowing(labels: dict[str, str]) -> Actor:
    """A model that knows the tickets under one prompt and calls all of them other under B."""

    def says(request: Request) -> tuple[TextDelta, Done]:
        prompt = request.messages[-1].content
        ticket = next(text for text in labels if text in prompt)
        told = labels[ticket] if prompt.startswith("Classify:") else "other"
        return TextDelta(told), Done(Ending.STOP)

    return Actor(says)


def test_a_landslide_is_told_from_luck() -> None:
    known = {case.input: case.expected for case in TICKETS.cases}
    words = flat(play("benchmark", stage_of(chosen=choosing(knowing(known)))))
    assert "A 12 of 12" in words
    assert "B 4 of 12" in words
    assert "Better with A: 8. Better with B: 0." in words
    assert "p = 0.008" in words
    assert "A is better, by this test" in words
    assert "built-in" not in words


def test_replies_without_a_label_are_counted_apart_and_shown() -> None:
    actor = saying("I believe this is a bug.")
    screen = play("benchmark", stage_of(width=100, chosen=choosing(actor)))
    assert 'no label: "I believe this is a bug."' in flat(screen)
    rows = [line.split() for line in screen.splitlines() if " of 12 " in line]
    assert [(row[0], row[1], row[-1]) for row in rows] == [("A", "0", "12"), ("B", "0", "12")]


def test_a_model_that_goes_on_and_on_is_stopped() -> None:
    given: list[int] = []

    def says(_request: Request) -> object:
        for number in range(10_000):
            given.append(number)
            yield TextDelta("and so on ")

    actor = Actor(says)  # type: ignore[arg-type]
    play("benchmark", stage_of(chosen=choosing(actor)))
    assert max(given) < 50
    assert len(actor.asked) == 24


def test_what_was_answered_before_ctrl_c_is_evaluated() -> None:
    actor = saying("bug")

    def says(_request: Request) -> tuple[TextDelta, Done]:
        if len(actor.asked) > 9:
            raise KeyboardInterrupt
        return TextDelta("bug"), Done(Ending.STOP)

    actor.says = says
    words = flat(play("benchmark", stage_of(chosen=choosing(actor))))
    assert "stopped by you after 4 cases" in words
    assert "1 of 4" in words


def test_the_first_failure_ends_the_calls() -> None:
    actor = bad_actors()["unreachable"]
    play("benchmark", stage_of(chosen=choosing(actor)))
    assert len(actor.asked) == 1
