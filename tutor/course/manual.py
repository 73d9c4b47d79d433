"""The format's manual: fields from the model, examples from the course that `new` writes."""

import ast
import inspect as reflection
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, get_args

import msgspec
from msgspec import inspect

from tutor.course import model
from tutor.course.model import (
    AnyQuestion,
    AnyStep,
    Fact,
    Glossary,
    Lesson,
    Question,
    Reference,
    Step,
    Syllabus,
    Term,
    Topic,
)

STARTER = "starter"
KINDS = "kinds.yaml"
FIRST = "first.yaml"
FILES: tuple[tuple[str, type[Any], str], ...] = (
    ("course.yaml", Syllabus, "course.yaml"),
    ("A lesson's file", Lesson, FIRST),
    ("The glossary: a list of `terms`", Term, "glossary.yaml"),
    ("The facts that age: a list of `facts`", Fact, "facts.yaml"),
    ("The references: a list of `references`", Reference, "references.yaml"),
    ("The inventory: a list of `topics`", Topic, ""),
)
"""Each file's heading, what stands in it, and the starter's file that shows it."""


def manual() -> str:
    """The whole manual, in Markdown."""
    parts = [_own("manual_start.md").strip(), "# The files"]
    for heading, kind, example in FILES:
        parts += [f"## {heading}", _doc(kind), _table(kind)]
        parts += (
            [_code(_own(STARTER, example) if example != FIRST else _head(FIRST))] if example else []
        )
    parts += ["# Steps", "Every step may say:", _table(Step)]
    questions = get_args(AnyQuestion)
    parts += _kinds([kind for kind in get_args(AnyStep) if kind not in questions], Step)
    parts += ["# Questions", "A question is a step too. It also says:", _table(Question, Step)]
    parts += _kinds(questions, Question)
    parts += ["# Parts of questions", *_parts()]
    return "\n\n".join(parts) + "\n"


def example_of(kind: str) -> str:
    """The starter's step of a kind, as its author wrote it, comments included."""
    lines = _own(STARTER, KINDS).split("\n")
    starts = [n for n, line in enumerate(lines) if line.startswith("  - id: ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        block = [line for line in lines[start:end] if line != "quiz:"]
        if block[1].split("#")[0].strip() == f"kind: {kind}":
            return "\n".join(line[2:] for line in block).strip()
    raise KeyError(kind)


def _head(file: str) -> str:
    """A lesson's file up to its second step."""
    text = _own(STARTER, file)
    return text[: text.index("\n  - id: ", text.index("\n  - id: ") + 1)]


def _own(*names: str) -> str:
    return files("tutor.course").joinpath(*names).read_text(encoding="utf-8")


def _code(text: str) -> str:
    return f"```yaml\n{text.strip()}\n```"


def _kinds(kinds: Any, shared: type[Any]) -> Iterator[str]:
    for kind in kinds:
        tag = str(kind.__struct_config__.tag)
        yield f"## `kind: {tag}`"
        yield _doc(kind)
        yield _table(kind, shared)
        yield _code(example_of(tag))


def _parts() -> Iterator[str]:
    """Each record that stands inside of others, in the model's order."""
    top = {model.Record, Step, Question, Glossary, model.Course, *(kind for _, kind, _ in FILES)}
    tops = top | set(get_args(AnyStep)) | {model.Facts, model.References, model.Inventory}
    for kind in vars(model).values():
        if isinstance(kind, type) and issubclass(kind, model.Record) and kind not in tops:
            yield from (f"## {_called(kind)}", _doc(kind), _table(kind))


def _called(kind: type[Any]) -> str:
    """A record's name in words: WrongNumber is a wrong number."""
    name = kind.__name__
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip().capitalize()


def _doc(kind: type[Any]) -> str:
    return reflection.cleandoc(kind.__doc__ or "")


def _table(kind: type[Any], without: type[Any] | None = None) -> str:
    """The fields of a record, but for those that all of its sort have."""
    known = set(without.__struct_fields__) if without else set()
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    rows = [_row(field, kind) for field in info.fields if field.name not in known]
    if not rows:
        return "It has no field of its own."
    return "\n".join(["| field | holds | |", "|---|---|---|", *rows])


def _row(field: inspect.Field, kind: type[Any]) -> str:
    said = _documented(kind).get(field.name, "")
    needed = "**needed.** " if field.required else ""
    usual = _usual(field)
    text = " ".join(f"{needed}{said} {usual}".split())
    return f"| `{field.encode_name}` | {_words(field.type)} | {text} |"


def _usual(field: inspect.Field) -> str:
    value = field.default
    if value is msgspec.NODEFAULT or value in ("", None) or value is False:
        return ""
    if isinstance(value, bool):
        return "(else true)"
    return f"(else {value:g})" if isinstance(value, int | float) else ""


def _words(kind: inspect.Type) -> str:
    match kind:
        case inspect.Metadata(type=inner):
            return "a number, or arithmetic" if _is_arithmetic(kind) else _words(inner)
        case inspect.UnionType(types=types):
            return _union(types)
        case inspect.VarTupleType(item_type=item):
            return f"a list of {_many(_words(item))}"
        case inspect.DictType(value_type=value):
            return f"names, each with {_words(value)}"
        case inspect.StructType(cls=cls):
            return _called(cls).lower()
        case inspect.StrType():
            return _string(kind)
        case inspect.IntType():
            return "a whole number"
        case inspect.FloatType():
            return "a number"
        case inspect.BoolType():
            return "true or false"
        case inspect.DateType():
            return "a date, as 2026-11-21"
        case _:
            return "a value"


def _many(words: str) -> str:
    """Several of what `words` say."""
    one = words.split(":", maxsplit=1)[0].removeprefix("a ").removeprefix("one ")
    odd = {"criterion": "criteria", "steps": "steps", "questions": "questions"}
    return odd.get(one, f"{one}s")


def _is_arithmetic(kind: inspect.Metadata) -> bool:
    return bool(kind.extra and kind.extra.get("reads") == "expression")


def _union(types: tuple[inspect.Type, ...]) -> str:
    tags = [one for one in types if isinstance(one, inspect.StructType) and one.tag]
    if len(tags) > 1:
        return "steps" if any(one.tag == "text" for one in tags) else "questions"
    words = [_words(one) for one in types if not isinstance(one, inspect.NoneType)]
    kept = [one for one in dict.fromkeys(words) if one != "a number"]
    return "a number, or arithmetic" if "a number, or arithmetic" in kept else ", or ".join(words)


def _string(kind: inspect.StrType) -> str:
    if kind.pattern:
        return "a name: lower-case letters, digits, dots, hyphens"
    if kind.max_length:
        return "one line"
    return "text"


def _documented(kind: type[Any]) -> dict[str, str]:
    """What the model's source says below each field, those of its bases first."""
    said: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        said |= _below_fields().get(base.__name__, {})
    return said


@cache
def _below_fields() -> dict[str, dict[str, str]]:
    tree = ast.parse(_own("model.py"))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    return {node.name: dict(_below(node.body)) for node in classes}


def _below(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    """Each field with the text that stands right below it."""
    for field, below in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr):
            text = ast.literal_eval(below.value)
            yield ast.unparse(field.target), reflection.cleandoc(str(text)).replace("\n", " ")
