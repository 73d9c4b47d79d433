"""`tutor records` as a learner types it, against a store on loopback."""

import datetime
import json
import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.records.store_server import SECRET, USER, Fault, Store, keeping, wait_for
from tests.running import tutor

LESSON = "\n\n2\n\n\n\n"
"""Some Enters and a guess: a part of the short course's lesson."""


@pytest.fixture
def store() -> Iterator[Store]:
    with keeping() as kept:
        yield kept


@pytest.fixture(autouse=True)
def course(short_course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_COURSE", str(short_course))


def add(store: Store, *more: str, typed: str = SECRET, **environ: str) -> str:
    """Add a store; returns what was said."""
    words = ("records", "add", "class", store.url, "--user", USER, *more)
    done = tutor(*words, typed=f"{typed}\n", **environ)
    assert done.returncode == 0, done
    return done.stdout + done.stderr


def said(*words: str, status: int = 0, **environ: str) -> str:
    done = tutor("records", *words, **environ)
    assert done.returncode == status, done
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def test_from_the_first_lesson_to_the_second_machine(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tutor("learn", typed=LESSON)
    told = add(store)
    name = re.search(r"--as (\S+)", told)
    assert name, told
    assert not store.statements  # nothing is sent before the learner says so
    assert "records sent" in said("sync")
    assert "nothing to send, nothing new" in said("sync")
    count = len(store.statements)
    assert f"on the store   {count}" in said("status")
    shown = json.loads(tutor("progress", "--json").stdout)
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "second"))
    add(store, "--as", name[1])
    assert f"{count} events from elsewhere added" in said("sync")
    assert json.loads(tutor("progress", "--json").stdout) == shown


def test_a_second_machine_that_was_added_without_the_name_can_still_be_joined(
    store: Store, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tutor("learn", typed=LESSON)
    add(store, "--as", "wren-12")
    said("sync")
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "second"))
    tutor("learn", typed=LESSON)
    add(store)
    said("sync")
    assert "stays there; all of it goes out anew" in add(store, "--as", "wren-12")
    assert "events from elsewhere added" in said("sync")
    assert re.search(r"refused +0", said("status"))
    shown = json.loads(tutor("progress", "--json").stdout)
    monkeypatch.setenv("TUTOR_HOME", str(home))
    assert "events from elsewhere added" in said("sync")
    assert json.loads(tutor("progress", "--json").stdout) == shown


def test_nothing_is_sent_to_a_store_that_was_not_added(home: Path) -> None:
    tutor("learn", typed=LESSON)
    for command in ("sync", "status"):
        assert "hint: tutor records add" in said(command, status=1)


def test_a_wrong_password_is_not_kept(store: Store, home: Path) -> None:
    words = ("records", "add", "class", store.url, "--user", USER)
    done = tutor(*words, typed="wrong\n")
    assert done.returncode == 1
    assert "does not take this name and password" in done.stderr
    assert not (home / "records" / "secrets").exists()
    assert "no record store was added" in said("status", status=1)


def test_a_store_that_is_down_just_now_is_added_all_the_same(home: Path) -> None:
    with keeping() as store:
        pass
    assert "could not be tried out just now. Nobody answers" in add(store)
    tutor("learn", typed=LESSON)
    assert "Nobody answers" in said("sync", status=1)
    assert "Nobody answers" in said("status")
    with keeping(store):
        assert "records sent" in said("sync")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_password_is_readable_for_its_owner_only_and_shown_nowhere(
    store: Store, home: Path
) -> None:
    shown = add(store) + said("status") + said("status", "--json") + tutor("doctor").stdout
    assert SECRET not in shown
    (file,) = (home / "records" / "secrets").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text() == SECRET
    assert [one for one in home.rglob("*") if one.is_file() and SECRET in _text(one)] == [file]


def _text(file: Path) -> str:
    return file.read_bytes().decode("latin-1")


def test_a_password_in_the_environment_is_not_written_down(store: Store, home: Path) -> None:
    told = add(store, typed="", TUTOR_RECORDS_SECRET=SECRET)
    assert "TUTOR_RECORDS_SECRET" in told
    assert not (home / "records" / "secrets").exists()
    said("sync", TUTOR_RECORDS_SECRET=SECRET)
    assert "is not in TUTOR_RECORDS_SECRET" in said("sync", status=1)


def test_the_password_of_one_store_in_the_environment_is_not_sent_to_a_second(
    store: Store, home: Path
) -> None:
    add(store, typed="", TUTOR_RECORDS_SECRET=SECRET)
    with keeping() as other:
        words = ("add", "second", other.url, "--user", USER)
        told = said(*words, status=1, TUTOR_RECORDS_SECRET=SECRET)
    assert "second would be sent it as well" in told
    assert "hint: unset TUTOR_RECORDS_SECRET" in told
    assert "second" not in (home / "records" / "stores.json").read_text()


def test_a_password_that_moves_to_the_environment_leaves_no_file(store: Store, home: Path) -> None:
    add(store)
    add(store, typed="", TUTOR_RECORDS_SECRET=SECRET)
    assert list((home / "records" / "secrets").iterdir()) == []
    add(store, typed="", TUTOR_RECORDS_SECRET=SECRET)  # once more, as after a new password


@pytest.mark.parametrize("name", ["", "ada@school.example", "a\\u0000b"])
def test_a_name_written_by_hand_that_cannot_be_one_is_not_sent(
    store: Store, home: Path, name: str
) -> None:
    tutor("learn", typed=LESSON)
    add(store)
    (home / "records" / "learner.json").write_text(f'{{"name": "{name}"}}')
    told = said("sync", status=1)
    assert "learner.json" in told
    assert "hint: write it anew" in told
    assert not store.statements


def test_a_removed_store_is_forgotten_with_its_password(store: Store, home: Path) -> None:
    tutor("learn", typed=LESSON)
    add(store)
    said("sync")
    before = dict(store.statements)
    assert "stays there" in said("remove", "class")
    assert not list((home / "records" / "secrets").iterdir())
    assert "no record store" in said("sync", status=1)
    assert store.statements == before
    add(store)  # what it has already does no harm
    said("sync")
    assert store.statements == before


def test_another_store_under_the_same_name_gets_everything(store: Store) -> None:
    tutor("learn", typed=LESSON)
    add(store)
    said("sync")
    with keeping() as other:
        add(other)
        said("sync")
        assert other.statements.keys() == store.statements.keys()


def test_the_name_of_records_cannot_change_under_a_store(store: Store) -> None:
    add(store, "--as", "wren-12")
    with keeping() as other:
        words = ("add", "second", other.url, "--user", USER, "--as", "crow-3")
        assert "go under the name 'wren-12'" in said(*words, status=1)


def test_who_was_previewed_under_another_name_is_sent_under_the_chosen_one(store: Store) -> None:
    tutor("learn", typed=LESSON)
    said("preview")
    add(store, "--as", "wren-12")
    said("sync")
    names = {one["actor"]["account"]["name"] for one in store.statements.values()}
    assert names == {"wren-12"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "a/b", "http://127.0.0.1:1/x", "--user", "u"), "cannot be the name of a store"),
        (("add", "a", "lrs.example", "--user", "u"), "not the address"),
        (("add", "a", "http://u:p@127.0.0.1/", "--user", "u"), "does not belong in the address"),
        (("add", "a", "http://127.0.0.1:1/x", "--user", "u:v"), "no colon"),
        (("add", "a", "http://127.0.0.1:1/x", "--user", "u"), "no password was typed"),
        (("add", "a", "http://127.0.0.1:1/x", "--user", "u", "--as", "a@b.c"), "e-mail"),
        (("sync", "nobody"), "no record store called 'nobody'"),
        (("remove", "nobody"), "no record store called 'nobody'"),
    ],
)
def test_what_cannot_be_is_one_line_and_a_hint(words: tuple[str, ...], told: str) -> None:
    done = tutor("records", *words)
    assert done.returncode in (1, 2)
    assert told in done.stderr
    assert "hint: " in done.stderr
    assert "Traceback" not in done.stderr


def test_http_beyond_this_machine_is_warned_about(home: Path) -> None:
    words = ("records", "add", "far", "http://lrs.invalid/xAPI", "--user", "u")
    done = tutor(*words, typed="secret\n")
    assert "not encrypted" in done.stderr
    assert "Nobody answers at lrs.invalid" in done.stderr


def test_a_damaged_list_of_stores_is_named(store: Store, home: Path) -> None:
    add(store)
    (home / "records" / "stores.json").write_text("{")
    for command in ("sync", "status"):
        assert "cannot be read" in said(command, status=1)
    assert "All is kept" in tutor("learn", typed=LESSON).stdout  # learning goes on


def test_one_store_that_is_down_does_not_keep_the_other_from_its_own(store: Store) -> None:
    with keeping() as down:
        add(down)
    tutor("records", "add", "second", store.url, "--user", USER, typed=f"{SECRET}\n")
    tutor("learn", typed=LESSON)
    told = said("sync", status=1)
    assert "second: " in told
    assert "Nobody answers" in told
    assert store.statements


def test_after_a_lesson_a_sync_runs_by_itself_where_it_was_wanted(store: Store) -> None:
    add(store)
    tutor("learn", typed=LESSON)
    assert not store.statements
    said("sync", "--auto")
    before = len(store.statements)
    tutor("learn", typed="\n\n\n")
    wait_for(lambda: len(store.statements) > before)
    wait_for(lambda: "sent" in said("status"))
    said("sync", "--no-auto")
    count = len(store.statements)
    tutor("learn", typed="\n\n")
    assert "waiting        0" not in said("status")
    assert len(store.statements) == count


def test_learning_does_not_wait_for_a_store_that_is_silent(store: Store, home: Path) -> None:
    add(store)
    said("sync", "--auto")
    store.faults = lambda _method: Fault.SILENT
    done = subprocess.run(
        [sys.executable, "-m", "tutor", "learn"],
        input=LESSON,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "All is kept" in done.stdout
    assert done.stderr == ""
    assert "waiting        0" not in said("status")
    wait_for(lambda: not _is_under_way(home), 30)  # the store hangs up after five seconds


def _is_under_way(home: Path) -> bool:
    return tutor("records", "sync", TUTOR_HOME=str(home)).stderr.count("under way") > 0


def test_what_was_refused_goes_out_once_more_when_it_is_wanted(store: Store) -> None:
    tutor("learn", typed=LESSON)
    add(store)
    store.poisonous = "hello"  # a step of the lesson
    assert "refused" in said("sync")
    assert "poisonous" in said("status")
    store.poisonous = ""
    assert "nothing to send" in said("sync")
    assert "sent" in said("sync", "--again")
    assert "refused        0" in said("status")


def test_a_clock_that_is_off_is_told_in_a_line_and_nothing_is_held_back(store: Store) -> None:
    tutor("learn", typed=LESSON)
    add(store)
    store.clock_off = datetime.timedelta(hours=1)
    assert "This machine's clock is 1 hour behind that of class." in said("sync")
    assert store.statements


def test_ctrl_c_keeps_what_was_confirmed_and_says_how_to_go_on(store: Store) -> None:
    tutor("learn", typed=LESSON)
    add(store)
    store.faults = lambda method: Fault.SILENT if method == "POST" else None
    with subprocess.Popen(
        [sys.executable, "-m", "tutor", "records", "sync"],
        env=os.environ.copy(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        wait_for(lambda: bool(store.posts))
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "the rest waits: tutor records sync" in out
    assert "Traceback" not in err
    store.faults = lambda _method: None
    said("sync")
    assert "waiting        0" in said("status")
