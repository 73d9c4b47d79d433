"""A reply that came and holds no answer: what it is instead, by its name."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from tutor.errors import BadReplyError, DeclinedError, ProviderError
from tutor.providers.complaints import as_error, complaint_of
from tutor.providers.picking import mapping, sequence, text
from tutor.providers.redacting import redacted, visible
from tutor.providers.talk import Ending
from tutor.providers.wires import WireName

if TYPE_CHECKING:
    from tutor.providers.asking import Arrived, Wire
    from tutor.providers.http import Line

FORMATS: dict[str, tuple[str, Callable[[Mapping[str, Any]], bool]]] = {
    WireName.OPENAI.value: (
        "OpenAI's format",
        lambda said: (
            isinstance(said.get("choices"), list)
            or text(said.get("object")).startswith("chat.completion")
        ),
    ),
    WireName.ANTHROPIC.value: (
        "Anthropic's format",
        lambda said: text(said.get("type")).startswith(("message", "content_block")),
    ),
    WireName.OLLAMA.value: (
        "Ollama's own format",
        lambda said: "done" in said and ("message" in said or "response" in said),
    ),
    "responses": (
        "OpenAI's Responses format, which the tutor does not speak",
        lambda said: (
            said.get("object") == "response" or text(said.get("type")).startswith("response.")
        ),
    ),
    "gemini": (
        "Gemini's own format, which the tutor does not speak",
        lambda said: "candidates" in said,
    ),
}
"""Formats by their names, and what gives each of them away."""


def nothing_usable(
    reading: "Arrived", line: "Line", wire: "Wire", thoughts: str
) -> ProviderError | None:
    """The error that names a reply without a word; None where a model just said nothing."""
    if reading.refusal:
        said = redacted(reading.refusal, line.key)
        return DeclinedError(
            f'The model refuses to answer. It says: "{said[:240]}"',
            hint="Ask in other words, or another model: tutor model list.",
        )
    if reading.tool:
        return BadReplyError(
            f"The model calls a tool ({redacted(reading.tool, line.key)[:60]}) where text was asked"
            " for.",
            hint="Ask again, or another model: tutor model list.",
        )
    if reading.ending is Ending.FILTERED:
        return DeclinedError(
            f"{line.host} withholds the reply: a filter of its own stopped it.",
            hint="Ask in other words, or another model: tutor model list.",
        )
    if reading.ending is not None or reading.usage is not None or thoughts:
        return None
    if reading.strange is None:
        return _empty(reading, line)
    return _odd(reading.strange, line, wire.name)


def aside(reading: "Arrived") -> str:
    """What came beside the words of a reply; empty where nothing did."""
    if reading.refusal:
        return f"the model refuses to go on: {visible(reading.refusal)[:240]}"
    return "the model calls a tool besides; nobody answers that call" if reading.tool else ""


def _empty(reading: "Arrived", line: "Line") -> ProviderError:
    if reading.is_over:
        return BadReplyError(
            f"{line.host} sends an empty reply: the mark of its end, and nothing before it.",
            hint="Try again, or another model: tutor model list.",
        )
    return BadReplyError(
        f"{line.host} sends an empty reply.",
        hint="Some servers do when a question is too long: ask for something shorter.",
    )


def _odd(said: object, line: "Line", expected: WireName) -> ProviderError:
    """What a document is that is none of the format that was asked for."""
    document = mapping(next(iter(sequence(said)), said))
    for name, (title, is_it) in FORMATS.items():
        if is_it(document) and name != expected.value:
            known = [wire.value for wire in WireName]
            hint = f"--wire {name}" if name in known else "Use its address for OpenAI's format"
            return BadReplyError(
                f"{line.host} answers in another format: {title}.",
                hint=f"{hint}: tutor model use --url URL --model NAME --wire WIRE",
            )
    complaint = complaint_of(document, line.key)
    if complaint.message:
        return as_error(complaint, line.host, has_key=bool(line.key))
    empty = "an empty reply: JSON, and no answer" if document else "what is no answer"
    return BadReplyError(
        f"{line.host} sends {empty} in this format.",
        hint="Is it the other format? tutor model use --url URL --model NAME --wire WIRE",
    )
