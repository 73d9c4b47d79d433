"""YAML text to a tree of nodes that remember where they stood.

Plain words stay text: nothing is resolved to a boolean, a number or a date here. Built from
parser events, without recursion, so that no nesting can exhaust the stack.
"""

import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from tutor.course.problems import Mark, Problem, Source

MAX_BYTES = 1_000_000
MAX_DEPTH = 24
MAX_PROBLEMS = 100

DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What makes other words stand in another order, on this line or below: it can hide text."""

_COMMENT = re.compile(r"[ \t]*#")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Scalar:
    """A piece of text; `plain` when it stood without quotes."""

    mark: Mark
    text: str
    plain: bool
    is_cut: bool = False
    """Whether a comment stands right behind plain text, which may have been meant to go on."""


@dataclass
class ListNode:
    """A list; `flow` when written in square brackets."""

    mark: Mark
    flow: bool
    items: list["Node"] = field(default_factory=list)


@dataclass
class Mapping:
    """Keys with values, in file order, repeated keys included; `flow` when in braces."""

    mark: Mark
    flow: bool
    pairs: list[tuple["Node", "Node"]] = field(default_factory=list)


Node = Scalar | ListNode | Mapping


class BadDocumentError(Exception):
    """The text is no document at all; carries the one problem that stopped the parser."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def parse(source: Source, text: str) -> Node:
    """Build the tree of `text`; raises BadDocumentError on what is not plain YAML."""
    _refuse_control_characters(source)
    builder = _Builder(source)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise BadDocumentError(_syntax_problem(source, error)) from error
    except yaml.YAMLError as error:
        first = str(error).splitlines()[0]
        raise BadDocumentError(source.problem(Mark(1, 1), first, "write plain YAML")) from error
    if builder.root is None:
        fix = "start with its id and title"
        raise BadDocumentError(source.problem(Mark(1, 1), "the file is empty", fix))
    return builder.root


class _Builder:
    """Turns the parser's events into nodes."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.root: Node | None = None
        self.open: list[ListNode | Mapping] = []
        self.keys: list[Node | None] = []  # per open mapping: the key that waits for its value

    def take(self, event: yaml.Event) -> None:
        self._refuse_what_lessons_never_need(event)
        match event:
            case yaml.ScalarEvent():
                plain = not event.style
                self._place(Scalar(_mark(event), event.value, plain, plain and self._is_cut(event)))
            case yaml.SequenceStartEvent():
                self._enter(ListNode(_mark(event), bool(event.flow_style)))
            case yaml.MappingStartEvent():
                self._enter(Mapping(_mark(event), bool(event.flow_style)))
            case yaml.CollectionEndEvent():
                self.open.pop()
                self.keys.pop()
            case _:
                pass

    def _is_cut(self, event: Any) -> bool:
        end = event.end_mark
        line = self.source.lines[end.line] if end.line < len(self.source.lines) else ""
        return bool(event.value) and _COMMENT.match(line, end.column) is not None

    def _enter(self, node: ListNode | Mapping) -> None:
        self._place(node)
        self.open.append(node)
        self.keys.append(None)
        if len(self.open) > MAX_DEPTH:
            self._stop(node.mark, f"nested more than {MAX_DEPTH} deep", "flatten it")

    def _place(self, node: Node) -> None:
        if not self.open:
            self._place_root(node)
            return
        parent = self.open[-1]
        if isinstance(parent, ListNode):
            parent.items.append(node)
        elif (key := self.keys[-1]) is None:
            self.keys[-1] = node
        else:
            parent.pairs.append((key, node))
            self.keys[-1] = None

    def _place_root(self, node: Node) -> None:
        if self.root is not None:
            self._stop(node.mark, "a second document starts here", "keep one document a file")
        self.root = node

    def _refuse_what_lessons_never_need(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._stop(_mark(event), f"alias *{event.anchor}", "write it out, or quote the text")
        if getattr(event, "anchor", None):
            self._stop(_mark(event), f"anchor &{event.anchor}", "remove it, or quote the text")
        if getattr(event, "tag", None) not in (None, "!"):
            self._stop(_mark(event), f"tag {event.tag}", "remove it, or quote the text")

    def _stop(self, mark: Mark, message: str, fix: str) -> NoReturn:
        raise BadDocumentError(self.source.problem(mark, message, fix))


def _mark(event: Any) -> Mark:
    start, end = event.start_mark, event.end_mark
    width = end.column - start.column if end.line == start.line else 1
    return Mark(start.line + 1, start.column + 1, max(1, width))


def _syntax_problem(source: Source, error: yaml.MarkedYAMLError) -> Problem:
    at = error.problem_mark or error.context_mark
    mark = Mark(at.line + 1, at.column + 1) if at else Mark(1, 1)
    problem = source.problem(mark, error.problem or "not YAML", _advice(source, mark, error))
    if error.context and error.context_mark:
        since = f" ({error.context} at line {error.context_mark.line + 1})"
        return source.problem(mark, (error.problem or "not YAML") + since, problem.fix)
    return problem


_VALUE = re.compile(r"\s*(?:-\s+)*(?:[\w-]+:\s+)?(?:-\s+)?(?P<text>.*)")
_BLOCK = re.compile(r"[|>][0-9+-]*\s*(?:#.*)?$")


def _advice(source: Source, mark: Mark, error: yaml.MarkedYAMLError) -> str:
    """What to do: mostly, to quote the text in which YAML saw something of its own."""
    if "nesting depth" in (error.problem or ""):  # libyaml's own limit, reached before ours
        return "flatten it"
    line = _line(source, mark.line)
    if "\t" in line[: mark.column]:
        return "indent with spaces; YAML takes no tabs"
    started = _line(source, _start(error, mark))
    if (advice := quoting(started)) or (advice := quoting(line)):
        return advice
    above = source.lines[max(0, mark.line - 12) : mark.line]
    if any(one.rstrip().endswith("|") for one in above) and ": " not in line:
        return "indent the whole block alike; if its first line goes deeper, write |2 for |"
    if ": " in line:
        return "quote text that contains a colon and a space: '…', or put it under a | line"
    return "check indentation and quotes here and on the line above"


def quote_instead(source: Source, node: ListNode | Mapping) -> str:
    """Advice where text was expected and its signs were read as a list or as fields."""
    first = _line(source, node.mark.line)[node.mark.column - 1 :][:1]
    if first in ("[", "{", "-"):
        return f"quote text that starts with {first}: '…', or put it under a | line"
    return "quote text that contains a colon and a space: '…', or put it under a | line"


def _line(source: Source, number: int) -> str:
    return source.lines[number - 1] if 0 < number <= len(source.lines) else ""


def _start(error: yaml.MarkedYAMLError, mark: Mark) -> int:
    """The line where what went wrong began: an open quote or bracket may lie far above."""
    began = error.context_mark
    is_value = any(word in (error.context or "") for word in ("flow", "scalar", "scanning"))
    return began.line + 1 if began and is_value else mark.line


def quoting(line: str) -> str:
    """Advice on a line whose text begins with what YAML reads as its own; empty for others."""
    match = _VALUE.fullmatch(line)
    text = match["text"].strip() if match else ""
    first = "- " if _begins_with_dash(line) else text[:1]
    if first in ("[", "{") and text.endswith(("]", "}")):
        return ""
    if first in ('"', "'") and len(text) > 1 and text.endswith(first):
        return ""
    if first in ("|", ">") and _BLOCK.fullmatch(text):
        return ""
    if first not in (*"`@%*&!|>{}[]\"'", "- ", "?"):
        return ""
    quotes = '"…"' if first == "'" else "'…'"
    closing = {"[": "]", "{": "}"}.get(first, first)
    if first in ("[", "{", '"', "'") and closing not in text[1:]:
        return f"close it with {closing}; text that starts with {first} goes between {quotes}"
    return f"quote text that starts with {first.strip()}: {quotes}, or put it under a | line"


def _begins_with_dash(line: str) -> bool:
    """Tell whether a dash stands where a text should, as in  meaning: - so it goes."""
    return bool(re.match(r"\s*(?:-\s+)*[\w-]+:\s+-\s", line))


def _refuse_control_characters(source: Source) -> None:
    """Escape sequences in a lesson would reach the learner's terminal; and YAML refuses them."""
    for number, line in enumerate(source.lines, 1):
        if line.isprintable():
            continue
        for column, char in enumerate(line, 1):
            if _is_control(char) and char != "\t":
                mark = Mark(number, column)
                kind = "direction mark" if char in DIRECTIONS else "control character"
                message = f"{kind} U+{ord(char):04X}"
                raise BadDocumentError(source.problem(mark, message, "delete it"))


def _is_control(char: str) -> bool:
    code = ord(char)
    if char in DIRECTIONS:
        return True
    surrogate = 0xD800 <= code <= 0xDFFF  # noqa: PLR2004  the range of UTF-16's halves
    return code < 0x20 or 0x7F <= code < 0xA0 or code in (0x2028, 0x2029, 0xFEFF) or surrogate  # noqa: PLR2004


def has_control(text: str) -> bool:
    """Tell whether text (after YAML's own escapes) carries what a terminal would obey."""
    if text.isprintable():  # nearly all: no need to look at each character
        return False
    return any(_is_control(char) and char not in "\n\t" for char in text if not char.isprintable())
