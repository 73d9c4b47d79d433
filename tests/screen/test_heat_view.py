"""A map of weights: shaded, spoken, and never wider than the window."""

from rich.cells import cell_len

from tutor.screen.heat_view import heat_view, links, row_view
from tutor.screen.terminal import Look

RICH, PLAIN = Look(), Look(plain=True)


def test_a_map_too_wide_for_the_window_says_what_it_leaves_out() -> None:
    names = [f"w{n}" for n in range(70)]
    weights = [[1 / (n + 1)] * (n + 1) for n in range(70)]
    drawn = heat_view(names, weights, RICH, 60)
    assert "Only the last" in drawn[0].plain
    assert max(cell_len(row.plain) for row in drawn) <= 60
    assert sum(row.plain.startswith("  ") and " w" in row.plain for row in drawn) < 70


def test_a_heat_map_shades_by_weight_and_speaks_in_plain_output() -> None:
    names, weights = ["a", "b", "c"], [[1.0], [0.9, 0.1], [0.03, 0.3, 0.67]]
    drawn = [row.plain for row in heat_view(names, weights, RICH, 60)]
    assert drawn[1].split() == ["0", "a", "█"]
    assert drawn[2].split() == ["1", "b", "█", "░"]
    assert drawn[3].split() == ["2", "c", "·", "▒", "▓"]
    spoken = heat_view(names, weights, PLAIN, 60)[2].plain
    assert spoken == "2 c looks at: 2 c 0.67, 1 b 0.30, 0 a 0.03."
    assert "0.670" in row_view(names, 2, weights[2], RICH)[1].plain


def test_the_strongest_link_is_named_even_where_all_are_weak() -> None:
    assert links([1 / 1000] * 1000) == [(0, 0.001)]
