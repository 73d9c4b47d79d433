"""While a journal is open, whatever else looks at its file leaves the hold on it alone."""

import contextlib
import io
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.progress.deeds import COURSE, answered, fill, place
from tests.progress.writing import ROOT
from tutor.cli.edge import run
from tutor.progress.carving import carve
from tutor.progress.descriptors import copy
from tutor.progress.journal import Journal
from tutor.progress.opening import is_there
from tutor.progress.peeking import read_progress
from tutor.progress.rescue import repair
from tutor.progress.salvage import salvage
from tutor.review.folds import FOLDS

SHARED = 0x4000_0002
"""Where in the file SQLite locks what a connection has open, for 510 bytes."""
TAKE = f"""\
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, {SHARED})
"""
COME_AND_GO = """\
import sys
from pathlib import Path
from tutor.progress.journal import Journal
with Journal.open(Path(sys.argv[1])) as journal:
    print(journal.count())
"""
COPY = Path("copy.sqlite3")
LOOKS = (
    (),
    ("due",),
    ("doctor",),
    ("doctor", "--deep"),
    ("lessons",),
    ("progress",),
    ("progress", "mastery"),
    ("progress", "notes"),
    ("progress", "export", "-"),
    ("progress", "repair"),
    ("progress", "rebuild"),
    ("progress", "undo"),
    ("progress", "import", "JOURNAL"),
    ("progress", "reset", "one", "--yes"),
    ("learn", "one"),
    ("quiz", "one"),
    ("review",),
    ("then",),
)


@pytest.fixture
def path(home: Path) -> Path:
    fill(home / "journal.sqlite3", 20)
    return home / "journal.sqlite3"


def is_held(path: Path) -> bool:
    """Tell whether another process finds the file in use."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", TAKE, path], capture_output=True, text=True, check=False
    )
    assert not done.returncode or "BlockingIOError" in done.stderr, done.stderr
    return bool(done.returncode)


def another_tutor_counts(path: Path) -> int:
    """Open and close the journal in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", COME_AND_GO, path], cwd=ROOT, capture_output=True, check=True
    )
    return int(done.stdout)


def open_descriptors() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def test_nobody_else_finds_a_journal_free_while_it_is_open(path: Path) -> None:
    assert not is_held(path)
    with Journal.open(path):
        assert is_held(path)
    assert not is_held(path)


@pytest.mark.parametrize("words", LOOKS, ids=" ".join)
def test_no_command_gives_up_what_a_sitting_in_the_same_process_holds(
    words: tuple[str, ...], path: Path, short_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUTOR_COURSE", str(short_course))
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n" * 3 + "q\n"))
    with Journal.open(path, folds=FOLDS):
        with contextlib.suppress(SystemExit):
            run([word.replace("JOURNAL", str(path)) for word in words])
        assert is_held(path)


@pytest.mark.parametrize(
    "look",
    [carve, lambda path: list(salvage(path)), is_there, repair, lambda path: copy(path, COPY)],
    ids=["carve", "salvage", "is_there", "repair", "copy"],
)
def test_no_look_at_the_bytes_gives_up_the_hold(
    look: Callable[[Path], object], path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Journal.open(path):
        look(path)
        look(path)
        assert is_held(path)
    assert not is_held(path)


def test_an_answer_after_a_look_is_there_for_a_tutor_that_comes_and_goes(path: Path) -> None:
    with Journal.open(path) as journal:
        before = journal.count()
        read_progress(path, COURSE)
        another_tutor_counts(path)  # it would take the log for nobody's, and delete it
        journal.record(place(), answered("after the look"))
        assert another_tutor_counts(path) == before + 1


def test_a_sitting_of_a_thousand_looks_keeps_one_descriptor(path: Path) -> None:
    with Journal.open(path):
        read_progress(path, COURSE)
        open_before = open_descriptors()
        for _ in range(1000):
            is_there(path)
        assert open_descriptors() == open_before
    assert open_descriptors() < open_before, "one was kept after the last connection closed"


PAST_THE_HOLD = r"""(?x) \.read_bytes\( | path\.open\( | shutil\.copy(?!mode) | os\.open\(path,
    | sqlite3\.connect\( (?! ":memory:" | copied | [^)]*factory= )"""


def test_the_journal_s_file_is_opened_in_one_place_alone() -> None:
    """Opened elsewhere, past what is written down there, its locks would be given up again."""
    files = (ROOT / "tutor" / "progress").glob("*.py")
    found = [file.name for file in files if re.search(PAST_THE_HOLD, file.read_text("utf-8"))]
    assert found == ["descriptors.py"]
