"""Two stores that we did not write: what they answer is what the client takes it for.

And what must hold whatever happens: 440 statements with `kill -9` after random posts end as 440 on
the store, none missing, none twice; of a conflict and a poisonous statement among them those two
alone are set aside; learners whose line breaks come to the same on both machines; and the tutor
sends at 70 % or more of the rate of bare httpx (10,000 of them: `python -m
tests.integration.pushing --check`).
"""

import json
import random
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.integration.pushing import LEAST, measure
from tests.integration.stores import OTHER, OTHER_SECRET, SECRET, STORES, USER, Store
from tests.records.cutting import cutting
from tests.records.learning import STORE, Desk, at_desk
from tutor.errors import StoreError
from tutor.progress.moments import local_now
from tutor.records.access import Access
from tutor.records.client import Client, MaybeStored, Refused, Stored

Statement = dict[str, Any]
ALL = 440
FEWEST_KILLS, MOST_RUNS = 5, 200
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", params=STORES)
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """One of them, under way."""
    with STORES[request.param](tmp_path_factory.mktemp(request.param)) as started:
        yield started


@pytest.fixture
def client(store: Store) -> Iterator[Client]:
    with Client(Access(store.url, USER, SECRET), local_now) as opened:
        yield opened


def learner() -> Statement:
    account = {"homePage": "https://s.example", "name": f"learner-{uuid.uuid4()}"}
    return {"objectType": "Agent", "account": account}


def statement(actor: Statement, **more: Any) -> Statement:
    return {
        "id": str(uuid.uuid4()),
        "actor": actor,
        "verb": {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en": "answered"}},
        "object": {"id": "https://s.example/q/1"},
        "timestamp": "2026-11-20T10:00:00.123456Z",
        **more,
    }


def frozen(statements: list[Statement]) -> list[bytes]:
    return [json.dumps(one).encode() for one in statements]


def test_every_page_of_one_learner_comes_and_nothing_of_another(client: Client) -> None:
    ours, others = learner(), learner()
    sent = [statement(ours) for _ in range(230)]
    for start in range(0, 230, 100):
        assert client.post(frozen(sent[start : start + 100])) == Stored()
    assert client.post(frozen([statement(others) for _ in range(150)])) == Stored()
    came = [one["id"] for page in client.pages(ours) for one in page]
    assert sorted(came) == sorted(one["id"] for one in sent)


def test_a_batch_sent_again_is_not_there_twice(client: Client) -> None:
    ours = learner()
    sent = [statement(ours) for _ in range(20)]
    for batch in (sent[:10], sent[:10], sent):
        assert client.post(frozen(batch)) == Stored()
    assert sum(len(page) for page in client.pages(ours)) == 20


def test_another_statement_under_a_known_id_is_a_conflict_and_takes_its_batch_along(
    client: Client,
) -> None:
    ours = learner()
    first, fresh = statement(ours), statement(ours)
    changed = {**first, "object": {"id": "https://s.example/q/2"}}
    assert client.post(frozen([first])) == Stored()
    assert client.post(frozen([fresh, changed])) == MaybeStored()
    assert client.get(fresh["id"]) is None
    kept = client.get(first["id"])
    assert kept is not None
    assert kept["object"]["id"] == "https://s.example/q/1"


def test_what_no_store_takes_is_refused_with_a_reason(client: Client) -> None:
    answer = client.post(frozen([statement(learner()), {"id": "7", "verb": {}}]))
    assert isinstance(answer, Refused)
    assert answer.reason


def test_a_wrong_password_is_told_from_a_right_one(store: Store) -> None:
    with Client(Access(store.url, USER, "wrong"), local_now) as client:
        if not store.checks_passwords:
            assert client.post(frozen([statement(learner())])) == Stored()
            return
        with pytest.raises(StoreError, match="name and password"):
            client.post(frozen([statement(learner())]))


def test_a_learner_reads_only_what_they_sent_where_the_store_keeps_them_apart(
    store: Store, client: Client
) -> None:
    ours = learner()
    client.post(frozen([statement(ours)]))
    with Client(Access(store.url, OTHER, OTHER_SECRET), local_now) as other:
        seen = sum(len(page) for page in other.pages(ours))
    assert seen == (0 if store.checks_passwords else 1)


def test_an_address_that_leads_past_the_store_is_said(store: Store) -> None:
    wrong = Access(store.url.removesuffix("/xAPI"), USER, SECRET)
    with Client(wrong, local_now) as client, pytest.raises(StoreError, match="no record store"):
        client.post(frozen([statement(learner())]))


def test_the_clocks_are_compared(client: Client) -> None:
    list(client.pages(learner()))
    assert abs(client.ahead.total_seconds()) < 60


def desk_of(folder: Path, seed: int = 0) -> AbstractContextManager[Desk]:
    """A name that no other test's learner has on this store."""
    return at_desk(folder, f"learner-{folder.parent.name}", seed)


def on_store(client: Client, desk: Desk) -> list[Statement]:
    agent = desk.machine.scribe.learner.agent
    return [one for page in client.pages(agent) for one in page]


def killed(folder: Path, store: Store, seed: int) -> int:
    """Push from a process that is killed at random; how it ended."""
    words = [str(folder), f"learner-{folder.parent.name}", store.url, USER, SECRET, str(seed)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.records.killed", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL), done
    return done.returncode


def test_after_kills_at_random_the_store_has_all_and_nothing_twice(
    store: Store, client: Client, tmp_path: Path
) -> None:
    folder = tmp_path / "laptop"
    with desk_of(folder) as desk:
        desk.answer(ALL)
    kills = 0
    for seed in range(MOST_RUNS):
        if not killed(folder, store, seed):
            break
        kills += 1
    assert kills >= FEWEST_KILLS
    with desk_of(folder) as desk:
        assert desk.machine.outbox.standing(STORE).waiting == 0
        assert desk.machine.outbox.standing(STORE).refused == ()
        there = [one["id"] for one in on_store(client, desk)]
        assert len(there) == len(set(there)) == ALL
        assert set(there) == {event.id for event in desk.journal.events()}


def test_a_conflict_and_a_poisonous_statement_are_the_only_ones_set_aside(
    store: Store, client: Client, tmp_path: Path
) -> None:
    poison = str(uuid.uuid4())
    with desk_of(tmp_path / "laptop") as desk:
        desk.answer(ALL // 2)
        access = Access(store.url, USER, SECRET)
        outbox = desk.machine.outbox
        outbox.take_in("nowhere", [{"id": poison, "verb": {}}])
        desk.answer(ALL - ALL // 2)
        event = desk.events[ALL // 3]
        planted = desk.machine.scribe.statement(event)
        planted["context"]["extensions"] = json.loads(
            json.dumps(planted["context"]["extensions"]).replace('"raw": "', '"raw": "not ')
        )
        assert client.post(frozen([planted])) == Stored()
        desk.sync(access)
        assert {one.id for one in outbox.standing(STORE).refused} == {event.id, poison}
        assert outbox.standing(STORE).waiting == 0
        assert {one["id"] for one in on_store(client, desk)} == {one.id for one in desk.events}


def test_a_line_that_breaks_at_random_keeps_no_two_machines_apart(
    store: Store, client: Client, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        desks = [
            stack.enter_context(desk_of(tmp_path / name, seed))
            for seed, name in enumerate(("laptop", "tablet"))
        ]
        relay, url = stack.enter_context(cutting(store.url, 0.2, 18))
        rng = random.Random(18)
        for _ in range(16):
            desk = rng.choice(desks)
            desk.learn(rng.randint(1, 40))
            with suppress(StoreError):
                desk.sync(Access(url, USER, SECRET))
        assert relay.cuts >= FEWEST_KILLS
        first, second = desks
        for desk in (first, second, first):
            desk.sync(Access(store.url, USER, SECRET))
        first.clock.now = second.clock.now = max(first.clock.now, second.clock.now)
        assert first.standing() == second.standing()
        assert len(first.events) + len(second.events) == first.journal.count()
        there = [one["id"] for one in on_store(client, first)]
        assert len(there) == len(set(there))
        assert set(there) == {one.id for one in second.machine.outbox.all()}


@pytest.mark.parametrize("name", STORES)
def test_the_tutor_sends_nearly_as_fast_as_bare_httpx(name: str, tmp_path: Path) -> None:
    ours, bare = measure(name, 2_000, tmp_path)
    assert ours / bare >= LEAST, f"{ours:.0f} statements a second, bare httpx {bare:.0f}"
