"""The calculator that a model may ask, and what it refuses."""

import pytest

from tests.demos.playing import choosing, play, stage_of
from tutor.demos.tool_use import compute, written
from tutor.providers.talk import Card, Done, Ending, Events, Request, TextDelta, Tier


@pytest.mark.parametrize(
    ("expression", "value"),
    [("48217 * 9631", 464_377_927), ("2 * (3 + 4)", 14), ("-3 - 4", -7), ("1 / 4", 0.25)],
)
def test_the_calculator_is_exact(expression: str, value: float) -> None:
    assert compute(expression) == value
    assert isinstance(written(compute(expression)), str)


@pytest.mark.parametrize(
    "expression",
    ["", "1 +", "2 ** 9999999", "__import__('os')", "x", "'a' * 9", "1 / 0", "9" * 60, "(" * 500],
)
def test_what_is_no_sum_is_refused_and_never_run(expression: str) -> None:
    with pytest.raises(ValueError, match=r"sum|value|numbers"):
        compute(expression)


class Caller:
    """A model that calls the tool, then says what it was told."""

    card = Card("far", "far-1", Tier.HOSTED)

    def __init__(self, call: str) -> None:
        self.call = call
        self.asked: list[Request] = []

    def stream(self, request: Request) -> Events:
        self.asked.append(request)
        last = request.messages[-1].content
        yield TextDelta(last if last.startswith("Result") else self.call)
        yield Done(Ending.STOP)


def test_a_models_call_is_carried_out_in_code_and_its_result_given_back() -> None:
    caller = Caller('{"tool": "calculator", "expression": "6 * 7"}')
    said = play("tool-use", stage_of("6 * 7", chosen=choosing(caller, [])))
    assert caller.asked[-1].messages[-1].content == "Result: 42"
    assert "SCRIPTED" not in said


def test_a_call_that_is_no_sum_is_told_so_and_runs_nothing() -> None:
    caller = Caller('{"tool": "calculator", "expression": "open(1)"}')
    play("tool-use", stage_of(chosen=choosing(caller, [])))
    assert "error" in caller.asked[-1].messages[-1].content


def test_a_model_that_does_not_call_is_not_shown_as_if_it_had() -> None:
    said = play("tool-use", stage_of(chosen=choosing(Caller("464 million"), [])))
    assert "did not call the tool" in said
    assert "SCRIPTED" in said


class Cut(Caller):
    """A line that drops, or a learner who presses Ctrl-C, in the reply of this number."""

    def __init__(self, at: int) -> None:
        super().__init__('{"tool": "calculator", "expression": "6 * 7"}')
        self.at = at

    def stream(self, request: Request) -> Events:
        yield next(super().stream(request))
        yield Done(Ending.CUT if len(self.asked) > self.at else Ending.STOP)


@pytest.mark.parametrize("at", [0, 1])
def test_after_a_cut_nothing_more_is_asked_and_no_call_is_denied(at: int) -> None:
    cut = Cut(at)
    said = play("tool-use", stage_of(chosen=choosing(cut, [])))
    assert len(cut.asked) == at + 1
    assert "did not call" not in said
    assert "SCRIPTED" in said


def test_the_learners_own_sum_changes_what_is_computed() -> None:
    assert "464377927" in play("tool-use", stage_of())
    assert "12 * 12 = 144" in play("tool-use", stage_of("12 * 12"))
    assert "looks like this" in play("tool-use", stage_of("import os"))
