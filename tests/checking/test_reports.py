"""What an author's editor, script or pull request is told of a mistake."""

import json
import shutil
from pathlib import Path

import pytest

from tests.running import tutor

LESSON = (
    "id: one\ntitle: 100 %\nsummary: s\nchecked_on: 2026-11-21\nobjectives: {o: o}\nsteps: nö\n"
)
COURSE = "format: 1\nid: c\ntitle: t\nsummary: s\nlessons: ['a,b:c.yaml']\n"


def broken(folder: Path) -> Path:
    (folder / "course.yaml").write_text(COURSE)
    (folder / "a,b:c.yaml").write_text(LESSON)
    return folder


def test_a_pull_request_shows_the_mistake_at_its_line(tmp_path: Path) -> None:
    done = tutor("course", "check", "--format", "github", str(broken(tmp_path)))
    first, last = done.stdout.splitlines()
    assert done.returncode == 1
    where = f"file={tmp_path}/a%2Cb%3Ac.yaml,line=6,endLine=6,col=8,endColumn=10"
    assert first.startswith(f"::error {where},title=a list expected%2C 'nö' found::")
    assert "write one  - item  a line" in first
    assert last == "1 problem: the course cannot be read"


def test_a_program_reads_each_problem_with_its_place_and_fix(tmp_path: Path) -> None:
    done = tutor("course", "check", "--json", str(broken(tmp_path)))
    told = json.loads(done.stdout)
    (problem,) = told["problems"]
    assert done.returncode == 1
    assert (problem["line"], problem["column"]) == (6, 8)
    assert problem["path"] == f"{tmp_path}/a,b:c.yaml"
    assert problem["fix"].startswith("write one")
    assert told["summary"] == "1 problem: the course cannot be read"


@pytest.fixture
def bread(tmp_path: Path) -> Path:
    """A course in a folder of one's own."""
    return shutil.copytree(Path(__file__).parents[1] / "courses" / "bread", tmp_path / "bread")


def test_inside_a_courses_folder_that_course_is_checked(
    bread: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.chdir(bread)
    assert tutor("course", "check").stdout.startswith("1 lesson, ")
    assert "inventory" in tutor("course", "stats", "--plain").stdout
    assert tutor("course", "check", "dough.yaml").stdout.startswith("1 lesson, ")


def test_a_file_that_no_learner_will_see_is_warned_of(bread: Path) -> None:
    (bread / "crust.yaml").write_text("id: crust\n")
    done = tutor("course", "check", str(bread))
    assert done.returncode == 0
    assert "crust.yaml is not listed, so no learner sees it" in done.stdout


def test_a_limit_that_spares_a_lesson_which_is_not_there_is_named(bread: Path) -> None:
    with (bread / "course.yaml").open("a") as file:
        file.write("limits: {minutes: 40, not_yet: [crust]}\n")
    assert "no lesson 'crust'" in tutor("course", "check", str(bread)).stdout
