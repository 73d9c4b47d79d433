"""`tutor demo` as a script sees it: a list, a result, a code; nothing asked, nothing spent."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import here as tutor
from tutor.catalogue.registry import names

CHOSEN = {"kind": "preset", "name": "openai"}


def test_the_list_names_every_demo_for_people_and_for_programs() -> None:
    listed = tutor("demo")
    assert listed.returncode == 0
    assert [name for name in names() if name not in listed.stdout] == []
    assert "In lesson 2." in listed.stdout
    found = json.loads(tutor("demo", "--json").stdout)
    assert [one["name"] for one in found if one["live"]] + [
        one["name"] for one in found if not one["live"]
    ] == [one["name"] for one in found]
    assert {one["name"] for one in found} == set(names())
    assert all(one["title"] and one["line"] for one in found)


@pytest.mark.parametrize("columns", ["60", "100"])
def test_the_list_fits_the_window(columns: str) -> None:
    rows = tutor("demo", COLUMNS=columns).stdout.splitlines()
    assert max(map(len, rows)) <= int(columns)
    plain = tutor("demo", "--plain", COLUMNS=columns).stdout
    assert "next-token: What comes next?" in " ".join(plain.split())


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["next-token"], 0, "Hardest to tell"),
        (["next-token", "The", "little", "dog"], 0, "The little dog"),
        (["next-token", "--plain"], 0, "Entropy"),
        (["gradient-steps"], 0, "too large, the loss grows"),
        (["gradient-steps", "mine"], 0, "no use for a text of yours"),
        (["next-tokn"], 2, "did you mean: next-token"),
        (["qqqq"], 2, "all demos: tutor demo"),
    ],
)
def test_a_script_gets_its_result_at_once_and_the_right_exit_code(
    home: Path, arguments: list[str], status: int, words: str
) -> None:
    done = tutor("demo", *arguments)
    assert done.returncode == status, done
    assert words in " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stdout
    assert status or "Notice" in done.stdout
    assert not (home / "journal.sqlite3").exists()


def test_the_same_seed_shows_the_same_and_another_seed_another() -> None:
    one, two, three = (tutor("demo", "next-token", "--seed", seed).stdout for seed in "112")
    assert one == two
    assert one != three


def test_a_reader_that_leaves_is_no_failure() -> None:
    command = f"{sys.executable} -m tutor demo next-token | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], env=dict(os.environ), capture_output=True, text=True, check=False
    )
    assert done.stdout == "What comes next?\n0\n"
    assert done.stderr == ""


def test_saved_runs_are_added_to_the_notebook_one_after_the_other(
    home: Path, tmp_path: Path
) -> None:
    done = tutor("demo", "next-token", "A small cat", "--save")
    assert str(home / "notebook.md") in done.stdout.replace("\n", "")
    tutor("demo", "gradient-steps", "--save")
    text = (home / "notebook.md").read_text(encoding="utf-8")
    assert "A small cat" in text
    assert text.count("\n## ") == 2
    assert (home / "notebook.md").stat().st_mode & 0o077 == 0
    other = tmp_path / "mine.md"
    tutor("demo", "gradient-steps", "--save", TUTOR_NOTEBOOK=str(other))
    assert other.exists()


def test_a_notebook_that_cannot_be_written_is_told_after_the_result() -> None:
    done = tutor("demo", "gradient-steps", "--save", TUTOR_NOTEBOOK="/proc/nowhere/notes.md")
    assert done.returncode == 1
    assert "the loss grows" in done.stdout
    assert "cannot be written" in done.stderr
    assert "hint:" in done.stderr


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"OPENAI_API_KEY": "sk-a-secret-of-mine"}, "Not asked"),
        ({"OPENAI_API_KEY": "sk-a-secret-of-mine", "TUTOR_BUDGET_TOKENS": "1"}, "budget"),
        ({}, "needs a key"),
    ],
)
def test_a_script_spends_nothing_unless_it_says_yes(
    home: Path, environ: dict[str, str], words: str
) -> None:
    (home / "model.json").write_text(json.dumps(CHOSEN))
    done = tutor("demo", "next-token", "--save", **environ)
    assert done.returncode == 0, done
    assert words in done.stdout
    assert "built-in base" in done.stdout
    assert "sk-a-secret" not in done.stdout + done.stderr + (home / "notebook.md").read_text()
