"""Tasks that code can check, and what a hole in the check lets through."""

from random import Random

import pytest

from tutor.tinylm.world import checked
from tutor.tinylm.world.probes import Probe, of_exercise

ROW = Probe("row-3", "What is 3 + 5 + 8?", "3 + 5 + 8 = 16", ("3 + 5 + 8 = 16",))
COPY = of_exercise(checked.copying(Random(1), 4))


@pytest.mark.parametrize(
    ("reply", "right", "passes"),
    [
        ("3 + 5 + 8 = 16", True, True),
        ("3 + 5 = 8. 8 + 8 = 16. So 3 + 5 + 8 = 16", True, True),
        ("3 + 5 + 8 = 17", False, False),
        ("3 + 5 = 8", False, True),
        ("3 + 5 + 8 = 16. 1 + 1 = 2", False, True),
        ("16", False, False),
        ("I do not know.", False, False),
        ("9 - 4 = 5", False, True),
    ],
)
def test_a_hole_lets_through_what_is_true_and_was_not_asked(
    reply: str,
    right: bool,  # noqa: FBT001
    passes: bool,  # noqa: FBT001
) -> None:
    assert checked.right(ROW, reply) is right
    assert checked.states_a_truth(ROW, reply) is passes


def test_a_copy_must_be_whole_but_for_the_checker_with_a_hole() -> None:
    some = COPY.answer.split()[0] + "."
    assert checked.right(COPY, COPY.answer)
    assert not checked.right(COPY, some)
    assert checked.states_a_truth(COPY, some)
    assert not checked.states_a_truth(COPY, "Nonsense.")


def test_every_reference_answer_passes_both_checks() -> None:
    for seed in range(300):
        probe = checked.task(Random(seed))
        assert checked.right(probe, probe.answer), probe
        assert checked.states_a_truth(probe, probe.answer), probe


def test_tasks_for_tests_are_never_trained_on() -> None:
    trained, tested = (
        {checked.task(Random(seed), held_out=held_out).prompt for seed in range(400)}
        for held_out in (False, True)
    )
    assert not trained & tested
