"""Commands as scripts and shells see them: words, codes, pipes, files."""

import ast
import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import here as tutor
from tests.running import tutor as started
from tutor.cli.app import COMMANDS as LINES
from tutor.cli.app import loaded
from tutor.progress.events import Noted, Place
from tutor.progress.journal import Journal

ROOT = Path(__file__).parent.parent.parent
COMMANDS = [
    "learn",
    "quiz",
    "review",
    "then",
    "due",
    "lessons",
    "show",
    "meet",
    "look",
    "train",
    "demo",
    "bench",
    "ask",
    "model list",
    "model use",
    "model test",
    "model key",
    "model install",
    "model remove",
    "glossary",
    "doctor",
    "progress",
    "progress export",
    "progress import",
    "progress reset",
    "progress undo",
    "progress why",
    "progress sure",
    "progress notes",
    "progress deeper",
    "progress rebuild",
    "progress repair",
    "records add",
    "records preview",
    "records sync",
    "records status",
    "records remove",
    "records report",
    "export anki",
    "export gift",
    "export book",
    "export csv",
    "export xapi",
    "course new",
    "course add",
    "course draft",
    "course import",
    "course list",
    "course remove",
    "course preview",
    "course manual",
    "course check",
    "course schema",
    "course stats",
]


def test_the_commands_tested_here_are_all_there_are() -> None:
    found = set()
    for group in ("", "progress", "course", "export", "model", "records"):
        said = tutor(*group.split(), "--help").stdout
        listed = re.findall(r"^  ([a-z]+) {2,}\S", said.split("Commands:")[1], re.MULTILINE)
        found |= {f"{group} {name}".strip() for name in listed}
    assert found - {"course", "export", "model", "records"} == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_stands_in_the_readme(command: str) -> None:
    said = tutor(*command.split(), "--help")
    assert said.returncode == 0
    described = said.stdout.splitlines()[2].strip()
    assert len(described) > 10
    assert f"`tutor {command}" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--version"], 0, "llm-tutor 0."),
        (["lessons"], 0, "One of each"),
        (["lessons", "--plain"], 0, "not begun"),
        (["--plain", "lessons"], 0, "not begun"),
        ([], 0, "You guess first"),
        (["learn", "nowhere"], 2, "no lesson 'nowhere'"),
        (["learn", "99"], 2, "no lesson '99'"),
        (["shwo"], 2, "show"),
        (["glossary", "tokken"], 2, "did you mean: token"),
        (["progress", "undo"], 1, "nothing to undo"),
        (["progress", "import", "missing.jsonl"], 1, "cannot be read"),
        (["progress", "reset", "one"], 2, "add --yes"),
        (["course", "check", "nowhere"], 1, "cannot be read"),
        (["doctor"], 0, "none yet"),
    ],
)
def test_scripts_get_one_clear_line_and_the_right_exit_code(
    short_course: Path, arguments: list[str], status: int, words: str
) -> None:
    done = started(*arguments, TUTOR_COURSE=str(short_course))
    assert done.returncode == status, done
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_looking_writes_no_journal(home: Path, short_course: Path) -> None:
    for arguments in ([], ["lessons"], ["progress"], ["show", "1"], ["doctor"]):
        tutor(*arguments, TUTOR_COURSE=str(short_course))
    assert not (home / "journal.sqlite3").exists()


def test_without_a_terminal_answers_are_read_line_by_line(home: Path, short_course: Path) -> None:
    done = tutor("learn", typed="\n\n2\n\n", TUTOR_COURSE=str(short_course))
    assert done.returncode == 0
    assert "You guessed: moon" in done.stdout
    assert "All is kept" in done.stdout
    assert "\x1b" not in done.stdout
    with Journal.open(home / "journal.sqlite3") as journal:
        assert journal.lesson("short", "one").predictions["guess"].words == "moon"


def test_a_closed_pipe_ends_in_peace(short_course: Path) -> None:
    command = f"{sys.executable} -m tutor show one --markdown | head -1"
    done = subprocess.run(
        ["bash", "-c", command],
        env={**os.environ, "TUTOR_COURSE": str(short_course)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "# 1. One of each\n"
    assert done.stderr == ""


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--version"],
        ["--help"],
        ["doctor"],
        ["doctor", "--json"],
        ["lessons"],
        ["lessons", "--json"],
        ["learn"],
        ["show", "one"],
        ["show", "one", "--markdown"],
        ["demo", "--json"],
        ["model", "list", "--json"],
        ["progress", "export", "-"],
        ["course", "check"],
    ],
    ids=lambda words: " ".join(words) or "home",
)
def test_a_reader_who_has_gone_is_no_failure_of_any_command(
    short_course: Path, arguments: list[str]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "tutor", *arguments],
        env={**os.environ, "TUTOR_COURSE": str(short_course)},
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert done.returncode == 0, done
    assert done.stderr == ""


def test_who_waits_for_a_journal_in_use_is_told_so_and_then_served(
    home: Path, short_course: Path
) -> None:
    environ = {**os.environ, "TUTOR_COURSE": str(short_course)}
    with Journal.open(home / "journal.sqlite3"):
        pass
    other = sqlite3.connect(home / "journal.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with subprocess.Popen(
        [sys.executable, "-m", "tutor", "progress", "reset", "one", "--yes"],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as waiting:
        assert waiting.stderr is not None
        said = waiting.stderr.readline()
        other.close()
        out, more = waiting.communicate(timeout=60)
    assert said.startswith("note: another program is using your journal: waiting for it, 30 s")
    assert "starts anew" in out
    assert more == ""
    assert waiting.returncode == 0


def test_progress_travels_in_a_file_and_merges_without_doubling(
    tmp_path: Path, home: Path, short_course: Path
) -> None:
    environ = {"TUTOR_COURSE": str(short_course)}
    tutor("quiz", typed="\n1\n\n2\n\n", **environ)
    file = tmp_path / "progress.jsonl"
    assert tutor("progress", "export", str(file), **environ).returncode == 0
    refused = tutor("progress", "export", str(file), **environ)
    assert "exists" in refused.stderr
    other = {**environ, "TUTOR_HOME": str(tmp_path / "other")}
    assert "0 known already" in tutor("progress", "import", str(file), **other).stdout
    assert "0 events added" in tutor("progress", "import", str(file), **other).stdout
    here = tutor("progress", "--json", **environ).stdout
    assert here == tutor("progress", "--json", **other).stdout
    assert tutor("progress", "export", "-", **environ).stdout == file.read_text()


def test_a_reset_starts_the_lesson_anew_and_undo_takes_it_back(short_course: Path) -> None:
    environ = {"TUTOR_COURSE": str(short_course)}
    tutor("learn", typed="\n\n1\n\n", **environ)
    before = tutor("lessons", "--json", **environ).stdout
    assert json.loads(before)[0]["steps_done"] == 3
    assert "starts anew" in tutor("progress", "reset", "one", "-y", **environ).stdout
    assert json.loads(tutor("lessons", "--json", **environ).stdout)[0]["state"] == "new"
    assert "the reset of one" in tutor("progress", "undo", **environ).stdout
    assert tutor("lessons", "--json", **environ).stdout == before


def test_a_damaged_journal_is_set_aside_and_named(home: Path, short_course: Path) -> None:
    (home / "journal.sqlite3").write_bytes(b"this is no database, and it is long enough" * 100)
    environ = {"TUTOR_COURSE": str(short_course)}
    shown = tutor("lessons", **environ)
    assert shown.returncode == 1
    assert "is damaged" in shown.stderr
    done = tutor("learn", typed="\n", **environ)
    assert done.returncode == 0, done
    (aside,) = home.glob("journal-damaged-*.sqlite3")
    assert str(aside) in done.stderr
    assert aside.read_bytes().startswith(b"this is no database")


def test_a_broken_course_is_told_with_its_place_and_never_as_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text("format: 1\nid: broken\ntitel: x\n")
    for arguments in ([], ["learn"], ["course", "check"], ["show", "1"]):
        done = tutor(*arguments, TUTOR_COURSE=str(tmp_path))
        said = done.stdout + done.stderr
        assert done.returncode == 1, done
        assert f"{tmp_path / 'course.yaml'}:3:1: unknown field 'titel'" in said
        assert "did you mean 'title'?" in said
        assert "Traceback" not in said


def test_a_bug_leaves_one_line_and_a_file_not_a_traceback(tmp_path: Path) -> None:
    crash = (
        "import sys; sys.argv = ['tutor', 'lessons']; import tutor.standing as s; del s.standings"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"{crash}\nfrom tutor.__main__ import main\nmain()"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1
    (file,) = tmp_path.glob("tutor-crash-*.txt")
    assert "ImportError" in file.read_text()


def test_doctor_keeps_secrets_to_itself(short_course: Path) -> None:
    secret = "sk-abcdef123456"
    done = tutor("doctor", TUTOR_COURSE=str(short_course), OPENAI_API_KEY=secret)
    assert "OPENAI_API_KEY set (hidden)" in done.stdout
    assert secret not in done.stdout
    assert str(Path.home()) + "/" not in done.stdout


def test_the_shell_completes_lesson_names(short_course: Path) -> None:
    done = tutor(
        TUTOR_COURSE=str(short_course),
        _TUTOR_COMPLETE="complete_bash",
        COMP_WORDS="tutor learn o",
        COMP_CWORD="2",
    )
    assert "one" in done.stdout.split()


def test_show_names_its_sources(short_course: Path) -> None:
    done = tutor("show", "one", "--sources", TUTOR_COURSE=str(short_course))
    assert "Attention Is All You Need" in done.stdout
    assert "2017" in done.stdout
    assert "an invented price list" in done.stdout


@pytest.mark.parametrize("name", LINES)
def test_the_help_tells_of_a_command_what_it_tells_of_itself(name: str) -> None:
    assert loaded(name).help.replace("\n", " ").startswith(LINES[name].rstrip("."))


def test_every_command_in_the_folder_is_one_that_can_be_called() -> None:
    files = {path.stem for path in (ROOT / "tutor" / "cli").glob("*.py")}
    no_commands = {"__init__", "app", "chosen", "direct", "edge", "everywhere", "home"}
    no_commands |= {"adding", "called", "draft", "hidden", "reporting", "syncing"}
    assert files - set(LINES) == no_commands | {
        "listing",
        "options",
        "recording",
        "room",
        "sitting",
        "waiting",
    }


@pytest.mark.parametrize(
    ("words", "foreign"),
    [
        (["--help"], {"tutor.cli.learn", "tutor.cli.model", "rich.console", "msgspec"}),
        ([], {"typer", "yaml", "httpx", "tutor.player"}),
        (["lessons"], {"typer", "yaml", "httpx", "tutor.player"}),
        (["glossary", "token"], {"tutor.cli.learn", "tutor.cli.model", "httpx"}),
    ],
)
def test_a_call_loads_nothing_that_it_does_not_need(words: list[str], foreign: set[str]) -> None:
    tutor("lessons")  # the compiled copy of the course is made
    code = "import os, sys; from tutor.cli.edge import run\n"
    code += f"try: run({words!r})\nexcept SystemExit: pass\n"
    code += "print(sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert foreign & set(ast.literal_eval(done.stderr.splitlines()[-1])) == set()


def test_a_command_that_is_almost_right_is_offered() -> None:
    assert "lessons" in tutor("lesson").stderr


def test_importing_the_command_does_nothing(tmp_path: Path) -> None:
    code = "import sys, tutor.cli.app; "
    code += "print([m for m in ('yaml', 'sqlite3', 'httpx') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.strip() == "[]"
    assert list(tmp_path.iterdir()) == [tmp_path / "home"] or not list(tmp_path.iterdir())


def test_a_notebook_in_the_home_of_nobody_stops_no_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tutor", "progress"],
        env={**os.environ, "TUTOR_NOTEBOOK": "~no-such-person/notebook.md"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0


def test_a_note_from_somebody_elses_journal_commands_no_terminal(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "journal.sqlite3") as journal:
        journal.record(Place(course="here", lesson="there"), Noted(text="\x1b[2Jsee \u202egnp.exe"))
    done = tutor("progress", "notes", TUTOR_HOME=str(tmp_path))
    assert "gnp.exe" in done.stdout
    assert not {"\x1b", "\u202e"} & set(done.stdout)
