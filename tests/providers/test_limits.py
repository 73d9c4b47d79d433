"""What has no end is ended: by time, by bytes, by letters, and never by the learner's patience."""

import time

import pytest

from tests.providers.calling import CARD, KEY, QUESTION, near, told
from tests.providers.wire_server import Said, delta, events, head, said, serving
from tutor.errors import BadReplyError, ProviderError, RefusedRequestError, UnreachableError
from tutor.providers.complaints import read_complaint
from tutor.providers.openai_wire import open_openai
from tutor.providers.patience import PATIENT, Patience
from tutor.providers.proxies import proxy_for
from tutor.providers.redacting import redacted
from tutor.providers.talk import Ending, collect, user

SHORT = Patience(connect=0.3, silence=0.4, total=1.2, bytes=2_000_000)
STREAM = head(200, {"Content-Type": "text/event-stream"})
ENDLESS = {
    "HTTP 100": Said((b"HTTP/1.1 100 Continue\r\n\r\n",), repeats=0.01),
    "headers": Said((b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n"), repeats=0.01),
    "comments": Said((STREAM, b": still here\n\n"), repeats=0.01),
    "empty events": Said((STREAM, events(delta(""))), repeats=0.01),
    "pings": Said((STREAM, events({"type": "ping"})), repeats=0.01),
    "blanks": Said((head(200, {"Content-Type": "application/json"}), b" "), repeats=0.01),
    "half an event": Said((STREAM, b"data: {", b"x"), repeats=0.01),
}


@pytest.mark.parametrize("reply", ENDLESS.values(), ids=ENDLESS)
def test_signs_of_life_that_are_no_word_do_not_keep_a_learner_waiting(reply: Said) -> None:
    start = time.monotonic()
    with serving(reply) as server:
        with pytest.raises(UnreachableError, match="silent"):
            collect(near(server, patience=SHORT).stream(QUESTION))
        assert server.hung_up.wait(5)
    assert time.monotonic() - start < 5


def test_words_without_end_are_kept_and_hung_up_on() -> None:
    with serving(Said((STREAM, events(delta("a"))), repeats=0.02)) as server:
        reply = collect(near(server, patience=SHORT).stream(QUESTION))
    assert set(reply.text) == {"a"}
    assert "no end" in told(reply)["reply"]
    assert reply.done is not None
    assert reply.done.ending is Ending.FAILED


def test_bytes_without_end_fill_no_memory() -> None:
    with serving(Said((STREAM, events(delta("", padding="x" * 100_000))), repeats=0)) as server:
        with pytest.raises(BadReplyError, match="no end"):
            collect(near(server, patience=SHORT).stream(QUESTION))
        assert server.hung_up.wait(5)


def test_fifteen_megabytes_in_one_piece_are_cut_to_what_was_asked_for() -> None:
    body = '{"choices": [{"message": {"content": "' + "word " * 3_000_000 + '"}}]}'
    start = time.process_time()
    with serving(said(200, body)) as server:
        reply = collect(near(server, patience=PATIENT).stream(user("Hi", max_tokens=40)))
    assert len(reply.text) <= 1200
    assert "hung up" in told(reply)["max_tokens"]
    assert time.process_time() - start < 5


def test_a_long_complaint_costs_no_time_with_a_key_or_without() -> None:
    start = time.process_time()
    for body in (b"x" * 64_000, KEY.encode() * 3_000, b"sk-loopbac" * 6_400, b"1" * 64_000):
        assert KEY not in read_complaint(400, body, KEY).words
    assert time.process_time() - start < 3


HIDDEN_KEYS = {
    "as it is": KEY,
    "in capitals": KEY.upper(),
    "with signs that nobody sees": "\u200b".join(KEY),
    "with other signs that nobody sees": "\u034f".join(KEY),
    "with blanks": " ".join(KEY),
    "with hyphens": "-".join(KEY),
    "without its ends": KEY[3:-3],
    "over lines": KEY[:9] + "\n" + KEY[9:],
    "in wide letters": "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in KEY),
}


@pytest.mark.parametrize("told_as", HIDDEN_KEYS.values(), ids=HIDDEN_KEYS)
def test_a_key_does_not_come_back_however_it_is_dressed(told_as: str) -> None:
    line = redacted(f"what is {told_as} please?", KEY)
    assert line == "what is [key] please?"


def test_what_is_no_key_is_left_as_it_was() -> None:
    said_ = "The key to this lesson is patience; loops go back."
    assert redacted(said_, KEY) == said_
    assert redacted("a b c", "abc") == "a b c"


def test_a_model_that_calls_itself_by_the_key_is_not_shown_by_that_name() -> None:
    named = {"model": KEY, "choices": [{"delta": {"content": "Hi"}, "finish_reason": "stop"}]}
    with serving(said(200, events(named), "text/event-stream")) as server:
        done = collect(near(server).stream(QUESTION)).done
    assert done is not None
    assert done.model == "[key]"


def test_a_redirect_to_the_key_is_told_without_it() -> None:
    away = said(302, Location=f"http://{KEY}.example/")
    with serving(away) as server, pytest.raises(UnreachableError) as caught:
        collect(near(server).stream(QUESTION))
    assert KEY not in caught.value.message


@pytest.mark.parametrize("status", [401, 403])
def test_where_no_key_was_sent_the_key_is_not_blamed(status: int) -> None:
    no = said(status, '{"error": "unauthorized"}')
    with serving(no) as server, pytest.raises(ProviderError) as caught:
        collect(open_openai(CARD, server.url, "m").stream(QUESTION))
    assert "none was sent" in caught.value.message
    assert "again" not in caught.value.hint


@pytest.mark.parametrize("no_proxy", ["[::1]", "fd00::/8,[fe80::1%eth0]:80", "10.0.0.0/8:x,,;*.a"])
def test_an_entry_of_no_proxy_that_nobody_can_read_excludes_nobody(
    no_proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(said(400, '{"error": "this was the proxy"}')) as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("NO_PROXY", no_proxy)
        with pytest.raises(RefusedRequestError, match="this was the proxy"):
            collect(open_openai(CARD, "http://models.invalid/v1", "m").stream(QUESTION))


@pytest.mark.parametrize(
    ("no_proxy", "host", "is_straight"),
    [
        ("*", "models.invalid", True),
        ("models.invalid", "models.invalid", True),
        (".invalid", "models.invalid", True),
        ("*.invalid", "models.invalid", True),
        ("a, models.invalid:443", "models.invalid", True),
        ("models.invalid:80", "models.invalid", False),
        ("https://models.invalid", "MODELS.invalid", True),
        ("els.invalid", "models.invalid", False),
        ("10.0.0.0/8", "10.1.2.3", True),
        ("[fd00::1]", "fd00::1", True),
        ("fd00::/8", "fe00::1", False),
        ("localhost", "models.invalid", False),
    ],
)
def test_a_host_that_no_proxy_names_is_called_straight(
    no_proxy: str,
    host: str,
    is_straight: bool,  # noqa: FBT001  a column of the table
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "proxy.invalid:3128")
    monkeypatch.setenv("NO_PROXY", no_proxy)
    expected = None if is_straight else "http://proxy.invalid:3128"
    assert proxy_for("https", host, None) == expected
