"""OpenAI's wire format, which most hosts and all local servers speak."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from tutor.providers.asking import Reading, Remote, decode, whole
from tutor.providers.http import Line
from tutor.providers.patience import PATIENT, Patience, Wait
from tutor.providers.talk import (
    Card,
    Chance,
    Ending,
    Request,
    Text,
    TokenChances,
    Usage,
)
from tutor.providers.terms import PROMPT, USAGE, Letter, Terms, conversation

END_MARK = "[DONE]"
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
}
RENAMED = "max_completion_tokens"
"""What newer models of OpenAI's call max_tokens."""


def open_openai(  # noqa: PLR0913  the last two have defaults that suit everybody
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
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    line = Line(base_url, headers, key=key, patience=patience, wait=wait)
    return Remote(card, line, OpenAIWire(model))


class OpenAIWire:
    """chat/completions for conversations, completions for a text to be continued."""

    def __init__(self, model: str) -> None:
        self.model = model

    def write(self, request: Request, terms: Terms) -> Letter:
        """A request as this format has it."""
        raw = request.prompt is not None and PROMPT not in terms.refused
        letter = Letter("/completions" if raw else "/chat/completions")
        letter.body |= {"model": self.model, "stream": True}
        if raw:
            letter.body["prompt"] = letter.sent[PROMPT] = request.prompt
        else:
            turns = conversation(request, letter, terms)
            letter.body["messages"] = [{"role": m.role, "content": m.content} for m in turns]
        _put_length(request, letter, terms)
        for name in ("temperature", "top_p", "top_k", "min_p", "seed", "stop"):
            terms.put(letter, name, getattr(request, name))
        if USAGE not in terms.refused:
            letter.body["stream_options"] = letter.sent[USAGE] = {"include_usage": True}
        terms.put(
            letter, "alternatives", request.alternatives, "logprobs" if raw else "top_logprobs"
        )
        if not raw and "top_logprobs" in letter.body:
            letter.body["logprobs"] = True
        terms.put(letter, "json_schema", _response_format(request.json_schema), "response_format")
        return letter

    def read(self, data: str, reading: Reading) -> list[Text]:
        """The text in one chunk."""
        if data.strip() == END_MARK:
            reading.is_over = True
            reading.ending = reading.ending or Ending.OTHER
            return []
        chunk = decode(data, _DECODER)
        reading.error = chunk.error
        reading.model = chunk.model or reading.model
        reading.usage = _usage(chunk) or reading.usage
        return [text for choice in chunk.choices or () for text in _texts(choice, reading)]


def _put_length(request: Request, letter: Letter, terms: Terms) -> None:
    """The limit of tokens, under the name that the model takes."""
    if "max_tokens" not in terms.refused:
        terms.put(letter, "max_tokens", request.max_tokens)
        return
    why = "the server counts the model's hidden reasoning into it, too"
    letter.body[RENAMED] = request.max_tokens
    letter.adjust("max_tokens", why)


def _response_format(schema: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if schema is None:
        return None
    # "strict" is refused for schemas that leave anything open
    strict = schema.get("additionalProperties") is False
    named = {"name": "reply", "schema": dict(schema), "strict": strict}
    return {"type": "json_schema", "json_schema": named}


class _Alternative(Struct, frozen=True):
    token: str = ""
    logprob: float | None = None
    bytes: list[int] | None = None


class _Token(_Alternative, frozen=True):
    top_logprobs: list[_Alternative] | None = None


class _LogProbabilities(Struct, frozen=True):
    """Both shapes: a list of tokens, or three lists side by side."""

    content: list[_Token] | None = None
    tokens: list[str] | None = None
    token_logprobs: list[float | None] | None = None
    top_logprobs: list[dict[str, float | None] | None] | None = None


class _Part(Struct, frozen=True):
    text: str | None = None


class _Message(Struct, frozen=True):
    content: str | list[_Part] | None = None


class _Choice(Struct, frozen=True):
    index: int = 0
    delta: _Message | None = None
    message: _Message | None = None
    text: str | None = None
    logprobs: _LogProbabilities | None = None
    finish_reason: str | None = None


class _Count(Struct, frozen=True):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Groq(Struct, frozen=True):
    usage: _Count | None = None


class _Chunk(Struct, frozen=True):
    """One event of a stream, or the whole reply of a server that does not stream."""

    choices: list[_Choice] | None = None
    model: str | None = None
    usage: _Count | None = None
    x_groq: _Groq | None = None
    error: Any = None


_DECODER = msgspec.json.Decoder(_Chunk)


def _usage(chunk: _Chunk) -> Usage | None:
    count = chunk.usage or (chunk.x_groq.usage if chunk.x_groq else None)
    if count is None or count.prompt_tokens is None or count.completion_tokens is None:
        return None
    return Usage(count.prompt_tokens, count.completion_tokens)


def _texts(choice: _Choice, reading: Reading) -> list[Text]:
    if choice.index:  # we asked for one answer
        return []
    if choice.finish_reason:
        reading.ending = ENDINGS.get(choice.finish_reason, Ending.OTHER)
    text = choice.text or _content(choice.delta or choice.message)
    tokens = _tokens(choice.logprobs) if choice.logprobs else ()
    return [Text(whole(text), tokens)] if text or tokens else []


def _content(message: _Message | None) -> str:
    content = message.content if message else None
    if isinstance(content, list):
        return "".join(part.text or "" for part in content)
    return content or ""


def _tokens(given: _LogProbabilities) -> tuple[TokenChances, ...]:
    listed: Iterable[tuple[Chance | None, Iterable[Chance | None]]]
    if given.content is not None:
        listed = ((_chance(one), map(_chance, one.top_logprobs or ())) for one in given.content)
    else:
        tokens = map(_named, given.tokens or (), given.token_logprobs or ())
        tops = given.top_logprobs or [None] * len(given.tokens or ())
        listed = (
            (one, (_named(*pair) for pair in (top or {}).items()))
            for one, top in zip(tokens, tops, strict=False)
        )
    return tuple(TokenChances(chosen, _likeliest(others)) for chosen, others in listed if chosen)


def _likeliest(chances: Iterable[Chance | None]) -> tuple[Chance, ...]:
    known = (chance for chance in chances if chance)
    return tuple(sorted(known, key=lambda chance: -chance.log_probability))


def _chance(given: _Alternative) -> Chance | None:
    """A token by its bytes where they are told: half a character is U+FFFD, as everywhere here."""
    try:
        text = bytes(given.bytes or ()).decode("utf-8", "replace")
    except ValueError:  # not bytes at all
        text = ""
    return _named(text or given.token, given.logprob)


def _named(text: str, log_probability: float | None) -> Chance | None:
    """A token with its log-probability, if that is one."""
    if log_probability is None or math.isnan(log_probability):
        return None
    return Chance(whole(text), log_probability)
