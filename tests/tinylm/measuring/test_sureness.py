"""What is told of the model's sureness was measured of the very model that is in the box."""

from itertools import islice
from pathlib import Path

from tutor.tinylm.measuring import sureness
from tutor.tinylm.world.corpus import documents


def test_what_was_measured_of_another_model_is_not_told(tmp_path: Path) -> None:
    assert sureness.kept(tmp_path) == {}
    about = (sureness.WEIGHTS / "about.json").read_text(encoding="utf-8")
    (tmp_path / "about.json").write_text(about.replace('"sha256": "', '"sha256": "0'), "utf-8")
    assert sureness.kept(tmp_path) == {}


def test_choices_fall_into_the_band_of_their_probability() -> None:
    found = sureness.banded([(0.95, True), (0.92, False), (0.5, True), (0.3, False)])
    assert found[95] == sureness.Band(2, 1)
    assert found[50] == sureness.Band(1, 1)
    assert found[75] == sureness.Band(0, 0)


def test_the_shipped_model_is_about_as_often_right_as_it_is_sure() -> None:
    pages = islice(documents(sureness.SEED + 1), 30)
    high = [came for chance, came in sureness.first_choices(pages) if chance >= 0.9]
    assert sum(high) / len(high) > 0.9
