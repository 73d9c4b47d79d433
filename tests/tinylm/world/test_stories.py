"""Plots and the stories told from them."""

import re
from random import Random

import pytest

from tutor.tinylm.world.exercises import ANIMAL_WORDS, THING_WORDS
from tutor.tinylm.world.stories import Plot, plots, plots_with_a_thing, story, titled_story


def test_there_are_a_hundred_distinct_plots() -> None:
    assert len(plots()) >= 100
    assert len({plot.title for plot in plots()}) == len(plots())
    assert len({plot.beats for plot in plots()}) == len(plots())


@pytest.mark.parametrize("plot", plots(), ids=lambda plot: plot.title)
def test_a_plot_has_a_beginning_a_turn_an_end_and_a_moral(plot: Plot) -> None:
    assert len(plot.beats) >= 5
    assert plot.morals
    assert plot.names("hero")


def test_stories_have_no_unfilled_slot_no_double_space_and_no_wrong_article() -> None:
    rng = Random(4)
    for _ in range(1500):
        text = story(rng)
        assert not re.search(r"[{}\[\]|]|  | a [aeio]| an [^aeiou]", text), text


def test_a_story_on_request_holds_the_animal_and_the_thing() -> None:
    rng = Random(5)
    for _ in range(500):
        animal, thing = rng.choice(ANIMAL_WORDS), rng.choice(THING_WORDS)
        text = story(rng, animal, thing)
        assert re.search(rf"\b{animal}\b", text)
        assert re.search(rf"\b{thing}\b", text)


def test_the_same_seed_tells_the_same_story() -> None:
    assert story(Random(7)) == story(Random(7))
    assert titled_story(Random(7)) == titled_story(Random(7))


def test_enough_plots_can_be_told_of_any_thing() -> None:
    assert len(plots_with_a_thing()) >= 60
