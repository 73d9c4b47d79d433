"""`tutor train` as a script and as a person at a terminal see it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.player.seat import Seat
from tests.running import tutor
from tutor.tinylm.growing.keeping import Nursery


def test_a_script_is_asked_nothing_and_has_its_model(home: Path) -> None:
    done = tutor("train", "--steps", "1", "--seed", "3")
    assert done.returncode == 0, done
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert Nursery(home).load().about["seed"] == "3"
    assert not (home / "journal.sqlite3").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.txt"], "no file"),
        (["/"], "is a folder"),
        (["--width", "50"], "multiple of 32"),
        (["--rate", "nan"], "greater than 0"),
        (["--name", "../x"], "cannot be named"),
    ],
)
def test_what_cannot_be_done_is_said_in_two_lines(
    home: Path, arguments: list[str], words: str
) -> None:
    done = tutor("train", *arguments)
    assert done.returncode == 1
    assert words in done.stderr
    assert "hint:" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (home / "grown").exists()


def test_a_rate_that_breaks_it_ends_with_a_code_that_scripts_see(home: Path) -> None:
    done = tutor("train", "--rate", "50", "--steps", "100")
    assert done.returncode == 1
    assert "overshoots" in done.stdout
    assert done.stderr == ""
    assert not (home / "grown").exists()


def test_the_functions_that_train_can_be_read(home: Path) -> None:
    listed = tutor("train", "--show-code").stdout
    assert "attend_back" in listed
    assert "looks_at" not in listed
    shown = tutor("train", "--show-code", "attend").stdout
    assert shown.startswith("def attend(")
    assert "arXiv:1706.03762" in shown
    wrong = tutor("train", "--show-code", "nothing")
    assert wrong.returncode == 2
    assert "--show-code" in wrong.stderr
    assert not (home / "grown").exists()


def test_a_reader_that_leaves_early_is_no_failure() -> None:
    command = f"{sys.executable} -m tutor train --steps 1 | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""


def test_a_person_guesses_watches_and_stops_it_and_has_what_had_grown(home: Path) -> None:
    seat = Seat(home, "train", "--seconds", "300", rows=24)
    seat.wait("Your guess first")
    seat.prompt()
    seat.type("4")
    seat.send("2\r")
    seat.wait("2 of 3")
    seat.wait("step")
    seat.send("\x03")
    said = seat.end()
    assert "nothing to keep" in said
    assert seat.status == 130
    assert not (home / "grown").exists()
    sheet = (home / "notebook.md").read_text()
    assert "`tutor train --seconds 300`" in sheet
    assert "expected:  loss below 0.5; passing the quiz: only the transformer" in sheet
    noted = tutor("progress", "notes").stdout.splitlines()
    assert len(noted) == 1
    assert "Changed: seconds 300 (usually 60)." in noted[0]
    assert "of the small network; nothing was kept." in noted[0]
    assert "\x1b[?25l" not in seat.text.split("\x1b[?25h")[-1]  # the cursor is there


def test_ctrl_c_in_the_last_stage_keeps_it(home: Path) -> None:
    seat = Seat(home, "train", "--steps", "400", columns=40, rows=30)
    seat.prompt()
    seat.type("s")
    seat.send("s\r")
    seat.child.timeout = 120
    seat.wait("3 of 3")
    seat.wait("kept back")
    seat.send("\x03")
    said = " ".join(seat.end().split())
    assert seat.status == 130
    assert "Kept as far as it had come as mine" in said
    assert Nursery(home).load().about["how"] == "stopped"


def test_who_leaves_at_the_guess_has_left(home: Path) -> None:
    seat = Seat(home, "train")
    seat.prompt()
    said = seat.leave("q")
    assert "Left." in said
    assert "kept" not in said.split("Left.")[1]
    assert seat.status == 0
    assert not (home / "grown").exists()


def in_the_last_stage(home: Path) -> Seat:
    """A person whose transformer has begun: few steps, of which its own are long."""
    text = home / "tide.txt"
    text.write_text("The tide comes in, and the tide goes out.\n" * 200)
    largest = ("--width", "256", "--layers", "6", "--steps", "60")
    seat = Seat(home, "train", str(text), *largest, rows=20, environ={"TMPDIR": str(home)})
    seat.be_patient(30)
    seat.prompt()
    seat.send("4\r")
    seat.wait("3 of 3")
    seat.wait("kept back")
    return seat


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_polite_kill_keeps_what_there_is_and_leaves_the_screen_whole(
    home: Path, name: str
) -> None:
    seat = in_the_last_stage(home)
    for _ in range(2):  # a shell that leaves says it twice
        seat.child.kill(getattr(signal, name))
    said = " ".join(seat.end().split())
    assert "Kept as far as it had come as mine" in said
    assert Nursery(home).load().about["how"] == "stopped"
    assert seat.text.rfind("\x1b[?25h") > seat.text.rfind("\x1b[?25l")


def test_a_closed_window_keeps_what_there_is(home: Path) -> None:
    seat = in_the_last_stage(home)
    seat.child.ptyproc.fileobj.close()
    _, status = os.waitpid(seat.child.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 130
    assert Nursery(home).load().about["how"] == "stopped"
    assert not list(home.glob("tutor-crash-*"))
