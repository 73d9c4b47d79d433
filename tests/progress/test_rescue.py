"""A damaged journal: kept under a name that tells, and as much saved as still reads."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.progress.deeds import COURSE, Clock, answered, execute, fill, place
from tutor.progress.journal import Journal
from tutor.progress.opening import DamagedError
from tutor.progress.rescue import Rescue, is_sound, open_journal, repair

COUNT = 400
PAGE = 4096
TABLE_LEAF = 0x0D
ON_A_PAGE = 16
"""More answers than one page holds."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "journal.sqlite3"
    fill(path, COUNT)
    return path


@pytest.fixture
def path(tmp_path: Path, filled: Path) -> Path:
    return Path(shutil.copy(filled, tmp_path / "journal.sqlite3"))


def saved(path: Path) -> tuple[set[str], Rescue]:
    """Repair; the replies that the new journal holds."""
    journal, rescue = repair(path, Clock())
    with journal:
        assert journal.faults() == []
        replies = {event.deed.raw for event in journal.events()}  # type: ignore[union-attr]
    assert len(replies) == rescue.events
    return replies, rescue


ALL = {f"answer {number}" for number in range(COUNT)}


def no_header(data: bytes) -> bytes:
    return b"\0" * 100 + data[100:]


def other_file(_: bytes) -> bytes:
    return b"Dear diary, this is no database.\n" * 100


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def a_few_bytes(data: bytes) -> bytes:
    return data[:50]


@pytest.mark.parametrize("damage", [no_header, other_file, half, a_few_bytes])
def test_a_damaged_journal_is_set_aside_as_it_was_and_a_new_one_opened(
    path: Path, damage: Callable[[bytes], bytes]
) -> None:
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)
    journal, rescue = open_journal(path, Clock())
    with journal:
        journal.record(place(), answered("after"))
        assert journal.faults() == []
    assert rescue is not None
    assert rescue.aside.name == "journal-damaged-20261121-120001.sqlite3"
    assert rescue.aside.read_bytes() == damaged


def test_a_sound_journal_is_opened_as_it_is(path: Path) -> None:
    journal, rescue = open_journal(path)
    with journal:
        assert rescue is None
        assert is_sound(path)
        assert len(list(journal.events())) == COUNT


def test_of_a_journal_cut_in_half_the_older_half_is_saved(path: Path) -> None:
    path.write_bytes(half(path.read_bytes()))
    replies, _ = saved(path)
    assert replies <= ALL
    assert len(replies) > COUNT / 4


@pytest.mark.parametrize("seed", range(3))
def test_one_bad_page_costs_no_more_than_its_own_answers(path: Path, seed: int) -> None:
    whole = path.read_bytes()
    leaves = [at for at in range(PAGE, len(whole), PAGE) if whole[at] == TABLE_LEAF]
    assert len(leaves) > COUNT / ON_A_PAGE
    for at in random.Random(seed).sample(leaves, 8) + leaves[-1:]:
        path.write_bytes(whole[:at] + random.Random(at).randbytes(PAGE) + whole[at + PAGE :])
        replies, _ = saved(path)
        assert replies <= ALL
        assert len(replies) >= COUNT - ON_A_PAGE, f"page {at // PAGE} of {len(whole) // PAGE}"


@pytest.mark.parametrize("seed", range(15))
def test_whatever_is_damaged_nothing_is_made_up_and_nothing_fails(path: Path, seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(rng.choice([1, 10, 100])):
        at = rng.randrange(len(data))
        data[at : at + rng.choice([1, 1, 40])] = rng.randbytes(1)
    path.write_bytes(data)
    journal, rescue = repair(path, Clock())
    with journal:
        assert journal.faults() == []
        journal.record(place(), answered())
        assert len(list(journal.events())) == rescue.events + 1
    assert rescue.aside.read_bytes() == bytes(data)


def test_damage_that_opening_cannot_see_is_told_with_the_way_out(path: Path) -> None:
    whole = path.read_bytes()
    leaf = whole.index(b'"raw":"answer 200"') // PAGE * PAGE
    path.write_bytes(whole[:leaf] + b"\xff" * PAGE + whole[leaf + PAGE :])
    assert not is_sound(path)
    with Journal.open(path) as journal, pytest.raises(DamagedError) as caught:
        list(journal.events())
    assert caught.value.hint == "run: tutor progress repair"


def test_saved_answers_count_as_before(path: Path) -> None:
    with Journal.open(path) as journal:
        before = journal.lessons(COURSE)
    journal, rescue = repair(path, Clock())
    with journal:
        assert rescue.events == COUNT
        assert journal.lessons(COURSE) == before


def test_answers_still_in_the_log_are_saved_too(path: Path) -> None:
    journal = Journal.open(path, Clock())
    reader = sqlite3.connect(path)  # keeps the log from being folded in, as a killed tutor does
    reader.execute("SELECT count(*) FROM event").fetchone()
    journal.record(place(), answered("in the log"))
    journal.close()
    replies, rescue = saved(path)
    reader.close()
    assert replies == {*ALL, "in the log"}
    assert not path.with_name(path.name + "-wal").exists()
    assert rescue.aside.exists()


def test_two_repairs_in_one_second_keep_both_files(path: Path) -> None:
    asides = []
    for _ in range(3):
        journal, rescue = repair(path, Clock())
        journal.close()
        asides.append(rescue.aside.name)
    stem = "journal-damaged-20261121-120001"
    assert asides == [f"{stem}.sqlite3", f"{stem}-2.sqlite3", f"{stem}-3.sqlite3"]
    assert len(execute(path, "SELECT id FROM event")) == COUNT
