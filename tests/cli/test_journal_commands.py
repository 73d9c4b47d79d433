"""What a learner is told of a journal that is not as it should be, and how it is put right."""

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.player.seat import Seat
from tests.progress.deeds import execute, fill
from tests.running import here as tutor
from tutor.progress.events import Noted, Place, Vouched
from tutor.progress.journal import Journal

SPOIL = "UPDATE event SET deed = replace(deed, 'answer', 'anwser') WHERE seq = 3"


@pytest.fixture
def path(home: Path) -> Path:
    """A journal with twenty answers."""
    fill(home / "journal.sqlite3", 20)
    return home / "journal.sqlite3"


def spoil(path: Path) -> None:
    execute(path, "DROP TRIGGER event_no_update")
    execute(path, SPOIL)


@pytest.mark.parametrize("arguments", [[], ["lessons"], ["progress"], ["learn"]])
def test_a_file_that_was_set_aside_is_named_at_every_start_until_it_was_looked_into(
    path: Path, short_course: Path, arguments: list[str]
) -> None:
    environ = {"TUTOR_COURSE": str(short_course)}
    aside = path.rename(path.with_name("journal-damaged-20261121-120000.sqlite3"))
    for _ in range(2):
        said = tutor(*arguments, typed="\n", **environ).stderr
        assert said.count(str(aside)) == 1
        assert "tutor progress repair" in said
    done = tutor("progress", "repair", **environ)
    assert "From the file that was set aside: 20 events taken back, 0 were there" in done.stdout
    assert str(aside) not in tutor(*arguments, typed="\n", **environ).stderr
    with Journal.open(path) as journal:
        assert len(list(journal.events())) >= 20


def test_repair_says_how_many_were_saved_and_how_many_were_not(path: Path) -> None:
    spoil(path)
    said = tutor("progress", "repair").stdout
    assert "A new one with 19 events has taken its place." in said
    assert "Not saved, because it could not be read: 1 event." in said
    (old,) = path.parent.glob("journal-old-*.sqlite3")
    assert str(old) in said
    assert tutor("progress", "repair").stdout == "The journal is sound: nothing to repair.\n"


def test_repair_computes_anew_what_is_off_and_moves_nothing(path: Path) -> None:
    execute(path, "UPDATE derived SET state = x'80'")
    said = tutor("progress", "repair").stdout
    assert said == "Progress of 1 lesson was computed anew from the events.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["progress", "export", "-"],
        ["progress", "notes"],
        ["progress", "undo"],
        ["progress", "rebuild"],
    ],
)
def test_every_reader_names_what_it_had_to_leave_out(path: Path, arguments: list[str]) -> None:
    spoil(path)
    if arguments[-1] == "notes":
        execute(path, "UPDATE event SET kind = 'noted' WHERE seq = 3")
    done = tutor(*arguments)
    assert done.returncode == 0, done
    named = "note: 1 event cannot be read and is left out: number 3"
    assert named in done.stderr or arguments[-1] == "undo"


def test_a_verdict_is_no_longer_listed_once_its_overruling_was_taken_back(path: Path) -> None:
    where = Place(course="course", lesson="one", question="q-1")
    with Journal.open(path) as journal:
        journal.record(where, Noted(text="mind the scale"))
        journal.record(where, Vouched(sitting="s", attempt=1, raw="a pet model"))
    assert "a pet model" in tutor("progress", "notes").stdout
    tutor("progress", "undo")
    said = tutor("progress", "notes").stdout
    assert "a pet model" not in said
    assert "mind the scale" in said


def test_a_person_without_notes_is_told_how_to_write_one(home: Path) -> None:
    assert "No notes yet" in Seat(home, "progress", "notes").end()
    assert tutor("progress", "notes").stdout == ""


@pytest.mark.parametrize("columns", [40, 100])
def test_an_error_and_its_hint_break_between_words_where_a_person_reads_them(
    home: Path, columns: int
) -> None:
    said = Seat(home, "show", "no-such-lesson-as-this-one", columns=columns).end()
    rows = said.replace("\r", "").splitlines()
    assert all(len(row) <= columns for row in rows)
    assert "hint: " in said
    assert " ".join(said.split()) in " ".join(
        tutor("show", "no-such-lesson-as-this-one").stderr.split()
    )


def test_after_ctrl_c_the_shell_has_a_line_of_its_own(home: Path) -> None:
    seat = Seat(home, "progress", "reset", "1")
    seat.wait("(y/n) ")
    seat.send("\x03")
    seat.end()
    assert seat.raw.endswith(b"\r\n")
    assert seat.status == 130


def test_doctor_looks_at_a_glance_and_with_a_word_more_at_each_event(path: Path) -> None:
    assert "20 events, nothing wrong at a glance" in tutor("doctor").stdout
    assert "20 events, sound" in tutor("doctor", "--deep").stdout
    execute(path, "UPDATE derived SET state = x'80'")
    done = tutor("doctor", "--deep")
    assert done.returncode == 1
    assert "progress of course/one differs from its events" in done.stdout


def test_doctor_names_what_was_set_aside(path: Path) -> None:
    path.with_name("journal-damaged-20261121-120000.sqlite3").write_bytes(b"once a journal")
    done = tutor("doctor")
    assert done.returncode == 1
    assert "set aside: journal-damaged-20261121-120000.sqlite3; run: tutor progress" in done.stdout


@pytest.mark.parametrize("what", ["a folder", "a pipe", "a device"])
@pytest.mark.parametrize("arguments", [[], ["progress"], ["learn"], ["progress", "repair"]])
def test_what_is_no_file_is_told_in_a_line_and_never_waited_for(
    home: Path, short_course: Path, what: str, arguments: list[str]
) -> None:
    path = home / "journal.sqlite3"
    if what == "a folder":
        path.mkdir()
    elif what == "a pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/null")
    done = tutor(*arguments, TUTOR_COURSE=str(short_course))
    assert done.returncode == 1, done
    assert "so it cannot be your journal" in done.stderr
    assert "move it out of the way, or set TUTOR_HOME to another folder" in done.stderr


@pytest.mark.parametrize("data", [b"", b"24 bytes of other text.\n"])
def test_a_cut_or_foreign_file_is_never_taken_for_a_journal_not_begun(
    home: Path, short_course: Path, data: bytes
) -> None:
    path = home / "journal.sqlite3"
    path.write_bytes(data)
    environ = {"TUTOR_COURSE": str(short_course)}
    for command in (["progress"], ["lessons"], ["doctor"]):
        done = tutor(*command, **environ)
        assert done.returncode == 1
        assert "run: tutor progress repair" in done.stdout + done.stderr
    assert path.read_bytes() == data
    assert tutor("progress", "repair").returncode == 0
    assert tutor("progress", **environ).returncode == 0


def test_ctrl_c_while_the_tutor_still_loads_ends_it_without_a_word() -> None:
    code = (
        "import os, signal, sys, tutor.__main__ as tutor\n"
        "class Impatient:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'tutor.cli.edge': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Impatient())\n"
        "tutor.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-2, b"", b"")


def test_answers_under_a_clock_that_was_ahead_are_told_of(home: Path, short_course: Path) -> None:
    path, environ = home / "journal.sqlite3", {"TUTOR_COURSE": str(short_course)}
    ahead = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=7000)
    with Journal.open(path, lambda: ahead) as journal:
        journal.record(Place(course="course", lesson="one"), Noted(text="so early?"))
    said = f"1 event dated in the future, up to {ahead:%Y-%m-%d}: a clock was wrong"
    assert said in tutor("progress", **environ).stderr
    assert said in tutor("doctor", **environ).stdout
    export = str(home / "export.jsonl")
    tutor("progress", "export", export, **environ)
    assert said in tutor("progress", "import", export, **environ).stdout


def test_a_sound_clock_is_not_suspected(home: Path, short_course: Path) -> None:
    with Journal.open(home / "journal.sqlite3") as journal:
        journal.record(Place(course="course", lesson="one"), Noted(text="now"))
    done = tutor("progress", TUTOR_COURSE=str(short_course))
    assert "clock" not in done.stderr + done.stdout
