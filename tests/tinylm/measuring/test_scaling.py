"""What a ladder of models shows."""

import json
from pathlib import Path

import pytest

from tutor.tinylm.measuring import scaling
from tutor.tinylm.measuring.scaling import Fit, fitted

SIZES = [3_000, 12_000, 50_000, 100_000, 330_000, 1_000_000]


def write_rung(folder: Path, width: int, layers: int, seed: int, **more: object) -> None:
    shape = {"vocabulary": 100, "width": width, "layers": layers, "heads": 2, "context": 64}
    plan = {"plan": {"shape": shape, "seed": seed, "tokens": 1000}}
    last = {"tokens": 1000, "seconds": 1.0, "validation": 1 + 100 / (width * width * layers),
            "probes": {"fact": 100.0 * (width > 32), "sum": 50.0}} | more  # fmt: skip
    run = folder / f"{width}x{layers}-seed{seed}"
    run.mkdir(parents=True)
    (run / "log.jsonl").write_text("\n".join(map(json.dumps, (plan, last))))


@pytest.fixture
def ladder(tmp_path: Path) -> Path:
    for seed in (0, 1):
        for width, layers in ((16, 1), (32, 1), (64, 1), (64, 2)):
            write_rung(tmp_path / "ladder", width, layers, seed)
    return tmp_path / "ladder"


@pytest.mark.parametrize(
    "curve", [Fit(0.6, 2_000, 0.8), Fit(0.0, 500, 0.2), Fit(1.5, 100, 1.4)], ids=str
)
def test_a_known_curve_is_found_again(curve: Fit) -> None:
    found = fitted(SIZES, [curve.at(size) for size in SIZES])
    assert found.floor == pytest.approx(curve.floor, abs=2e-3)
    assert found.exponent == pytest.approx(curve.exponent, abs=2e-3)
    for size in SIZES:
        assert found.at(size) == pytest.approx(curve.at(size), abs=1e-3)


def test_three_points_are_no_evidence_for_three_numbers() -> None:
    with pytest.raises(ValueError, match="four sizes"):
        fitted(SIZES[:3], [3.0, 2.0, 1.0])


def test_an_ability_that_comes_with_size_at_every_seed_is_named(ladder: Path) -> None:
    found = scaling.measured(ladder)
    assert found.emergent == ["fact"]
    assert found.seeds == [0, 1]
    assert found.by_seed.keys() == {0, 1}
    assert [size.name for size in found.sizes] == ["16x1", "32x1", "64x1", "64x2"]


def test_an_ability_that_one_seed_lacks_is_not_named(ladder: Path) -> None:
    write_rung(ladder, 64, 2, 2, probes={"fact": 80.0, "sum": 50.0})
    assert scaling.measured(ladder).emergent == []


def test_a_rung_that_broke_off_does_not_count(ladder: Path) -> None:
    write_rung(ladder, 96, 3, 0, tokens=999)
    assert "96x3" not in [size.name for size in scaling.measured(ladder).sizes]


def test_the_embedding_does_not_count_as_size(ladder: Path) -> None:
    smallest = scaling.measured(ladder).sizes[0]
    assert smallest.parameters - smallest.non_embedding == 100 * 16


def test_a_curve_that_is_bent_by_the_corpus_is_said_to_be(ladder: Path) -> None:
    assert "bends the curve" in scaling.measured(ladder).word
    for seed in (0, 1):
        write_rung(ladder, 96, 3, seed, validation=0.1)
    assert "a floor fitted to few points" in scaling.measured(ladder).word


def test_a_ladder_written_down_is_read_back_and_shown(
    ladder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scaling.main([str(ladder), "--json", str(tmp_path / "ladder.json")])
    first = capsys.readouterr().out
    scaling.main([str(tmp_path / "ladder.json")])
    assert capsys.readouterr().out == first
    assert "fact" in first
    assert scaling.read(tmp_path / "ladder.json") == scaling.measured(ladder)


def test_a_band_of_seeds_is_shown_from_end_to_end() -> None:
    assert scaling.band([0.5, 0.7, 0.6], 1) == "0.5–0.7"
    assert scaling.band([0.51, 0.52], 1) == "0.5"
