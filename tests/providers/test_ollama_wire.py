"""Ollama's own format: a document a line, and what steers the sampling one floor down."""

import json
from typing import Any

import pytest

from tests.providers.calling import ask, near, told
from tests.providers.wire_server import Said, pieces_of, said, serving
from tutor.errors import BadReplyError, UnknownModelError
from tutor.providers.ollama_wire import open_ollama
from tutor.providers.talk import Ending, Request, Usage, collect, user

NDJSON = "application/x-ndjson"
END = {"model": "m1", "done": True, "done_reason": "stop", "prompt_eval_count": 9, "eval_count": 4}


def line(content: str, **more: Any) -> dict[str, Any]:
    message = {"role": "assistant", "content": content, **more}
    return {"model": "m1", "message": message, "done": False}


def body(*documents: Any) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in documents)


def lines(*documents: Any) -> Said:
    return said(200, body(*documents), NDJSON)


@pytest.mark.parametrize("every", [1, 2, 7, 1000])
def test_a_reply_reads_the_same_wherever_its_bytes_are_cut(every: int) -> None:
    sent = body(line("É🙂"), line(' {"a": "}"'), line(" 漢"), END)
    head, rest = lines(line("")).pieces[0].split(b"\r\n\r\n", 1)
    head = head.replace(str(len(rest)).encode(), str(len(sent)).encode())
    cut = Said((head + b"\r\n\r\n", *pieces_of(sent, range(0, len(sent), every))))
    got = ask(cut, opener=open_ollama)
    assert got.text == 'É🙂 {"a": "}" 漢'
    assert got.done is not None
    assert (got.done.ending, got.done.usage, got.done.model) == (Ending.STOP, Usage(9, 4), "m1")


def test_what_steers_the_sampling_goes_where_ollama_reads_it() -> None:
    asked = {"temperature": 0.0, "seed": 3, "stop": ("END",), "top_k": 4, "min_p": 0.1}
    request = user("Hi?", system="Be brief.", max_tokens=9, json_schema={"type": "object"}, **asked)
    with serving(lines(line("{}"), END)) as server:
        collect(open_ollama(near(server).card, server.url, "m").stream(request))
    assert server.heard[0].path == "/api/chat"
    assert server.heard[0].body == {
        "model": "m",
        "stream": True,
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Hi?"},
        ],
        "options": {
            "num_predict": 9,
            "temperature": 0.0,
            "top_k": 4,
            "min_p": 0.1,
            "seed": 3,
            "stop": ["END"],
        },
        "format": {"type": "object"},
    }


def test_a_text_is_continued_without_the_template() -> None:
    reply = lines({"response": " Paris", "done": False}, END)
    with serving(reply) as server:
        request = Request(prompt="The capital of France is", max_tokens=2)
        got = collect(near(server, open_ollama).stream(request))
    assert server.heard[0].path == "/api/generate"
    assert server.heard[0].body["raw"] is True
    assert got.text == " Paris"


def test_chances_come_with_their_words() -> None:
    chances = [{"token": "a", "logprob": -1.0, "top_logprobs": [{"token": "b", "logprob": -2.0}]}]
    got = ask(
        lines({**line("a"), "logprobs": chances}, END),
        opener=open_ollama,
        request=user("?", alternatives=1),
    )
    assert [token.alternatives[0].text for token in got.tokens] == ["b"]


def test_thoughts_are_told_from_the_answer() -> None:
    got = ask(lines(line("", thinking="hm"), line("Hi"), END), opener=open_ollama)
    assert (got.text, got.thoughts) == ("Hi", "hm")


def test_a_reply_that_stops_in_mid_air_is_not_called_whole() -> None:
    got = ask(lines(line("Half an")), opener=open_ollama)
    assert got.text == "Half an"
    assert got.done is not None
    assert got.done.ending is Ending.UNMARKED


def test_an_error_on_a_line_of_its_own_is_told_in_the_servers_words() -> None:
    with pytest.raises(BadReplyError, match="llama runner process has terminated"):
        ask(lines({"error": "llama runner process has terminated"}), opener=open_ollama)
    got = ask(lines(line("Half"), {"error": "out of memory"}), opener=open_ollama)
    assert "out of memory" in told(got)["reply"]
    assert got.done is not None
    assert got.done.ending is Ending.FAILED


def test_a_model_that_was_not_fetched_is_named() -> None:
    missing = said(404, json.dumps({"error": "model 'm' not found"}))
    with pytest.raises(UnknownModelError, match="model 'm' not found"):
        ask(missing, opener=open_ollama)


@pytest.mark.parametrize("end", ["", "/", "/v1", "/api", "/api/chat", "/v1/chat/completions"])
def test_an_address_may_be_copied_with_its_end(end: str) -> None:
    with serving(lines(line("Hi"), END)) as server:
        base = server.url.removesuffix("/v1")
        collect(open_ollama(near(server).card, base + end, "m").stream(user("Hi?")))
    assert server.heard[0].path == "/api/chat"
