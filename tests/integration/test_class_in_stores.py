"""A class's report from two stores that we did not write says what the hand-in files say."""

import json
from itertools import islice
from pathlib import Path

import pytest

from tests.integration.stores import OTHER, OTHER_SECRET, SECRET, STORES, USER
from tests.records.classes import COURSE, Pupil, a_class, find, written
from tests.running import tutor
from tutor.progress.moments import local_now
from tutor.records.access import Access
from tutor.records.client import Client, Stored

LEARNERS, BATCH = 6, 100


def report(*arguments: str, **environ: str) -> object:
    done = tutor("records", "report", *arguments, "--json", **environ)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["courses"]


def sent(url: str, pupil: Pupil) -> None:
    """As a learner's own account, which reads and writes nothing but its own."""
    waiting = iter(pupil.statements(find(COURSE)))
    with Client(Access(url, OTHER, OTHER_SECRET), local_now) as client:
        while batch := [json.dumps(one).encode() for one in islice(waiting, BATCH)]:
            assert isinstance(client.post(batch), Stored)


@pytest.mark.parametrize("name", STORES)
def test_a_teacher_reads_from_a_real_store_what_the_class_would_hand_in(
    tmp_path: Path, name: str
) -> None:
    pupils = a_class(LEARNERS, COURSE, lessons=2)
    files = [
        str(written(tmp_path / f"{pupil.name}.jsonl", pupil.statements(find(COURSE))))
        for pupil in pupils
    ]
    (tmp_path / name).mkdir()
    with STORES[name](tmp_path / name) as store:
        for pupil in pupils:
            sent(store.url, pupil)
        secret = {"TUTOR_RECORDS_SECRET": SECRET}
        added = tutor("records", "add", "class", store.url, "--user", USER, **secret)
        assert added.returncode == 0, added.stderr
        from_the_store = report("--store", "class", **secret)
    assert from_the_store == report(*files)
    assert from_the_store
