"""The outbox: what a learner did reaches each store once, as it was, whatever is killed."""

import json
import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.progress.deeds import Clock
from tests.progress.deeds import fill as fill_journal
from tests.running import tutor
from tutor.errors import RecordsError
from tutor.progress.events import Noted, Passed, Place
from tutor.progress.journal import Journal
from tutor.records import learner as learners
from tutor.records.catalogue import Catalogue
from tutor.records.filling import fill, to_come
from tutor.records.learner import Learner
from tutor.records.mapping import Scribe, event_of, statement_id
from tutor.records.naming import go_by
from tutor.records.outbox import Frozen, Outbox

SCRIBE = Scribe(Learner(name="learner-of-tests"), Catalogue(lambda _name: None))


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with Outbox.open(tmp_path / "records" / "outbox.sqlite3") as opened:
        yield opened


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    fill_journal(tmp_path / "journal.sqlite3", 30)
    with Journal.open(tmp_path / "journal.sqlite3", Clock()) as opened:
        yield opened


def statements(count: int) -> list[dict[str, Any]]:
    return [{"id": str(uuid.uuid4()), "number": number} for number in range(count)]


def put(outbox: Outbox, count: int) -> list[Frozen]:
    """So many statements for any store."""
    outbox.take_in("elsewhere", statements(count))
    return list(outbox.all())[-count:]


def ids(found: list[Frozen]) -> list[str]:
    return [frozen.id for frozen in found]


def test_each_event_goes_out_once_and_what_came_since_is_all_that_is_added(
    outbox: Outbox, journal: Journal
) -> None:
    assert fill(outbox, journal, SCRIBE) == 30
    assert fill(outbox, journal, SCRIBE) == 0
    added = journal.record(Place(course="course", lesson="one", step="s"), Passed(seconds=1))
    assert fill(outbox, journal, SCRIBE) == 1
    waiting = outbox.waiting("lrs")
    assert ids(waiting) == [event.id for event in journal.events()]
    assert waiting[-1].id == added.id
    assert [event_of(json.loads(one.statement)) for one in waiting] == list(journal.events())


def test_what_was_written_once_is_never_written_otherwise(outbox: Outbox, journal: Journal) -> None:
    fill(outbox, journal, SCRIBE)
    before = list(outbox.all())
    renamed = Scribe(Learner(name="somebody"), Catalogue(lambda _name: None))
    journal.record(Place(course="course", lesson="one", step="s"), Passed())
    fill(outbox, journal, renamed)
    assert list(outbox.all())[:-1] == before
    for sql in ("UPDATE statement SET statement = 'x'", "DELETE FROM statement"):
        with sqlite3.connect(outbox.path) as behind, pytest.raises(sqlite3.IntegrityError):
            behind.execute(sql)
        behind.close()


def test_a_look_ahead_tells_what_will_be_added_and_adds_nothing(
    outbox: Outbox, journal: Journal
) -> None:
    told = list(to_come(outbox, journal, SCRIBE))
    assert outbox.count() == 0
    fill(outbox, journal, SCRIBE)
    assert [json.loads(one.statement) for one in outbox.all()] == told
    assert list(to_come(outbox, journal, SCRIBE)) == []


def test_notes_stay_and_go_along_as_soon_as_the_learner_says_so(
    outbox: Outbox, journal: Journal
) -> None:
    noted = journal.record(Place(course="course", lesson="one", step="s"), Noted(text="mine"))
    fill(outbox, journal, SCRIBE)
    assert outbox.get(noted.id) is None
    fill(outbox, journal, Scribe(Learner(name="learner-of-tests", notes=True), SCRIBE.catalogue))
    assert b'"mine"' in (outbox.get(noted.id) or b"")
    assert outbox.count() == 31


def test_a_journal_from_a_backup_that_went_another_way_is_read_anew(
    outbox: Outbox, journal: Journal, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.sqlite3"
    with sqlite3.connect(backup) as copy:
        sqlite3.connect(journal.path).backup(copy)
    copy.close()
    for _ in range(5):
        journal.record(Place(course="course", lesson="one", step="s"), Passed())
    fill(outbox, journal, SCRIBE)
    with Journal.open(backup, Clock()) as other:
        new = [
            other.record(Place(course="course", lesson="one", step="t"), Passed())
            for _ in "1234567"
        ]
        assert fill(outbox, other, SCRIBE) == 7
    assert ids(list(outbox.all()))[-7:] == [event.id for event in new]


def test_batches_are_as_small_as_a_store_wants_them_and_never_empty(outbox: Outbox) -> None:
    frozen = put(outbox, 10)
    assert ids(outbox.waiting("lrs", limit=4)) == ids(frozen[:4])
    size = len(frozen[0].statement)
    assert ids(outbox.waiting("lrs", most_bytes=3 * size)) == ids(frozen[:3])
    assert ids(outbox.waiting("lrs", most_bytes=1)) == ids(frozen[:1])


def test_each_store_goes_on_where_it_was(outbox: Outbox) -> None:
    frozen = put(outbox, 6)
    outbox.acknowledge("one", frozen[3].seq)
    outbox.acknowledge("one", frozen[1].seq)  # an old answer takes nothing back
    assert ids(outbox.waiting("one")) == ids(frozen[4:])
    assert ids(outbox.waiting("two")) == ids(frozen)
    outbox.forget("one")
    assert ids(outbox.waiting("one")) == ids(frozen)


def test_what_one_store_refuses_is_named_and_holds_up_nothing(outbox: Outbox) -> None:
    frozen = put(outbox, 6)
    outbox.refuse("lrs", frozen[2].seq, 400, "no verb")
    assert ids(outbox.waiting("lrs")) == ids([*frozen[:2], *frozen[3:]])
    outbox.acknowledge("lrs", frozen[5].seq)
    found = outbox.standing("lrs")
    assert (found.acknowledged, found.waiting) == (5, 0)
    assert found.refused == ((frozen[2].seq, frozen[2].id, 400, "no verb"),)
    assert outbox.standing("other").waiting == 6


def test_what_was_refused_can_be_tried_again_and_nothing_else_is(outbox: Outbox) -> None:
    frozen = put(outbox, 8)
    for number in (2, 5):
        outbox.refuse("lrs", frozen[number].seq, 400, "no verb")
    outbox.acknowledge("lrs", frozen[6].seq)
    assert outbox.retry("lrs") == 2
    assert ids(outbox.waiting("lrs")) == ids([frozen[2], frozen[5], frozen[7]])
    outbox.acknowledge("lrs", frozen[7].seq)
    assert outbox.standing("lrs") == (standing := outbox.standing("lrs"))
    assert (standing.acknowledged, standing.waiting, standing.refused) == (8, 0, ())
    assert outbox.retry("lrs") == 0


def test_what_came_from_one_store_goes_unchanged_to_another_and_not_back(outbox: Outbox) -> None:
    own = put(outbox, 2)
    theirs = {"id": "0D3C5B1E-52A1-4C7E-9D55-0D6A3A1B2C3D", "verb": {"id": "did"}}
    shown = {**theirs, "stored": "now", "authority": {}, "version": "1.0.3"}
    assert outbox.take_in("one", [shown, {"id": own[0].id, "other": "bytes"}]) == 1
    assert ids(outbox.waiting("one")) == ids(own[1:])
    assert json.loads(outbox.waiting("two")[-1].statement) == theirs
    assert outbox.take_in("one", [shown]) == 0


def test_what_somebody_answered_is_readable_by_nobody_else(outbox: Outbox) -> None:
    assert stat.S_IMODE(outbox.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(outbox.path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "rubbish", [b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4080]
)
def test_a_damaged_outbox_is_made_anew_from_the_journal(
    tmp_path: Path, journal: Journal, rubbish: bytes
) -> None:
    path = tmp_path / "outbox.sqlite3"
    with Outbox.open(path) as outbox:
        fill(outbox, journal, SCRIBE)
        before = list(outbox.all())
    path.write_bytes(rubbish)
    told: list[str] = []
    with Outbox.open(path, told.append) as outbox:
        assert fill(outbox, journal, SCRIBE) == 30
        assert list(outbox.all()) == before
    assert "damaged" in told[0]
    assert next(tmp_path.glob("outbox.sqlite3.damaged-*")).read_bytes() == rubbish


def test_a_newer_tutors_outbox_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "outbox.sqlite3"
    Outbox.open(path).close()
    with sqlite3.connect(path) as behind:
        behind.execute("PRAGMA user_version = 9")
    behind.close()
    with pytest.raises(RecordsError, match="newer tutor"):
        Outbox.open(path)


def test_a_name_that_no_store_knows_is_changed_and_nothing_else(
    tmp_path: Path, journal: Journal
) -> None:
    first = learners.kept_or_made(tmp_path)
    assert learners.kept_or_made(tmp_path) == first
    path = tmp_path / "outbox.sqlite3"
    with Outbox.open(path) as outbox:
        fill(outbox, journal, Scribe(first, SCRIBE.catalogue))
    second = learners.named("wren 12")
    assert not go_by(tmp_path, second)
    assert learners.kept(tmp_path) == second
    with Outbox.open(path) as outbox:
        assert fill(outbox, journal, Scribe(second, SCRIBE.catalogue)) == 30
        assert ids(list(outbox.all())) == [event.id for event in journal.events()]
        outbox.acknowledge("lrs", 3)
    assert not go_by(tmp_path, Learner(name="wren 12", notes=True))
    assert learners.kept(tmp_path) == Learner(name="wren 12", notes=True)


@pytest.mark.parametrize("is_removed", [False, True])
def test_a_second_machine_that_began_under_a_name_of_its_own_can_still_be_joined(
    tmp_path: Path,
    journal: Journal,
    is_removed: bool,  # noqa: FBT001
) -> None:
    go_by(tmp_path, learners.named("by accident"))
    path = tmp_path / "outbox.sqlite3"
    with Outbox.open(path) as outbox:
        fill(outbox, journal, Scribe(learners.kept_or_made(tmp_path), SCRIBE.catalogue))
        at_the_store = {frozen.id for frozen in outbox.all()}
        outbox.acknowledge("lrs", 30)
        if is_removed:
            outbox.forget("lrs")
    assert go_by(tmp_path, learners.named("wren 12"))
    assert not go_by(tmp_path, learners.named("wren 12"))  # added once more
    joined = Scribe(learners.kept_or_made(tmp_path), SCRIBE.catalogue)
    with Outbox.open(path) as outbox, Journal.open(tmp_path / "first.sqlite3", Clock()) as first:
        assert fill(outbox, journal, joined) == 30
        anew = [json.loads(frozen.statement) for frozen in outbox.waiting("lrs")]
        assert not at_the_store & {one["id"] for one in anew}  # each of which would be a conflict
        assert [event_of(one) for one in anew] == list(journal.events())
        elsewhere = first.record(Place(course="course", lesson="one", step="s"), Passed())
        wren = Scribe(Learner(name="wren 12"), SCRIBE.catalogue)
        outbox.take_in("lrs", [wren.statement(elsewhere)])
        journal.merge([elsewhere])
        assert fill(outbox, journal, joined) == 0  # it has its id from the first machine


@pytest.mark.parametrize("name", ["", "  ", "a@b.example", "x" * 101, "a\u202eb", "a\x07b"])
def test_a_name_is_no_address_and_can_be_read(name: str) -> None:
    with pytest.raises(RecordsError):
        learners.named(name)


def test_a_spoilt_name_is_not_replaced_in_silence(tmp_path: Path) -> None:
    (tmp_path / learners.FILE).write_text("{")
    with pytest.raises(RecordsError, match="cannot be read"):
        learners.kept_or_made(tmp_path)


def test_doctor_tells_how_much_is_kept_and_what_is_damaged(home: Path, journal: Journal) -> None:
    folder = home / "records"
    with Outbox.open(folder / "outbox.sqlite3") as outbox:
        fill(outbox, journal, Scribe(learners.kept_or_made(folder), SCRIBE.catalogue))
        outbox.acknowledge("a secret school", 3)
    said = tutor("doctor").stdout
    assert "30 written out, sound" in said
    assert "learner-" not in said
    assert "secret" not in said
    whole = outbox.path.read_bytes()
    outbox.path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    done = tutor("doctor")
    assert done.returncode == 1
    assert "made anew from the journal" in done.stdout
    assert len(outbox.path.read_bytes()) == len(whole)


def test_a_full_disk_is_one_clear_line_and_the_rest_follows_when_there_is_room(
    tmp_path: Path,
) -> None:
    fill_journal(tmp_path / "journal.sqlite3", 400)
    Outbox.open(tmp_path / "outbox.sqlite3").close()
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
    done = subprocess.run(
        [sys.executable, "-c", limit + CHILD, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "RecordsError" in done.stderr.splitlines()[-1]
    with (
        Outbox.open(tmp_path / "outbox.sqlite3") as outbox,
        Journal.open(tmp_path / "journal.sqlite3") as journal,
    ):
        some = outbox.count()
        assert some < 400
        assert fill(outbox, journal, SCRIBE) == 400 - some
        assert ids(list(outbox.all())) == [event.id for event in journal.events()]


def test_two_windows_that_send_at_once_write_everything_out_once(tmp_path: Path) -> None:
    events = fill_journal(tmp_path / "journal.sqlite3", 400)
    words = [sys.executable, "-c", CHILD, str(tmp_path)]
    both = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    sent = [child.communicate()[0].split()[1:] for child in both]
    assert [child.returncode for child in both] == [0, 0]
    assert set(sent[0]) | set(sent[1]) == {event.id for event in events}
    with Outbox.open(tmp_path / "outbox.sqlite3") as outbox:
        assert ids(list(outbox.all())) == [event.id for event in events]
        assert outbox.standing("lrs").waiting == 0


CHILD = """
import sys
from pathlib import Path
from tests.records.test_outbox import SCRIBE
from tutor.progress.journal import Journal
from tutor.records.filling import fill
from tutor.records.outbox import Outbox
import tutor.records.filling as filling
filling.BATCH = 20
home = Path(sys.argv[1])
journal, outbox = Journal.peek(home / "journal.sqlite3"), Outbox.open(home / "outbox.sqlite3")
with journal, outbox:
    print("ready", flush=True)
    fill(outbox, journal, SCRIBE)
    for frozen in outbox.all_waiting("lrs"):
        print(frozen.id, flush=True)
        outbox.acknowledge("lrs", frozen.seq)
"""


def test_a_kill_at_any_point_loses_nothing_and_sends_at_most_one_again(tmp_path: Path) -> None:
    events = fill_journal(tmp_path / "journal.sqlite3", 400)
    chance, kills = random.Random(18), 0
    sent: list[str] = []
    while len(set(sent)) < 400:
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        if kills < 12:
            kills += 1
            time.sleep(chance.uniform(0, 0.15))
            os.kill(child.pid, signal.SIGKILL)
        sent += child.stdout.read().split()
        child.wait()
        child.stdout.close()
    assert list(dict.fromkeys(sent)) == [statement_id(event.id) for event in events]
    assert len(sent) - 400 <= kills
    with Outbox.open(tmp_path / "outbox.sqlite3") as outbox:
        assert outbox.standing("lrs").acknowledged == outbox.count() == 400
