import json
from typing import Any

import pytest

from tests.providers.calling import ask, near, open_anthropic, told
from tests.providers.wire_server import Said, events, pieces_of, said, serving, streamed
from tutor.errors import KeyRefusedError, ProviderError, RateLimitedError, RefusedRequestError
from tutor.providers.anthropic_wire import AnthropicWire
from tutor.providers.talk import Ending, Message, Request, Usage, collect, user
from tutor.providers.terms import Terms

START = {
    "type": "message_start",
    "message": {
        "type": "message",
        "model": "m1",
        "content": [],
        "stop_reason": None,
        "usage": {"input_tokens": 1, "cache_read_input_tokens": 36, "output_tokens": 0},
    },
}
BLOCK = {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}
STOP = {"type": "message_stop"}


def words(text: str) -> dict[str, Any]:
    return {"type": "content_block_delta", "delta": {"type": "text_delta", "text": text}}


def finished(reason: str = "end_turn") -> dict[str, Any]:
    delta = {"stop_reason": reason, "stop_sequence": None}
    return {"type": "message_delta", "delta": delta, "usage": {"output_tokens": 2}}


def good(*chunks: Any, reason: str = "end_turn") -> Said:
    return streamed(b":\n\n" + events(START, BLOCK, *chunks, finished(reason), STOP))


@pytest.mark.parametrize("every", [1, 2, 7, 1000])
def test_a_reply_reads_the_same_wherever_its_bytes_are_cut(every: int) -> None:
    (_, body, _) = good(words("É🙂"), {"type": "ping"}, words(" 漢")).pieces
    raw = body.split(b"\r\n", 1)[1].removesuffix(b"\r\n")
    got = ask(streamed(*pieces_of(raw, range(0, len(raw), every))), opener=open_anthropic)
    assert got.text == "É🙂 漢"
    assert got.done is not None
    assert (got.done.ending, got.done.model) == (Ending.STOP, "m1")


def test_tokens_out_of_a_cache_count_as_read() -> None:
    done = ask(good(words("Hi")), opener=open_anthropic).done
    assert done is not None
    assert done.usage == Usage(37, 2)


@pytest.mark.parametrize(
    ("reason", "ending"),
    [
        ("stop_sequence", Ending.STOP),
        ("max_tokens", Ending.LENGTH),
        ("refusal", Ending.FILTERED),
        ("pause_turn", Ending.OTHER),
    ],
)
def test_why_a_reply_ended_is_known(reason: str, ending: Ending) -> None:
    done = ask(good(words("Hi"), reason=reason), opener=open_anthropic).done
    assert done is not None
    assert done.ending is ending


def test_thoughts_are_not_shown_as_the_reply() -> None:
    thought = {"type": "content_block_delta", "delta": {"type": "thinking_delta", "thinking": "?"}}
    assert ask(good(thought, words("Hi")), opener=open_anthropic).text == "Hi"


def test_the_system_prompt_goes_out_apart() -> None:
    with serving(good(words("Hi"))) as server:
        request = user("Hi?", system="Be brief.", max_tokens=9, stop=("END",), top_k=4)
        collect(near(server, open_anthropic).stream(request))
    assert server.heard[0].path == "/v1/messages"
    assert server.heard[0].headers["anthropic-version"]
    assert server.heard[0].body == {
        "model": "m",
        "stream": True,
        "system": "Be brief.",
        "messages": [{"role": "user", "content": "Hi?"}],
        "max_tokens": 9,
        "top_k": 4,
        "stop_sequences": ["END"],
    }


def test_what_this_format_does_not_have_is_said_and_not_sent() -> None:
    request = Request(prompt="Once", alternatives=3, seed=1, min_p=0.1, json_schema={})
    with serving(good(words("Hi"))) as server:
        got = collect(near(server, open_anthropic).stream(request))
    assert set(told(got)) == {"prompt", "alternatives", "seed", "min_p", "json_schema"}
    assert server.heard[0].body["messages"] == [{"role": "user", "content": "Once"}]
    assert not {"seed", "min_p", "logprobs", "response_format"} & set(server.heard[0].body)


def test_a_conversation_keeps_its_order() -> None:
    turns = (Message("user", "a"), Message("assistant", "b"), Message("user", "c"))
    body = AnthropicWire("m").write(Request(turns), Terms()).body
    assert [turn["content"] for turn in body["messages"]] == ["a", "b", "c"]
    assert "system" not in body


def test_a_server_that_does_not_stream_is_understood() -> None:
    body = {
        "type": "message",
        "model": "m1",
        "content": [{"type": "text", "text": "Hi"}],
        "stop_reason": "max_tokens",
        "usage": {"input_tokens": 3, "output_tokens": 4},
    }
    got = ask(said(200, json.dumps(body)), opener=open_anthropic)
    assert got.text == "Hi"
    assert got.done is not None
    assert (got.done.ending, got.done.usage) == (Ending.LENGTH, Usage(3, 4))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("authentication_error", KeyRefusedError),
        ("overloaded_error", RateLimitedError),
        ("rate_limit_error", RateLimitedError),
        ("invalid_request_error", RefusedRequestError),
    ],
)
def test_an_error_in_the_stream_is_named_as_what_it_is(
    kind: str, expected: type[ProviderError]
) -> None:
    error = {"type": "error", "error": {"type": kind, "message": "so it is"}}
    with pytest.raises(expected, match="so it is"):
        ask(streamed(events(START, error)), opener=open_anthropic)


def test_an_error_in_mid_answer_keeps_what_came() -> None:
    error = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}
    got = ask(streamed(events(START, words("Half an"), error)), opener=open_anthropic)
    assert got.text == "Half an"
    assert "Overloaded" in told(got)["reply"]
    assert got.done is not None
    assert got.done.ending is Ending.FAILED
