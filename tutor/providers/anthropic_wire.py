"""Anthropic's wire format: Messages."""

from typing import Any

import msgspec
from msgspec import Struct

from tutor.providers.asking import Reading, Remote, decode, whole
from tutor.providers.http import Line
from tutor.providers.patience import PATIENT, Patience, Wait
from tutor.providers.talk import Card, Ending, Request, Text, Usage
from tutor.providers.terms import SYSTEM, USAGE, Letter, Terms, conversation

VERSION = "2023-06-01"
"""Of the format; the only one there has been."""
ENDINGS = {
    "end_turn": Ending.STOP,
    "stop_sequence": Ending.STOP,
    "max_tokens": Ending.LENGTH,
    "model_context_window_exceeded": Ending.LENGTH,
    "refusal": Ending.FILTERED,
}
UNKNOWN_HERE = {
    "alternatives": "this wire format has no log-probabilities",
    "seed": "this wire format has no seed; the reply may differ each time",
    "min_p": "this wire format does not have it",
    "json_schema": "no schema is sent in this wire format; only your words ask for one",
}


def open_anthropic(  # noqa: PLR0913  the last two have defaults that suit everybody
    card: Card,
    base_url: str,
    model: str,
    key: str = "",
    *,
    patience: Patience = PATIENT,
    wait: Wait | None = None,
) -> Remote:
    """A model behind `base_url`, up to and with `/v1`; no key where a local server wants none.

    Nothing is sent before the first request. With no `wait` a busy host is an error at once:
    nobody waits unseen. Raises ProviderError where address or key cannot be such.
    """
    headers = {"anthropic-version": VERSION} | ({"x-api-key": key} if key else {})
    line = Line(base_url, headers, key=key, patience=patience, wait=wait)
    return Remote(card, line, AnthropicWire(model))


class AnthropicWire:
    """messages, for everything."""

    def __init__(self, model: str) -> None:
        self.model = model

    def write(self, request: Request, terms: Terms) -> Letter:
        """A request as this format has it: the system prompt stands apart."""
        letter = Letter("/messages", needs=frozenset({"max_tokens"}))
        letter.body |= {"model": self.model, "stream": True}
        letter.sent[USAGE] = True  # it always comes, unasked
        turns = conversation(request, letter, terms)
        if SYSTEM in letter.sent:
            letter.body["system"] = letter.sent[SYSTEM]
        letter.body["messages"] = [
            {"role": turn.role, "content": turn.content} for turn in turns if turn.role != "system"
        ]
        terms.put(letter, "max_tokens", request.max_tokens)
        for name in ("temperature", "top_p", "top_k"):
            terms.put(letter, name, getattr(request, name))
        terms.put(letter, "stop", request.stop, "stop_sequences")
        for name, why in UNKNOWN_HERE.items():
            if getattr(request, name) is not None:
                letter.adjust(name, why)
        return letter

    def read(self, data: str, reading: Reading) -> list[Text]:
        """The text in one event."""
        event = decode(data, _DECODER)
        reading.error = event.error
        message = event.message or event
        reading.model = message.model or reading.model
        reading.usage = _usage(message.usage, reading.usage)
        reason = message.stop_reason or (event.delta.stop_reason if event.delta else None)
        if reason:
            reading.ending = ENDINGS.get(reason, Ending.OTHER)
        if event.type == "message_stop":
            reading.is_over = True
            reading.ending = reading.ending or Ending.OTHER
        return [Text(whole(text)) for text in _texts(event)]


class _Block(Struct, frozen=True):
    """A piece of a reply, or what is added to one; thoughts have no `text`."""

    text: str | None = None
    stop_reason: str | None = None


class _Count(Struct, frozen=True):
    input_tokens: int | None = None
    output_tokens: int | None = None
    cache_read_input_tokens: int | None = None
    cache_creation_input_tokens: int | None = None


class _Message(Struct, frozen=True):
    type: str = ""
    model: str | None = None
    content: list[_Block] | None = None
    stop_reason: str | None = None
    usage: _Count | None = None


class _Event(_Message, frozen=True):
    """One event of a stream, or the whole reply of a server that does not stream."""

    message: _Message | None = None
    content_block: _Block | None = None
    delta: _Block | None = None
    error: Any = None


_DECODER = msgspec.json.Decoder(_Event)


def _texts(event: _Event) -> list[str]:
    blocks = [event.content_block, event.delta, *(event.content or ())]
    return [block.text for block in blocks if block and block.text]


def _usage(count: _Count | None, before: Usage | None) -> Usage | None:
    """Tokens read and written; what came out of a cache was read, too, but counts apart."""
    if count is None:
        return before
    read = sum(
        number or 0
        for number in (
            count.input_tokens,
            count.cache_read_input_tokens,
            count.cache_creation_input_tokens,
        )
    )
    known = before or Usage(0, 0)
    return Usage(max(known.read, read), max(known.written, count.output_tokens or 0))
