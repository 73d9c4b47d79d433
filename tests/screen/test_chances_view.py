"""Chances as bars, and how uncertain they are in bits."""

import math
from collections.abc import Sequence

import pytest
from rich.cells import cell_len

from tutor.providers.talk import Chance
from tutor.screen.chances_view import bar, chances_view, entropy_line, entropy_of
from tutor.screen.pieces_view import as_bytes, fitted
from tutor.screen.terminal import Look
from tutor.sums.information import entropy, softmax

RICH, PLAIN = Look(), Look(plain=True)


@pytest.mark.parametrize(
    ("shares", "bits"),
    [
        ((1.0,), 0.0),
        ((0.5, 0.5), 1.0),
        ((0.5, 0.25, 0.25), 1.5),
        ((0.25,) * 4, 2.0),
        (softmax((3, 2, 1, 0), 0.5), 0.657),
        (softmax((3, 2, 1, 0), 2), 1.796),
    ],
)
def test_entropy_is_what_one_computes_by_hand(shares: Sequence[float], bits: float) -> None:
    assert entropy(shares) == pytest.approx(bits, abs=5e-4)
    found, whole = entropy_of([Chance("x", math.log(share)) for share in shares])
    assert found == pytest.approx(bits, abs=5e-4)
    assert whole


def test_where_only_the_likeliest_are_known_the_entropy_is_a_least() -> None:
    known = [Chance("a", math.log(0.5)), Chance("b", math.log(0.25))]
    assert entropy_of(known)[0] == pytest.approx(1.5)
    assert "at least 1.50 bits" in entropy_line(known).plain


def test_chances_stand_as_bars_of_one_scale_with_what_is_left() -> None:
    chances = [Chance(" yes", math.log(0.5)), Chance("\n", math.log(0.25))]
    rows = [row.plain for row in chances_view(chances, RICH, 60)]
    assert rows[0].split() == ["␣yes", "50.0%", "█" * 15]
    assert rows[1].split()[1] == "25.0%"
    assert rows[2].split()[:3] == ["all", "others", "25.0%"]
    assert chances_view(chances, PLAIN, 60)[0].plain == "(space) yes: 50.0%"
    assert [bar(share, 10) for share in (0, 0.001, 0.05, 1)] == ["", "▏", "▌", "█" * 10]


def test_a_long_token_is_cut_and_a_wide_one_counted_in_cells() -> None:
    assert fitted("abcdef", 4) == "abc…"
    assert cell_len(fitted("日本語テキスト", 6)) == 6
    assert as_bytes(b"\xe0\xa4") == "<E0 A4>"
    wide = [Chance("日本語" * 20, math.log(0.9))]
    for width in (20, 40, 60):
        assert all(cell_len(row.plain) <= width for row in chances_view(wide, RICH, width))
