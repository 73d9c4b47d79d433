"""The page can be read: contrast of what is on it, light, dark and on paper, as WCAG 2.2 counts."""

import re
from importlib.resources import files

import pytest

STYLE = files("tutor.page").joinpath("page.css").read_text(encoding="utf-8")
TEXT, GRAPHIC = 4.5, 3.0
WANTED = [
    ("ink", "ground", TEXT),
    ("ink", "card", TEXT),
    ("ink", "track", TEXT),
    ("dim", "ground", TEXT),
    ("dim", "card", TEXT),
    ("mark", "ground", TEXT),
    ("mark", "card", GRAPHIC),
    ("mark", "track", GRAPHIC),
    ("ideal", "track", GRAPHIC),
]


def luminance(colour: str) -> float:
    """Relative luminance of a colour written as #rrggbb."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


PALETTES = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", one)) for one in STYLE.split(":root")[1:]]


def test_there_is_a_palette_for_light_dark_and_paper() -> None:
    assert len(PALETTES) == 3


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize(("front", "back", "least"), WANTED)
def test_everything_stands_out_from_its_ground(
    palette: dict[str, str], front: str, back: str, least: float
) -> None:
    assert contrast(palette[front], palette[back]) >= least
