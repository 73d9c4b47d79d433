"""Five sizes on one diet: what is counted, and that size shows."""

import re

import pytest

from tests.demos.playing import play, stage_of
from tutor.demos.sizes import climb, foretold, parts_of, scored
from tutor.tinylm.faces import LADDER, load_rung
from tutor.tinylm.measuring import scaling
from tutor.tinylm.model import Model
from tutor.tinylm.world.probes import Probe, base_probes

WRONG = Probe(
    "capital", "What is the capital of Kenya?", "The capital of Kenya is Lisbon.",
    ("Lisbon",), ("Kenya",),
)  # fmt: skip


def largest() -> Model:
    """The model at the top of the ladder."""
    return load_rung(scaling.read(LADDER).sizes[-1].name)


def test_the_largest_model_says_nearly_every_word_of_what_it_knows() -> None:
    found = scored(largest(), base_probes(12)["animal"])
    assert found.answers >= 0.9
    assert set(found.parts) == {"frame", "copied", "fact"}
    assert all(share >= 0.95 for share, _nats in found.parts.values())
    assert all(nats < 0.2 for _share, nats in found.parts.values())


def test_one_wrong_fact_costs_its_tokens_and_the_whole_answer() -> None:
    said = foretold(largest(), WRONG)
    assert [one.part for one in said if not one.right] == ["fact"]
    found = scored(largest(), [WRONG])
    assert found.parts["fact"][0] == 0
    assert found.parts["fact"][1] > 3
    assert found.parts["copied"][0] == 1
    assert found.answers == 0


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("animal", ["frame", "copied", "frame", "frame", "frame", "fact", "frame"]),
        ("repeat", ["copied", "copied", "copied", "copied", "frame"]),
    ],
)
def test_an_answer_falls_into_frame_copy_and_fact(kind: str, parts: list[str]) -> None:
    probe = base_probes(30)[kind][0]
    pieces = [*(f" {word}" for word in probe.answer.removesuffix(".").split()), "."]
    assert list(parts_of(probe, pieces)) == parts


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
    assert "animal, fact: step by step" in screen
    assert re.search(r"animal, copied: in a jump \([^)]*\); in nats step by step", screen)
    assert re.search(r"repeat, copied: in a jump \([^)]*\); in nats in a jump", screen)


def test_from_the_smallest_to_the_largest_losses_fall_and_answers_come() -> None:
    screen = play("sizes", stage_of(width=80))
    rows = [row.split() for row in screen.splitlines() if row.count("%") in (3, 4)]
    assert len(rows) == 10
    for kind in (rows[:5], rows[5:]):
        assert int(kind[0][-1].removesuffix("%")) <= 5
        assert int(kind[-1][-1].removesuffix("%")) >= 90
        losses = [float(row[2]) for row in kind]
        assert losses == sorted(losses, reverse=True)


def test_a_kind_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(ValueError, match=r"capital.*sum-2"):
        play("sizes", stage_of(), kinds=("chess",))
