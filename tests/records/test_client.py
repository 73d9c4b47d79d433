"""One call to a store: what each answer means, and that nothing leaves for where it should not."""

import datetime
import json
import os
import ssl
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import trustme

from tests.providers.wire_server import Said, WireServer, said, serving
from tests.records.store_server import SECRET, USER, Fault, Store, keeping
from tutor.errors import StoreError
from tutor.progress.moments import local_now
from tutor.records.access import Access
from tutor.records.client import (
    Client,
    MaybeStored,
    Patience,
    Refused,
    Stored,
    is_readable_on_the_way,
)

AGENT = {"objectType": "Agent", "account": {"homePage": "https://s.example", "name": "wren-12"}}
OTHER = {"objectType": "Agent", "account": {"homePage": "https://s.example", "name": "crow-3"}}
PAGE = said(200, "<!DOCTYPE html><html><body>Welcome to Hotel Wi-Fi</body></html>", "text/html")
HURRIED = Patience(connect=1, silence=0.5, call=1.5, bytes=200_000)


def statement(agent: dict[str, Any] = AGENT, **more: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "actor": agent,
        "verb": {"id": "http://adlnet.gov/expapi/verbs/answered"},
        "object": {"id": "https://s.example/q/1"},
        "timestamp": "2026-11-20T10:00:00.123Z",
        **more,
    }


def frozen(*statements: dict[str, Any]) -> list[bytes]:
    return [json.dumps(one).encode() for one in statements]


def asking(url: str, secret: str = SECRET, user: str = USER) -> Client:
    return Client(Access(url, user, secret), local_now, HURRIED)


def at(server: WireServer) -> Client:
    return asking(server.url.removesuffix("/v1") + "/xAPI")


@pytest.fixture
def store() -> Iterator[Store]:
    with keeping() as kept:
        yield kept


def test_what_was_sent_is_there_again(store: Store) -> None:
    one = statement()
    with asking(store.url) as client:
        assert client.post(frozen(one)) == Stored()
        found = client.get(one["id"])
        assert found is not None
        assert found["object"] == one["object"]
        assert client.get(str(uuid.uuid4())) is None
        assert client.about() == ["1.0.3"]


def test_all_pages_come_and_only_of_whom_was_asked_for(store: Store) -> None:
    ours, others = [statement() for _ in range(250)], [statement(OTHER) for _ in range(50)]
    with asking(store.url) as client:
        client.post(frozen(*ours, *others))
        pages = list(client.pages(AGENT))
        assert [len(page) for page in pages] == [100, 100, 50]
        assert {one["id"] for page in pages for one in page} == {one["id"] for one in ours}
        assert sum(len(page) for page in client.pages()) == 300


def test_a_garbled_filter_in_the_next_link_is_put_right() -> None:
    """Learning Locker's link says agent=[object Object]; others' statements must not come."""
    first = {"statements": [statement()], "more": "/xAPI/statements?agent=[object Object]&cursor=7"}
    last = {"statements": [], "more": ""}
    replies = said(200, json.dumps(first)), said(200, json.dumps(last))
    with serving(*replies) as server, at(server) as client:
        assert len(list(client.pages(AGENT))) == 2
    asked = server.heard[1].path
    assert "wren-12" in asked
    assert "cursor=7" in asked
    assert "Object" not in asked.replace("objectType", "")


@pytest.mark.parametrize(
    "more", ["https://elsewhere.example/xAPI/statements?p=2", "//elsewhere.example/x", "ftp://x"]
)
def test_the_password_does_not_follow_a_link_to_another_host(more: str) -> None:
    first = said(200, json.dumps({"statements": [], "more": more}))
    stays = pytest.raises(StoreError, match="password stays here")
    with serving(first) as server, at(server) as client, stays:
        list(client.pages(AGENT))
    assert len(server.heard) == 1


def test_a_page_that_leads_to_itself_ends() -> None:
    round_ = said(200, json.dumps({"statements": [], "more": "/xAPI/statements?cursor=7"}))
    with serving(round_) as server, at(server) as client, pytest.raises(StoreError, match="no end"):
        list(client.pages(AGENT))


REFUSED = [400, 413, 422]


@pytest.mark.parametrize("status", REFUSED)
def test_a_refusal_comes_with_its_reason_and_without_the_password(status: int) -> None:
    told = json.dumps({"warnings": [f"verb.id is no IRI, says {SECRET}"]})
    with serving(said(status, told)) as server, at(server) as client:
        answer = client.post(frozen(statement()))
    assert isinstance(answer, Refused)
    assert answer.status == status
    assert "verb.id is no IRI" in answer.reason
    assert "blanks" not in answer.reason


def test_a_conflict_is_a_maybe() -> None:
    with serving(said(409, "{}")) as server, at(server) as client:
        assert client.post(frozen(statement())) == MaybeStored()


PARTS = {"inserted": 1, "errors": [{"index": 1, "reason": "verb: field required"}]}


def test_a_store_that_took_a_part_of_a_batch_has_not_taken_the_batch() -> None:
    """Ralph can be set to do so, and says 200 nevertheless."""
    with serving(said(200, json.dumps(PARTS))) as server, at(server) as client:
        answer = client.post(frozen(statement(), statement()))
    assert answer == Refused(200, "verb: field required")


NOT_NOW: dict[str, tuple[Said, str, str]] = {
    "wrong password": (said(401, "{}"), "name and password", "tutor records add"),
    "no right": (said(403, "{}"), "does not let you", "whoever runs it"),
    "no store here": (said(404, "<html>", "text/html"), "no record store", "before /statements"),
    "busy": (said(503, ""), r"busy or down.*503", "tutor records sync"),
    "too many": (said(429, ""), r"busy or down.*429", "tutor records sync"),
    "a bug of the store's": (said(500, '{"detail": "index"}'), "fails with 500: index", "sync"),
    "captive portal": (PAGE, "sign-in page", "sign in, then: tutor records sync"),
    "portal that says so": (said(511, "<html>", "text/html"), "sign-in page", "sign in, then"),
    "portal by redirect": (
        said(302, "", Location="http://portal.example/login"),
        "sends us on to http://portal.example/login",
        "sign in",
    ),
    "another service": (said(200, '{"ok": true}'), "not what a record store says", "address"),
    "line broken": (Said((b"",)), "line .* broke", "tutor records sync"),
    "silence": (Said((), holds=True), "silent for too long", "tutor records sync"),
    "no end": (said(200, b"[" + b" " * 300_000 + b"]"), "no end", "address"),
}


@pytest.mark.parametrize(("reply", "told", "hint"), NOT_NOW.values(), ids=NOT_NOW)
def test_what_decides_nothing_is_one_line_and_a_hint(reply: Said, told: str, hint: str) -> None:
    for ask in (lambda it: it.post(frozen(statement())), lambda it: list(it.pages(AGENT))):
        fails = pytest.raises(StoreError, match=told)
        with serving(reply) as server, at(server) as client, fails as caught:
            ask(client)
        assert hint in caught.value.hint
        assert "\n" not in caught.value.message
        assert SECRET not in caught.value.message + caught.value.hint


@pytest.mark.parametrize("reply", [PAGE, said(404, "<html>", "text/html")])
def test_a_page_in_the_way_does_not_make_a_statement_missing(reply: Said) -> None:
    with serving(reply) as server, at(server) as client, pytest.raises(StoreError):
        client.get(str(uuid.uuid4()))


def test_nobody_there_is_said(store: Store) -> None:
    with serving(said(200)) as server:
        gone = server.url
    with asking(gone) as client, pytest.raises(StoreError, match="Nobody answers"):
        client.post(frozen(statement()))


def test_signs_of_life_without_end_are_hung_up_on() -> None:
    slow = Said((b"HTTP/1.1 100 Continue\r\n\r\n",), repeats=0.1)
    with serving(slow) as server, at(server) as client, pytest.raises(StoreError):
        client.post(frozen(statement()))


def test_a_store_that_is_silent_after_it_took_everything(store: Store) -> None:
    store.faults = lambda method: Fault.SILENT if method == "POST" else None
    one = statement()
    with asking(store.url) as client:
        with pytest.raises(StoreError, match="silent"):
            client.post(frozen(one))
        assert client.get(one["id"]) is not None


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_an_hour_off_is_noticed(store: Store, hours: int) -> None:
    store.clock_off = datetime.timedelta(hours=hours)
    with asking(store.url) as client:
        client.post(frozen(statement()))
        assert abs(client.ahead + datetime.timedelta(hours=hours)) < datetime.timedelta(minutes=1)


def encrypted(authority: trustme.CA, until: datetime.datetime | None = None) -> ssl.SSLContext:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1", not_after=until).configure_cert(tls)
    return tls


@pytest.mark.parametrize(
    ("days", "told"), [(-1, "has expired"), (30, "")], ids=["expired", "in force"]
)
def test_an_expired_certificate_is_called_that_and_gets_nothing(
    days: int, told: str, tmp_path: os.PathLike[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    authority, ending = trustme.CA(), local_now() + datetime.timedelta(days=days)
    file = os.path.join(tmp_path, "ca.pem")  # noqa: PTH118
    authority.cert_pem.write_to_path(file)
    monkeypatch.setenv("SSL_CERT_FILE", file)
    tls = encrypted(authority, ending)
    with serving(said(200, "[]"), tls=tls) as server, at(server) as client:
        if not told:
            assert client.post(frozen(statement())) == Stored()
            return
        with pytest.raises(StoreError, match=told) as caught:
            client.post(frozen(statement()))
    assert server.heard == []
    assert "date" in caught.value.hint


def test_a_certificate_of_nobody_we_know_is_another_matter() -> None:
    tls = encrypted(trustme.CA())
    fails = pytest.raises(StoreError, match="cannot be verified")
    with serving(said(200, "[]"), tls=tls) as server, at(server) as client, fails as caught:
        client.post(frozen(statement()))
    assert "SSL_CERT_FILE" in caught.value.hint
    assert server.heard == []


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("lrs.example.org/xAPI", "not the address"),
        ("ftp://lrs.example.org", "not the address"),
        ("http://", "not the address"),
        ("http://[::1", "not the address"),
        ("https://anna:secret@lrs.example.org/xAPI", "does not belong in the address"),
    ],
)
def test_what_is_no_address_is_refused_before_anything_is_sent(url: str, told: str) -> None:
    with pytest.raises(StoreError, match=told) as caught:
        asking(url)
    assert "tutor records add" in caught.value.hint


def test_an_address_copied_with_its_statements_is_the_same(store: Store) -> None:
    with asking(f" {store.url}/statements/ ") as client:
        assert client.post(frozen(statement())) == Stored()


@pytest.mark.parametrize(
    ("url", "readable"),
    [
        ("http://lrs.example.org/xAPI", True),
        ("https://lrs.example.org/xAPI", False),
        ("http://127.0.0.1:8080/xAPI", False),
        ("http://localhost/xAPI", False),
    ],
)
def test_a_password_in_the_clear_is_told_of(url: str, *, readable: bool) -> None:
    assert is_readable_on_the_way(url) is readable
