"""Twelve cases and two prompts: labels, counts, and luck told from skill."""

from collections import Counter

import pytest

from tests.demos.models import Actor, bad_actors, saying
from tests.demos.playing import choosing, flat, play, stage_of
from tutor.demos.parts.twelve_cases import (
    CLAIMS,
    NO_LABEL,
    TICKETS,
    Case,
    CaseSet,
    filled,
    read_label,
    read_verdict,
)
from tutor.providers.talk import Done, Ending, Request, TextDelta
from tutor.tinylm.world.facts import all_facts


def test_the_claims_are_true_or_false_in_the_village() -> None:
    told = {fact.answer for fact in all_facts()}
    for case in CLAIMS.cases:
        claim = case.text.removeprefix("True or not? ")
        assert (claim in told) == (case.label == "true"), claim
        assert claim not in CLAIMS.second


@pytest.mark.parametrize(("some", "each"), [(CLAIMS, 6), (TICKETS, 4)])
def test_each_set_has_twelve_cases_with_labels_in_equal_numbers(some: CaseSet, each: int) -> None:
    assert Counter(case.label for case in some.cases) == dict.fromkeys(some.labels, each)
    assert len({case.text for case in some.cases}) == 12


def test_two_tickets_are_ambiguous() -> None:
    assert sum(case.ambiguous for case in TICKETS.cases) == 2


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
    assert read_label(reply) == label


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
    assert read_verdict(reply) == label


@pytest.mark.parametrize(
    "prompt", ["{question}?", "Q", "{question.text} {0}", "{", "a{question}b{question}"]
)
def test_a_prompt_is_filled_without_being_obeyed(prompt: str) -> None:
    text = filled(prompt, Case("IT", "other"))
    assert "IT" in text
    assert text.replace("IT", "").strip() == prompt.replace("{question}", "").strip()


def test_the_built_in_model_answers_live_and_an_own_prompt_changes_the_outcome() -> None:
    own = flat(play("benchmark", stage_of("xyzzy {question} plugh")))
    shipped = flat(play("benchmark", stage_of()))
    assert "RECORDED" not in shipped
    assert "built-in base" in shipped
    assert shipped != own
    assert "prompt B xyzzy {question} plugh" in own
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
    labels = {case.text: case.label for case in TICKETS.cases}
    words = flat(play("benchmark", stage_of(chosen=choosing(knowing(labels)))))
    assert "A 12 of 12" in words
    assert "B 4 of 12" in words
    assert "only A 8, only B 0" in words
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
    assert "stopped by you after 4 tickets" in words
    assert "1 of 4" in words


def test_the_first_failure_ends_the_calls() -> None:
    actor = bad_actors()["unreachable"]
    play("benchmark", stage_of(chosen=choosing(actor)))
    assert len(actor.asked) == 1
