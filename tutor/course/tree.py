"""YAML text to a tree of nodes that remember where they stood.

Plain words stay text: nothing is resolved to a boolean, a number or a date here. Built from
parser events, without recursion, so that no nesting can exhaust the stack.
"""

from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from tutor.course.problems import Mark, Problem, Source

MAX_BYTES = 1_000_000
MAX_DEPTH = 24
MAX_PROBLEMS = 100

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Scalar:
    """A piece of text; `plain` when it stood without quotes."""

    mark: Mark
    text: str
    plain: bool


@dataclass
class Sequence:
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


Node = Scalar | Sequence | Mapping


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
        self.open: list[Sequence | Mapping] = []
        self.keys: list[Node | None] = []  # per open mapping: the key that waits for its value

    def take(self, event: yaml.Event) -> None:
        self._refuse_what_lessons_never_need(event)
        match event:
            case yaml.ScalarEvent():
                self._place(Scalar(_mark(event), event.value, not event.style))
            case yaml.SequenceStartEvent():
                self._enter(Sequence(_mark(event), bool(event.flow_style)))
            case yaml.MappingStartEvent():
                self._enter(Mapping(_mark(event), bool(event.flow_style)))
            case yaml.CollectionEndEvent():
                self.open.pop()
                self.keys.pop()
            case _:
                pass

    def _enter(self, node: Sequence | Mapping) -> None:
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
        if isinstance(parent, Sequence):
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
    problem = source.problem(mark, error.problem or "not YAML", _advice(source, mark))
    if error.context and error.context_mark:
        since = f" ({error.context} at line {error.context_mark.line + 1})"
        return source.problem(mark, (error.problem or "not YAML") + since, problem.fix)
    return problem


def _advice(source: Source, mark: Mark) -> str:
    line = source.lines[mark.line - 1] if mark.line <= len(source.lines) else ""
    rest = line[mark.column - 1 :].lstrip()
    if "\t" in line[: mark.column]:
        return "indent with spaces; YAML takes no tabs"
    if rest[:1] in tuple("`@%*>&!|{}[]"):
        return f"quote text that starts with {rest[0]}: '…', or put it under a | line"
    if any(
        above.rstrip().endswith("|") for above in source.lines[max(0, mark.line - 12) : mark.line]
    ):
        return "indent the whole block alike; if its first line goes deeper, write |2 for |"
    if ": " in line:
        return "quote text that contains a colon and a space: '…', or put it under a | line"
    return "check indentation and quotes here and on the line above"


def _refuse_control_characters(source: Source) -> None:
    """Escape sequences in a lesson would reach the learner's terminal; and YAML refuses them."""
    for number, line in enumerate(source.lines, 1):
        if line.isprintable():
            continue
        for column, char in enumerate(line, 1):
            if _is_control(char) and char != "\t":
                mark = Mark(number, column)
                message = f"control character U+{ord(char):04X}"
                raise BadDocumentError(source.problem(mark, message, "delete it"))


def _is_control(char: str) -> bool:
    code = ord(char)
    surrogate = 0xD800 <= code <= 0xDFFF  # noqa: PLR2004  the range of UTF-16's halves
    return code < 0x20 or 0x7F <= code < 0xA0 or code in (0x2028, 0x2029, 0xFEFF) or surrogate  # noqa: PLR2004


def has_control(text: str) -> bool:
    """Tell whether text (after YAML's own escapes) carries what a terminal would obey."""
    return any(_is_control(char) and char not in "\n\t" for char in text)
