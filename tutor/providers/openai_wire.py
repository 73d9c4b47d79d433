"""OpenAI's wire format, which most hosts and all local servers speak."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tutor.providers.asking import Arrived, Open, Part, opening
from tutor.providers.chances import token_chances
from tutor.providers.framing import Arriving, Frame, event_stream
from tutor.providers.picking import count, mapping, sequence, text
from tutor.providers.sse import END_MARK
from tutor.providers.talk import Ending, Request, Served, TextDelta, Thinking, Thought, Usage
from tutor.providers.terms import (
    PROMPT,
    RENAMED,
    USAGE,
    Letter,
    Terms,
    Ways,
    conversation,
)
from tutor.providers.wires import WireName

ENDINGS = {
    "stop": Ending.STOP,
    "end_turn": Ending.STOP,
    "eos": Ending.STOP,
    "eos_token": Ending.STOP,
    "stop_sequence": Ending.STOP,
    "length": Ending.LENGTH,
    "max_tokens": Ending.LENGTH,
    "model_length": Ending.LENGTH,
    "content_filter": Ending.FILTERED,
    "safety": Ending.FILTERED,
    "complete": Ending.STOP,
    "completed": Ending.STOP,
    "end_of_turn": Ending.STOP,
}
EFFORTS: dict[Thinking, Ways] = {
    Thinking.USUAL: ({"reasoning_effort": "low"},),
    Thinking.NONE: (
        {"reasoning_effort": "none", "chat_template_kwargs.enable_thinking": False},
        {"reasoning_effort": "none"},
        {"chat_template_kwargs.enable_thinking": False},
        {"reasoning_effort": "minimal"},
        {"reasoning_effort": "low"},
    ),
    Thinking.MUCH: ({"reasoning_effort": "medium"},),
}
"""How to ask for more or less thinking: hosts have efforts, local servers a template's switch."""
TOOLS = ("tool_calls", "tool_use", "function_call")
FIELDS = (
    *("reasoning_content", "reasoning", "thinking", "reasoning_text", "thought"),
    *("reasoning_details", "thinking_blocks"),
)
"""Fields in which servers send what a model thinks; several of them say the same."""
THOUGHTS = frozenset(FIELDS)
MORE = frozenset({"refusal", "tool_calls", "function_call"})
"""What a model may say besides text."""


class OpenAIWire:
    """chat/completions for conversations, completions for a text to be continued."""

    name = WireName.OPENAI
    accept = "text/event-stream, application/json"
    shelf = "/models"
    ends = ("/chat/completions", "/completions")

    def __init__(self, model: str) -> None:
        self.model = model

    def served(self, document: Mapping[str, Any]) -> list[Served]:
        """Names; this format tells no sizes."""
        return [Served(text(mapping(one).get("id"))) for one in sequence(document.get("data"))]

    def headers(self, key: str) -> Mapping[str, str]:
        """The key as a bearer's."""
        return {"Authorization": f"Bearer {key}"} if key else {}

    def write(self, request: Request, terms: Terms) -> Letter:
        """A request as this format has it."""
        raw = request.prompt is not None and PROMPT not in terms.refused
        letter = Letter("/completions" if raw else "/chat/completions")
        letter.body["model"] = self.model
        terms.put_stream(letter)
        if raw:
            letter.body["prompt"] = letter.sent[PROMPT] = request.prompt
        else:
            turns = conversation(request, letter, terms)
            letter.body["messages"] = [{"role": m.role, "content": m.content} for m in turns]
        _put_length(request, letter, terms)
        terms.put_effort(letter, request, EFFORTS)
        for name in ("temperature", "top_p", "top_k", "min_p", "seed", "stop"):
            terms.put(letter, name, getattr(request, name))
        if letter.body["stream"] and USAGE not in terms.refused:
            letter.body["stream_options"] = letter.sent[USAGE] = {"include_usage": True}
        chances = "logprobs" if raw else "top_logprobs"
        terms.put(letter, "alternatives", request.alternatives, chances)
        if not raw and "top_logprobs" in letter.body:
            letter.body["logprobs"] = True
        terms.put(letter, "json_schema", _response_format(request.json_schema), "response_format")
        return letter

    def frames(self, answer: Arriving) -> Iterator[Frame]:
        """An event stream, or one document."""
        return event_stream(answer)

    def read(self, data: str, reading: Arrived) -> list[Part]:
        """The parts in one chunk."""
        if data.strip() == END_MARK:
            reading.is_over = True
            return []
        chunk = reading.document(data)
        reading.model = text(chunk.get("model")) or reading.model
        if chunk.get("usage") or chunk.get("x_groq"):
            reading.usage = _usage(chunk) or reading.usage
        choices = sequence(chunk.get("choices"))
        if not choices and reading.usage is None and chunk.get("choices", 0) is not None:
            reading.is_none_of_ours(chunk)
        return [part for choice in choices for part in _parts(mapping(choice), reading)]


def _put_length(request: Request, letter: Letter, terms: Terms) -> None:
    """The limit of tokens, under the name that the model takes."""
    most = request.max_tokens + request.room
    if "max_tokens" not in terms.refused:
        terms.put_length(letter, most)
        return
    letter.most_tokens = most
    if RENAMED not in terms.refused:
        why = "the server counts the model's hidden reasoning into it, too"
        letter.body[RENAMED] = letter.sent[RENAMED] = most
    else:
        why = "the server takes no limit under either of its names; we hang up instead"
    letter.adjust("max_tokens", why)


def _response_format(schema: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if schema is None:
        return None
    # "strict" is refused for schemas that leave anything open
    strict = schema.get("additionalProperties") is False
    named = {"name": "reply", "schema": dict(schema), "strict": strict}
    return {"type": "json_schema", "json_schema": named}


def _usage(chunk: Mapping[str, Any]) -> Usage | None:
    given = mapping(chunk.get("usage")) or mapping(mapping(chunk.get("x_groq")).get("usage"))
    read, written = count(given.get("prompt_tokens")), count(given.get("completion_tokens"))
    if read is None or written is None:
        return None
    details = mapping(given.get("completion_tokens_details"))
    thought = count(details.get("reasoning_tokens", given.get("reasoning_tokens")))
    return Usage(read, written, thought)


def _parts(choice: Mapping[str, Any], reading: Arrived) -> list[Part]:
    if count(choice.get("index")):  # we asked for one answer
        return []
    message = choice.get("delta") or choice.get("message") or choice.get("text") or ""
    reading.repeats = not choice.get("delta") and bool(choice.get("message"))
    said = mapping(message)
    if choice.get("finish_reason") or choice.get("error") or not MORE.isdisjoint(said):
        _note(choice, said, reading)
    thoughts, spoken = _content(said.get("content") if said else message)
    if not THOUGHTS.isdisjoint(said):
        thoughts = thoughts or _first(_thoughts(said[name]) for name in FIELDS if name in said)
    logs = choice.get("logprobs")
    tokens = tuple(token_chances(logs)) if logs else ()
    parts: list[Part] = [Thought(thoughts)] if thoughts else []
    return [*parts, TextDelta(spoken, tokens)] if spoken or tokens else parts


def _note(choice: Mapping[str, Any], said: Mapping[str, Any], reading: Arrived) -> None:
    """What a choice tells beside its text: why it ended, a refusal, a tool that is called."""
    reason = choice.get("finish_reason")
    if reason == "error" or choice.get("error"):
        reading.error = choice.get("error") or choice
    elif reason:
        reading.ending = ENDINGS.get(text(reason).lower(), Ending.OTHER)
    reading.refusal += text(said.get("refusal"))
    for name in ("tool_calls", "function_call"):
        for call in sequence(said.get(name)):
            called = mapping(mapping(call).get("function")) or mapping(call)
            reading.tool = reading.tool or text(called.get("name"))
    if text(reason) in TOOLS:
        reading.tool = reading.tool or "unnamed"


def _content(content: Any) -> tuple[str, str]:
    """Thoughts and text of a message, whole or in parts of several types."""
    if isinstance(content, str):
        return "", content
    thoughts, spoken = "", ""
    for one in sequence(content):
        part = {"text": one} if isinstance(one, str) else mapping(one)
        if "think" in text(part.get("type")) or "reason" in text(part.get("type")):
            thoughts += _thoughts(part)
        else:
            spoken += text(part.get("text"))
    return thoughts, spoken


def _thoughts(given: Any) -> str:
    """What a model thinks, as text, or in parts that hold it under one of several names."""
    if isinstance(given, str):
        return given
    names = ("thinking", "text", "summary", "reasoning", "content")
    return "".join(
        _first(_thoughts(mapping(one).get(name)) for name in names)
        if isinstance(one, dict)
        else text(one)
        for one in sequence(given)
    )


def _first(found: Iterable[str]) -> str:
    return next(filter(None, found), "")


open_openai: Open = opening(OpenAIWire)
