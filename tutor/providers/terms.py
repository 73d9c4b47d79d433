"""What an endpoint turned out to take: found out by asking, and remembered."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tutor.providers.complaints import Complaint
from tutor.providers.talk import Adjusted, Message, Request, Thinking

SYSTEM, PREFILL, PROMPT, USAGE = "system prompt", "prefill", "prompt", "usage"
STREAM, THINKING, RENAMED = "stream", "thinking", "max_completion_tokens"
"""What may be refused besides the fields of a Request."""
UNSEEN = ("temperature", "top_p", "top_k", "min_p", "seed")
"""Parameters that a server may ignore without anybody noticing."""
NAMED = {
    USAGE: r"stream_options|include_usage",
    THINKING: r"reasoning|thinking|\bthink\b|\beffort\b|chat_template_kwargs|budget_tokens",
    "seed": r"\bseed\b",
    "min_p": r"\bmin_p\b",
    "top_k": r"\btop_k\b",
    "alternatives": r"logprobs|logits_all",
    "json_schema": r"response_format|json.?schema|\bschema\b|grammar",
    "top_p": r"\btop_p\b",
    "stop": r"['\"`]stop['\"`]|\bstop:|^stop |stop_sequences",
    "temperature": r"\btemperature\b",
    RENAMED: r"max_completion_tokens",
    "max_tokens": r"\bmax_tokens\b|max_completion_tokens|max_output_tokens|num_predict",
    STREAM: r"\bstream\b|\bstreaming\b",
    SYSTEM: r"(system|developer).{0,3} (role|message|prompt|instruction)|['\"`]system['\"`]"
    r"|roles must alternate|(role|roles|got|tag)\W{1,4}(is |are )?['\"`]?system\b"
    r"|should be ['\"`]user['\"`] or ['\"`]assistant['\"`]",
    PREFILL: r"prefill|must end with a user message|last (message|role) must be",
}
"""How servers name them when they find fault; given up in this order when several are named."""
MOST_LEAST = 10_000
"""No server asks for more than that at least."""
_SCHEMA_OR_BROKEN = 500
_PASSES_NO_PROMPT = frozenset({404, 405, 501})
_OTHER_TROUBLE = frozenset({401, 402, 403, 408, 413})
_FOR_CHAT = re.compile(r"chat model|completions? (endpoint|api)|chat/completions", re.IGNORECASE)
_LIMIT = re.compile(
    r"(?:<=?|>|\.\.|at most|up to|less than(?: or equal to)?|between \S+ and"
    r"|max(?:imum)?(?: value)?(?: allowed)?(?: is| of)?)[:\s]*(\d+(?:\.\d+)?)",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"(?:>=?|at least|min(?:imum)?(?: value)?(?: allowed)?(?: is| of)?"
    r"|greater than(?: or equal to)?)[:\s]*(\d+(?:\.\d+)?)",
    re.IGNORECASE,
)


Ways = Sequence[Mapping[str, Any]]
"""Ways to say the same, as paths in the body with values; the best way first."""


@dataclass(slots=True)
class Letter:
    """A request as it goes out."""

    path: str
    body: dict[str, Any] = field(default_factory=dict)
    sent: dict[str, Any] = field(default_factory=dict)
    """What the server may refuse, by our names."""
    adjusted: list[Adjusted] = field(default_factory=list)
    needs: frozenset[str] = frozenset()
    """What the format demands: it may be lowered, and not be left out."""
    most_tokens: int = 0
    """How many the server was asked to write at most."""

    def put(self, path: str, value: Any) -> None:
        """Write a value into the body; dots lead into objects within it."""
        *outer, name = path.split(".")
        place = self.body
        for step in outer:
            place = place.setdefault(step, {})
        place[name] = value

    def adjust(self, parameter: str, why: str) -> None:
        """Note what is done otherwise than asked."""
        self.adjusted.append(Adjusted(parameter, why))


@dataclass(slots=True)
class Terms:
    """What one endpoint refuses, and its limits, as far as we have met them."""

    refused: set[str] = field(default_factory=set)
    most: dict[str, float] = field(default_factory=dict)
    least: dict[str, float] = field(default_factory=dict)
    steps: dict[Thinking, int] = field(default_factory=dict)
    """How many of the ways to ask for more or less thinking were refused."""
    said: set[str] = field(default_factory=set)
    """Parameters of which the learner knows that nobody can see whether they are obeyed."""

    def put(self, letter: Letter, parameter: str, value: Any, name: str = "") -> None:
        """Write a parameter into the body, as far as the server takes it; None asks for nothing.

        `name` is the server's own, a path with dots where bodies nest.
        """
        if value is None or value == ():
            return
        if parameter in self.refused:
            letter.adjust(parameter, "the server refuses it, so it was left out")
            return
        limit = self.most.get(parameter)
        if limit is not None and value > limit:
            why = f"the server takes at most {limit:g}, not {value:g}"
            letter.adjust(parameter, why)
            value = type(value)(limit)
        least = self.least.get(parameter)
        if least is not None and value < least:
            letter.adjust(parameter, f"the server takes at least {least:g}, not {value:g}")
            value = type(value)(least)
        letter.sent[parameter] = value
        letter.put(name or parameter, value)

    def put_effort(
        self, letter: Letter, request: Request, efforts: Mapping[Thinking, Ways]
    ) -> None:
        """Ask for more or less thinking, in the first way that the server has not refused yet.

        Nothing is sent to a model that is not known to think, where nobody asked for it.
        """
        is_usual = request.thinking is Thinking.USUAL
        if request.prompt is not None or (is_usual and not request.room):
            return
        ways, step = efforts[request.thinking], self.steps.get(request.thinking, 0)
        if step < len(ways):
            letter.sent[THINKING] = request.thinking
            for name, value in ways[step].items():
                letter.put(name, value)
        elif not is_usual:
            letter.adjust(THINKING, "the server refuses every word for it; it thinks as it likes")

    def put_length(self, letter: Letter, most: int, name: str = "max_tokens") -> None:
        """Write the limit of tokens."""
        self.put(letter, "max_tokens", most, name)
        letter.most_tokens = letter.sent.get("max_tokens", most)

    def put_stream(self, letter: Letter) -> None:
        """Ask for a reply in pieces, or in one where the server has no other."""
        is_refused = STREAM in self.refused
        if is_refused:
            letter.adjust(STREAM, "the server refuses it; the reply comes in one piece")
        else:
            letter.sent[STREAM] = True
        letter.body["stream"] = not is_refused

    def concede(self, complaint: Complaint, letter: Letter) -> bool:
        """Give up, or lower, one thing that the server finds fault with; False if it is another."""
        parameter = _fault(complaint, letter.sent)
        if parameter is None:
            return False
        value = letter.sent[parameter]
        if isinstance(value, Thinking):
            self.steps[value] = self.steps.get(value, 0) + 1
            return True
        most, least = _limit(complaint.message, value), _least(complaint.message, value)
        if most is not None:
            self.most[parameter] = most
        elif least is not None:
            self.least[parameter] = least
        elif parameter in letter.needs:
            return False
        else:
            self.refused.add(parameter)
        return True

    def unseen(self, letter: Letter) -> list[Adjusted]:
        """Say once of each parameter that its obedience cannot be seen."""
        new = [name for name in UNSEEN if name in letter.sent and name not in self.said]
        self.said.update(new)
        if not new:
            return []
        why = "sent, and not refused; nothing shows whether the server obeys (unverified)"
        return [Adjusted(", ".join(new), why)]


def _fault(complaint: Complaint, sent: Mapping[str, Any]) -> str | None:
    """Which of the things sent the complaint is about."""
    if complaint.is_busy or complaint.is_too_long or complaint.status in _OTHER_TROUBLE:
        return None
    if PROMPT in sent and (
        complaint.status in _PASSES_NO_PROMPT or _FOR_CHAT.search(complaint.words)
    ):
        return PROMPT
    for name, pattern in NAMED.items():
        if name in sent and re.search(pattern, complaint.words, re.IGNORECASE):
            return name
    # one common server breaks down over any schema, and does not say what it broke down over
    broken = complaint.status >= _SCHEMA_OR_BROKEN and "json_schema" in sent
    return "json_schema" if broken else None


def _limit(message: str, value: object) -> float | None:
    """The limit below `value` that a message names."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    found = [float(number) for number in _LIMIT.findall(message)]
    return next((number for number in found if 0 < number < value), None)


def _least(message: str, value: object) -> float | None:
    """The limit above `value` that a message names."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    found = [float(number) for number in _LEAST.findall(message)]
    return next((number for number in found if value < number < MOST_LEAST), None)


def conversation(request: Request, letter: Letter, terms: Terms) -> list[Message]:
    """The messages to send, with what the server refuses among them put otherwise."""
    messages = list(request.messages)
    if request.prompt is not None:
        messages = [Message("user", request.prompt)]
        why = "this server continues no bare text; it was sent as a question"
        letter.adjust(PROMPT, why)
    system = "\n\n".join(one.content for one in messages if one.role == "system")
    if system and SYSTEM in terms.refused:
        why = "the server refuses one; it was put before your question"
        letter.adjust(SYSTEM, why)
        messages = _without_system(messages, system)
    elif system:
        letter.sent[SYSTEM] = system
    if messages and messages[-1].role == "assistant":
        if PREFILL in terms.refused:
            why = "the server lets nobody begin the model's reply; it was left out"
            letter.adjust(PREFILL, why)
            messages.pop()
        else:
            letter.sent[PREFILL] = messages[-1].content
    return messages


def _without_system(messages: list[Message], system: str) -> list[Message]:
    rest = [one for one in messages if one.role != "system"]
    at = next((n for n, one in enumerate(rest) if one.role == "user"), None)
    if at is None:
        return [Message("user", system), *rest]
    rest[at] = Message("user", f"{system}\n\n{rest[at].content}")
    return rest
