"""What a benchmark file is: frozen, typed, strictly read; field docstrings are its documentation.

Not the course's format: it is the learner's own file, and asks for as little as it can.
"""

from typing import Annotated, Any, TypeAlias

from msgspec import Meta

from tutor.course.model import Line, Record

INPUT = "{input}"
"""Where a case goes in a prompt."""
CHOSEN = "chosen"
"""The model that the learner chose, as a file names it."""
Words = Annotated[str, Meta(min_length=1)]


class Prompt(Record, frozen=True, kw_only=True):
    """A prompt in two parts; one that is only a text is the question."""

    system: str = ""
    text: Words


class Label(Record, frozen=True, kw_only=True, tag="label", tag_field="kind"):
    """The reply names exactly one of these labels, and it is the expected one.

    A list wants the bare label; fields give the pattern that each label is recognised by.
    """

    labels: Annotated[tuple[Line, ...], Meta(min_length=2)] | dict[str, str]


class Equals(Record, frozen=True, kw_only=True, tag="equals", tag_field="kind"):
    """The reply is this text; capitals, blanks, quotes and a full stop around it aside."""

    text: str = ""
    """Empty for what the case expects."""


class Contains(Record, frozen=True, kw_only=True, tag="contains", tag_field="kind"):
    """One of these stands in the reply, in capitals or not."""

    any: tuple[Words, ...] = ()
    """Empty for what the case expects."""


class Lacks(Record, frozen=True, kw_only=True, tag="lacks", tag_field="kind"):
    """None of these stands in the reply, in capitals or not."""

    any: Annotated[tuple[Words, ...], Meta(min_length=1)]


class Regex(Record, frozen=True, kw_only=True, tag="regex", tag_field="kind"):
    """The pattern, a regular expression as Python has them, is found in the reply."""

    pattern: Words


class Number(Record, frozen=True, kw_only=True, tag="number", tag_field="kind"):
    """The last number in the reply is near enough."""

    value: float | None = None
    """None for what the case expects."""
    within: Annotated[float, Meta(ge=0, le=1e15)] = 0.0
    """How far it may lie from the value."""


class Schema(Record, frozen=True, kw_only=True, tag="schema", tag_field="kind"):
    """The reply is JSON, and nothing else, that keeps to this JSON Schema (draft 2020-12)."""

    schema: Any


Check: TypeAlias = Label | Equals | Contains | Lacks | Regex | Number | Schema


class Case(Record, frozen=True, kw_only=True):
    """What is asked, and what is expected."""

    input: Words
    expected: str = ""
    note: str = ""
    """Shown beside the case, as where careful people could differ."""
    checks: tuple[Check, ...] = ()
    """What this case's reply must pass as well."""


class Judge(Record, frozen=True, kw_only=True):
    """A model that compares two replies, each pair in both orders."""

    question: Words
    """Such as: Which reply helps the customer more?"""
    model: Line = CHOSEN


class Bench(Record, frozen=True, kw_only=True):
    """Two prompts or two models on the same cases (or one of each, to be measured)."""

    title: Line
    prompts: dict[str, Words | Prompt]
    cases: Annotated[tuple[Case, ...], Meta(min_length=1, max_length=2000)]
    checks: tuple[Check, ...] = ()
    """What every reply must pass."""
    judge: Judge | None = None
    models: tuple[Line, ...] = ()
    """Empty for the one that the learner chose."""
    repeats: Annotated[int, Meta(ge=1, le=100)] = 1
    """How often each case is put to each."""
    max_tokens: Annotated[int, Meta(ge=1, le=100_000)] = 300
    temperature: Annotated[float, Meta(ge=0, le=2)] | None = None
    """None leaves it to the model."""
    stop: Annotated[tuple[str, ...], Meta(max_length=4)] = ()
    """Texts at which a reply ends; they are written in quotes: "\\n" is a line break."""

    @property
    def asks(self) -> tuple[str, ...]:
        """The models that are asked, each once, by the names that the file gives them."""
        judge = (self.judge.model,) if self.judge else ()
        return tuple(dict.fromkeys((*(self.models or (CHOSEN,)), *judge)))
