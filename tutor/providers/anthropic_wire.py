"""Anthropic's wire format: Messages."""

from collections.abc import Iterator, Mapping
from typing import Any

from tutor.providers.asking import Arrived, Open, Part, opening
from tutor.providers.framing import Arriving, Frame, event_stream
from tutor.providers.picking import count, mapping, sequence, text
from tutor.providers.talk import Ending, Request, Served, TextDelta, Thinking, Thought, Usage
from tutor.providers.terms import SYSTEM, USAGE, Letter, Terms, Ways, conversation
from tutor.providers.wires import WireName

LEAST_BUDGET = 1024
"""Tokens for thinking, below which this format takes no number."""
VERSION = "2023-06-01"
"""Of the format; the only one there has been."""
ENDINGS = {
    "end_turn": Ending.STOP,
    "stop": Ending.STOP,
    "stop_sequence": Ending.STOP,
    "max_tokens": Ending.LENGTH,
    "length": Ending.LENGTH,
    "model_context_window_exceeded": Ending.LENGTH,
    "refusal": Ending.FILTERED,
}
UNKNOWN_HERE = {
    "alternatives": "this wire format has no log-probabilities",
    "seed": "this wire format has no seed; the reply may differ each time",
    "min_p": "this wire format does not have it",
    "json_schema": "no schema is sent in this wire format; only your words ask for one",
}
KINDS = frozenset({"message", "message_start", "message_delta", "message_stop", "ping"})


class AnthropicWire:
    """messages, for everything."""

    name = WireName.ANTHROPIC
    accept = "text/event-stream, application/json"
    shelf = "/models"
    ends = ("/messages",)

    def __init__(self, model: str) -> None:
        self.model = model

    def served(self, document: Mapping[str, Any]) -> list[Served]:
        """Names; this format tells no sizes."""
        return [Served(text(mapping(one).get("id"))) for one in sequence(document.get("data"))]

    def headers(self, key: str) -> Mapping[str, str]:
        """The key in a header of its own."""
        return {"anthropic-version": VERSION} | ({"x-api-key": key} if key else {})

    def write(self, request: Request, terms: Terms) -> Letter:
        """A request as this format has it: the system prompt stands apart."""
        letter = Letter("/messages", needs=frozenset({"max_tokens"}))
        letter.body["model"] = self.model
        terms.put_stream(letter)
        letter.sent[USAGE] = True  # it always comes, unasked
        turns = conversation(request, letter, terms)
        if SYSTEM in letter.sent:
            letter.body["system"] = letter.sent[SYSTEM]
        letter.body["messages"] = [
            {"role": turn.role, "content": turn.content} for turn in turns if turn.role != "system"
        ]
        terms.put_length(letter, request.max_tokens + request.room)
        terms.put_effort(letter, request, _efforts(request.room))
        for name in ("temperature", "top_p", "top_k"):
            terms.put(letter, name, getattr(request, name))
        terms.put(letter, "stop", request.stop, "stop_sequences")
        for name, why in UNKNOWN_HERE.items():
            if getattr(request, name) is not None:
                letter.adjust(name, why)
        return letter

    def frames(self, answer: Arriving) -> Iterator[Frame]:
        """An event stream, or one document."""
        return event_stream(answer)

    def read(self, data: str, reading: Arrived) -> list[Part]:
        """The parts in one event."""
        event = reading.document(data)
        kind = text(event.get("type"))
        if kind not in KINDS and not kind.startswith("content_block") and "content" not in event:
            reading.is_none_of_ours(event)
        message, delta = mapping(event.get("message")) or event, mapping(event.get("delta"))
        reading.model = text(message.get("model")) or reading.model
        reading.usage = _usage(mapping(message.get("usage")), reading.usage)
        if reason := message.get("stop_reason") or delta.get("stop_reason"):
            reading.ending = ENDINGS.get(text(reason), Ending.OTHER)
            reading.tool = reading.tool or ("unnamed" if reason == "tool_use" else "")
        if kind == "message_stop":
            reading.is_over = True
        reading.repeats = bool(message.get("content")) or kind == "content_block_stop"
        content = message.get("content")
        whole = [{"text": content}] if isinstance(content, str) else sequence(content)
        blocks = (event.get("content_block"), delta, *whole)
        return [part for block in blocks for part in _parts(mapping(block), reading)]


def _efforts(room: int) -> dict[Thinking, Ways]:
    """How to ask for more or less thinking: a budget, which the limit of tokens includes."""
    short: Ways = ({"thinking": {"type": "enabled", "budget_tokens": LEAST_BUDGET}},)
    long = {"thinking": {"type": "enabled", "budget_tokens": max(LEAST_BUDGET, room)}}
    return {
        Thinking.USUAL: short if room >= LEAST_BUDGET else (),
        Thinking.NONE: ({"thinking": {"type": "disabled"}},),
        Thinking.MUCH: (long, {"thinking": {"type": "adaptive"}}),
    }


def _parts(block: Mapping[str, Any], reading: Arrived) -> Iterator[Part]:
    """What stands in a piece of a reply, or in what is added to one."""
    if block.get("type") == "tool_use":
        reading.tool = text(block.get("name")) or "unnamed"
    if thought := text(block.get("thinking")):
        yield Thought(thought)
    if spoken := text(block.get("text")):
        yield TextDelta(spoken)


def _usage(given: Mapping[str, Any], before: Usage | None) -> Usage | None:
    """Tokens read and written; what came out of a cache was read, too, but counts apart."""
    names = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")
    if given.keys().isdisjoint((*names, "output_tokens")):
        return before
    read = sum(count(given.get(name)) or 0 for name in names)
    written = count(given.get("output_tokens")) or 0
    known = before or Usage(0, 0)
    return Usage(max(known.read, read), max(known.written, written))


open_anthropic: Open = opening(AnthropicWire)
