"""The journal's file: what is in it stays in it."""

import contextlib
import datetime
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from tests.progress.deeds import (
    COURSE,
    NOON,
    Clock,
    answered,
    execute,
    fill,
    place,
    progress_from_events,
    record,
)
from tests.progress.writing import ROOT, writer
from tutor.errors import JournalError
from tutor.progress.events import Entered, Noted, Passed, Reset, Revealed, Undone
from tutor.progress.journal import Journal
from tutor.progress.lesson_progress import RULE, LessonProgress
from tutor.progress.locking import BUSY_SECONDS, WAITS
from tutor.progress.peeking import read_progress
from tutor.progress.undoing import undo_latest


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal.sqlite3"


def test_an_event_says_who_did_what_where_and_when(path: Path) -> None:
    with Journal.open(path, Clock()) as journal:
        event = journal.record(place(), answered("2"))
        assert list(journal.events()) == [event]
        assert event.installation == journal.installation
    assert event.at == "2026-11-21T11:00:01.000000Z"
    assert event.offset == 60
    assert event.place == place()
    assert event.deed == answered("2")


def test_a_closed_and_reopened_journal_holds_the_same(path: Path) -> None:
    events = fill(path, 3)
    with Journal.open(path) as journal:
        assert list(journal.events()) == events
        assert journal.installation == events[0].installation


@pytest.mark.parametrize("statement", ["UPDATE event SET deed = '{}'", "DELETE FROM event"])
def test_the_file_itself_refuses_to_change_events(path: Path, statement: str) -> None:
    events = fill(path, 3)
    with pytest.raises(sqlite3.IntegrityError, match="events are never changed"):
        execute(path, statement)
    with Journal.open(path) as journal:
        assert list(journal.events()) == events


def test_what_is_recorded_is_on_disk_before_record_returns(path: Path) -> None:
    with Journal.open(path, Clock()) as journal:
        event = journal.record(place(), answered())
        assert execute(path, "SELECT id FROM event") == [(event.id,)]
        assert journal._connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


def test_a_killed_writer_leaves_every_answer_that_it_told_of(path: Path) -> None:
    for _ in range(3):
        with writer(path, 100_000) as process:
            assert process.stdout is not None
            told = [process.stdout.readline().strip() for _ in range(25)]
            process.kill()
            told += process.stdout.read().split()
        with Journal.open(path) as journal:
            assert set(told) <= {event.id for event in journal.events()}
            assert journal.faults() == []


def test_two_tutors_at_once_lose_nothing_and_wait_for_each_other(path: Path) -> None:
    tutors = [writer(path, 200), writer(path, 200)]
    said = [tutor.communicate(timeout=60) for tutor in tutors]
    assert [tutor.returncode for tutor in tutors] == [0, 0]
    assert [errors for _, errors in said] == ["", ""]
    told = {name for out, _ in said for name in out.split()}
    assert len(told) == 400
    with Journal.open(path) as journal:
        assert {event.id for event in journal.events()} == told
        assert journal.faults() == []


Tell = Callable[[str], None]


@contextlib.contextmanager
def held(path: Path, lock: str) -> Iterator[Callable[[], None]]:
    """Another program holds the journal, until it lets go."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA locking_mode = {lock}")
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield connection.close
    finally:
        connection.close()


def open_and_record(path: Path, tell: Tell) -> object:
    with Journal.open(path, tell=tell) as journal:
        return journal.record(place(), answered())


def peek(path: Path, tell: Tell) -> object:
    journal = Journal.peek(path, tell)
    assert journal is not None
    with journal:
        return journal.lessons(COURSE)


def read(path: Path, tell: Tell) -> object:
    return read_progress(path, COURSE, tell)


@pytest.mark.parametrize(
    ("lock", "use"),
    [
        ("NORMAL", open_and_record),
        ("EXCLUSIVE", open_and_record),
        ("EXCLUSIVE", peek),
        ("EXCLUSIVE", read),
    ],
)
def test_whoever_waits_for_another_program_is_told_so_once_and_gets_their_turn(
    path: Path, lock: str, use: Callable[[Path, Tell], object]
) -> None:
    fill(path, 1)
    told: list[str] = []
    with held(path, lock) as let_go:

        def tell(line: str) -> None:
            told.append(line)
            let_go()

        assert use(path, tell)
    assert told == [WAITS]
    assert f"{BUSY_SECONDS} seconds at most" in WAITS


def test_nobody_is_told_of_a_wait_that_there_is_not(path: Path) -> None:
    told: list[str] = []
    with Journal.open(path, Clock(), told.append) as journal, Journal.open(path, Clock()) as other:
        for one in (journal, other, journal):
            one.record(place(), answered())
    assert read_progress(path, COURSE, told.append)
    assert told == []


@pytest.mark.parametrize("seconds", [0, -1, -60, -3500])
def test_a_clock_set_back_a_little_keeps_the_order(path: Path, seconds: int) -> None:
    clock = Clock()
    with Journal.open(path, clock) as journal:
        journal.record(place(), answered("1"))
        clock.turn(seconds)
        for raw in ("2", "3"):
            journal.record(place(), answered(raw))
        events = list(journal.events())
        assert all(one.moment < other.moment for one, other in pairwise(events))
        assert journal.lesson(COURSE, "one").items["q1"].last == "3"


def test_a_clock_that_was_wrong_by_years_does_not_hold_time_back(path: Path) -> None:
    clock = Clock(NOON + datetime.timedelta(days=3650))
    with Journal.open(path, clock) as journal:
        journal.record(place(), answered("1"))
        clock.turn(-3650 * 86400)
        assert journal.record(place(), answered("2")).at.startswith("2026-11-21")
        assert journal.faults() == []


@pytest.mark.parametrize("left", ["nothing", "another file"])
def test_a_journal_that_vanishes_is_noticed_before_anything_is_lost(path: Path, left: str) -> None:
    with Journal.open(path, Clock()) as journal:
        journal.record(place(), answered())
        path.rename(path.with_name("moved.sqlite3"))
        if left == "another file":
            path.write_bytes(b"")
        with pytest.raises(JournalError, match="moved or deleted") as caught:
            journal.record(place(), answered())
    assert caught.value.hint


def test_a_journal_of_a_newer_tutor_is_left_alone(path: Path) -> None:
    fill(path, 1)
    execute(path, "PRAGMA user_version = 9")
    before = path.read_bytes()
    for use in (Journal.open, Journal.peek, lambda p: read_progress(p, COURSE)):
        with pytest.raises(JournalError, match="newer tutor") as caught:
            use(path)
        assert "update" in caught.value.hint
    assert path.read_bytes() == before


def test_looking_creates_nothing(path: Path) -> None:
    assert Journal.peek(path) is None
    assert read_progress(path, COURSE) == {}
    assert not path.parent.exists()


def test_looking_shows_what_writing_left(path: Path) -> None:
    with Journal.open(path, Clock()) as journal:
        journal.record(place("one"), Passed())
        journal.record(place("two"), Entered())
        assert read_progress(path, COURSE) == journal.lessons(COURSE)
        assert read_progress(path, "another") == {}


def test_a_place_that_cannot_hold_a_journal_is_told_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("in the way", encoding="utf-8")
    for path in (file / "journal.sqlite3", tmp_path):
        with pytest.raises(JournalError) as caught:
            Journal.open(path)
        assert "\n" not in caught.value.message
        assert caught.value.hint


@pytest.mark.parametrize(
    "meddle",
    [
        "UPDATE derived SET state = (SELECT state FROM derived LIMIT 1)",
        "UPDATE derived SET state = x'c1' WHERE lesson = 'two'",
        "UPDATE derived SET taken = 7 WHERE lesson = 'two'",
        "DELETE FROM derived WHERE lesson = 'two'",
    ],
    ids=["altered", "spoilt", "miscounted", "dropped"],
)
def test_derived_progress_that_is_off_is_found_and_rebuilt(path: Path, meddle: str) -> None:
    with Journal.open(path, Clock()) as journal:
        journal.record(place("one"), Passed())
        journal.record(place("two"), answered())
        true = journal.lessons(COURSE)
        execute(path, meddle)
        assert len(journal.faults()) == 1
        assert journal.rebuild() == 2
        assert journal.faults() == []
        assert journal.lessons(COURSE) == true


def test_progress_under_an_old_rule_is_computed_anew(path: Path) -> None:
    fill(path, 4)
    with Journal.open(path) as journal:
        true = journal.lessons(COURSE)
    execute(path, "UPDATE derived SET rule = ?, state = x'80'", RULE - 1)
    assert read_progress(path, COURSE) == true
    with Journal.open(path) as journal:
        assert journal.lessons(COURSE) == true
    assert execute(path, "SELECT DISTINCT rule FROM derived") == [(RULE,)]


def test_an_undone_reset_brings_everything_back(path: Path) -> None:
    with Journal.open(path, Clock()) as journal:
        before = record(journal, Passed(), answered("1"), Noted(text="mine"))
        journal.record(place(), Reset())
        assert journal.lesson(COURSE, "one").items == {}
        assert undo_latest(journal).startswith("Undone: the reset of one, 2026-11-21 11:00 UTC")
        after = journal.lesson(COURSE, "one")
        assert (after.items, after.passed, after.notes) == (before.items, before.passed, 1)


def test_an_undone_answer_does_not_count_and_undo_goes_further_back(path: Path) -> None:
    with Journal.open(path, Clock()) as journal:
        record(journal, answered("1"), answered("3", right=False, attempt=2))
        journal.record(place(question="q2"), Revealed(sitting="s2", skipped=True))
        journal.record(place(), Noted(text="no result"))
        assert "the showing of the answer to q2" in undo_latest(journal)
        assert "your answer '3' to q1" in undo_latest(journal)
        assert journal.lesson(COURSE, "one").items["q1"].last == "1"
        assert "your answer '1' to q1" in undo_latest(journal)
        assert journal.lesson(COURSE, "one").items == {}
        with pytest.raises(JournalError, match="nothing to undo"):
            undo_latest(journal)
        assert journal.faults() == []


def test_undoing_keeps_the_events(path: Path) -> None:
    with Journal.open(path, Clock()) as journal:
        record(journal, answered())
        undo_latest(journal)
        assert len(list(journal.events())) == 2


def test_a_lesson_never_begun_is_blank(path: Path) -> None:
    with Journal.open(path) as journal:
        assert journal.lesson(COURSE, "one") == LessonProgress()
        assert journal.faults() == []


def test_events_from_a_clock_that_is_ahead_do_not_make_later_steps_count_for_nothing(
    path: Path, tmp_path: Path
) -> None:
    with Journal.open(
        tmp_path / "ahead.sqlite3", Clock(NOON + datetime.timedelta(days=2))
    ) as ahead:
        ahead.record(place(), answered("1"))
        events = list(ahead.events())
    with Journal.open(path, Clock(NOON)) as journal:
        journal.merge(events)
        mine = journal.record(place(), answered("2"))
        assert mine.at.startswith("2026-11-21")
        assert journal.lesson(COURSE, "one").items["q1"].last == "2"
        journal.record(place(), Reset())
        assert journal.lesson(COURSE, "one").items == {}
        assert journal.faults() == []


def test_a_lesson_of_thousands_of_answers_is_undone_from_near_its_end(path: Path) -> None:
    with Journal.open(path, Clock()) as journal:
        name = journal.installation
        journal.merge(
            msgspec.structs.replace(event, installation=name)
            for event in fill(path.with_name("other.sqlite3"), 1203)
        )
        for _ in range(4):
            undo_latest(journal)
        for _ in range(3):
            record(journal, answered("late"), answered("later", attempt=2))
            undo_latest(journal)
        assert journal.faults() == []
        assert journal.lessons(COURSE) == progress_from_events(journal)
    assert execute(path, "SELECT count(*) FROM derived_before") == [(2,)]


def test_an_import_into_the_middle_of_a_long_lesson_is_folded_in_where_it_belongs(
    path: Path,
) -> None:
    early = [e for e in fill(path.with_name("early.sqlite3"), 1001) if e.at < "2026-11-21T11:09"]
    with Journal.open(path, Clock()) as journal:
        journal.merge(fill(path.with_name("other.sqlite3"), 1203))
        journal.merge(early)
        undone = next(e for e in journal.events() if e.at > "2026-11-21T11:10")
        later = msgspec.structs.replace(
            undone, id="undoing", at="2026-11-21T12:30:00.000000Z", deed=Undone(event=undone.id)
        )
        journal.merge([later])
        assert journal.faults() == []
        assert journal.lessons(COURSE) == progress_from_events(journal)


@pytest.mark.parametrize("left", ["log and index", "log alone"])
def test_a_folder_that_cannot_be_written_shows_what_is_still_in_the_log(
    path: Path, tmp_path: Path, left: str
) -> None:
    journal = Journal.open(path, Clock())
    for number in range(6):
        journal.record(place(), answered(str(number)))
    copy = tmp_path / "copy"
    shutil.copytree(path.parent, copy)
    journal.close()
    if left == "log alone":
        (copy / f"{path.name}-shm").unlink()
    read = "from tutor.progress.journal import Journal; import sys, pathlib; "
    read += "print(len(list(Journal.peek(pathlib.Path(sys.argv[1])).events())))"
    for file in copy.iterdir():
        file.chmod(0o444)
    copy.chmod(0o555)
    command = [sys.executable, "-c", read, str(copy / path.name)]
    if os.getuid() == 0:  # whom no mode keeps out
        command = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", *command]
    for folder in [tmp_path, *tmp_path.parents]:
        if folder.is_relative_to(tempfile.gettempdir()) and folder != Path(tempfile.gettempdir()):
            folder.chmod(0o755)
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    copy.chmod(0o755)
    assert (done.stdout.strip(), done.stderr) == ("6", "")


def test_what_somebody_answered_is_nobody_elses_to_read(path: Path) -> None:
    before = os.umask(0o022)
    try:
        with Journal.open(path, Clock()) as journal:
            journal.record(place(), answered())
            files = list(path.parent.glob("journal.sqlite3*"))
            assert len(files) > 2
            assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    finally:
        os.umask(before)


@pytest.mark.parametrize("beneath", ["", "folder"])
def test_a_file_where_the_folder_should_be_is_told_and_not_taken_for_a_new_start(
    tmp_path: Path, beneath: str
) -> None:
    home = tmp_path / "file"
    home.write_text("not a folder")
    path = home / beneath / "journal.sqlite3"
    for use in (Journal.peek, lambda p: read_progress(p, COURSE)):
        with pytest.raises(JournalError, match="is no folder") as caught:
            use(path)
        assert "TUTOR_HOME" in caught.value.hint
