"""One flipped bit must not cost the other events: every reader skips it, counts it and names it."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.progress.deeds import COURSE, Clock, answered, execute, fill, place
from tutor.errors import JournalError
from tutor.progress.events import Noted
from tutor.progress.exchange import export_events, import_events
from tutor.progress.journal import Journal
from tutor.progress.migrations import MIGRATIONS
from tutor.progress.opening import DamagedError
from tutor.progress.peeking import read_progress
from tutor.progress.rescue import repair
from tutor.progress.undoing import undo_latest

COUNT = 60
COLUMNS = ("id", "installation", "at", "rank", "course", "lesson", "kind", "place", "deed")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "journal.sqlite3"
    fill(path, COUNT)
    return path


@pytest.fixture
def path(tmp_path: Path, filled: Path) -> Path:
    return Path(shutil.copy(filled, tmp_path / "journal.sqlite3"))


def flip_high_bit(path: Path, column: str, seq: int = 7) -> None:
    """Make one letter of a text column what no UTF-8 text holds."""
    execute(path, "DROP TRIGGER event_no_update")
    ((value,),) = execute(path, f"SELECT {column} FROM event WHERE seq = ?", seq)
    spoilt = bytearray(str(value or "0").encode())
    spoilt[len(spoilt) // 2] ^= 0x80
    update = f"UPDATE event SET {column} = CAST(? AS TEXT) WHERE seq = ?"
    execute(path, update, bytes(spoilt), seq)


def told_by(path: Path, use: Callable[[Journal], object]) -> list[str]:
    """What the learner is told of while a journal is used."""
    told: list[str] = []
    with Journal.open(path, Clock(), told.append) as journal:
        use(journal)
    return told


@pytest.mark.parametrize("column", COLUMNS)
def test_an_event_that_no_longer_reads_is_left_out_and_named(path: Path, column: str) -> None:
    flip_high_bit(path, column)
    told = told_by(path, lambda journal: list(journal.events()))
    assert len(told) == 1
    assert "1 event cannot be read and is left out: number 7" in told[0]
    assert "tutor progress repair" in told[0]


def undo(journal: Journal) -> None:
    assert f"answer {COUNT - 1}" in undo_latest(journal)


def export(journal: Journal) -> None:
    assert export_events(journal, journal.path.with_name("out.jsonl")) == COUNT - 1


def rebuild(journal: Journal) -> None:
    assert journal.rebuild() == 1
    assert journal.lesson(COURSE, "one").tallies["q6"].answers == 5  # of six


def take_notes(journal: Journal) -> None:
    journal.record(place(), Noted(text="mine"))
    assert [event.deed for event in journal.events(Noted)] == [Noted(text="mine")]


def merge_itself(journal: Journal) -> None:
    copy = journal.path.with_name("copy.jsonl")
    export_events(journal, copy)
    assert import_events(journal, copy).added == 0


@pytest.mark.parametrize("use", [export, rebuild, undo, take_notes, merge_itself])
@pytest.mark.parametrize("column", ["deed", "place", "at"])
def test_whatever_reads_goes_on_with_the_other_events(
    path: Path, column: str, use: Callable[[Journal], object]
) -> None:
    flip_high_bit(path, column)
    told = told_by(path, use)
    assert len(told) <= 1
    assert all("number 7" in line for line in told)
    with Journal.open(path) as journal:
        assert len(list(journal.events())) >= COUNT - 1


def test_a_letter_that_changed_silently_is_found_by_its_checksum(path: Path) -> None:
    execute(path, "DROP TRIGGER event_no_update")
    execute(path, "UPDATE event SET at = replace(at, '2026', '2027') WHERE seq = 3")
    told = told_by(path, lambda journal: list(journal.events()))
    assert "number 3 (its checksum differs)" in told[0]


def test_a_few_are_named_and_many_are_counted(path: Path) -> None:
    execute(path, "DROP TRIGGER event_no_update")
    execute(path, "UPDATE event SET checksum = 0 WHERE seq <= 12")
    (line,) = told_by(path, lambda journal: list(journal.events()))
    assert line.startswith("12 events cannot be read and are left out: numbers 1, 2, 3, 4, 5 and")


def test_nothing_is_told_of_a_sound_journal(path: Path) -> None:
    assert told_by(path, lambda journal: journal.rebuild()) == []


@pytest.mark.parametrize("seed", range(40))
def test_a_single_flipped_bit_anywhere_costs_at_most_one_event_after_a_repair(
    path: Path, seed: int
) -> None:
    with Journal.open(path) as journal:
        before = {event.id: event for event in journal.events()}
    rng = random.Random(seed)
    data = bytearray(path.read_bytes())
    at = rng.randrange(4096, len(data))
    data[at] ^= 1 << rng.randrange(8)
    path.write_bytes(data)
    told: list[str] = []
    try:
        with Journal.open(path, tell=told.append) as journal:
            seen = {event.id: event for event in journal.events()}
            assert seen.items() <= before.items()
            assert len(seen) == COUNT or told
    except (DamagedError, sqlite3.DatabaseError):
        pass
    repair(path)
    with Journal.open(path) as journal:
        after = {event.id: event for event in journal.events()}
        assert journal.faults() == []
    assert after.items() <= before.items(), "nothing is made up"
    assert len(after) >= COUNT - 1 or at_inner_page(bytes(data), at)


def at_inner_page(data: bytes, at: int) -> bool:
    """Tell whether the flip hit what leads to many rows, or the number of rows on a page."""
    page = at // 4096 * 4096
    return data[page] != 0x0D or at - page < 200


def test_an_import_heals_what_a_repair_had_to_leave_out(path: Path) -> None:
    copy = path.with_name("copy.jsonl")
    with Journal.open(path) as journal:
        export_events(journal, copy)
        true = journal.lessons(COURSE)
    flip_high_bit(path, "deed")
    repair(path)
    with Journal.open(path) as journal:
        assert import_events(journal, copy).added == 1
        assert journal.lessons(COURSE) == true
        assert journal.faults() == []


def old_journal(path: Path) -> list[tuple[object, ...]]:
    """A journal as the first tutors wrote it, with some events from one of today."""
    new = path.with_name("new.sqlite3")
    fill(new, 12)
    with Journal.open(new, Clock()) as journal:
        journal.record(place(), Noted(text="a note"))
    names = "id, installation, at, rank, offset, course, lesson, place, deed"
    rows = execute(new, f"SELECT {names} FROM event ORDER BY seq")
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path)
    with connection:
        MIGRATIONS[0](connection)
        connection.execute("PRAGMA user_version = 1")
        marks = ", ".join("?" * 9)
        connection.executemany(f"INSERT INTO event ({names}) VALUES ({marks})", rows)
    connection.close()
    return rows


def test_a_journal_of_the_first_shape_is_brought_to_the_shape_of_today(tmp_path: Path) -> None:
    path = tmp_path / "old" / "journal.sqlite3"
    rows = old_journal(path)
    with Journal.open(path) as journal:
        assert [event.id for event in journal.events()] == [row[0] for row in rows]
        assert [event.deed for event in journal.events(Noted)] == [Noted(text="a note")]
        assert journal.faults() == []
        assert journal.lesson(COURSE, "one").tallies["q1"].answers == 2
        journal.record(place(), answered())
    with pytest.raises(sqlite3.IntegrityError, match="events are never changed"):
        execute(path, "UPDATE event SET at = ''")


def test_a_look_at_a_journal_of_the_first_shape_shows_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "old" / "journal.sqlite3"
    rows = old_journal(path)
    journal = Journal.peek(path)
    assert journal is not None
    with journal:
        assert len(list(journal.events())) == len(rows)


def test_an_old_journal_that_cannot_be_written_shows_what_was_done(tmp_path: Path) -> None:
    path = tmp_path / "old" / "journal.sqlite3"
    rows = old_journal(path)
    path.with_name(path.name + ".lock").mkdir()  # who cannot have the lock cannot write
    journal = Journal.peek(path)
    assert journal is not None
    with journal:
        assert len(list(journal.events())) == len(rows)
    assert read_progress(path, COURSE)["one"].tallies["q1"].answers == 2
    assert execute(path, "PRAGMA user_version") == [(1,)]


def test_a_damaged_journal_of_the_first_shape_is_rescued_too(tmp_path: Path) -> None:
    path = tmp_path / "old" / "journal.sqlite3"
    rows = old_journal(path)
    execute(path, "DROP TRIGGER event_no_update")
    execute(path, "UPDATE event SET deed = '{' WHERE seq = 2")
    data = path.read_bytes()
    root = execute(path, "SELECT rootpage FROM sqlite_master WHERE name = 'lesson_progress'")[0][0]
    assert isinstance(root, int)
    at = (root - 1) * 4096
    path.write_bytes(data[:at] + b"\xff" * 4096 + data[at + 4096 :])
    done = repair(path)
    assert done.rescue is not None
    assert (done.rescue.saved, done.rescue.lost) == (len(rows) - 1, 1)


def test_a_bad_row_in_a_journal_of_the_first_shape_does_not_stop_the_others(tmp_path: Path) -> None:
    path = tmp_path / "old" / "journal.sqlite3"
    rows = old_journal(path)
    execute(path, "DROP TRIGGER event_no_update")
    execute(path, "UPDATE event SET deed = CAST(x'7bff' AS TEXT) WHERE seq = 2")
    told: list[str] = []
    with Journal.open(path, tell=told.append) as journal:
        assert len(list(journal.events())) == len(rows) - 1
    assert "number 2" in told[0]


def test_a_spoilt_export_is_told_with_its_line(path: Path) -> None:
    copy = path.with_name("copy.jsonl")
    with Journal.open(path) as journal:
        export_events(journal, copy)
        copy.write_bytes(copy.read_bytes().replace(b"answer 7", b"answer \xff"))
        with pytest.raises(JournalError, match=f"{copy}:9: not an event"):
            import_events(journal, copy)
