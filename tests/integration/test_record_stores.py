"""Two stores that we did not write: what they answer is what the client takes it for."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.stores import OTHER, OTHER_SECRET, SECRET, STORES, USER, Store
from tutor.errors import StoreError
from tutor.progress.moments import local_now
from tutor.records.access import Access
from tutor.records.client import Client, MaybeStored, Refused, Stored

Statement = dict[str, Any]


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
