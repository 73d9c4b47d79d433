"""Every demo on every screen: what it is, the course's numbers, nothing cut off."""

import itertools

import pytest

from tests.demos.examples import EXAMPLES, shown
from tutor.catalogue.registry import is_live, names
from tutor.screen import encoding

# Numbers of the content map (sections 5 and 7), as the demos' screens say them.
NUMBERS: dict[str, list[str]] = {
    "gradient-steps": ["gradient is -8", "1.3", "0.16", "too large"],
    "bpe-merges": [
        "merge 1: e + s, 9 times (tied with s + t, t + _)",
        "merge 4: l + o, 7 times",
        "merge 6: n + e, 6 times",
        "newest: ne w est_",
        "widest: w i d est_",
    ],
    "attention-table": ["0.3302", "0.6698", "0.2483", "0.5035", "3.302 6.698"],
    "memory-sizes": ["16.06", "4.015", "140", "202.5"],
    "answer-or-abstain": ["-0.60", "+0.20", "costs 9", "-1.00", "+0.50"],
    "majority-vote": ["0.6826", "0.3174", "0.9500", "0.9964"],
    "scaling-curve": ["1 billion", "2.0436", "45.7%"],
    "tuning-memory": ["128.5", "16.06", "4.015"],
    "bradley-terry": ["+0.741", "0.709", "7 of 10"],
    "kl-tradeoff": ["0.741", "0.3357", "0.7788", "1.939", "2.996"],
    "over-optimisation": ["2.4", "at d = 5, where it is 2.5", "at d = 4.48, where it is 1.8"],
    "call-cost": ["0.00726", "363.00", "0.01050", "-30.9%"],
    "small-test-sets": ["0.7149", "0.9166", "0.9685", "0.8506"],
    "cosine-search": ["1.0000", "0.8000", "0.7746", "0.0000"],
    "growth-rates": ["×410.1", "2.61", "1.91", "4.52", "×33,215"],
    "chain-of-steps": ["0.3585", "0.8179", "0.99475"],
}
WIDTHS = (40, 80, 100)


def test_every_demo_with_numbers_has_an_example() -> None:
    assert set(NUMBERS) == set(EXAMPLES)
    computed = {name for name in names() if not is_live(name)}
    assert set(EXAMPLES) == computed - {"mask-toy", "calibration-toy"}


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_numbers_that_the_lesson_speaks_of_are_on_the_screen(
    name: str, width: int, *, plain: bool
) -> None:
    words = " ".join(shown(name, EXAMPLES[name], width=width, plain=plain).split())
    assert [number for number in NUMBERS[name] if number not in words] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_first_line_says_what_is_shown(name: str) -> None:
    assert shown(name, EXAMPLES[name]).startswith(("COMPUTED", "TOY"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_is_wider_than_the_screen_even_in_ascii(name: str, width: int) -> None:
    handler = encoding.register()
    for plain in (False, True):
        screen = shown(name, EXAMPLES[name], width=width, plain=plain)
        plainest = screen.encode("ascii", handler).decode()
        assert "?" not in plainest.replace("?", "", screen.count("?"))
        assert [line for line in plainest.splitlines() if len(line) > width] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_screen_reader_hears_no_bars_and_no_drawings(name: str) -> None:
    for width in WIDTHS:
        screen = shown(name, EXAMPLES[name], width=width, plain=True)
        assert not set("█░▒▓|") & set(screen)
        assert "----" not in screen
        assert "   " not in screen  # columns are told apart by words, not by blanks
        assert "\n\n\n" not in screen


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_window_that_is_far_too_narrow_still_shows_the_numbers(name: str) -> None:
    for plain in (False, True):
        words = "".join(shown(name, EXAMPLES[name], width=20, plain=plain).split())
        assert [n for n in NUMBERS[name] if "".join(n.split()) not in words] == []


EXTREMES: list[tuple[str, dict[str, str | tuple[str, ...]]]] = [
    ("gradient-steps", {"weight": "-100", "x": "100", "rates": ("10",), "steps": "20"}),
    ("gradient-steps", {"x": "0", "rates": ("0.000001",), "steps": "1"}),
    ("bpe-merges", {"words": ("abcdefghijklmnopqrstuvwxyzabcd 1000000",), "merges": "30"}),
    ("attention-table", {"queries": ("1000 1000", "-1000 0", "0 0")}),
    ("memory-sizes", {"models": ("a-model-with-a-long-name-indeed 100000",), "bits": ("64",)}),
    ("answer-or-abstain", {"thresholds": ("0.99",), "confidences": ("0", "1")}),
    ("majority-vote", {"probabilities": ("0", "0.5", "1"), "voters": ("999",)}),
    ("scaling-curve", {"constant": "1e20", "exponent": "1", "sizes": ("1e3", "1e17")}),
    ("scaling-curve", {"constant": "1", "exponent": "1", "sizes": ("1e16", "1e17")}),
    ("tuning-memory", {"parameters": "1e14"}),
    ("bradley-terry", {"votes": ("a-long-name b-long-name 100", "b-long-name a-long-name 1")}),
    ("kl-tradeoff", {"rewards": ("-100", "100", "0", "0"), "betas": ("0.01", "1000")}),
    ("over-optimisation", {"slope": "1", "log_slope": "1", "distances": ("0", "100")}),
    ("call-cost", {"input_tokens": "0", "output_tokens": "0", "cached_tokens": "0"}),
    ("call-cost", {"input_tokens": "10000000", "input_price": "10000", "calls": "1000000000"}),
    ("small-test-sets", {"results": ("0 1", "1000000 1000000")}),
    ("cosine-search", {"query": "1e6 -1e6", "documents": ("D -1e6 1e6", "E 1e-9 0")}),
    ("growth-rates", {"rates": tuple(f"{name} 100" for name in "abcdef"), "years": "20"}),
    ("growth-rates", {"rates": tuple(f"{name} 0.01" for name in "abcdef"), "years": "20"}),
    ("chain-of-steps", {"success": ("0", "1"), "steps": ("1", "10000")}),
]


@pytest.mark.parametrize(("name", "change"), EXTREMES)
def test_what_a_lesson_may_set_at_most_still_fits(
    name: str, change: dict[str, str | tuple[str, ...]]
) -> None:
    for width, plain in itertools.product((20, *WIDTHS), (False, True)):
        screen = shown(name, EXAMPLES[name] | change, width=width, plain=plain)
        assert [line for line in screen.splitlines() if len(line) > width] == []
        assert "nan" not in screen
        assert "inf" not in screen


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_same_settings_show_the_same_screen(name: str) -> None:
    assert shown(name, EXAMPLES[name]) == shown(name, EXAMPLES[name])


@pytest.mark.parametrize("name", ["scaling-curve", "over-optimisation"])
@pytest.mark.parametrize("width", [40, 100])
def test_a_drawn_curve_stays_small(name: str, width: int) -> None:
    drawn = [line for line in shown(name, EXAMPLES[name], width=width).splitlines() if " |" in line]
    assert len(drawn) == 11
    assert max(map(len, drawn)) <= 60
    assert all(set("xo*") & set(line.partition("|")[2]) for line in (drawn[0], drawn[-1]))
