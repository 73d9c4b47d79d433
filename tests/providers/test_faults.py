"""Everything that a line or a server can do wrong, and what the learner is told."""

import json
import os
import socket
import ssl
import time
from contextlib import closing

import pytest
import trustme

from tests.providers.calling import CARD, KEY, QUESTION, QUICK, Opener, ask, near, told
from tests.providers.wire_server import (
    Said,
    counted,
    delta,
    ended,
    events,
    good,
    head,
    said,
    serving,
    streamed,
)
from tutor.errors import (
    BadReplyError,
    KeyRefusedError,
    PromptTooLongError,
    ProviderError,
    RateLimitedError,
    RefusedRequestError,
    UnknownModelError,
    UnreachableError,
)
from tutor.providers.anthropic_wire import open_anthropic
from tutor.providers.openai_wire import open_openai
from tutor.providers.talk import BROKEN_OFF, Done, Ending, TextDelta, collect, user

BOTH = pytest.mark.parametrize("opener", [open_openai, open_anthropic], ids=["openai", "anthropic"])
PAGE = "<!DOCTYPE html><html><body>Bad Gateway</body></html>"


def fault(message: str, code: object = None, kind: str = "error") -> str:
    return json.dumps({"error": {"message": message, "type": kind, "code": code}})


REFUSALS: dict[str, tuple[Said, type[ProviderError], str]] = {
    "401 code int": (said(401, fault("Invalid API Key", 401)), KeyRefusedError, "Invalid API Key"),
    "401 code string": (said(401, fault("No", "invalid_api_key")), KeyRefusedError, "No"),
    "401 detail": (said(401, '{"detail":"Invalid API key"}'), KeyRefusedError, "Invalid API key"),
    "403 nothing": (said(403), KeyRefusedError, "does not accept"),
    "400 key, Gemini": (
        said(400, '[{"error":{"code":400,"message":"API key not valid.","status":"X"}}]'),
        KeyRefusedError,
        "not valid",
    ),
    "402": (said(402, fault("Add credits", 402)), RefusedRequestError, "paid"),
    "404 model": (said(404, fault("The model 'm' does not exist")), UnknownModelError, "model"),
    "404 path": (said(404, fault("File Not Found", 404)), UnknownModelError, "no such address"),
    "404 page": (said(404, PAGE, "text/html"), UnknownModelError, "no such address"),
    "400 model": (said(400, fault("Invalid model: m", "1500")), UnknownModelError, "Invalid model"),
    "too long, llama.cpp": (
        said(400, fault("request exceeds the available context size (2048 tokens)", 400)),
        PromptTooLongError,
        "does not fit",
    ),
    "too long, by its code": (
        said(400, fault("Too much", "context_length_exceeded")),
        PromptTooLongError,
        "does not fit",
    ),
    "too long, Anthropic": (
        said(400, fault("prompt is too long: 9 tokens > 8 maximum", None)),
        PromptTooLongError,
        "does not fit",
    ),
    "400 code null": (said(400, fault("Odd", None)), RefusedRequestError, "Odd"),
    "400 error string": (said(400, '{"error":"Odd"}'), RefusedRequestError, "Odd"),
    "400 message": (said(400, '{"message":"Odd"}'), RefusedRequestError, "Odd"),
    "400 list": (said(400, '[{"error":{"message":"Odd"}}]'), RefusedRequestError, "Odd"),
    "400 half a JSON": (said(400, '{"error":{'), RefusedRequestError, "HTTP 400"),
    "422 list": (
        said(422, '{"detail":[{"loc":["body","odd"],"msg":"extra","type":"x"}]}'),
        RefusedRequestError,
        "odd: extra",
    ),
    "500 plain": (said(500, "Oh no", "text/plain"), BadReplyError, "Oh no"),
    "500 JSON null code": (said(500, fault("internal", None)), BadReplyError, "internal"),
    "502 page": (said(502, PAGE, "text/html"), BadReplyError, "HTTP 502"),
    "500 nothing": (said(500), BadReplyError, "HTTP 500"),
    "429": (said(429, fault("slow down")), RateLimitedError, "slow down"),
    "429 no credit": (
        said(429, fault("You exceeded your current quota", "insufficient_quota"), Retry_After="1"),
        RateLimitedError,
        "nothing left to spend",
    ),
    "503": (said(503, fault("Loading model", 503)), RateLimitedError, "Loading model"),
    "200 nothing": (said(200), BadReplyError, "no answer in this format|empty"),
    "200 nothing, no kind": (Said((head(200, {"Content-Length": "0"}),)), BadReplyError, "empty"),
    "200 page": (said(200, PAGE, "text/html"), BadReplyError, "web page"),
    "200 half a JSON": (said(200, '{"choices": ['), BadReplyError, "no answer in this format"),
    "200 other JSON": (said(200, '{"ok": true}'), BadReplyError, "empty"),
    "200 error": (said(200, fault("Bad day", 500)), BadReplyError, "Bad day"),
    "stream of 0 bytes": (streamed(), BadReplyError, "empty reply"),
    "stream of 0 bytes, dropped": (streamed(whole=False), UnreachableError, "broke"),
    "stream of comments": (streamed(b":\n\n:\n\n"), BadReplyError, "empty reply"),
    "stream of nonsense": (streamed(b"data: {nonsense\n\n"), BadReplyError, "no answer"),
    "stream of the wrong shape": (
        streamed(b'data: {"choices": 7, "delta": 7}\n\n'),
        BadReplyError,
        "no answer",
    ),
    "stream with an error": (
        streamed(events({"error": {"message": "CUDA out of memory", "code": 500}})),
        BadReplyError,
        "CUDA",
    ),
    "stream with an error string": (
        streamed(events({"error": "gone"}), b": more\n\n"),
        BadReplyError,
        "gone",
    ),
    "no HTTP": (Said((b"SSH-2.0-OpenSSH\r\n",)), UnreachableError, "broke"),
    "no reply": (Said(()), UnreachableError, "broke"),
    "reset": (Said((), breaks=True), UnreachableError, "broke"),
    "head cut": (Said((b"HTTP/1.1 200 OK\r\nContent-Ty",)), UnreachableError, "broke"),
    "silence before the head": (Said((), holds=True), UnreachableError, "silent"),
    "silence before a word": (streamed(b":\n\n", holds=True), UnreachableError, "silent"),
    "packed badly": (
        said(200, b"no gzip", "text/event-stream", Content_Encoding="gzip"),
        BadReplyError,
        "unpacked",
    ),
}


@BOTH
@pytest.mark.parametrize(("reply", "expected", "words"), REFUSALS.values(), ids=REFUSALS)
def test_a_call_that_fails_says_what_happened_and_what_to_type(
    reply: Said, expected: type[ProviderError], words: str, opener: Opener
) -> None:
    with pytest.raises(expected, match=words) as caught:
        ask(reply, opener=opener)
    assert type(caught.value) is expected
    assert caught.value.hint
    assert "\n" not in caught.value.message


HALF = events(delta("Half "), delta("an answer"))
BREAKS = {
    "no end mark": (streamed(HALF), Ending.UNMARKED),
    "no end mark, not chunked": (streamed(HALF, chunked=False), Ending.UNMARKED),
    "dropped in a chunk": (streamed(HALF, whole=False), Ending.CUT),
    "reset": (Said((*streamed(HALF, whole=False).pieces,), breaks=True), Ending.CUT),
    "dropped within data:": (streamed(HALF, b"dat", whole=False), Ending.CUT),
    "dropped within JSON": (
        streamed(HALF, b'data: {"choices":[{"del', whole=False),
        Ending.CUT,
    ),
    "closed within JSON": (streamed(HALF, b'data: {"choices":[{"del'), Ending.UNMARKED),
    "dropped within a letter": (streamed(HALF, "data: é".encode()[:-1], whole=False), Ending.CUT),
    "silence": (streamed(HALF, holds=True), Ending.SILENT),
    "nonsense": (streamed(HALF, b"data: nonsense\n\n"), Ending.UNMARKED),
    "an error": (
        streamed(HALF, events({"error": {"message": "boom", "code": None}})),
        Ending.FAILED,
    ),
}


@pytest.mark.parametrize(("reply", "ending"), BREAKS.values(), ids=BREAKS)
def test_words_already_heard_are_kept_and_called_cut_only_when_the_line_drops(
    reply: Said, ending: Ending
) -> None:
    got = ask(reply)
    assert got.text == "Half an answer"
    assert got.done is not None
    assert got.done.ending is ending
    assert ending in BROKEN_OFF


ENDS = {
    "no [DONE]": streamed(events(delta("Hi"), ended(), counted())),
    "dropped after the reason": streamed(events(delta("Hi"), ended(), counted()), whole=False),
    "no reason": streamed(events(delta("Hi"), counted(), "[DONE]")),
    "no line end after [DONE]": streamed(events(delta("Hi"), counted()), b"data: [DONE]"),
}


@pytest.mark.parametrize("reply", ENDS.values(), ids=ENDS)
def test_a_reply_that_ended_is_not_called_cut(reply: Said) -> None:
    got = ask(reply)
    assert got.text == "Hi"
    assert got.done is not None
    assert got.done.ending in (Ending.STOP, Ending.OTHER)
    assert got.adjusted == []


def test_the_server_sees_it_when_the_learner_stops_listening() -> None:
    with serving(streamed(events(delta("Hi")), holds=True)) as server:
        reply = near(server).stream(QUESTION)
        assert next(reply) == TextDelta("Hi")
        reply.close()
        assert server.hung_up.wait(5)


def test_the_first_word_is_seen_before_the_second_one_is_sent() -> None:
    with (
        serving(streamed(events(delta("Hi")), holds=True)) as server,
        closing(near(server).stream(QUESTION)) as reply,
    ):
        assert next(reply) == TextDelta("Hi")
        assert not server.hung_up.is_set()


SLOW_DOWN = said(429, fault("slow down"), Retry_After="7")
WAITS: dict[str, tuple[list[Said], list[float]]] = {
    "told how long": ([SLOW_DOWN, good()], [7.0]),
    "not told": ([said(429, fault("x")), said(429, fault("x")), good()], [2.0, 4.0]),
    "by date": (
        [
            said(
                429,
                Date="Sat, 21 Nov 2026 10:00:00 GMT",
                Retry_After="Sat, 21 Nov 2026 10:00:09 GMT",
            ),
            good(),
        ],
        [9.0],
    ),
    "nonsense": ([said(429, Retry_After="soon"), good()], [2.0]),
    "below zero": ([said(429, Retry_After="-5"), good()], [2.0]),
    "overloaded": ([said(529, fault("Overloaded")), good()], [2.0]),
    "loading": ([said(503, fault("Loading model"), Retry_After="0"), good()], [0.0]),
}


@pytest.mark.parametrize(("script", "expected"), WAITS.values(), ids=WAITS)
def test_a_busy_host_is_waited_for_where_the_learner_sees_it(
    script: list[Said], expected: list[float]
) -> None:
    waits: list[float] = []

    def wait(seconds: float, why: str) -> None:
        waits.append(seconds)
        assert "asks to wait" in why

    assert ask(*script, wait=wait).text == "Hi"
    assert waits == expected


@pytest.mark.parametrize(
    ("reply", "most_waits"),
    [
        (SLOW_DOWN, 2),
        (said(429, Retry_After="40"), 1),
        (said(429, Retry_After="61"), 0),
        (said(429, Retry_After="999999999"), 0),
    ],
)
def test_waiting_has_an_end(reply: Said, most_waits: int) -> None:
    waits: list[float] = []
    with pytest.raises(RateLimitedError, match="asks to wait, for"):
        ask(reply, wait=lambda seconds, _: waits.append(seconds))
    assert len(waits) == most_waits
    assert sum(waits) <= 60


def test_nobody_waits_unseen() -> None:
    start = time.monotonic()
    with serving(said(429, Retry_After="30")) as server, pytest.raises(RateLimitedError):
        collect(near(server).stream(QUESTION))
    assert len(server.heard) == 1
    assert time.monotonic() - start < 5


def test_ctrl_c_ends_the_waiting_at_once() -> None:
    def interrupted(_seconds: float, _why: str) -> None:
        raise KeyboardInterrupt

    with serving(SLOW_DOWN) as server, pytest.raises(KeyboardInterrupt):
        collect(near(server, wait=interrupted).stream(QUESTION))
    assert len(server.heard) == 1


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@pytest.mark.parametrize("url", ["", "localhost:8080", "ftp://x/v1", "http://", "http://a:b/v1"])
def test_what_is_no_address_is_said_before_anything_is_sent(url: str) -> None:
    with pytest.raises(UnreachableError, match="not the address"):
        open_openai(CARD, url, "m", KEY)


def test_a_port_where_nobody_listens_is_named() -> None:
    port = closed_port()
    with pytest.raises(UnreachableError, match=f"Nobody answers at 127.0.0.1:{port}"):
        collect(open_openai(CARD, f"http://127.0.0.1:{port}/v1", "m").stream(QUESTION))


@pytest.mark.parametrize("end", ["", "/", "/chat/completions"])
def test_an_address_may_be_copied_with_its_end(end: str) -> None:
    with serving(good()) as server:
        collect(open_openai(CARD, server.url + end, "m").stream(QUESTION))
    assert server.heard[0].path == "/v1/chat/completions"


@BOTH
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed_and_the_key_stays_here(status: int, opener: Opener) -> None:
    with serving(good()) as other:
        away = said(status, Location=f"{other.url}/chat/completions?token=s3cret")
        with pytest.raises(UnreachableError, match="we do not follow") as caught:
            ask(away, opener=opener)
    assert other.heard == []
    assert "s3cret" not in caught.value.message


@pytest.mark.parametrize("more", [{}, {"Location": "http://[/"}, {"Location": "/elsewhere"}])
def test_a_redirect_to_nowhere_is_an_error_too(more: dict[str, str]) -> None:
    with pytest.raises(UnreachableError, match="sends us on"):
        ask(said(302, **more))


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_a_proxy_from_the_environment_is_used(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(good()) as proxy:
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        got = collect(open_openai(CARD, "http://models.invalid/v1", "m").stream(QUESTION))
    assert got.text == "Hi"
    assert proxy.heard[0].first_line.startswith("POST http://models.invalid/v1/chat/completions")


def test_a_server_on_this_machine_is_called_without_the_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{closed_port()}")
    assert ask(good()).text == "Hi"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALL_PROXY", "socks5://127.0.0.1:1"),
        ("ALL_PROXY", "odd://127.0.0.1:1"),
        ("SSL_CERT_FILE", "/nowhere/certificates.pem"),
    ],
)
def test_an_environment_that_cannot_be_used_is_named(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UnreachableError, match="environment") as caught:
        collect(open_openai(CARD, "https://models.invalid/v1", "m", KEY).stream(QUESTION))
    assert name in caught.value.hint


def test_a_proxy_that_refuses_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(said(407)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        with pytest.raises(UnreachableError, match="proxy"):
            collect(open_openai(CARD, "https://models.invalid/v1", "m", KEY).stream(QUESTION))
    assert KEY not in str(proxy.heard)


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


def test_a_certificate_that_does_not_verify_gets_no_question_and_no_key(
    authority: trustme.CA, tmp_path: os.PathLike[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    with serving(good(), tls=tls) as server:
        with pytest.raises(UnreachableError, match="certificate") as caught:
            collect(near(server).stream(QUESTION))
        assert server.heard == []
        assert "SSL_CERT_FILE" in caught.value.hint
        file = os.path.join(tmp_path, "ca.pem")  # noqa: PTH118
        authority.cert_pem.write_to_path(file)
        monkeypatch.setenv("SSL_CERT_FILE", file)
        assert collect(near(server).stream(QUESTION)).text == "Hi"


ODD_KEYS = ["sk-a\nb", "sk clé", "sk-\x1b[31m", "sk-ключ", "a b"]


@pytest.mark.parametrize("key", ODD_KEYS)
def test_a_key_that_no_header_can_carry_is_refused_unquoted(key: str) -> None:
    with pytest.raises(KeyRefusedError) as caught:
        open_openai(CARD, "https://models.invalid/v1", "m", key)
    assert key not in str(caught.value)


def everything_about(error: BaseException) -> str:
    """All that a careless crash file would hold: texts and reprs down the chain."""
    seen: list[BaseException] = []
    chain: BaseException | None = error
    while chain is not None and chain not in seen:
        seen.append(chain)
        chain = chain.__cause__ or chain.__context__
    return " ".join(f"{one} {one!r} {one.args} {vars(one)}" for one in seen)


ECHOES = {
    "key quoted": said(401, fault(f"Incorrect API key provided: {KEY}.")),
    "key masked behind": said(401, fault(f"Incorrect: {KEY[:12]}********")),
    "key as the code": said(400, fault("No", KEY)),
    "key in plain text": said(500, f"bad header Bearer {KEY}", "text/plain"),
    "key in the stream": streamed(events({"error": {"message": f"{KEY}?", "code": 401}})),
    "key in a redirect": said(307, Location=f"http://{KEY}@127.0.0.1/{KEY}"),
    "line broken": Said((b"no",)),
    "silence": Said((), holds=True),
}


@BOTH
@pytest.mark.parametrize("reply", ECHOES.values(), ids=ECHOES)
def test_no_error_holds_the_key(reply: Said, opener: Opener) -> None:
    with serving(reply) as server:
        remote = near(server, opener)
        with pytest.raises(ProviderError) as caught:
            collect(remote.stream(QUESTION))
    assert KEY in str(server.heard[0].headers)  # it did go where it belongs
    assert KEY[:10] not in everything_about(caught.value) + caught.value.hint + repr(remote)


@BOTH
def test_no_log_holds_the_key(opener: Opener, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    with pytest.raises(RateLimitedError):
        ask(SLOW_DOWN, opener=opener)
    assert "httpcore" in {name.partition(".")[0] for name, *_ in caplog.record_tuples}
    assert KEY not in caplog.text


def test_what_a_server_says_reaches_no_terminal_as_a_command() -> None:
    with pytest.raises(RefusedRequestError) as caught:
        ask(said(400, fault("\x1b[2J\x07wipe\u202e " + "x" * 5000)))
    assert caught.value.message.isprintable()
    assert len(caught.value.message) < 400


@BOTH
def test_where_no_key_is_needed_none_is_sent(opener: Opener) -> None:
    with serving(said(418)) as server, pytest.raises(RefusedRequestError):
        collect(opener(CARD, server.url, "m", patience=QUICK).stream(QUESTION))
    assert not {"authorization", "x-api-key"} & set(server.heard[0].headers)


def test_a_server_that_never_ends_is_hung_up_on() -> None:
    endless = streamed(*(events(delta("again " * 200)) for _ in range(40)), holds=True)
    with serving(endless) as server:
        reply = collect(near(server).stream(user("Hi", max_tokens=10)))
        assert server.hung_up.wait(5)
    assert reply.done == Done(Ending.LENGTH, model="m")
    assert "hung up" in told(reply)["max_tokens"]
    assert len(reply.text) < 3000


def test_a_count_below_nothing_gives_no_tokens_back() -> None:
    reply = ask(streamed(events(delta("Hi"), ended(), counted(-1000, 5), "[DONE]")))
    assert reply.done is not None
    assert reply.done.usage is None
    assert "usage" in told(reply)


@pytest.mark.parametrize("host", ["a..b", "xn--zzzz", "a" * 70])
def test_a_host_that_cannot_be_spelled_is_no_address(host: str) -> None:
    with pytest.raises(UnreachableError, match="not the address"):
        open_openai(CARD, f"http://{host}/v1", "m")


@pytest.mark.parametrize("part", [KEY, KEY[3:], KEY[:-3], f"Bearer:{KEY}!"])
def test_no_large_part_of_a_key_comes_back_in_a_complaint(part: str) -> None:
    with pytest.raises(ProviderError) as caught:
        ask(said(400, fault(f"what is {part}?")))
    assert "[key]" in caught.value.message
    assert KEY[4:-4] not in caught.value.message
