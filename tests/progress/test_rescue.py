"""A damaged journal: replaced in one step, kept beside it, and as much saved as still reads."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.progress.deeds import COURSE, Clock, answered, execute, fill, place
from tests.progress.writing import writer
from tutor.errors import JournalError
from tutor.progress.journal import Journal
from tutor.progress.opening import DamagedError
from tutor.progress.rescue import Repair, open_journal, repair
from tutor.progress.setting_aside import set_aside
from tutor.screen.journal_view import repaired

ROOT = Path(__file__).parents[2]
COUNT = 400
PAGE = 4096
TABLE_LEAF = 0x0D
ON_A_PAGE = 16
"""More answers than one page holds."""
SPOIL = "UPDATE event SET deed = replace(deed, 'answer 7\"', 'answer 8\"') WHERE seq = 8"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "journal.sqlite3"
    fill(path, COUNT)
    return path


@pytest.fixture(scope="module")
def thirty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal of so many answers."""
    path = tmp_path_factory.mktemp("thirty") / "journal.sqlite3"
    fill(path, 30)
    return path


@pytest.fixture
def path(tmp_path: Path, filled: Path) -> Path:
    return Path(shutil.copy(filled, tmp_path / "journal.sqlite3"))


def spoil(path: Path, statement: str = SPOIL) -> None:
    """Change a row without its checksum, as a flipped bit does."""
    execute(path, "DROP TRIGGER event_no_update")
    execute(path, statement)


def replies(path: Path) -> set[str]:
    """What the learner answered, by a journal that must be sound."""
    with Journal.open(path) as journal:
        assert journal.faults() == []
        return {event.deed.raw for event in journal.events()}  # type: ignore[union-attr]


ALL = {f"answer {number}" for number in range(COUNT)}


def no_header(data: bytes) -> bytes:
    return b"\0" * 100 + data[100:]


def other_file(_: bytes) -> bytes:
    return b"Dear diary, this is no database.\n" * 100


def flipped(data: bytes, at: int, bits: int = 0x41) -> bytes:
    return data[:at] + bytes([data[at] ^ bits]) + data[at + 1 :]


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def a_few_bytes(data: bytes) -> bytes:
    return data[:50]


def a_line_of_text(_: bytes) -> bytes:
    return b"not a journal, 24 bytes\n"


@pytest.mark.parametrize("damage", [no_header, other_file, half, a_few_bytes, a_line_of_text])
def test_a_damaged_journal_is_kept_as_it_was_and_a_new_one_opened(
    path: Path, damage: Callable[[bytes], bytes]
) -> None:
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)
    journal, rescue = open_journal(path, Clock())
    with journal:
        journal.record(place(), answered("after"))
        assert journal.faults() == []
    assert rescue is not None
    assert rescue.aside is not None
    assert rescue.aside.name == "journal-damaged-20261121-120001.sqlite3"
    assert rescue.aside.read_bytes() == damaged


@pytest.mark.parametrize("use", [open_journal, repair])
@pytest.mark.parametrize("at", range(112))
def test_one_flipped_byte_in_the_first_page_costs_no_answer(
    tmp_path: Path, thirty: Path, at: int, use: Callable[[Path, Clock], object]
) -> None:
    path = Path(shutil.copy(thirty, tmp_path / "journal.sqlite3"))
    with Journal.open(path) as journal:
        name = journal.installation
    path.write_bytes(flipped(path.read_bytes(), at))
    done = use(path, Clock())
    if isinstance(done, tuple):  # opened: what does not hinder reading may stay until a repair
        done[0].close()
        repair(path, Clock())
    assert replies(path) == {f"answer {number}" for number in range(30)}
    with Journal.open(path) as journal:
        journal.record(place(), answered("after"))
        assert journal.installation == name


@pytest.mark.parametrize("shape", [0, 1, -1, 67, 2**30])
def test_a_spoilt_number_of_the_shape_is_mended_and_not_taken_for_a_newer_tutors(
    path: Path, shape: int
) -> None:
    execute(path, f"PRAGMA user_version = {shape}")
    repair(path, Clock())
    assert replies(path) == ALL


def test_a_newer_tutors_journal_is_left_alone(path: Path) -> None:
    execute(path, "PRAGMA user_version = 3")
    with pytest.raises(JournalError, match="newer tutor"):
        repair(path)


def test_a_lost_header_costs_no_answer_be_it_short_or_longer_than_a_page(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    said = {f"{number} {'word ' * number * 40}" for number in range(100)}
    with Journal.open(path, Clock()) as journal:
        for raw in said:
            journal.record(place(), answered(raw))
    path.write_bytes(no_header(path.read_bytes()))
    repair(path, Clock())
    assert replies(path) == said


@pytest.mark.parametrize("size", [512, 1024, 16384, 65536])
def test_a_lost_header_costs_no_answer_whatever_the_size_of_a_page(path: Path, size: int) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute(f"PRAGMA page_size = {size}")
    connection.execute("VACUUM")
    connection.close()
    path.write_bytes(no_header(path.read_bytes()))
    repair(path, Clock())
    assert replies(path) == ALL


def test_nothing_is_called_empty_of_which_nothing_could_be_read(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    path.write_bytes(other_file(b""))
    said = "\n".join(repaired(repair(path, Clock())))
    assert "Keep it" in said
    assert "delete" not in said


@pytest.mark.parametrize("use", [open_journal, repair])
@pytest.mark.parametrize("at", [0, 15, 16, 17, 18, 19, 20, 21, 31, 47, 59, 60, 63, 100, 103, 108])
def test_a_spoilt_first_page_costs_no_answer_that_is_still_in_the_log(
    path: Path, at: int, use: Callable[[Path, Clock], object]
) -> None:
    with writer(path, 100_000) as process:
        assert process.stdout is not None
        told = {process.stdout.readline().strip() for _ in range(20)}
        process.kill()
        told |= set(process.stdout.read().split())
    assert path.with_name(path.name + "-wal").stat().st_size
    path.write_bytes(flipped(path.read_bytes(), at))
    done = use(path, Clock())
    if isinstance(done, tuple):
        done[0].close()
    repair(path, Clock())
    with Journal.open(path) as journal:
        assert journal.faults() == []
        found = list(journal.events())
    assert {event.id for event in found} >= told
    assert {getattr(event.deed, "raw", "") for event in found} >= ALL


def test_an_empty_file_in_the_place_of_the_journal_is_told_and_replaced(path: Path) -> None:
    path.write_bytes(b"")
    with pytest.raises(DamagedError, match="is empty"):
        Journal.peek(path)
    journal, rescue = open_journal(path)
    journal.close()
    assert rescue is not None
    assert rescue.aside is None
    assert set_aside(path) == []


def test_a_journal_cut_to_nothing_beside_its_log_is_not_begun_anew_over_it(path: Path) -> None:
    path.write_bytes(b"")
    log = path.with_name(path.name + "-wal")
    log.write_bytes(b"all that is left")
    journal, rescue = open_journal(path)
    journal.close()
    assert rescue is not None
    assert rescue.aside is not None
    kept = rescue.aside.with_name(rescue.aside.name + "-wal")
    assert kept.read_bytes() == b"all that is left"


def test_a_log_that_stays_beside_the_file_set_aside_is_named_with_it(path: Path) -> None:
    path.write_bytes(b"")
    path.with_name(path.name + "-wal").write_bytes(b"all that is left")
    done = repair(path, Clock())
    (log,) = path.parent.glob("journal-old-*-wal")
    assert f" and {log}" in "\n".join(repaired(done))


def test_a_sound_journal_is_left_as_it_is(path: Path) -> None:
    before = path.stat().st_ino
    assert repair(path) == Repair()
    journal, rescue = open_journal(path)
    journal.close()
    assert rescue is None
    assert path.stat().st_ino == before
    assert replies(path) == ALL


def test_progress_that_is_off_is_computed_anew_where_it_stands(path: Path) -> None:
    with Journal.open(path) as journal:
        true = journal.lessons(COURSE)
    execute(path, "UPDATE derived SET state = x'c1'")
    before = path.stat().st_ino
    assert repair(path) == Repair(rebuilt=(f"{COURSE}/one",))
    assert path.stat().st_ino == before
    assert list(path.parent.glob("*damaged*")) == []
    with Journal.open(path) as journal:
        assert journal.lessons(COURSE) == true


def test_an_event_that_does_not_read_is_counted_and_the_others_saved(path: Path) -> None:
    spoil(path)
    done = repair(path, Clock())
    assert done.rescue is not None
    assert (done.rescue.saved, done.rescue.lost) == (COUNT - 1, 1)
    assert replies(path) == ALL - {"answer 7"}
    (back,) = done.returned
    assert (back.added, back.known, back.lost) == (0, COUNT - 1, 1)
    assert back.aside.name == "journal-old-20261121-120001.sqlite3"


def test_numbers_and_the_journals_name_stay_what_they_were(path: Path) -> None:
    with Journal.open(path) as journal:
        name = journal.installation
        numbers = [(seq, event.id) for seq, event in journal.numbered() if seq != 8]
    spoil(path)
    repair(path)
    with Journal.open(path) as journal:
        assert journal.installation == name
        assert [(seq, event.id) for seq, event in journal.numbered()] == numbers


def test_of_a_journal_cut_in_half_the_older_half_is_saved(path: Path) -> None:
    path.write_bytes(half(path.read_bytes()))
    repair(path)
    saved = replies(path)
    assert saved <= ALL
    assert len(saved) > COUNT / 8


@pytest.mark.parametrize("seed", range(3))
def test_one_bad_page_costs_no_more_than_its_own_answers(path: Path, seed: int) -> None:
    whole = path.read_bytes()
    leaves = [
        at
        for at in range(PAGE, len(whole), PAGE)
        if whole[at] == TABLE_LEAF and b'"deed":"answered"' in whole[at : at + PAGE]
    ]
    assert len(leaves) > COUNT / ON_A_PAGE
    for at in [*random.Random(seed).sample(leaves, 6), leaves[-1]]:
        path.write_bytes(whole[:at] + random.Random(at).randbytes(PAGE) + whole[at + PAGE :])
        repair(path)
        saved = replies(path)
        assert saved <= ALL
        assert len(saved) >= COUNT - ON_A_PAGE, f"page {at // PAGE} of {len(whole) // PAGE}"


@pytest.mark.parametrize("seed", range(15))
def test_whatever_is_damaged_nothing_is_made_up_and_nothing_fails(path: Path, seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(rng.choice([1, 10, 100])):
        at = rng.randrange(len(data))
        data[at : at + rng.choice([1, 1, 40])] = rng.randbytes(1)
    path.write_bytes(data)
    done = repair(path, Clock())
    with Journal.open(path) as journal:
        assert journal.faults() == []
        journal.record(place(), answered())
        saved = done.rescue.saved if done.rescue else COUNT
        assert len(list(journal.events())) == saved + 1
    assert repair(path) == Repair()


def test_damage_that_opening_cannot_see_is_told_with_the_way_out(path: Path) -> None:
    whole = path.read_bytes()
    leaf = whole.index(b'"raw":"answer 200"') // PAGE * PAGE
    path.write_bytes(whole[:leaf] + b"\xff" * PAGE + whole[leaf + PAGE :])
    with Journal.open(path) as journal:
        assert journal.look_over(deep=True).is_damaged
        with pytest.raises(DamagedError) as caught:
            list(journal.events())
    assert caught.value.hint == "run: tutor progress repair"


def test_saved_answers_count_as_before(path: Path) -> None:
    with Journal.open(path) as journal:
        before = journal.lessons(COURSE)
    path.write_bytes(path.read_bytes()[:-PAGE] + b"\xff" * PAGE)
    repair(path)
    with Journal.open(path) as journal:
        if len(list(journal.events())) == COUNT:
            assert journal.lessons(COURSE) == before


def test_answers_still_in_the_log_are_saved_too(path: Path) -> None:
    spoil(path)
    journal = Journal.open(path, Clock())
    reader = sqlite3.connect(path)  # keeps the log from being folded in, as a killed tutor does
    reader.execute("SELECT count(*) FROM event").fetchone()
    journal.record(place(), answered("in the log"))
    journal.close()
    done = repair(path)
    reader.close()
    assert done.rescue is not None
    assert replies(path) == {*ALL, "in the log"} - {"answer 7"}


def test_several_files_set_aside_keep_their_names_apart(path: Path) -> None:
    asides = []
    for _ in range(3):
        spoil(path, "UPDATE event SET checksum = 0 WHERE seq = (SELECT max(seq) FROM event)")
        (back,) = repair(path, Clock()).returned
        asides.append(back.aside.name)
    stem = "journal-old-20261121-120001"
    assert asides == [f"{stem}.sqlite3", f"{stem}-2.sqlite3", f"{stem}-3.sqlite3"]
    assert len(execute(path, "SELECT id FROM event")) == COUNT - 3


def test_what_is_set_aside_stays_named_until_a_repair_has_taken_it_back(
    path: Path, tmp_path: Path
) -> None:
    fill(tmp_path / "other.sqlite3", 5)
    aside = (tmp_path / "other.sqlite3").rename(tmp_path / "journal-damaged-x.sqlite3")
    assert set_aside(path) == [aside]
    (back,) = repair(path).returned
    assert (back.added, back.known, back.lost) == (5, 0, 0)
    assert set_aside(path) == []
    assert back.aside.exists()
    assert repair(path) == Repair()


def test_a_journal_that_an_older_tutor_moved_away_and_never_replaced_is_taken_back(
    path: Path,
) -> None:
    aside = path.rename(path.with_name("journal-damaged-20261121-120001.sqlite3"))
    assert set_aside(path) == [aside]
    repair(path)
    assert replies(path) == ALL


def test_a_repair_beside_tutors_that_write_moves_nothing_and_stops_nobody(path: Path) -> None:
    with writer(path, 10_000) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(5)]
        before = path.stat().st_ino
        for _ in range(10):
            assert repair(path) == Repair()
        assert path.stat().st_ino == before
        told += [process.stdout.readline().strip() for _ in range(5)]
        process.kill()
        told += process.stdout.read().split()
    with Journal.open(path) as journal:
        assert {event.id for event in journal.events()} >= set(told)


def test_a_tutor_goes_on_in_the_file_that_a_repair_has_put_in_the_place_of_its_own(
    path: Path,
) -> None:
    with writer(path, 100_000) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(5)]
        spoil(path)
        before = path.stat().st_ino
        done = repair(path)
        assert done.rescue is not None
        assert path.stat().st_ino != before
        told += [process.stdout.readline().strip() for _ in range(200)]
        process.kill()
        told += process.stdout.read().split()
    with Journal.open(path) as journal:
        assert journal.faults() == []
        assert {event.id for event in journal.events()} >= set(told)
    assert repair(path) == Repair()


def test_a_journal_in_two_windows_follows_a_repair_in_a_third(path: Path) -> None:
    with Journal.open(path, Clock()) as one, Journal.open(path, Clock()) as other:
        one.record(place(), answered("before"))
        spoil(path)
        repair(path)
        other.record(place(), answered("after, by the other"))
        one.record(place(), answered("after, by the one"))
        assert one.lessons(COURSE) == other.lessons(COURSE)
    words = {"before", "after, by the other", "after, by the one"}
    assert replies(path) == ALL | words  # the spoilt row was in the log, the sound one in the file


def touched(path: Path) -> dict[str, bytes]:
    """Every file beside the journal, but for the lock and the index of an empty log."""
    files = [file for file in path.parent.iterdir() if file.is_file() and file.stat().st_size]
    passing = (".lock", "-shm")
    return {file.name: file.read_bytes() for file in files if not file.name.endswith(passing)}


@pytest.mark.parametrize("kind", ["a spoilt row", "a spoilt page", "no header", "in the log"])
def test_a_repair_that_is_cut_short_at_any_step_loses_nothing(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "journal.sqlite3"
    fill(path, 30)
    data = path.read_bytes()
    if kind == "a spoilt page":
        leaf = data.index(b'"raw":"answer 20"') // PAGE * PAGE
        path.write_bytes(data[:leaf] + b"\xff" * PAGE + data[leaf + PAGE :])
    elif kind == "no header":
        path.write_bytes(no_header(data))
    else:
        spoil(path)
    if kind == "in the log":
        leave_in_the_log(path)
    folder = tmp_path / "journals"
    folder.mkdir()
    for file in tmp_path.glob("journal.sqlite3*"):
        file.rename(folder / file.name)
    places = [str(folder / path.name), str(tmp_path / "work")]
    done = subprocess.run(
        [sys.executable, "-m", "tests.progress.cut_short", *places],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    *lost, times = done.stdout.splitlines()
    assert lost == []
    assert int(times) > 10


def leave_in_the_log(path: Path) -> None:
    """Answers in the log only, as a tutor leaves them that is killed."""
    with writer(path, 100_000) as process:
        assert process.stdout is not None
        for _ in range(20):
            process.stdout.readline()
        process.kill()
    assert path.with_name(path.name + "-wal").stat().st_size


@pytest.mark.parametrize("room", [0, 30_000, 100_000])
def test_a_full_disk_leaves_a_damaged_journal_as_it_was_and_says_so(path: Path, room: int) -> None:
    spoil(path)
    before = touched(path)
    code = (
        "import resource, sys; from pathlib import Path; from tutor.progress.rescue import repair;"
        "from tutor.errors import JournalError\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))\n"
        "try: repair(Path(sys.argv[1]))\n"
        "except JournalError as error: print(error.message)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    assert "the disk is full or failing" in done.stdout
    assert "nothing was changed" in done.stdout or "is still there" in done.stdout
    assert touched(path) == before
    assert repair(path).rescue is not None
    assert replies(path) == ALL - {"answer 7"}


@pytest.mark.parametrize("what", ["a folder", "a pipe", "a device"])
def test_what_is_no_file_is_told_at_once_and_left_alone(tmp_path: Path, what: str) -> None:
    path = tmp_path / "journal.sqlite3"
    if what == "a folder":
        path.mkdir()
    elif what == "a pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/null")
    for use in (Journal.open, Journal.peek, open_journal, repair):
        with pytest.raises(JournalError, match="cannot be your journal") as caught:
            use(path)
        assert "TUTOR_HOME" in caught.value.hint
