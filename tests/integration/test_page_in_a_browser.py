"""The page of `tutor progress --html` in a real browser: phone, desk, read aloud, printed."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_home import learnt
from tests.integration.browser import Page, opened
from tests.running import tutor

PHONE, DESK = 360, 1100


@pytest.fixture
def file(home: Path, tmp_path: Path) -> Path:
    learnt(home, 4, sure=70)
    written = tmp_path / "progress.html"
    assert tutor("progress", "--html", str(written)).returncode == 0
    return written


@pytest.fixture
def page(file: Path, tmp_path: Path) -> Iterator[Page]:
    with opened(file, tmp_path / "profile") as found:
        yield found


def spoken(page: Page) -> list[tuple[str, str]]:
    """Role and name of all that a screen reader comes by."""
    nodes: list[dict[str, Any]] = page.ask("Accessibility.getFullAXTree")["nodes"]
    told = [node for node in nodes if not node["ignored"]]
    return [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in told]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_nothing_is_cut_off_and_nothing_asked_of_the_network(
    page: Page, file: Path, width: int, *, dark: bool
) -> None:
    page.look(width, dark=dark)
    assert page.evaluate("innerWidth") == width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    beyond = "[...document.querySelectorAll('body *')].filter(e =>"
    beyond += " e.getBoundingClientRect().right > innerWidth + 1).length"
    assert page.evaluate(beyond) == 0
    assert page.requested() == [file.as_uri()]
    assert page.complaints() == []


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_screen_reader_finds_landmarks_headings_tables_and_every_plot(
    page: Page, width: int
) -> None:
    page.look(width)
    told = spoken(page)
    roles = Counter(role for role, _ in told)
    assert roles["banner"] == roles["main"] == roles["contentinfo"] == 1
    headings = [name for role, name in told if role == "heading"]
    regions = [name for role, name in told if role == "region"]
    assert headings == ["Your progress", *regions]
    assert len(regions) == 7
    plots = [name for role, name in told if role == "image"]
    assert len(plots) == 3
    assert all(plots)
    assert roles["table"] == 4
    lessons, known, weakest = 7, 3, 5
    assert roles["rowheader"] == lessons + known + weakest + known
    assert roles["columnheader"] == 4 + 4 + 4 + 2
    assert roles["cell"] == 3 * lessons + 3 * known + 3 * weakest + known


def test_the_numbers_behind_a_plot_open_from_the_keyboard(page: Page) -> None:
    page.look(DESK)
    tables = Counter(role for role, _ in spoken(page))["table"]
    for key, text in (("Tab", ""), ("Enter", "\r")):
        page.ask("Input.dispatchKeyEvent", type="keyDown", key=key, code=key, text=text)
        page.ask("Input.dispatchKeyEvent", type="keyUp", key=key, code=key)
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert Counter(role for role, _ in spoken(page))["table"] == tables + 1


def test_on_paper_the_numbers_lie_open_on_white(page: Page) -> None:
    page.look(DESK, dark=True, media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    drawn = "[...document.querySelectorAll('details')].map(d =>"
    drawn += " d.querySelector('td').checkVisibility({contentVisibilityAuto: true}))"
    assert page.evaluate(drawn) == [False, True, False, True]
    assert len(page.ask("Page.printToPDF", preferCSSPageSize=True)["data"]) > 10_000
