"""What looks at what: rows, heads, and nothing ahead."""

import pytest

from tests.demos.playing import play, stage_of, typing
from tutor.demos import attention
from tutor.providers.built_in import built_in


def test_nobody_looks_ahead_and_each_row_adds_up_to_one() -> None:
    seen = attention.look_inside(built_in("base"), "The cat sat.", stage_of())
    for one in seen.heads:
        for place, row in enumerate(attention.weights_of(seen, one)):
            assert len(row) == place + 1
            assert sum(row) == pytest.approx(1, abs=1e-4)
            assert seen.trace.attention[one.layer - 1][one.head - 1][place, place + 1 :].sum() == 0
        assert all(0 <= share <= 1.0001 for share in one.shares)


def test_all_heads_are_summed_up_and_the_named_one_is_drawn() -> None:
    shape = built_in("base").model.shape
    shown = play("attention", stage_of(), layer=2, head=3)
    assert f"All {shape.layers * shape.heads} heads" in shown
    assert "Layer 2, head 3" in shown
    assert "no explanation" in shown


def test_one_walks_from_row_to_head_to_text() -> None:
    lines = ("1", "1 2", "99", "99 99", "9" * 5000, "9" * 1000, "  ", "The dog is brown.")
    shown = play("attention", stage_of(ask=typing(*lines)))
    assert "1 The looks at" in shown
    assert "Layer 1, head 2" in shown
    assert "Rows go from 0" in shown
    assert "dog" in shown
