"""What an endpoint can do is found out by asking, and what it cannot is said."""

import json
from typing import Any

import pytest

from tests.providers.calling import QUESTION, ask, near, open_anthropic, told
from tests.providers.wire_server import (
    Said,
    delta,
    ended,
    events,
    good,
    said,
    serving,
    streamed,
)
from tutor.errors import BadReplyError, RefusedRequestError, UnknownModelError
from tutor.providers.talk import Message, Request, collect, user

SCHEMA = {"type": "object"}
CHANCES = {"content": [{"token": "Hi", "logprob": -1.0, "top_logprobs": []}]}
REASONER = (
    "Unsupported parameter: 'max_tokens' is not supported with this model. "
    "Use 'max_completion_tokens' instead."
)


def refused(message: str, status: int = 400, **more: Any) -> Said:
    return said(status, json.dumps({"error": {"message": message, "code": None, **more}}))


ASKED: dict[str, Any] = {
    "temperature": 0.5,
    "top_p": 0.9,
    "top_k": 40,
    "min_p": 0.1,
    "seed": 1,
    "stop": ("END",),
    "alternatives": 3,
    "json_schema": SCHEMA,
}
FIELDS = {
    "alternatives": "top_logprobs",
    "json_schema": "response_format",
    "usage": "stream_options",
}
LEFT_OUT = {
    "OpenAI": ("Unsupported value: 'temperature' does not support 0.5", 400, {}, "temperature"),
    "by param": ("Unsupported value", 400, {"param": "top_p"}, "top_p"),
    "Groq": ("property 'top_k' is unsupported", 400, {}, "top_k"),
    "min_p": ("Unrecognized request argument supplied: min_p", 400, {}, "min_p"),
    "422": ("seed is not permitted", 422, {}, "seed"),
    "stop": ("Unsupported parameter: 'stop'", 400, {}, "stop"),
    "logprobs": ("This model does not support logprobs", 400, {}, "alternatives"),
    "logits_all": ("needs logits_all=True", 500, {}, "alternatives"),
    "response_format": ("Invalid response_format", 400, {}, "json_schema"),
    "grammar": ("failed to parse grammar", 400, {}, "json_schema"),
    "a breakdown": ("internal error", 500, {}, "json_schema"),
    "stream_options": ("unknown field stream_options", 400, {}, "usage"),
}


@pytest.mark.parametrize(
    ("message", "status", "more", "parameter"), LEFT_OUT.values(), ids=LEFT_OUT
)
def test_a_refused_parameter_is_left_out_and_the_demo_goes_on(
    message: str, status: int, more: dict[str, Any], parameter: str
) -> None:
    with serving(refused(message, status, **more), good('{"a": 1}')) as server:
        remote = near(server)
        first = collect(remote.stream(user("Hi?", **ASKED)))
        again = collect(remote.stream(user("Hi?", **ASKED)))
    assert first.text == again.text == '{"a": 1}'
    sent = [FIELDS.get(parameter, parameter) in one.body for one in server.heard]
    assert sent == [True, False, False]  # and is not tried anew
    if parameter != "usage":
        assert "refuses" in told(first)[parameter]
        assert "refuses" in told(again)[parameter]


def test_several_refusals_are_met_one_by_one() -> None:
    names = ("seed", "top_k", "min_p", "temperature")
    with serving(*(refused(f"unknown: {name}") for name in names), good('{"a": 1}')) as server:
        got = collect(near(server).stream(user("Hi?", **ASKED)))
    assert set(names) <= set(told(got))
    assert not set(names) & set(server.heard[-1].body)
    assert server.heard[-1].body["top_p"] == 0.9


def test_a_list_of_faults_as_pydantic_writes_it_is_understood() -> None:
    detail = [{"type": "extra_forbidden", "loc": ["body", "seed"], "msg": "Extra inputs"}]
    for body in ({"detail": detail}, {"object": "error", "message": {"detail": detail}}):
        got = ask(said(422, json.dumps(body)), good(), request=user("Hi?", seed=1))
        assert "refuses" in told(got)["seed"]


@pytest.mark.parametrize(
    ("message", "asked", "field", "sent"),
    [
        ("top_logprobs must be less than or equal to 5", {"alternatives": 10}, "top_logprobs", 5),
        ("logprobs: must be between 0 and 5", {"alternatives": 10}, "top_logprobs", 5),
        ("temperature: range: 0..1", {"temperature": 1.5}, "temperature", 1.0),
        ("max_tokens is too large, at most 4096", {"max_tokens": 9000}, "max_tokens", 4096),
        ("max_tokens: 9000 > 8192, the maximum", {"max_tokens": 9000}, "max_tokens", 8192),
    ],
)
def test_a_limit_that_is_named_is_kept_to(
    message: str, asked: dict[str, Any], field: str, sent: float
) -> None:
    with serving(refused(message), good()) as server:
        got = collect(near(server).stream(user("Hi?", **asked)))
    assert server.heard[-1].body[field] == sent
    assert f"at most {sent:g}, not" in " ".join(one.why for one in got.adjusted)


def test_models_that_reason_get_their_limit_under_its_other_name() -> None:
    with serving(refused(REASONER), good()) as server:
        got = collect(near(server).stream(user("Hi?", max_tokens=50)))
    assert server.heard[-1].body["max_completion_tokens"] == 50
    assert "max_tokens" not in server.heard[-1].body
    assert "hidden reasoning" in told(got)["max_tokens"]


@pytest.mark.parametrize(
    "message",
    [
        "System role not supported",
        "'messages[0].role' does not support 'system' with this model",
        "Conversation roles must alternate user/assistant/user/assistant/...",
    ],
)
def test_a_system_prompt_that_is_refused_goes_before_the_question(message: str) -> None:
    with serving(refused(message), good()) as server:
        got = collect(near(server).stream(user("Hi?", system="Be brief.")))
    assert server.heard[-1].body["messages"] == [{"role": "user", "content": "Be brief.\n\nHi?"}]
    assert "before your question" in told(got)["system prompt"]


@pytest.mark.parametrize("opener", [near, lambda server: near(server, open_anthropic)])
def test_a_begun_reply_that_is_refused_is_left_out(opener: Any) -> None:
    request = Request((Message("user", "Hi?"), Message("assistant", "It")))
    reply = streamed(
        events({"choices": [{"delta": {"content": "Hi"}}], "content": [{"text": "Hi"}]})
    )
    no = refused("This model does not support assistant message prefill.")
    with serving(no, reply) as server:
        got = collect(opener(server).stream(request))
    assert got.text == "Hi"
    assert [turn["role"] for turn in server.heard[-1].body["messages"]] == ["user"]
    assert "prefill" in told(got)


@pytest.mark.parametrize(
    "no",
    [
        said(404, '{"detail":"Not Found"}'),
        said(405),
        said(501),
        refused("This is a chat model and not supported in the v1/completions endpoint.", 404),
        refused("This is not a chat model, use the chat/completions endpoint"),
    ],
    ids=["404", "405", "501", "404 chat", "400 chat"],
)
def test_a_host_that_continues_no_text_is_asked_in_a_chat_and_it_is_said(no: Said) -> None:
    with serving(no, good()) as server:
        got = collect(near(server).stream(Request(prompt="Once upon")))
    assert [one.path for one in server.heard] == ["/v1/completions", "/v1/chat/completions"]
    assert server.heard[-1].body["messages"] == [{"role": "user", "content": "Once upon"}]
    assert "sent as a question" in told(got)["prompt"]


UNRELATED = {
    "nothing named": (refused("Something odd"), RefusedRequestError),
    "named, not sent": (refused("min_p is odd"), RefusedRequestError),
    "a word that is a name": (refused("please stop sending this"), RefusedRequestError),
    "the model": (refused("temperature: model does not exist", 404), UnknownModelError),
    "a breakdown": (refused("internal", 500), BadReplyError),
}


@pytest.mark.parametrize(("no", "expected"), UNRELATED.values(), ids=UNRELATED)
def test_a_fault_elsewhere_costs_no_parameter(no: Said, expected: type[Exception]) -> None:
    with serving(no) as server, pytest.raises(expected):
        collect(near(server).stream(user("Hi?", stop=("END",))))
    assert len(server.heard) == 1


def test_what_a_format_demands_is_not_left_out() -> None:
    no = refused("max_tokens is out of its mind")
    with serving(no) as server, pytest.raises(RefusedRequestError, match="out of its mind"):
        collect(near(server, open_anthropic).stream(QUESTION))
    assert len(server.heard) == 1


def test_a_host_that_refuses_without_end_is_given_up() -> None:
    words = " ".join(["stream_options", *ASKED, "logprobs schema 'stop' max_tokens prefill system"])
    with serving(refused(words)) as server, pytest.raises(RefusedRequestError):
        collect(near(server).stream(user("Hi?", system="x", **ASKED)))
    assert len(server.heard) <= 12


NOT_OBEYED: dict[str, tuple[Said, dict[str, Any], str, str]] = {
    "no log-probabilities": (good(), {"alternatives": 3}, "alternatives", "sends no"),
    "fewer of them": (
        good("Hi", delta(None, logprobs=CHANCES)),
        {"alternatives": 3},
        "alternatives",
        "sends 0, not 3",
    ),
    "no usage": (streamed(events(delta("Hi"), ended(), "[DONE]")), {}, "usage", "how many tokens"),
    "talk for a schema": (good("Sure!"), {"json_schema": SCHEMA}, "json_schema", "did not keep"),
    "a stop sequence": (good("Hi END x"), {"stop": ("END",)}, "stop", "did not obey"),
    "too much": (
        streamed(
            events(
                delta("Hi"),
                ended(),
                {"choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 99}},
                "[DONE]",
            )
        ),
        {"max_tokens": 9},
        "max_tokens",
        "more than",
    ),
    "no word": (
        streamed(events(delta(None), ended("length"), "[DONE]")),
        {"max_tokens": 9},
        "max_tokens",
        "reason first",
    ),
}


@pytest.mark.parametrize(
    ("reply", "asked", "parameter", "why"), NOT_OBEYED.values(), ids=NOT_OBEYED
)
def test_what_was_silently_ignored_is_not_presented_as_obeyed(
    reply: Said, asked: dict[str, Any], parameter: str, why: str
) -> None:
    assert why in told(ask(reply, request=user("Hi?", **asked)))[parameter]


def test_what_was_obeyed_is_not_called_ignored() -> None:
    tops = [{"token": "a", "logprob": -1.0}] * 3
    chances = {"content": [{"token": "Hi", "logprob": -1.0, "top_logprobs": tops}]}
    reply = good('{"a": ', delta("1}", logprobs=chances))
    asked = user("Hi?", alternatives=3, stop=("END",), json_schema=SCHEMA, max_tokens=2)
    assert told(ask(reply, request=asked)) == {}


def test_what_nobody_can_see_is_called_unverified_once() -> None:
    with serving(good()) as server:
        remote = near(server)
        asked = user("Hi?", temperature=0.0, seed=4)
        first, again = (collect(remote.stream(asked)) for _ in range(2))
        new = collect(remote.stream(user("Hi?", temperature=0.0, top_k=2)))
        plain = collect(remote.stream(QUESTION))
    assert "unverified" in told(first)["temperature, seed"]
    assert told(again) == told(plain) == {}
    assert list(told(new)) == ["top_k"]
