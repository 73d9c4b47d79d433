"""The page of `tutor records report --html` in a real browser: phone, desk, read aloud, printed."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.browser import Page, opened
from tests.integration.test_page_in_a_browser import DESK, PHONE, spoken
from tests.records.classes import COURSE, a_class, find, written
from tests.running import tutor

LEARNERS, SHOWN = 12, 15
HOSTILE = "<b>=1+1</b>" + "wide" * 20


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class's page; one learner is called what breaks pages."""
    folder = tmp_path_factory.mktemp("class")
    pupils = a_class(LEARNERS, COURSE, lessons=2)
    pupils[0].name = HOSTILE
    files = [
        str(written(folder / f"{number}.jsonl", pupil.statements(find(COURSE))))
        for number, pupil in enumerate(pupils)
    ]
    page = folder / "class.html"
    done = tutor("records", "report", *files, "--html", str(page), TUTOR_HOME=str(folder / "home"))
    assert done.returncode == 0, done.stderr
    return page


@pytest.fixture
def page(file: Path, tmp_path: Path) -> Iterator[Page]:
    with opened(file, tmp_path / "profile") as found:
        yield found


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_nothing_is_cut_off_and_nothing_asked_of_the_network(
    page: Page, file: Path, width: int, *, dark: bool
) -> None:
    page.look(width, dark=dark)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    beyond = "[...document.querySelectorAll('body *')].filter(e =>"
    beyond += " e.getBoundingClientRect().right > innerWidth + 1).length"
    assert page.evaluate(beyond) == 0
    assert page.requested() == [file.as_uri()]
    assert page.complaints() == []


def test_a_screen_reader_hears_first_what_to_talk_about(page: Page) -> None:
    page.look(DESK)
    told = spoken(page)
    roles = Counter(role for role, _ in told)
    assert roles["banner"] == roles["main"] == roles["contentinfo"] == 1
    headings = [name for role, name in told if role == "heading"]
    regions = [name for role, name in told if role == "region"]
    assert headings == ["Class report", *regions]
    assert regions[0] == "Talk about"
    assert {"Learners", "Questions", "Lessons"} <= set(regions)
    first = page.evaluate("document.querySelectorAll('#talk ~ ol > li').length")
    assert first == 3
    assert roles["table"] == sum(name != "Talk about" for name in regions) - 1  # objections: a list


def test_every_learner_and_question_stands_in_a_table_with_heads(page: Page) -> None:
    page.look(DESK)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    learners = "document.querySelectorAll('section[aria-labelledby=learners] > table tbody tr')"
    assert page.evaluate(f"{learners}.length") == LEARNERS
    names = page.evaluate(f"[...{learners}].map(one => one.querySelector('th').textContent)")
    assert HOSTILE in names
    assert page.evaluate("document.querySelectorAll('b, script').length") == 0
    questions = "document.querySelector('section[aria-labelledby=questions] > table')"
    assert page.evaluate(f"{questions}.querySelectorAll('tbody tr').length") == SHOWN


def test_on_paper_it_is_dark_on_white(page: Page) -> None:
    page.look(DESK, dark=True, media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert len(page.ask("Page.printToPDF", preferCSSPageSize=True)["data"]) > 10_000
