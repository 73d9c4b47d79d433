"""Courses of others: found by name, kept apart, and harmless whatever is in them."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.course.hostile import ARCHIVES, BREAD, FOLDERS, good, packed
from tests.running import here as tutor
from tests.running import tutor as started
from tests.running import watched
from tutor.course.reading import read_course
from tutor.course.shelf import add_course, courses_at_hand, find_course, remove_course
from tutor.errors import CourseError, FileError, UnknownNameError

SECONDS, BYTES = 2.0, 200_000_000
"""By then, and with no more memory, a refusal is there."""
SHORT = BREAD.parent / "short"


def everything(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def names(shelf: Path) -> list[str]:
    return [one.name for one in courses_at_hand(shelf) if one.origin == "added"]


def zipped(folder: Path, data: bytes) -> Path:
    file = folder / "course.zip"
    file.write_bytes(data)
    return file


@pytest.mark.parametrize("top", ["", "bread-main/"])
def test_a_course_comes_from_a_zip_file_as_from_a_folder(tmp_path: Path, top: str) -> None:
    files = {f"{top}{name}": data for name, data in good().items()}
    add_course(zipped(tmp_path, packed(files)), tmp_path / "a")
    add_course(BREAD, tmp_path / "b")
    found = [find_course("bread", tmp_path / shelf) for shelf in "ab"]
    assert read_course(found[0]) == read_course(found[1]) == read_course(BREAD)


def test_only_what_the_course_names_is_copied(tmp_path: Path) -> None:
    source = shutil.copytree(BREAD, tmp_path / "source")
    (source / "setup.py").write_text("boom")
    (source / ".git").mkdir()
    add_course(source, tmp_path / "shelf")
    kept = everything(tmp_path / "shelf" / "bread")
    assert kept == {"course.yaml", "dough.yaml", "glossary.yaml"}


def test_a_course_takes_the_place_of_another_only_when_told(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    add_course(BREAD, shelf)
    with pytest.raises(CourseError, match="already"):
        add_course(BREAD, shelf)
    assert add_course(BREAD, shelf, replace=True).replaced
    assert names(shelf) == ["bread"]


def test_nobody_takes_the_name_of_the_tutors_own_course(tmp_path: Path) -> None:
    files = good()
    own = find_course("llm-deep-dive", tmp_path)
    files["course.yaml"] = files["course.yaml"].replace(b"id: bread", b"id: llm-deep-dive")
    with pytest.raises(CourseError, match="is the name of a course of the tutor"):
        add_course(zipped(tmp_path, packed(files)), tmp_path / "shelf", replace=True)
    assert find_course("llm-deep-dive", tmp_path / "shelf") == own


def test_a_broken_course_is_told_by_its_own_path_and_not_added(tmp_path: Path) -> None:
    source = shutil.copytree(BREAD, tmp_path / "source")
    (source / "dough.yaml").write_text("id: dough\ntitel: x\n")
    with pytest.raises(CourseError) as refused:
        add_course(source, tmp_path / "shelf")
    assert f"{source}/dough.yaml:2:1: unknown field 'titel'" in refused.value.message
    assert names(tmp_path / "shelf") == []


def test_removing_takes_an_added_course_and_no_other(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    add_course(BREAD, shelf)
    remove_course("bread", shelf)
    assert names(shelf) == []
    for name in ("bread", "llm-deep-dive", "..", "."):
        with pytest.raises(UnknownNameError):
            remove_course(name, shelf)


def test_nobody_is_asked_about_removing_what_is_not_there(tmp_path: Path) -> None:
    done = tutor("course", "remove", "nope", TUTOR_HOME=str(tmp_path))
    assert done.returncode == 2
    assert "no added course 'nope'" in done.stderr


def test_of_a_link_on_the_shelf_the_link_is_removed(tmp_path: Path) -> None:
    mine, shelf = tmp_path / "mine", tmp_path / "shelf"
    shutil.copytree(BREAD, mine)
    shelf.mkdir()
    (shelf / "bread").symlink_to(mine)
    remove_course("bread", shelf)
    assert not os.path.lexists(shelf / "bread")
    assert (mine / "course.yaml").is_file()


def test_a_file_in_the_place_of_the_shelf_is_named(tmp_path: Path) -> None:
    (tmp_path / "courses").write_text("mine")
    with pytest.raises(FileError, match="courses is no folder"):
        add_course(BREAD, tmp_path / "courses")
    assert (tmp_path / "courses").read_text() == "mine"


def test_a_folder_is_meant_where_a_slash_stands(tmp_path: Path) -> None:
    assert find_course(".", tmp_path) == Path()
    assert find_course(str(BREAD), tmp_path) == BREAD
    with pytest.raises(UnknownNameError, match="no course 'bread'"):
        find_course("bread", tmp_path)


def refused(arguments: list[str], folder: Path) -> str:
    """What the command says of a course that it refuses, in time and within memory."""
    said, peak = folder / "said.txt", folder / "peak.txt"
    with said.open("w") as out:
        child = subprocess.Popen(
            watched(peak, *arguments),
            stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    told = said.read_text(encoding="utf-8")
    assert child.returncode == 1, told
    assert "Traceback" not in told
    assert "\x1b" not in told
    assert "hint: " in told
    assert used.ru_utime + used.ru_stime < SECONDS
    assert int(peak.read_text()) * 1_024 < BYTES
    return told


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_hostile_archive_is_refused_in_time_and_leaves_nothing(
    tmp_path: Path, home: Path, name: str
) -> None:
    make, reason = ARCHIVES[name]
    inside = tmp_path / "inside"
    inside.mkdir()
    source = zipped(inside, make())
    before = everything(tmp_path)
    told = refused(["course", "add", str(source)], inside)
    assert reason in told
    left = everything(tmp_path) - before - {"inside/said.txt", "inside/peak.txt", "home/courses"}
    assert not [path for path in left if not path.startswith("home/cache")]


@pytest.mark.parametrize("name", FOLDERS)
def test_a_hostile_folder_is_refused_in_time_and_leaves_nothing(
    tmp_path: Path, home: Path, name: str
) -> None:
    make, reason = FOLDERS[name]
    source = shutil.copytree(BREAD, tmp_path / "source")
    make(source)
    assert reason in refused(["course", "add", str(source)], tmp_path)
    assert list((home / "courses").iterdir()) == []


def test_two_courses_side_by_side_keep_their_progress_apart(tmp_path: Path) -> None:
    for source in (BREAD, SHORT):
        assert tutor("course", "add", str(source)).returncode == 0
    listed = json.loads(tutor("course", "list", "--json").stdout)
    assert [one["name"] for one in listed] == ["llm-deep-dive", "bread", "short"]
    tutor("learn", "--course", "bread", typed="\n2\n")
    states = [
        json.loads(tutor("lessons", "--json", "--course", name).stdout)[0]["state"]
        for name in ("bread", "short", "llm-deep-dive")
    ]
    assert states[0] != "new"
    assert states[1:] == ["new", "new"]
    assert tutor("course", "remove", "bread", "--yes").returncode == 0
    assert tutor("lessons", "--course", "bread").returncode == 2
    tutor("course", "add", str(BREAD))
    again = json.loads(tutor("lessons", "--json", "--course", "bread").stdout)[0]
    assert again["state"] == states[0], "what was answered is still there"


def test_a_package_brings_a_course_that_is_read_and_never_imported(tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(BREAD, site / "rye" / "lessons")
    (site / "rye" / "__init__.py").write_text("raise SystemExit('imported')")
    info = site / "rye-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: rye\nVersion: 1.0\n")
    points = "bread = rye.lessons\nup = ..lessons\nnone = nowhere.at_all\n"
    (info / "entry_points.txt").write_text(f"[tutor.courses]\n{points}")
    path = os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])
    listed = json.loads(started("course", "list", "--json", PYTHONPATH=path).stdout)
    assert [(one["name"], one["origin"]) for one in listed[1:]] == [("bread", "package rye")]
    done = started("lessons", "--course", "bread", PYTHONPATH=path)
    assert "What a dough is made of" in done.stdout
    lost = started("lessons", "--course", "none", PYTHONPATH=path)
    assert "the package rye declares it, and has no course.yaml" in lost.stderr


def test_of_two_packages_with_one_name_the_list_says_which_counts(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for package in ("rye", "wheat"):
        shutil.copytree(BREAD, site / package)
        info = site / f"{package}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[tutor.courses]\nbread = {package}\n")
    path = os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])
    counts, hidden = json.loads(started("course", "list", "--json", PYTHONPATH=path).stdout)[1:]
    listed = " ".join(started("course", "list", PYTHONPATH=path).stdout.split())
    assert f"bread means that of {counts['origin']}; that of {hidden['origin']}: tutor" in listed
    unknown = started("lessons", "--course", "cake", PYTHONPATH=path)
    assert unknown.stderr.count("bread,") + unknown.stderr.count("bread;") == 1


def test_a_file_given_as_a_course_is_told_to_be_one(tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    file.touch()
    done = tutor("course", "check", str(file))
    assert done.returncode == 1
    assert "journal.jsonl is a file, not a folder" in done.stdout


def test_files_that_a_learner_put_beside_a_course_are_not_deleted() -> None:
    assert tutor("course", "add", str(BREAD)).returncode == 0
    listed = json.loads(tutor("course", "list", "--json").stdout)
    notes = Path(listed[1]["folder"]) / "notes.txt"
    notes.write_text("mine")
    replacing = ("course", "add", str(BREAD), "--replace")
    for command in (("course", "remove", "bread", "--yes"), replacing):
        done = tutor(*command)
        assert done.returncode == 1
        assert "did not bring: notes.txt" in done.stderr
        assert notes.read_text() == "mine"
    notes.unlink()
    assert tutor(*replacing).returncode == 0
    assert tutor("course", "remove", "bread", "--yes").returncode == 0
