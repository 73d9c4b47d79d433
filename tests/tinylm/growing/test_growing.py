"""What a learner watches: it learns, it is the same for the same seed, it can be broken."""

import math
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from tests.tinylm.growing import small
from tutor.tinylm.growing.book import Book
from tutor.tinylm.growing.events import Began, Ended, Event, How, Measured, Stage, Wrote
from tutor.tinylm.growing.growing import Growing, Watch
from tutor.tinylm.growing.quizzing import answer
from tutor.tinylm.growing.recipe import Recipe

BOOK = small.book()


def grown(
    recipe: Recipe, stopped: Callable[[], bool] = lambda: False, tick: float = 0.01
) -> tuple[Growing, list[Event]]:
    growing = Growing(BOOK, recipe, Watch(small.Ticks(tick), stopped))
    return growing, list(growing.events())


def weights_of(growing: Growing) -> bytes:
    stored = growing.transformer.transformer.stored()
    return b"".join(stored[name].tobytes() for name in sorted(stored))


def ends(events: Sequence[Event]) -> dict[Stage, Ended]:
    return {event.stage: event for event in events if isinstance(event, Ended)}


def test_each_stage_knows_more_of_pages_it_never_read_than_blind_guessing() -> None:
    _, events = grown(Recipe(steps=60))
    losses = [end.held_out for end in ends(events).values()]
    assert list(ends(events)) == [Stage.PAIRS, Stage.NETWORK, Stage.TRANSFORMER]
    assert max(losses) < math.log(len(BOOK.tokenizer)) - 1
    curve = [event for event in events if isinstance(event, Measured)]
    assert curve[-1].stage is Stage.TRANSFORMER
    assert curve[-1].held_out == ends(events)[Stage.TRANSFORMER].held_out


def test_the_same_seed_and_the_same_steps_give_the_same_model_whatever_the_clock_says() -> None:
    one, _ = grown(Recipe(steps=12, seed=7))
    two, _ = grown(Recipe(steps=12, seed=7), tick=3.0)
    other, _ = grown(Recipe(steps=12, seed=8))
    assert weights_of(one) == weights_of(two)
    assert weights_of(one) != weights_of(other)


def test_by_the_clock_a_stage_ends_when_its_time_is_over() -> None:
    _, events = grown(Recipe(seconds=6), tick=0.05)
    assert ends(events)[Stage.NETWORK].seconds == pytest.approx(1, abs=0.3)
    assert ends(events)[Stage.TRANSFORMER].seconds == pytest.approx(5, abs=0.3)


def test_a_night_in_a_closed_laptop_does_not_end_the_training() -> None:
    clock = small.Ticks()

    def sleepy() -> bool:
        if clock.now > 3:
            clock.now += 40_000
        return False

    events = list(Growing(BOOK, Recipe(seconds=60), Watch(clock, sleepy)).events())
    assert ends(events)[Stage.TRANSFORMER].step > 5


def test_samples_come_from_the_first_moment_to_the_last() -> None:
    _, events = grown(Recipe(steps=40))
    for stage in (Stage.NETWORK, Stage.TRANSFORMER):
        some = [event for event in events if isinstance(event, Wrote) and event.stage is stage]
        assert len(some) >= 5
        assert all(one.beginning == small.BEGINNING for one in some)
        assert some[0].text != some[-1].text


@pytest.mark.parametrize("rate", [50.0, 1e30])
def test_a_rate_that_is_too_high_is_noticed_and_nothing_more_is_tried(rate: float) -> None:
    _, events = grown(Recipe(rate=rate, steps=200))
    last = list(ends(events).values())[-1]
    assert last.how is How.DIVERGED
    assert last.step < 60
    assert Stage.TRANSFORMER not in ends(events)


def test_who_wants_to_stop_keeps_what_has_grown_so_far() -> None:
    seen: dict[Stage, Ended] = {}
    wish = threading.Event()
    growing = Growing(BOOK, Recipe(steps=30), Watch(small.Ticks(), wish.is_set))
    newborn = weights_of(growing)
    for event in growing.events():
        if isinstance(event, Measured) and event.stage is Stage.TRANSFORMER:
            wish.set()
        if isinstance(event, Ended):
            seen[event.stage] = event
    last = seen[Stage.TRANSFORMER]
    assert last.how is How.STOPPED
    assert 0 < last.step < 30
    assert weights_of(growing) != newborn


def test_a_stop_before_anything_began_is_one_too() -> None:
    _, events = grown(Recipe(steps=30), stopped=lambda: True)
    assert ends(events)[Stage.NETWORK].how is How.STOPPED
    assert Stage.TRANSFORMER not in ends(events)


@pytest.mark.parametrize("recipe", [Recipe(width=32, steps=3), Recipe(layers=3, steps=3)])
def test_other_shapes_grow_as_well(recipe: Recipe) -> None:
    growing, events = grown(recipe)
    model = growing.transformer.transformer.grown()
    assert model.shape.width == recipe.width
    assert len(model.blocks) == recipe.layers
    counted = [e.parameters for e in events if isinstance(e, Began)][-1]
    assert counted == model.shape.parameters


def test_the_shortest_text_there_may_be_can_be_learned_from() -> None:
    from tutor.tinylm.growing.book import bind
    from tutor.tinylm.growing.reading import pages_of

    for text in ("a" * 2_000, "ab\n" * 700, "床前明月光，疑是地上霜。" * 170):
        book: Book = bind(pages_of(text))
        growing = Growing(book, Recipe(steps=4), Watch(small.Ticks(), lambda: False))
        assert math.isfinite(ends(list(growing.events()))[Stage.TRANSFORMER].held_out)


def test_each_model_can_be_asked_and_answers_with_text() -> None:
    growing, _ = grown(Recipe(steps=2))
    for scorer in growing.scorers().values():
        assert isinstance(answer(scorer, BOOK, "What does the owl eat?"), str)
        assert scorer([BOOK.end]).shape == (len(BOOK.tokenizer),)


def test_growing_takes_one_thread() -> None:
    code = (
        "import os\n"
        "import tutor.tinylm\n"
        "from tests.tinylm.growing import small\n"
        "from tutor.tinylm.growing.recipe import Recipe\n"
        "list(small.growing(Recipe(steps=2)).events())\n"
        "print(len(os.listdir('/proc/self/task')))\n"
    )
    environ = {name: it for name, it in os.environ.items() if not name.endswith("_NUM_THREADS")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "1"


def test_nothing_is_learned_from_pages_that_are_kept_back() -> None:
    chance = np.random.default_rng(0)
    growing = Growing(BOOK, Recipe(steps=1), Watch(small.Ticks(), lambda: False))
    rows, wanted = growing.transformer.stretches(chance, 8)
    text = " ".join(map(str, BOOK.training.tolist()))
    for row, after in zip(rows.tolist(), wanted.tolist(), strict=True):
        assert " ".join(map(str, [*row, after[-1]])) in text
