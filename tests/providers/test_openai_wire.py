import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.providers.calling import QUESTION, ask, near, open_openai, told
from tests.providers.wire_server import (
    Said,
    counted,
    delta,
    ended,
    events,
    good,
    pieces_of,
    said,
    serving,
    streamed,
)
from tutor.providers.asking import Arrived
from tutor.providers.openai_wire import OpenAIWire
from tutor.providers.sse import Decoder
from tutor.providers.talk import Ending, Message, Reply, Request, Usage, collect, user
from tutor.providers.terms import Terms

WIRE = OpenAIWire("m")
TALK = "Ünï 漢字 🙂 data: x"
FLOW = b":\n\n" + events(
    delta(None, role="assistant"), *map(delta, TALK), ended("length"), counted(), "[DONE]"
)


def read(stream: list[bytes]) -> tuple[str, Arrived]:
    reading, decoder, text = Arrived(), Decoder(), ""
    for piece in stream:
        for event in decoder.feed(piece):
            text += "".join(one.text for one in WIRE.read(event.data, reading))
    return text, reading


@given(st.lists(st.integers(0, len(FLOW)), max_size=30))
def test_a_reply_reads_the_same_wherever_its_bytes_are_cut(cuts: list[int]) -> None:
    text, reading = read(pieces_of(FLOW, cuts))
    assert text == TALK
    assert reading == Arrived(Ending.LENGTH, Usage(3, 2), "m", is_over=True)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, len(FLOW)), max_size=8), st.booleans())
def test_a_reply_cut_anywhere_on_a_real_line_reads_the_same(cuts: list[int], chunked: bool) -> None:  # noqa: FBT001  hypothesis names it
    reply = ask(streamed(*pieces_of(FLOW, cuts), chunked=chunked))
    assert reply.text == TALK
    assert reply.done is not None
    assert reply.done.usage == Usage(3, 2)


def alternatives(*pairs: tuple[str, float | None]) -> list[dict[str, Any]]:
    return [{"token": token, "logprob": log} for token, log in pairs]


CHAT_SHAPE = {
    "content": [
        {
            "token": " cat",
            "bytes": [32, 99, 97, 116],
            "logprob": -1.0,
            "top_logprobs": alternatives((" dog", -2.0), (" cat", -1.0), (" gone", None)),
        }
    ]
}
LEGACY_SHAPE = {
    "tokens": [" cat"],
    "token_logprobs": [-1.0],
    "top_logprobs": [{" dog": -2.0, " cat": -1.0, " gone": None}],
    "text_offset": [18],
}
COMPLETION = {"choices": [{"index": 0, "text": " cat", "finish_reason": None}]}


def completed(shape: dict[str, Any]) -> dict[str, Any]:
    return {"choices": [{"text": " cat", "logprobs": shape, "finish_reason": "length"}]}


@pytest.mark.parametrize(
    "reply",
    [
        streamed(events(completed(CHAT_SHAPE), counted(), "[DONE]")),
        streamed(events(completed(LEGACY_SHAPE), counted(), "[DONE]")),
        said(200, json.dumps({**completed(CHAT_SHAPE), "usage": counted()["usage"]})),
        said(200, json.dumps({**completed(LEGACY_SHAPE), "usage": counted()["usage"]})),
    ],
    ids=["chat-style", "legacy", "chat-style at once", "legacy at once"],
)
def test_chances_of_a_continued_text_are_found_in_either_shape(reply: Said) -> None:
    with serving(reply) as server:
        request = Request(prompt="The cat sat on the", max_tokens=1, alternatives=2)
        got = collect(near(server).stream(request))
    assert server.heard[0].path == "/v1/completions"
    assert server.heard[0].body["logprobs"] == 2
    (token,) = got.tokens
    assert (token.chosen.text, token.chosen.log_probability) == (" cat", -1.0)
    assert [one.text for one in token.alternatives] == [" cat", " dog"]
    assert token.alternatives[1].probability == pytest.approx(math.exp(-2))
    assert "alternatives" not in told(got)


def test_chances_of_a_chat_come_with_the_words_they_belong_to() -> None:
    with serving(good(" cat", delta(None, logprobs=CHAT_SHAPE))) as server:
        got = collect(near(server).stream(user("Sit!", alternatives=2)))
    assert server.heard[0].body["logprobs"] is True
    assert server.heard[0].body["top_logprobs"] == 2
    assert [token.chosen.text for token in got.tokens] == [" cat"]


def test_half_a_character_as_a_token_is_shown_as_such() -> None:
    half = {"content": [{"token": "\\xe6", "bytes": [230], "logprob": -0.5, "top_logprobs": []}]}
    odd = {"content": [{"token": "<end>", "bytes": None, "logprob": -0.5}]}
    bad = {"content": [{"token": "x", "bytes": [999], "logprob": float("-inf")}]}
    chunks = [delta("", logprobs=shape) for shape in (half, odd, bad)]
    got = ask(good("字", *chunks), request=user("?", alternatives=1))
    assert [token.chosen.text for token in got.tokens] == ["\ufffd", "<end>", "x"]
    assert got.tokens[2].chosen.probability == 0


def test_everything_asked_for_goes_out_and_nothing_else() -> None:
    schema = {"type": "object", "additionalProperties": False}
    request = Request(
        (Message("system", "Be brief."), Message("user", "Hi")),
        max_tokens=7,
        temperature=0.0,
        seed=3,
        stop=("END",),
        json_schema=schema,
    )
    assert WIRE.write(request, Terms()).body == {
        "model": "m",
        "stream": True,
        "stream_options": {"include_usage": True},
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Hi"},
        ],
        "max_tokens": 7,
        "temperature": 0.0,
        "seed": 3,
        "stop": ("END",),
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "reply", "schema": schema, "strict": True},
        },
    }


ODDITIES = {
    "no choices in the last chunk": [counted()],
    "choices: null": [{"choices": None}],
    "content: null": [delta(None)],
    "no delta": [{"choices": [{"index": 0, "delta": None}]}],
    "usage: null": [{**delta(""), "usage": None}],
    "another answer beside ours": [{"choices": [{"index": 1, "delta": {"content": "no"}}]}],
    "extra fields": [{**delta(""), "timings": {"x": 1}, "object": "y"}],
    "thoughts": [{"choices": [{"index": 0, "delta": {"reasoning_content": "hmm"}}]}],
    "content in parts": [{"choices": [{"delta": {"content": [{"type": "text", "text": ""}]}}]}],
    "half a surrogate pair": ['{"choices": [{"delta": {"content": ""}}], "id": "\\ud83d"}'],
}


@pytest.mark.parametrize("chunks", ODDITIES.values(), ids=ODDITIES)
def test_what_some_servers_add_does_not_disturb_a_reply(chunks: list[Any]) -> None:
    got = ask(good("Hi", *chunks))
    assert got.text == "Hi"
    assert got.done is not None
    assert (got.done.ending, got.done.usage) == (Ending.STOP, Usage(3, 2))
    assert got.adjusted == []


@pytest.mark.parametrize(
    ("reason", "ending"),
    [
        ("stop", Ending.STOP),
        ("length", Ending.LENGTH),
        ("content_filter", Ending.FILTERED),
        ("tool_calls", Ending.OTHER),
    ],
)
def test_why_a_reply_ended_is_known(reason: str, ending: Ending) -> None:
    done = ask(streamed(events(delta("Hi"), ended(reason), counted(), "[DONE]"))).done
    assert done is not None
    assert done.ending is ending


def test_a_server_that_does_not_stream_is_understood() -> None:
    message = {"role": "assistant", "content": "Hi"}
    body = {"model": "m2", "choices": [{"message": message, "finish_reason": "stop"}]}
    got = ask(said(200, json.dumps({**body, "usage": counted()["usage"]})))
    assert got.text == "Hi"
    assert got.done is not None
    assert (got.done.ending, got.done.usage, got.done.model) == (
        Ending.STOP,
        Usage(3, 2),
        "m2",
    )


def test_halves_of_characters_in_json_do_not_reach_the_journal() -> None:
    halves = '{"choices":[{"delta":{"content":"a\\ud83d"}}]}'
    rest = '{"choices":[{"delta":{"content":"\\ude42b\\ud83d"}}]}'
    got = ask(streamed(events(halves, rest, ended(), counted(), "[DONE]")))
    assert got.text == "a🙂b\ufffd"


def test_a_line_that_stays_open_after_the_end_is_not_waited_for() -> None:
    reply = streamed(events(delta("Hi"), ended(), counted(), "[DONE]"), holds=True)
    with serving(reply) as server:
        got: Reply = collect(near(server, open_openai).stream(QUESTION))
        assert server.hung_up.wait(5)
    assert got.done is not None
    assert got.done.ending is Ending.STOP
