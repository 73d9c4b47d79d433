"""Ollama's own wire format, which tells more than its copy of OpenAI's: a document a line."""

from collections.abc import Iterator, Mapping
from typing import Any

from tutor.providers.asking import Arrived, Open, Part, opening
from tutor.providers.chances import token_chances
from tutor.providers.framing import Arriving, Frame, json_documents
from tutor.providers.picking import count, mapping, sequence, text
from tutor.providers.talk import Ending, Request, Served, TextDelta, Thinking, Thought, Usage
from tutor.providers.terms import PROMPT, USAGE, Letter, Terms, Ways, conversation
from tutor.providers.wires import WireName

EFFORTS: dict[Thinking, Ways] = {
    Thinking.USUAL: ({"think": "low"}, {"think": True}),
    Thinking.NONE: ({"think": False}, {"think": "low"}),
    Thinking.MUCH: ({"think": True}, {"think": "medium"}),
}
"""How to ask for more or less thinking: a switch, or a step for models that have steps."""
ENDINGS = {"stop": Ending.STOP, "length": Ending.LENGTH}


class OllamaWire:
    """api/chat for conversations, api/generate for a text to be continued."""

    name = WireName.OLLAMA
    accept = "application/x-ndjson, application/json"
    shelf = "/api/tags"
    ends = ("/api/chat", "/api/generate", "/api", "/v1/chat/completions", "/v1")

    def __init__(self, model: str) -> None:
        self.model = model

    def served(self, document: Mapping[str, Any]) -> list[Served]:
        """Names, and how many weights each has."""
        listed = map(mapping, sequence(document.get("models")))
        return [
            Served(text(one.get("name")) or text(one.get("model")), _size(one)) for one in listed
        ]

    def headers(self, key: str) -> Mapping[str, str]:
        """A key, which only Ollama's cloud wants."""
        return {"Authorization": f"Bearer {key}"} if key else {}

    def write(self, request: Request, terms: Terms) -> Letter:
        """A request as this format has it: what steers the sampling stands apart."""
        raw = request.prompt is not None and PROMPT not in terms.refused
        letter = Letter("/api/generate" if raw else "/api/chat")
        letter.body["model"] = self.model
        terms.put_stream(letter)
        letter.sent[USAGE] = True  # it always comes, unasked
        if raw:
            letter.body |= {"prompt": request.prompt, "raw": True}
            letter.sent[PROMPT] = request.prompt
        else:
            turns = conversation(request, letter, terms)
            letter.body["messages"] = [{"role": m.role, "content": m.content} for m in turns]
        terms.put_length(letter, request.max_tokens + request.room, "options.num_predict")
        terms.put_effort(letter, request, EFFORTS)
        for name in ("temperature", "top_p", "top_k", "min_p", "seed", "stop"):
            terms.put(letter, name, getattr(request, name), f"options.{name}")
        terms.put(letter, "alternatives", request.alternatives, "top_logprobs")
        if "top_logprobs" in letter.body:
            letter.body["logprobs"] = True
        schema = None if request.json_schema is None else dict(request.json_schema)
        terms.put(letter, "json_schema", schema, "format")
        return letter

    def frames(self, answer: Arriving) -> Iterator[Frame]:
        """A document a line."""
        return json_documents(answer)

    def read(self, data: str, reading: Arrived) -> list[Part]:
        """The parts in one document."""
        said = reading.document(data)
        if "done" not in said and "message" not in said and "response" not in said:
            reading.is_none_of_ours(said)
        reading.model = text(said.get("model")) or reading.model
        if said.get("done") is True:
            reading.is_over = True
            reading.ending = ENDINGS.get(text(said.get("done_reason")), Ending.OTHER)
            reading.usage = _usage(said)
        return list(_parts(said, reading))


def _size(model: Mapping[str, Any]) -> str:
    return text(mapping(model.get("details")).get("parameter_size"))[:20]


def _parts(said: Mapping[str, Any], reading: Arrived) -> Iterator[Part]:
    message = mapping(said.get("message"))
    for call in sequence(message.get("tool_calls")):
        reading.tool = text(mapping(mapping(call).get("function")).get("name")) or "unnamed"
    if thought := text(message.get("thinking")) or text(said.get("thinking")):
        yield Thought(thought)
    spoken = text(message.get("content")) or text(said.get("response"))
    tokens = tuple(token_chances(said.get("logprobs")))
    if spoken or tokens:
        yield TextDelta(spoken, tokens)


def _usage(said: Mapping[str, Any]) -> Usage | None:
    read, written = count(said.get("prompt_eval_count")), count(said.get("eval_count"))
    return None if read is None or written is None else Usage(read, written)


open_ollama: Open = opening(OllamaWire)
