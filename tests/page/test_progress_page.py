"""Progress as a page: the numbers of the command, for anybody, and nothing that is not ours."""

import json
import os
import re
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from tests.cli.test_home import COURSE, learnt
from tests.progress.deeds import answered
from tests.running import here as tutor
from tutor.course.outlining import outline
from tutor.page.progress_page import WEEKS
from tutor.progress.events import Place
from tutor.progress.folding import PROGRESS
from tutor.progress.journal import Journal
from tutor.review.cards import CARDS
from tutor.review.counting import asked_in
from tutor.review.mastery import COMING

SVG = "{http://www.w3.org/2000/svg}svg"
COURSES = Path(__file__).parents[1] / "courses"
HOSTILE = """</title><script>alert(1)</script><img src=x onerror="alert(2)"> & &lt;b&gt;"""


def parsed(page: str) -> Element:
    """The page as a browser reads it; any breach of HTML's grammar is an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(page)
    return root


def written(file: Path, **environ: str) -> Element:
    done = tutor("progress", "--html", str(file), **environ)
    assert done.returncode == 0, done
    assert done.stdout == ""
    assert str(file) in done.stderr
    return parsed(file.read_text(encoding="utf-8"))


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def section(page: Element, name: str) -> Element:
    return next(one for one in page.iter("section") if one.get("aria-labelledby") == name)


def numbers(element: Element) -> list[float]:
    return [float(one.get("value", "")) for one in element.iter("data")]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "progress.html"


def test_the_page_holds_the_very_numbers_that_programs_get(home: Path, file: Path) -> None:
    learnt(home, 4)
    learnt(home, 1.2, wrong=5)
    page, told = written(file), json.loads(tutor("progress", "--json").stdout)
    report, lessons = told["practice"], told["lessons"]
    for lesson, steps in zip(lessons, numbers(section(page, "lessons")), strict=True):
        assert steps == lesson["steps_done"]
    expected = [one[key] for one in report["mastery"] for key in ("share", "low", "high", "met")]
    assert numbers(section(page, "mastery")) == expected
    (folded,) = section(page, "objectives").iter("details")
    assert numbers(folded) == [
        one[key] for one in report["objectives"] for key in ("share", "low", "high", "met")
    ]
    assert expected
    assert numbers(section(page, "due")) == report["forecast"]
    assert sum(report["forecast"]) > 0
    assert len(report["forecast"]) == COMING
    weeks = numbers(section(page, "days"))
    days = report["days"].values()
    assert sum(weeks[::3]) == len(days)
    assert sum(weeks[1::3]) == sum(answers for answers, _ in days)
    assert sum(weeks[2::3]) == pytest.approx(sum(seconds for _, seconds in days))


def test_false_beliefs_that_stand_are_named(home: Path, file: Path) -> None:
    lesson = COURSE.lessons[0]
    asked = next(one for one in asked_in(outline(COURSE)) if one.misconceptions)
    with Journal.open(home / "journal.sqlite3", folds=(PROGRESS, CARDS)) as journal:
        place = Place(course=COURSE.id, lesson=lesson.id, question=asked.question, content="c")
        journal.record(place, answered(right=False, misconception=asked.misconceptions[0]))
    page = written(file)
    (told,) = json.loads(tutor("progress", "--json").stdout)["practice"]["beliefs"]
    assert told["stands"]
    assert told["text"] == asked.misconceptions[0]
    assert [words(one) for one in section(page, "beliefs").iter("bdi")] == [told["text"]]


def test_how_sure_one_was_stands_there_with_its_score(home: Path, file: Path) -> None:
    learnt(home, 4, sure=70)
    page = written(file)
    found = json.loads(tutor("progress", "--json").stdout)["practice"]["calibration"]
    ((answers, right),) = found["levels"].values()
    sure = section(page, "sure")
    assert numbers(sure) == [found["brier"], found["ece"], 70, answers, right, right / answers]
    assert f"right {right} of {answers}" in words(sure)


def test_a_plot_is_never_the_only_way_to_a_number(home: Path, file: Path) -> None:
    learnt(home, 4, sure=70)
    page = written(file)
    drawn = [one for one in page.iter(SVG) if one.get("role") == "img"]
    assert len(drawn) == 3
    for part in page.iter("section"):
        for plot in part.iter(SVG):
            assert plot.get("aria-label") or plot.get("aria-hidden") == "true"
            assert next(part.iter("table"), None) is not None
    for table in page.iter("table"):
        assert words(next(table.iter("caption")))
        heads = [one.get("scope") for one in table.iter("th")]
        assert set(heads) == {"col", "row"}


def test_landmarks_and_headings_lead_through_the_page(home: Path, file: Path) -> None:
    learnt(home, 4)
    page = written(file)
    assert page.get("lang") == "en"
    body = page.find("body")
    assert body is not None
    assert [one.tag for one in body] == ["header", "main", "footer"]
    assert [words(one) for one in page.iter("h1")] == ["Your progress"]
    names = {one.get("id") for one in page.iter("h2")}
    assert {one.get("aria-labelledby") for one in page.iter("section")} == names


def test_nothing_on_the_page_runs_or_is_fetched(home: Path, file: Path) -> None:
    learnt(home, 4)
    page = written(file)
    assert not list(page.iter("script"))
    for element in page.iter():
        assert not [name for name in element.keys() if name.startswith("on")]  # noqa: SIM118
        for name in ("src", "href", "srcset", "data"):
            assert element.get(name) in (None, "data:,")
    style = words(next(iter(page.iter("style"))))
    assert "url(" not in style
    assert "@import" not in style


def test_a_hostile_title_is_words_and_nothing_else(file: Path, tmp_path: Path) -> None:
    course = tmp_path / "course"
    course.mkdir()
    for one in (COURSES / "bread").iterdir():
        (course / one.name).write_bytes(one.read_bytes())
    for name in ("course.yaml", "dough.yaml"):
        text = (course / name).read_text(encoding="utf-8")
        titled = re.sub(
            "^title: .*$", lambda _: f"title: {json.dumps(HOSTILE)}", text, flags=re.MULTILINE
        )
        (course / name).write_text(titled, encoding="utf-8")
    page = written(file, TUTOR_COURSE=str(course))
    assert [words(one) for one in page.iter("bdi")] == [HOSTILE, HOSTILE]
    assert words(next(iter(page.iter("title")))).endswith(HOSTILE)
    assert not [one for one in page.iter() if one.tag in ("script", "img", "b")]


def test_a_newcomer_gets_a_page_and_no_journal(home: Path, file: Path) -> None:
    page = written(file)
    assert "Nothing practised yet" in words(page)
    assert not (home / "journal.sqlite3").exists()
    assert f"{WEEKS} weeks" not in words(page)


def test_a_page_takes_the_place_of_an_older_one(home: Path, file: Path) -> None:
    written(file)
    learnt(home, 4)
    assert "Nothing practised yet" not in words(written(file))
    assert [one.name for one in file.parent.iterdir() if one.suffix != ""] == [file.name]


def test_a_file_that_is_no_page_of_ours_is_left_as_it_is(file: Path) -> None:
    file.write_text("my thesis")
    done = tutor("progress", "--html", str(file))
    assert done.returncode == 1
    assert "exists, and is no page of the tutor's" in done.stderr
    assert "hint: choose another name" in done.stderr
    assert file.read_text() == "my thesis"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("folder", "is a folder"),
        ("pipe", "is a pipe or a device"),
        ("missing", "No such file or directory"),
    ],
)
def test_what_cannot_be_written_is_a_clear_line_and_leaves_nothing(
    tmp_path: Path, what: str, said: str
) -> None:
    place = tmp_path / "there"
    if what == "folder":
        place.mkdir()
    elif what == "pipe":
        os.mkfifo(place)
    before = sorted(tmp_path.iterdir())
    target = place / "page.html" if what == "missing" else place
    done = tutor("progress", "--html", str(target))
    assert done.returncode == 1
    assert said in done.stderr
    assert "hint: " in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_page_and_json_can_be_had_at_once(file: Path) -> None:
    done = tutor("progress", "--json", "--html", str(file))
    assert json.loads(done.stdout)["lessons"]
    assert file.exists()


def test_a_dash_is_the_screen_and_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = tutor("progress", "--html", "-", PYTHONPATH=str(COURSES.parents[1]))
    assert done.stdout.startswith("<!")
    assert list(tmp_path.glob("-")) == []
    assert (
        tutor("progress", "--html", "-", "--json", PYTHONPATH=str(COURSES.parents[1])).returncode
        == 2
    )
