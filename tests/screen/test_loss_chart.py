"""The curve of a training, as it stands on a screen."""

import math

import pytest

from tutor.screen.loss_chart import HELD_OUT, Level, LossChart, Point, loss_chart

FALLING = [Point(at / 20, 6 * 0.8**at, 6 * 0.82**at) for at in range(21)]
LEVELS = [Level("blind guessing", 6.65), Level("counted pairs", 2.27)]


def rows_of(points: list[Point], width: int = 80, rows: int = 12) -> list[str]:
    return [one.plain for one in loss_chart(LossChart(points, LEVELS, "50 s"), width, rows)]


def test_a_loss_that_falls_is_drawn_from_the_upper_left_to_the_lower_right() -> None:
    drawn = rows_of(FALLING)
    places = [(row, line.index(HELD_OUT, 8)) for row, line in enumerate(drawn[:12])
              if HELD_OUT in line[8:] and "blind" not in line]  # fmt: skip
    assert places == sorted(places)
    assert places[-1][1] > places[0][1] + 30
    assert "50 s" in drawn[-1]


def test_the_models_before_are_levels_with_their_names() -> None:
    drawn = "\n".join(rows_of(FALLING[:3]))
    assert "counted pairs 2.27" in drawn
    assert "blind guessing 6.65" in drawn


@pytest.mark.parametrize("width", [40, 60, 80, 100, 300])
def test_it_fits_any_window_and_is_made_of_signs_that_every_terminal_has(width: int) -> None:
    drawn = rows_of(FALLING, width)
    assert max(map(len, drawn)) <= width
    assert "".join(drawn).isascii()


@pytest.mark.parametrize(
    "points",
    [
        [],
        [Point(0.1, math.nan, math.nan)],
        [Point(0.1, math.inf, 1e30), Point(0.2, 5.0, math.nan)],
        [Point(0.0, 0.0, 0.0), Point(1.0, 0.0, 0.0)],
        [Point(0.5, 6.65, 6.65)],
    ],
    ids=["nothing yet", "no number", "exploded", "all known", "as good as blind"],
)
def test_losses_of_every_kind_can_be_drawn(points: list[Point]) -> None:
    assert len(rows_of(points)) == 14
