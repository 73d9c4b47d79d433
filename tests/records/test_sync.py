"""Two machines and a store: what was learnt is there, once, on both, whatever fails on the way."""

import datetime
import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.records.learning import COURSE, STORE, Desk, at_desk, way_to
from tests.records.store_server import USER, Fault, Store, keeping
from tutor.errors import StoreError
from tutor.progress.events import Noted
from tutor.records.access import Access
from tutor.records.client import Client
from tutor.records.pushing import BATCH, MOST_IN_A_ROW
from tutor.records.sync import Synced

A_WEEK = 7


@pytest.fixture
def store() -> Iterator[Store]:
    with keeping() as kept:
        yield kept


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with at_desk(tmp_path / "laptop") as opened:
        yield opened


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    with at_desk(tmp_path / "tablet", seed=1) as opened:
        yield opened


def ids(desk: Desk) -> list[str]:
    """What the outbox of a machine holds."""
    return [one.id for one in desk.machine.outbox.all()]


def learnt(desk: Desk, count: int = 120) -> Desk:
    desk.learn(count)
    return desk


def test_everything_goes_out_once(store: Store, desk: Desk) -> None:
    learnt(desk)
    done = desk.sync(way_to(store.url))
    assert done.pushed.stored == len(store.statements)
    assert list(store.statements) == ids(desk)
    assert desk.sync(way_to(store.url)).pushed.stored == 0
    assert desk.machine.outbox.standing(STORE).waiting == 0


def test_two_machines_know_the_same_after_each_has_synced(
    store: Store, desk: Desk, other: Desk
) -> None:
    learnt(desk)
    learnt(other)
    for machine in (desk, other, desk):
        machine.sync(way_to(store.url))
    other.clock.now = desk.clock.now
    assert desk.standing() == other.standing()
    assert desk.standing()["report"][0].mastery
    assert set(ids(desk)) == set(ids(other)) == set(store.statements)


def test_a_second_pull_brings_nothing_and_writes_nothing(
    store: Store, desk: Desk, other: Desk
) -> None:
    learnt(desk)
    desk.sync(way_to(store.url))
    assert other.sync(way_to(store.url)).pulled.added == len(desk.events)
    written = other.journal.path.stat().st_mtime_ns, other.journal.count()
    assert other.sync(way_to(store.url)).pulled.added == 0
    assert written == (other.journal.path.stat().st_mtime_ns, other.journal.count())


def test_what_another_learner_did_is_not_taken_in(store: Store, desk: Desk, tmp_path: Path) -> None:
    with at_desk(tmp_path / "crow", "crow-3") as crow:
        learnt(crow).sync(way_to(store.url))
    before = desk.sync(way_to(store.url))
    assert before.pulled.added == 0
    assert desk.journal.count() == 0


def test_a_store_that_gives_everybodys_statements_makes_nobody_somebody_else(
    store: Store, desk: Desk, tmp_path: Path
) -> None:
    """One that forgets the filter, as one does in its link to the next page."""
    with at_desk(tmp_path / "crow", "crow-3") as crow:
        learnt(crow).sync(way_to(store.url))
    store.forgets_filter = True
    assert desk.sync(way_to(store.url)).pulled.added == 0
    assert desk.journal.count() == 0


def changed(statement: dict[str, Any], **deed: Any) -> dict[str, Any]:
    """A statement whose event says something else."""
    copy: dict[str, Any] = json.loads(json.dumps(statement))
    (event,) = copy["context"]["extensions"].values()
    event["deed"] |= deed
    return copy


def test_a_conflict_is_set_aside_alone(store: Store, desk: Desk) -> None:
    learnt(desk)
    desk.machine.outbox.close()
    with keeping() as elsewhere:
        with at_desk(desk.journal.path.parent) as again:
            again.sync(way_to(elsewhere.url), "elsewhere")
        event = next(one for one in desk.events if hasattr(one.deed, "raw"))
        planted = changed(elsewhere.statements[event.id], raw="something else")
    store.take([planted], "somebody")
    with at_desk(desk.journal.path.parent) as again:
        done = again.sync(way_to(store.url))
        refused = again.machine.outbox.standing(STORE).refused
        assert [one.id for one in refused] == [event.id]
        assert "another statement" in refused[0].reason
        assert done.pushed.refused == 1
        assert set(store.statements) == set(ids(again))
        assert done.pulled.conflicts == 1
        assert event in list(again.journal.events())


@pytest.mark.parametrize("half", ["\ud800", "x\udfffy", "\U0001f600 \ud83d"])
def test_half_a_character_in_a_statement_stops_no_sync(
    store: Store, desk: Desk, other: Desk, half: str
) -> None:
    """JSON can escape what no file can hold, and whoever may write can write in another's name."""
    learnt(desk)
    desk.sync(way_to(store.url))
    event = next(one for one in desk.events if hasattr(one.deed, "raw"))
    store.statements[event.id] = changed(store.statements[event.id], said=half) | {half: half}
    assert other.sync(way_to(store.url)).pulled.added == len(desk.events)
    assert other.sync(way_to(store.url)).pulled.added == 0
    assert event.id in ids(other)


def poison(desk: Desk, count: int = 1) -> list[str]:
    """Statements in the outbox that no store takes."""
    names = [str(uuid.uuid4()) for _ in range(count)]
    desk.machine.outbox.take_in("nowhere", ({"id": name, "verb": {}} for name in names))
    return names


def test_a_poisonous_statement_is_set_aside_alone_with_the_reason(store: Store, desk: Desk) -> None:
    learnt(desk)
    bad = poison(desk, 3)
    desk.learn(200)
    desk.sync(way_to(store.url))
    refused = desk.machine.outbox.standing(STORE).refused
    assert [one.id for one in refused] == bad
    assert all("not a statement" in one.reason for one in refused)
    assert set(store.statements) == set(ids(desk)) - set(bad)


def test_a_store_that_refuses_whatever_it_is_sent_makes_nothing_be_set_aside(
    store: Store, desk: Desk
) -> None:
    learnt(desk)
    store.refuses_all = True
    with pytest.raises(StoreError, match="refuses whatever it is sent: no"):
        desk.sync(way_to(store.url))
    standing = desk.machine.outbox.standing(STORE)
    assert standing.refused == ()
    assert standing.waiting == len(ids(desk))
    assert len(store.posts) < 3 * MOST_IN_A_ROW


@pytest.mark.parametrize("is_strict", [False, True], ids=["200 or 204", "409"])
@pytest.mark.parametrize("lost", [1, 2, 3])
def test_an_answer_that_is_lost_costs_a_batch_again_and_nothing_is_there_twice(
    store: Store, desk: Desk, lost: int, *, is_strict: bool
) -> None:
    store.repeated_is_conflict = is_strict
    learnt(desk, 300)
    calls = iter(range(1, 10_000))
    store.faults = lambda method: (
        Fault.CUT_AFTER if method == "POST" and next(calls) == lost else None
    )
    with pytest.raises(StoreError, match="broke"):
        desk.sync(way_to(store.url))
    kept = desk.machine.outbox.standing(STORE).acknowledged
    assert kept == BATCH * (lost - 1)
    assert len(store.statements) == min(kept + BATCH, len(ids(desk)))
    desk.sync(way_to(store.url))
    assert list(store.statements) == ids(desk)
    assert desk.machine.outbox.standing(STORE).refused == ()


def test_an_outbox_that_was_lost_sends_nothing_twice(store: Store, desk: Desk) -> None:
    """A strict store says 409 to all of it, and has all of it."""
    store.repeated_is_conflict = True
    learnt(desk, 300)
    desk.sync(way_to(store.url))
    before = list(store.statements)
    folder = desk.journal.path.parent
    desk.machine.outbox.close()
    for file in folder.glob("outbox*"):
        file.unlink()
    with at_desk(folder) as again:
        again.sync(way_to(store.url))
        assert again.machine.outbox.standing(STORE).refused == ()
        assert again.machine.outbox.standing(STORE).waiting == 0
    assert list(store.statements) == before


def test_a_pull_that_breaks_off_leaves_nothing_half(store: Store, desk: Desk, other: Desk) -> None:
    learnt(desk, 300)
    desk.sync(way_to(store.url))
    asked = iter(range(1, 100))
    store.faults = lambda method: Fault.CUT_BEFORE if method == "GET" and next(asked) == 3 else None
    with pytest.raises(StoreError):
        other.sync(way_to(store.url))
    assert other.journal.count() == 0
    assert ids(other) == []
    store.faults = lambda _method: None
    assert other.sync(way_to(store.url)).pulled.added == len(desk.events)


MALFORMED: dict[str, Any] = {
    "no event": {"context": {"extensions": {"https://llm-tutor.example/xapi/extensions/event": 7}}},
    "extensions are text": {"context": {"extensions": "llm-tutor"}},
    "no context": {"context": None},
}


def ours(desk: Desk, store: Store) -> dict[str, Any]:
    """A statement of this learner's, as it lies on the store, to spoil."""
    learnt(desk, 5)
    desk.sync(way_to(store.url))
    statement: dict[str, Any] = json.loads(json.dumps(next(iter(store.statements.values()))))
    statement["id"] = str(uuid.uuid4())
    return statement


@pytest.mark.parametrize("spoilt", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_statement_under_our_name_stops_nothing(
    store: Store, desk: Desk, other: Desk, spoilt: Any
) -> None:
    bad = {**ours(desk, store), **spoilt}
    store.statements[bad["id"]] = bad
    done = other.sync(way_to(store.url))
    assert done.pulled.added == len(desk.events)
    told = [line for line in done.pulled.left_out if bad["id"] in line]
    assert len(told) == ("event" in str(spoilt))


@pytest.mark.parametrize(
    "field", [{"at": "9999-01-01T00:00:00.000000Z"}, {"offset": 10**6}, {"id": "7"}, {"rank": "z"}]
)
def test_an_event_that_cannot_have_been_so_is_named_and_left_out(
    store: Store, desk: Desk, other: Desk, field: dict[str, Any]
) -> None:
    bad = ours(desk, store)
    (event,) = bad["context"]["extensions"].values()
    event |= {"id": bad["id"], **field}
    store.statements[bad["id"]] = bad
    done = other.sync(way_to(store.url))
    assert [line for line in done.pulled.left_out if bad["id"] in line]
    assert other.journal.count() == len(desk.events)
    assert bad["id"] not in ids(other)


def test_a_statement_that_no_tutor_wrote_is_none_of_ours(store: Store, desk: Desk) -> None:
    foreign = {**ours(desk, store), "context": {"platform": "another program"}}
    store.statements[foreign["id"]] = foreign
    done = desk.sync(way_to(store.url))
    assert done.pulled.left_out == ()
    assert foreign["id"] not in ids(desk)


def test_notes_stay_on_the_machine(store: Store, desk: Desk) -> None:
    desk.record(Noted(text="my boss is wrong"))
    learnt(desk, 20).sync(way_to(store.url))
    assert "boss" not in str(store.statements)


def test_what_came_from_one_store_goes_on_to_another_as_it_is(
    store: Store, desk: Desk, other: Desk
) -> None:
    learnt(desk).sync(way_to(store.url))
    other.sync(way_to(store.url))
    with keeping() as second:
        other.sync(way_to(second.url), "second")
        assert {
            name: {key: one[key] for key in one if key not in ("stored", "authority")}
            for name, one in second.statements.items()
        } == {
            name: {key: one[key] for key in one if key not in ("stored", "authority")}
            for name, one in store.statements.items()
        }


def test_a_week_without_the_store_loses_nothing(desk: Desk, other: Desk) -> None:
    """Each day something is learnt on both, and each try says in a line that nobody answers."""
    with keeping() as store:
        desk.sync(way_to(store.url))
    for _ in range(A_WEEK):
        for machine in (desk, other):
            learnt(machine, 20)
            with pytest.raises(StoreError, match="Nobody answers"):
                machine.sync(way_to(store.url))
            machine.clock.turn(datetime.timedelta(days=1).total_seconds())
    with keeping(store):
        for machine in (desk, other, desk):
            machine.sync(way_to(store.url))
    other.clock.now = desk.clock.now
    assert desk.standing() == other.standing()
    assert desk.journal.count() == len(desk.events) + len(other.events) > 2 * 20 * A_WEEK


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_off_changes_no_time_and_is_told(
    store: Store, desk: Desk, other: Desk, hours: int
) -> None:
    store.clock_off = datetime.timedelta(hours=hours)
    desk.clock.now = other.clock.now = datetime.datetime.now(datetime.UTC)
    learnt(desk, 5)
    desk.clock.now = datetime.datetime.now(datetime.UTC)
    done: Synced = desk.sync(way_to(store.url))
    assert abs(done.ahead + store.clock_off) < datetime.timedelta(minutes=2)
    other.sync(way_to(store.url))
    assert sorted(e.at for e in other.journal.events()) == sorted(e.at for e in desk.events)


def test_the_wrong_password_sends_nothing_and_keeps_everything(store: Store, desk: Desk) -> None:
    learnt(desk)
    with pytest.raises(StoreError, match="name and password"):
        desk.sync(Access(store.url, USER, "wrong"))
    assert not store.statements
    assert desk.machine.outbox.standing(STORE).waiting == len(ids(desk))


def test_the_course_of_the_tests_has_what_is_learnt(desk: Desk) -> None:
    learnt(desk, 200)
    assert desk.journal.lessons(COURSE.id)
    assert len({type(event.deed) for event in desk.events}) > 15


def test_pages_are_read_for_one_agent_only(store: Store, desk: Desk) -> None:
    learnt(desk).sync(way_to(store.url))
    with Client(way_to(store.url), desk.clock) as client:
        found = [one for page in client.pages(desk.machine.scribe.learner.agent) for one in page]
    assert {one["id"] for one in found} == set(store.statements)
