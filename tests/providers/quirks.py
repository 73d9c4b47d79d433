"""What hosts say: one line a quirk, and what is to come of it.

Each was described in public reports about other programs, or seen on a server that we ran; the
bytes are our own. A line is what it imitates, what the server says, and what must come of it:
`gives` what the learner then has, `fails` how they are told. A new quirk is a new line.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.providers.wire_server import Said, events, said, streamed
from tutor.errors import (
    BadReplyError,
    DeclinedError,
    KeyRefusedError,
    PromptTooLongError,
    ProviderError,
    RateLimitedError,
    RefusedRequestError,
    UnknownModelError,
)
from tutor.providers.talk import Ending, Request, user
from tutor.providers.wires import WireName

SSE, JSON, TEXT = "text/event-stream", "application/json", "text/plain; charset=utf-8"
OPENAI, ANTHROPIC, OLLAMA = WireName.OPENAI, WireName.ANTHROPIC, WireName.OLLAMA


@dataclass(frozen=True)
class Quirk:
    """A script of replies, and what comes of it."""

    script: tuple[Said, ...]
    text: str = "Hi there"
    thoughts: str = ""
    ending: Ending = Ending.STOP
    fails: type[ProviderError] | None = None
    words: str = ""
    """A pattern in the error, or in the notes beside the reply."""
    waits: tuple[float, ...] = ()
    sent: dict[str, Any] = field(default_factory=dict)
    """Fields of the last request."""
    tokens: int | None = None
    """Tokens with log-probabilities."""
    counted: bool | None = None
    """Whether the server's count of tokens is believed."""
    wire: WireName = OPENAI
    request: Request = field(default_factory=lambda: user("Hi?", system="Be brief."))


def gives(*script: Said, text: str = "Hi there", **more: Any) -> Quirk:
    """A reply that the learner gets."""
    return Quirk(script, text, **more)


def fails(kind: type[ProviderError], words: str, *script: Said, **more: Any) -> Quirk:
    """An error that the learner is told."""
    return Quirk(script, fails=kind, words=words, **more)


def d(content: Any = None, **more: Any) -> dict[str, Any]:
    """A chunk of OpenAI's with this delta."""
    delta = more if content is None else {"content": content, **more}
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]}


def c(**choice: Any) -> dict[str, Any]:
    """A chunk of OpenAI's with one choice of this kind."""
    return {"choices": [choice]}


def u(read: Any = 9, written: Any = 4, **more: Any) -> dict[str, Any]:
    """A chunk of OpenAI's that counts tokens."""
    return {"choices": [], "usage": {"prompt_tokens": read, "completion_tokens": written, **more}}


def sse(*chunks: Any) -> Said:
    """An event stream of these data."""
    return streamed(events(*chunks))


def doc(body: Any, kind: str = JSON, status: int = 200, **headers: str) -> Said:
    """One document."""
    return said(status, body if isinstance(body, str) else json.dumps(body), kind, **headers)


def raw(body: str | bytes, kind: str = SSE) -> Said:
    """These very bytes."""
    return said(200, body, kind)


def whole(content: Any = "Hi there", reason: Any = "stop", **message: Any) -> dict[str, Any]:
    """A reply in one piece."""
    answer = {"message": {"role": "assistant", "content": content, **message}}
    return {"choices": [{"index": 0, **answer, "finish_reason": reason}], "usage": u()["usage"]}


def no(message: str, status: int = 400, **more: Any) -> Said:
    """A refusal in OpenAI's shape."""
    return doc({"error": {"message": message, **more}}, status=status)


def a(kind: str, **more: Any) -> dict[str, Any]:
    """An event of Anthropic's."""
    return {"type": kind, **more}


def part(text: str) -> dict[str, Any]:
    """A piece of text as Anthropic sends it."""
    return a("content_block_delta", index=0, delta={"type": "text_delta", "text": text})


def think(text: str) -> dict[str, Any]:
    """A piece of thinking as Anthropic sends it."""
    return a("content_block_delta", index=0, delta={"type": "thinking_delta", "thinking": text})


HI, THERE = d("Hi"), d(" there")
STOP, DONE = c(index=0, delta={}, finish_reason="stop"), "[DONE]"
GOOD = sse(HI, THERE, STOP, u(), DONE)
BEGIN = a("message_start", message={"type": "message", "usage": {"input_tokens": 9}})
OVER = (
    a("message_delta", delta={"stop_reason": "end_turn"}, usage={"output_tokens": 4}),
    a("message_stop"),
)
CHANCES = user("Hi?", alternatives=2)
JS = json.dumps

# fmt: off
QUIRKS: dict[str, Quirk] = {
    # framing
    "one line end between events, as some proxies join them": gives(raw("".join(f"data: {JS(x)}\n" for x in (HI, THERE, STOP, u())) + "data: [DONE]\n")),
    "an event stream that is labelled as JSON": gives(said(200, events(HI, THERE, STOP, u(), DONE), JSON)),
    "an event stream that is labelled as text": gives(said(200, events(HI, THERE, STOP, u(), DONE), TEXT)),
    "one document that is labelled as an event stream": gives(doc(whole(), SSE)),
    "one document that is labelled as text": gives(doc(whole(), TEXT)),
    "one document, neatly indented": gives(doc(json.dumps(whole(), indent=2), SSE)),
    "lines of JSON without data:": gives(raw("\n".join(JS(x) for x in (HI, THERE, STOP, u())), "application/x-ndjson")),
    "a byte order mark and blanks first": gives(raw(b"\xef\xbb\xbf\r\n\r\n" + events(HI, THERE, STOP, u(), DONE))),
    "CR LF, no blank after the colon": gives(raw(events(HI, THERE, STOP, u(), DONE).replace(b"data: ", b"data:").replace(b"\n", b"\r\n"))),
    "OpenRouter's comments while it waits": gives(raw(b": OPENROUTER PROCESSING\n\n" * 3 + events(HI, THERE, STOP, u(), DONE))),
    "an event wrapped twice by a gateway": gives(raw(b"data: " + events(HI) + b"data: " + events(THERE, STOP, u(), DONE))),
    "ids, kinds and pauses beside the data": gives(raw(b"".join(b"id: 1\nevent: message\nretry: 9\n" + events(x) for x in (HI, THERE, STOP, u(), DONE)))),
    "empty events to keep the line alive": gives(raw(b"data:\n\ndata: {}\n\n" + events(HI) + b'event: ping\ndata: {"type": "ping"}\n\n' + events(THERE, STOP, u(), DONE))),
    "halves of an emoji over two chunks": gives(sse('{"choices":[{"delta":{"content":"\\ud83d"}}]}', '{"choices":[{"delta":{"content":"\\ude42"}}]}', STOP, u(), DONE), text="🙂"),
    "one event of nonsense among good ones": gives(raw(events(HI) + b"data: {oops\n\n" + events(THERE, STOP, u(), DONE))),
    "no [DONE] after the reason": gives(sse(HI, THERE, STOP, u())),
    "no reason, only [DONE]": gives(sse(HI, THERE, u(), DONE), ending=Ending.OTHER),
    "chunks after [DONE]": gives(sse(HI, THERE, STOP, u(), DONE, d(" again"))),
    "the whole again as the message of the last event": gives(sse(d("Hi"), d(" there"), {**whole(), "usage": None}, u(), DONE)),
    "the whole again in the last delta": gives(sse(d("A rather long "), d("answer."), c(index=0, delta={"content": "A rather long answer."}, finish_reason="stop"), u(), DONE), text="A rather long answer."),
    "the rest in the message of the last event": gives(sse(d("Hi"), {**whole(), "usage": None}, u(), DONE)),
    "a word that is really said twice": gives(sse(d("ha"), c(index=0, delta={"content": "ha"}, finish_reason="stop"), u(), DONE), text="haha"),
    # shapes
    "a first chunk of filters, as Azure sends it": gives(sse({"choices": [], "prompt_filter_results": [{"prompt_index": 0}]}, HI, THERE, STOP, u(), DONE)),
    "index null, text, or none": gives(sse(c(index=None, delta={"content": "Hi"}), c(index="0", delta={"content": " the"}), c(delta={"content": "re"}), STOP, u(), DONE)),
    "choices as one object": gives(sse({"choices": {"delta": {"content": "Hi there"}, "finish_reason": "stop"}}, u(), DONE)),
    "null among the choices": gives(sse({"choices": [None, {"delta": {"content": "Hi there"}, "finish_reason": "stop"}]}, u(), DONE)),
    "a delta that is bare text": gives(sse(c(delta="Hi"), c(delta=" there"), STOP, u(), DONE)),
    "text where a delta belongs": gives(sse(c(text="Hi"), c(text=" there"), STOP, u(), DONE)),
    "content in typed parts": gives(sse(d([{"type": "text", "text": "Hi"}, {"type": "text", "text": " there"}]), STOP, u(), DONE)),
    "content as a list of texts": gives(doc(whole(["Hi", " there"]))),
    "numbers as text": gives(sse(HI, THERE, STOP, u("9", "4"), DONE), counted=True),
    "numbers as fractions": gives(sse(HI, THERE, STOP, u(9.0, 4.0), DONE), counted=True),
    "a count that is a list": gives(sse(HI, THERE, STOP, {"choices": [], "usage": []}, DONE), counted=False),
    "a count of 0 beside real text": gives(sse(HI, THERE, STOP, u(0, 0), DONE), counted=False, words="how many tokens"),
    "a count below nothing": gives(sse(HI, THERE, STOP, u(-3, 4), DONE), counted=False),
    "a count with every chunk": gives(sse({**HI, "usage": u(9, 1)["usage"]}, {**THERE, "usage": u()["usage"]}, STOP, DONE), counted=True),
    "a model's name that is a number": gives(sse({**HI, "model": 7}, THERE, STOP, u(), DONE)),
    "an empty error beside a good answer": gives(sse({**HI, "error": ""}, {**THERE, "error": None}, {**STOP, "error": {}}, {**u(), "error": False}, DONE)),
    "a reason that is a number": gives(sse(HI, THERE, c(index=0, delta={}, finish_reason=1), u(), DONE), ending=Ending.OTHER),
    "reasons in capitals, as Gemini writes them": gives(sse(HI, THERE, c(delta={}, finish_reason="MAX_TOKENS"), u(), DONE), ending=Ending.LENGTH),
    "an empty reason with each chunk": gives(sse(*({"choices": [{**x["choices"][0], "finish_reason": ""}]} for x in (HI, THERE)), STOP, u(), DONE)),
    "another answer beside ours": gives(sse(HI, c(index=1, delta={"content": "no"}), THERE, STOP, u(), DONE)),
    "log-probabilities that are an empty list": gives(sse({"choices": [{"delta": {"content": "Hi there"}, "logprobs": []}]}, STOP, u(), DONE), request=CHANCES, tokens=0, words="no log-probabilities"),
    "log-probabilities as text": gives(sse({"choices": [{"delta": {"content": "Hi there"}, "logprobs": {"content": [{"token": "Hi there", "logprob": "-0.5", "bytes": "Hi", "top_logprobs": [{"token": "Hi", "logprob": "-0.5"}] * 2}]}}]}, STOP, u(), DONE), request=CHANCES, tokens=1),
    "likely others as an object": gives(sse({"choices": [{"delta": {"content": "Hi there"}, "logprobs": {"content": [{"token": "Hi there", "logprob": -0.5, "top_logprobs": {"Hi": -0.5, "Ho": -2}}]}}]}, STOP, u(), DONE), request=CHANCES, tokens=1),
    "log-probabilities as a bare list": gives(sse({"choices": [{"delta": {"content": "Hi there"}, "logprobs": [{"token": "Hi", "logprob": -0.5}, None, {"token": 7}]}]}, STOP, u(), DONE), request=CHANCES, tokens=1),
    "lists side by side of unequal lengths": gives(sse({"choices": [{"text": "Hi there", "logprobs": {"tokens": ["Hi", " there"], "token_logprobs": [None, -1.0], "top_logprobs": [None]}}]}, STOP, u(), DONE), request=CHANCES, tokens=1),
    "more written than asked, and called an end": gives(sse(HI, THERE, STOP, u(9, 600), DONE), ending=Ending.LENGTH),
    # thoughts
    "reasoning_content, as DeepSeek and vLLM send it": gives(sse(d(reasoning_content="hm"), HI, THERE, STOP, u(), DONE), thoughts="hm"),
    "reasoning, as OpenRouter and Groq send it": gives(sse(d("", reasoning="hm"), HI, THERE, STOP, u(), DONE), thoughts="hm"),
    "reasoning in two fields that say the same": gives(sse(d("", reasoning="hm", reasoning_details=[{"type": "reasoning.text", "text": "hm"}]), HI, THERE, STOP, u(), DONE), thoughts="hm"),
    "thinking blocks, as LiteLLM passes them on": gives(sse(d("", thinking_blocks=[{"type": "thinking", "thinking": "hm"}]), HI, THERE, STOP, u(), DONE), thoughts="hm"),
    "thoughts among the parts, as Magistral's": gives(doc(whole([{"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}, {"type": "text", "text": "Hi there"}])), thoughts="hm"),
    "<think> in the text, cut anywhere": gives(sse(*map(d, "<think>hm</think>\n\nHi there"), STOP, u(), DONE), thoughts="hm"),
    "an end of thinking without a beginning": gives(sse(d("hm\n</think>\n\nHi"), THERE, STOP, u(), DONE), thoughts="hm\n"),
    "an empty thought": gives(sse(d("<think>\n\n</think>\n\nHi there"), STOP, u(), DONE), thoughts="\n\n"),
    "an answer that speaks of </think>": gives(sse(d("Hi </think> there"), STOP, u(), DONE), text="Hi </think> there"),
    "the channels of gpt-oss, unsorted": gives(sse(d("<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>Hi there"), STOP, u(), DONE), thoughts="hm"),
    "thinking deltas of Anthropic's": gives(sse(BEGIN, think("hm"), part("Hi"), part(" there"), *OVER), thoughts="hm", wire=ANTHROPIC),
    "nothing but thinking until the limit": gives(sse(d(reasoning_content="hm, " * 9), c(delta={}, finish_reason="length"), u(9, 300), DONE), text="", thoughts="hm, " * 9, ending=Ending.LENGTH, words="reason first"),
    # the other wires
    "Anthropic without a beginning": gives(sse(part("Hi"), part(" there"), *OVER), wire=ANTHROPIC),
    "Anthropic with its content as bare text": gives(doc({"type": "message", "content": "Hi there", "stop_reason": "end_turn", "usage": {"input_tokens": 9, "output_tokens": 4}}), wire=ANTHROPIC),
    "Anthropic with events of tomorrow": gives(sse(BEGIN, a("novelty", data=1), part("Hi"), a("ping"), part(" there"), *OVER), wire=ANTHROPIC),
    "LiteLLM's Anthropic, which counts 0 beside text": gives(sse(part("Hi there"), a("message_delta", delta={"stop_reason": "end_turn"}, usage={"input_tokens": 0, "output_tokens": 0}), a("message_stop")), wire=ANTHROPIC, counted=False),
    "LiteLLM's Anthropic, which wrote 600 for 300": gives(sse(BEGIN, part("Hi there"), a("message_delta", delta={"stop_reason": "end_turn"}, usage={"output_tokens": 600}), a("message_stop")), wire=ANTHROPIC, ending=Ending.LENGTH),
    "Ollama as one document": gives(doc({"message": {"content": "Hi there"}, "done": True, "done_reason": "stop", "prompt_eval_count": 9, "eval_count": 4}), wire=OLLAMA),
    "Ollama as an event stream is no Ollama": fails(BadReplyError, "OpenAI's format", sse(HI, THERE, STOP, DONE), wire=OLLAMA),
    # errors inside of a 200
    "an error in mid-stream": gives(sse(HI, THERE, {"error": {"message": "CUDA out of memory", "code": 500}}), ending=Ending.FAILED, words="CUDA out of memory"),
    "an error on a bare line in mid-stream": gives(raw(events(HI, THERE) + b'{"error": {"message": "worker died"}}\n'), ending=Ending.FAILED, words="worker died"),
    "an event of the kind error": fails(BadReplyError, "upstream went away", raw(b"event: error\ndata: upstream went away\n\n")),
    "a reason that is error, as OpenRouter's": fails(BadReplyError, "provider broke", sse(c(delta={}, finish_reason="error", error={"code": 502, "message": "provider broke"}))),
    "an error as a document, labelled as an event stream": fails(BadReplyError, "no luck", doc({"error": "no luck"}, SSE)),
    "an error in fields of the first floor": fails(BadReplyError, "no such account", doc({"error_code": 17, "error_msg": "no such account"})),
    "an error in base_resp, as MiniMax's": fails(BadReplyError, "login fail", doc({"choices": None, "base_resp": {"status_code": 1004, "status_msg": "login fail"}})),
    "an error in a list, as Cloudflare's": fails(BadReplyError, "not entitled", doc({"success": False, "errors": [{"code": 10000, "message": "not entitled"}], "result": None})),
    "an error object, as older vLLM's": fails(RefusedRequestError, "too low", doc({"object": "error", "message": "temperature too low", "code": 400})),
    "a status and a message of its own": fails(BadReplyError, "maintenance", doc({"status": "error", "message": "maintenance"})),
    "code and msg, as gateways from China write them": fails(KeyRefusedError, "token expired", doc({"code": 401, "msg": "token expired", "success": False})),
    "too busy, inside of a 200": fails(RateLimitedError, "asks to wait", doc({"error": {"message": "Rate limit reached", "code": 429}})),
    "[DONE] alone": fails(BadReplyError, "empty", sse(DONE)),
    "a refusal in its own field": fails(DeclinedError, "I can't help", sse(d(None, refusal="I can't"), d(None, refusal=" help."), STOP, u(), DONE)),
    "a filter before the first word": fails(DeclinedError, "filter", sse(c(delta={}, finish_reason="content_filter"), u(9, 0), DONE)),
    "a tool that is called where text was asked": fails(BadReplyError, r"calls a tool \(look_up\)", sse(d(None, tool_calls=[{"function": {"name": "look_up", "arguments": "{}"}}]), c(delta={}, finish_reason="tool_calls"), u(), DONE)),
    "a tool of Anthropic's": fails(BadReplyError, r"calls a tool \(look_up\)", sse(BEGIN, a("content_block_start", content_block={"type": "tool_use", "name": "look_up"}), a("message_delta", delta={"stop_reason": "tool_use"}), a("message_stop")), wire=ANTHROPIC),
    "Anthropic's reply to OpenAI's question": fails(BadReplyError, "Anthropic's format", sse(BEGIN, part("Hi"), *OVER)),
    "OpenAI's reply to Anthropic's question": fails(BadReplyError, "OpenAI's format", GOOD, wire=ANTHROPIC),
    "OpenAI's document to Anthropic's question": fails(BadReplyError, "OpenAI's format", doc(whole()), wire=ANTHROPIC),
    "a reply of the Responses interface": fails(BadReplyError, "Responses", doc({"object": "response", "output": []})),
    "a reply of Gemini's own": fails(BadReplyError, "Gemini", doc({"candidates": [{"content": {"parts": [{"text": "Hi"}]}}]})),
    "bare words with status 200": fails(BadReplyError, "upstream connect error", doc("upstream connect error or disconnect", TEXT)),
    "a page with status 200": fails(BadReplyError, "web page", doc("\n<html><body>Sign in</body></html>", "text/html")),
    # limits
    "Retry-After in seconds": Quirk((doc({"error": "slow"}, status=429, Retry_After="7"), GOOD), waits=(7.0,)),
    "retry-after-ms": Quirk((doc({"error": "slow"}, status=429, retry_after_ms="1500"), GOOD), waits=(1.5,)),
    "Retry-After of the host behind litellm": Quirk((doc({"error": "slow"}, status=429, llm_provider_retry_after="1", llm_provider_x_ratelimit_reset_tokens="6m0s", x_ratelimit_remaining_requests="0"), GOOD), waits=(1.0,)),
    "a wrong key at litellm without a database": fails(KeyRefusedError, "No connected db", doc({"error": {"message": "No connected db.", "type": "no_db_connection", "param": None, "code": "400"}}, status=400)),
    "RetryInfo, as Gemini's": Quirk((doc([{"error": {"code": 429, "message": "You exceeded your current quota, please check your plan and billing details.", "status": "RESOURCE_EXHAUSTED", "details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "34s"}]}}], status=429), GOOD), waits=(34.0,)),
    "try again in 1m2.5s, in words only": Quirk((no("Rate limit reached on tokens per min (TPM): Limit 6000, Used 5990. Please try again in 21.5s.", 429), GOOD), waits=(21.5,)),
    "retry in 2.1s": Quirk((no("Too many requests, retry in 2.1s", 429), GOOD), waits=(2.1,)),
    "estimated_time, as Hugging Face's": Quirk((doc({"error": "Model is currently loading", "estimated_time": 20.0}, status=503), GOOD), waits=(20.0,)),
    "a reset by the headers of limits": Quirk((doc({"error": "slow"}, status=429, x_ratelimit_remaining_requests="0", x_ratelimit_reset_requests="12s"), GOOD), waits=(12.0,)),
    "retry_after in the body": Quirk((doc({"error": {"message": "slow", "metadata": {"retry_after": 3}}}, status=429), GOOD), waits=(3.0,)),
    "overloaded, as Anthropic's 529": Quirk((doc({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}, status=529), sse(BEGIN, part("Hi there"), *OVER)), waits=(2.0,), wire=ANTHROPIC),
    "busy with status 400": Quirk((no("Rate limit exceeded", 400, code="rate_limit_exceeded"), GOOD), waits=(2.0,)),
    "an hour is not waited": fails(RateLimitedError, "wait, for 60 minutes", no("Please try again in 1h0m0s.", 429)),
    "a quota of the day": fails(RateLimitedError, "quota", no("Quota exceeded for metric generate_requests_per_day", 429)),
    "an empty account": fails(RateLimitedError, "nothing left to spend", no("You exceeded your current quota, please check your plan and billing details.", 429, code="insufficient_quota")),
    "a credit balance too low": fails(RateLimitedError, "nothing left to spend", no("Your credit balance is too low to access the API.", 400), wire=ANTHROPIC),
    # what is refused is given up, and told
    "streaming refused": gives(no("Streaming is not supported for this model"), doc(whole()), words="in one piece", sent={"stream": False}),
    "streaming refused by its parameter": gives(no("Your organization must be verified to stream this model.", param="stream", code="unsupported_value"), doc(whole()), words="in one piece", sent={"stream": False}),
    "developer instruction not enabled, as Gemma's": gives(no("Developer instruction is not enabled for models/gemma-3"), GOOD, words="before your question"),
    "only user and assistant": gives(doc({"detail": [{"loc": ["body", "messages", 0, "role"], "msg": "Input should be 'user' or 'assistant'"}]}, status=422), GOOD, words="before your question"),
    "an unexpected role": gives(no("Unexpected role 'system' in messages"), GOOD, words="before your question"),
    "stream_options unknown": gives(no("Unrecognized request argument supplied: stream_options"), GOOD),
    "at least 16 tokens": gives(no("Invalid 'max_tokens': integer below minimum value. Expected a value >= 16, but got 8 instead."), GOOD, request=user("?", max_tokens=8), words="at least 16", sent={"max_tokens": 16}),
    "max_completion_tokens instead": gives(no("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."), GOOD, sent={"max_completion_tokens": 300}),
    "temperature and top_p not together": gives(no("`temperature` and `top_p` cannot both be specified for this model."), GOOD, request=user("?", temperature=0.5, top_p=0.9), sent={"temperature": 0.5}),
    "the reason two floors down, as OpenRouter wraps it": gives(no("Provider returned error", metadata={"raw": '{"error":{"message":"seed is not supported"}}'}), GOOD, request=user("?", seed=1), words="refuses it"),
    # refusals
    "a key that is not valid, with status 400": fails(KeyRefusedError, "does not accept", doc([{"error": {"code": 400, "message": "API key not valid. Please pass a valid API key.", "status": "INVALID_ARGUMENT"}}], status=400)),
    "a country that is not served": fails(RefusedRequestError, "where you are", no("Country, region, or territory not supported", 403, code="unsupported_country_region_territory")),
    "a model that is gone": fails(UnknownModelError, "does not know", no("The model `m` does not exist or you do not have access to it.", 404, code="model_not_found")),
    "too long, by Gemini's words": fails(PromptTooLongError, "does not fit", no("The input token count (9000000) exceeds the maximum number of tokens allowed (1048576).", 400)),
    "an error of Amazon's": fails(RefusedRequestError, "malformed", doc({"Message": "The request is malformed"}, status=400)),
    "an error as bare text": fails(BadReplyError, "no healthy upstream", doc("no healthy upstream", TEXT, 502)),
    "a gateway's page": fails(BadReplyError, "HTTP 524", doc("<html>524: A timeout occurred</html>", "text/html", 524)),
    "a known status, cut in mid-body": fails(KeyRefusedError, "HTTP 401", Said((b'HTTP/1.1 401 X\r\nContent-Length: 900\r\n\r\n{"error": ',))),
    "a missing address, cut in mid-body": fails(UnknownModelError, "HTTP 404", Said((b"HTTP/1.1 404 X\r\nContent-Length: 900\r\n\r\n",), breaks=True)),
}
# fmt: on
