"""Every statement that a learner can bring about lies well in two stores that we did not write."""

from collections.abc import Iterator
from itertools import islice

import msgspec
import pytest

from tests.integration.stores import SECRET, STORES, USER, Store
from tests.records import corpus
from tests.records.test_mapping import LEARNER
from tutor.progress.moments import local_now, utc_text
from tutor.records.access import Access
from tutor.records.client import Client, Stored
from tutor.records.mapping import event_of, is_same_fact

BATCH = 100


@pytest.fixture(scope="module", params=STORES)
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """One of them, empty."""
    with STORES[request.param](tmp_path_factory.mktemp(request.param)) as started:
        yield started


def test_another_machine_gets_back_what_was_done_here(store: Store) -> None:
    now = utc_text(local_now())
    sent = {one["id"]: one for one in corpus.statements() if "1970" < one["timestamp"] < now}
    assert len(sent) > 800
    with Client(Access(store.url, USER, SECRET), local_now) as client:
        coming = iter(sent.values())
        while batch := list(islice(coming, BATCH)):
            assert client.post(list(map(msgspec.json.encode, batch))) == Stored()
        came = {one["id"]: one for page in client.pages(LEARNER.agent) for one in page}
    assert came.keys() == sent.keys()
    assert [event_of(came[name]) for name in sent] == [event_of(one) for one in sent.values()]
    assert all(is_same_fact(one, came[name]) for name, one in sent.items())
