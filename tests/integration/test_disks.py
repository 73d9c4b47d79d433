"""Full disks, and folders that cannot be written. Linux: needs setpriv, unshare and tmpfs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

NOBODY = 65534


@pytest.fixture
def as_nobody() -> list[str]:
    """The words before a command that make it an unprivileged user's (root may write anywhere)."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


def run(as_user: list[str], *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*as_user, sys.executable, "-m", "tutor", *arguments],
        env={**os.environ, **environ},
        input="\n1\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd="/",
    )


def reachable(tmp_path: Path) -> None:
    """Let another user pass through the test's own folders."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() == Path.home().owner() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)


def test_a_folder_that_cannot_be_written_is_one_clear_line(
    tmp_path: Path, short_course: Path, as_nobody: list[str]
) -> None:
    reachable(tmp_path)
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    environ = {"TUTOR_HOME": str(locked / "home"), "TUTOR_COURSE": str(short_course)}
    done = run(as_nobody, "learn", **environ)
    assert done.returncode == 1, done
    assert "cannot be written" in done.stderr
    assert "hint:" in done.stderr
    assert "Traceback" not in done.stderr
    assert run(as_nobody, "lessons", **environ).returncode == 0


def test_a_read_only_journal_can_still_be_read_and_stays_as_it_is(
    tmp_path: Path, short_course: Path, as_nobody: list[str]
) -> None:
    reachable(tmp_path)
    home = tmp_path / "mine"
    environ = {"TUTOR_HOME": str(home), "TUTOR_COURSE": str(short_course)}
    assert run([], "learn", **environ).returncode == 0
    before = (home / "journal.sqlite3").read_bytes()
    (home / "journal.sqlite3").chmod(0o444)
    home.chmod(0o555)
    shown = run(as_nobody, "lessons", **environ)
    assert shown.returncode == 0, shown
    assert "1 of 8 steps" in shown.stdout
    refused = run(as_nobody, "learn", **environ)
    assert refused.returncode == 1
    assert "cannot be written" in refused.stderr
    assert (home / "journal.sqlite3").read_bytes() == before
    home.chmod(0o755)


def test_a_full_disk_is_one_clear_line_and_costs_nothing_that_was_kept(
    tmp_path: Path, short_course: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    script = f"""
        set -e
        mount -t tmpfs -o size=600k tmpfs {disk}
        printf '1\\n\\n' | {sys.executable} -m tutor quiz one >/dev/null
        dd if=/dev/zero of={disk}/ballast bs=1k 2>/dev/null || true
        set +e
        yes 3 | head -2000 | {sys.executable} -m tutor quiz one >{tmp_path}/out 2>{tmp_path}/err
        echo status $?
        rm {disk}/ballast
        {sys.executable} -m tutor doctor --deep
    """
    done = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "bash", "-c", script],
        env={**os.environ, "TUTOR_HOME": str(disk), "TUTOR_COURSE": str(short_course)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = (tmp_path / "err").read_text()
    assert "status 1" in done.stdout, done
    assert "disk is full" in said
    assert "Traceback" not in said
    assert "sound" in done.stdout


def test_a_page_that_finds_no_room_leaves_the_older_one(tmp_path: Path, short_course: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    script = f"""
        set -e
        mount -t tmpfs -o size=64k tmpfs {disk}
        {sys.executable} -m tutor progress --html {disk}/page.html
        before=$(md5sum {disk}/page.html)
        dd if=/dev/zero of={disk}/ballast bs=1k 2>/dev/null || true
        set +e
        {sys.executable} -m tutor progress --html {disk}/page.html
        echo status $?
        test "$before" = "$(md5sum {disk}/page.html)" && ls {disk}
    """
    done = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "bash", "-c", script],
        env={**os.environ, "TUTOR_COURSE": str(short_course)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["status", "1", "ballast", "page.html"]
    assert "cannot be written: No space left on device" in done.stderr
    assert "hint: make room" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_page_in_a_folder_that_cannot_be_written_is_one_clear_line(
    tmp_path: Path, short_course: Path, as_nobody: list[str]
) -> None:
    reachable(tmp_path)
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    done = run(
        as_nobody,
        *("progress", "--html", str(locked / "page.html")),
        TUTOR_HOME=str(tmp_path / "home"),
        TUTOR_COURSE=str(short_course),
    )
    assert done.returncode == 1, done
    assert "cannot be written: Permission denied" in done.stderr
    assert "hint:" in done.stderr


def test_output_that_nobody_can_take_is_one_clear_line(short_course: Path) -> None:
    environ = {**os.environ, "TUTOR_COURSE": str(short_course)}
    tutor = f"{sys.executable} -m tutor lessons"
    for shell, status, words in (
        (f"{tutor} > /dev/full", 1, "No space left on device"),
        (f"{tutor} >&-", 0, ""),
        (f"{tutor} <&-", 0, ""),
    ):
        done = subprocess.run(
            ["bash", "-c", shell], env=environ, capture_output=True, text=True, check=False
        )
        assert done.returncode == status, shell
        assert words in done.stderr
        assert "Traceback" not in done.stderr
