"""Five sizes on one diet: what is counted, and that size shows."""

import pytest

from tests.demos.live import play, stage_of
from tutor.demos.sizes import scored, surprise
from tutor.tinylm.faces import load_face
from tutor.tinylm.world.probes import Probe, base_probes

SOME = base_probes(12)["capital"]
WRONG = Probe("capital", "What is the capital of Kenya?", "The capital of Kenya is Lisbon.")


def test_the_grown_model_says_every_word_of_what_it_knows_and_is_not_surprised() -> None:
    nats, per_cent = scored(load_face("base"), SOME).split(" nats ")
    assert float(nats) < 0.5
    assert per_cent == "100%"


def test_one_wrong_word_surprises_and_spoils_the_answer() -> None:
    right = Probe(WRONG.kind, WRONG.prompt, WRONG.answer.replace("Lisbon", "Nairobi"))
    base = load_face("base")
    (low, whole), (high, spoilt) = (surprise(base, probe) for probe in (right, WRONG))
    assert (whole, spoilt) == (True, False)
    assert high > low + 2


def test_capitals_come_with_size_and_so_does_repeating() -> None:
    screen = play("sizes", stage_of(width=80))
    rows = [row.split() for row in screen.splitlines() if row.count("%") == 2]
    assert len(rows) == 5
    for column in (4, 7):
        assert int(rows[0][column].removesuffix("%")) <= 5
        assert int(rows[-1][column].removesuffix("%")) >= 90
    losses = [float(row[1]) for row in rows]
    assert losses == sorted(losses, reverse=True)


def test_a_kind_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(ValueError, match=r"capital.*sum-2"):
        play("sizes", stage_of(), kinds=("chess",))
