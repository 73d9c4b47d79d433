"""Five sizes on one diet: what is counted, and that size shows."""

import pytest

from tests.demos.live import play, stage_of
from tutor.demos.sizes import climb, hits, scored
from tutor.tinylm.faces import load_face
from tutor.tinylm.world.probes import Probe, base_probes

WRONG = Probe("capital", "What is the capital of Kenya?", "The capital of Kenya is Lisbon.")


def test_the_grown_model_says_every_word_of_what_it_knows() -> None:
    found = scored(load_face("base"), base_probes(12)["animal"])
    assert (found.tokens, found.answers) == (1.0, 1.0)


def test_one_wrong_word_costs_a_word_and_the_whole_answer() -> None:
    said = hits(load_face("base"), WRONG)
    assert said.count(False) == 1
    found = scored(load_face("base"), [WRONG])
    assert 0.5 < found.tokens < 1
    assert found.answers == 0


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ([0.1, 0.3, 0.5, 0.7], "step by step (the largest step is 33% of the climb)"),
        ([0.1, 0.1, 0.9, 1.0], "in a jump (the largest step is 89% of the climb)"),
        ([0.5, 0.9, 0.5], "does not climb"),
    ],
)
def test_a_jump_is_one_step_that_makes_most_of_the_climb(shares: list[float], said: str) -> None:
    assert climb(shares) == said


def test_the_lesson_is_right_about_animals_and_about_repeating() -> None:
    screen = " ".join(play("sizes", stage_of(width=80)).split())
    assert "animal step by step" in screen
    assert "repeat in a jump" in screen


def test_from_the_smallest_to_the_largest_losses_fall_and_answers_come() -> None:
    screen = play("sizes", stage_of(width=80))
    rows = [row.split() for row in screen.splitlines() if row.count("%") == 4]
    assert len(rows) == 5
    for column in (3, 5):
        assert int(rows[0][column].removesuffix("%")) <= 5
        assert int(rows[-1][column].removesuffix("%")) >= 90
    losses = [float(row[1]) for row in rows]
    assert losses == sorted(losses, reverse=True)


def test_a_kind_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(ValueError, match=r"capital.*sum-2"):
        play("sizes", stage_of(), kinds=("chess",))
