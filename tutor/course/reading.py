"""Course files to the model: every problem of every file at once, each with its place and fix."""

import codecs
import datetime
import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from msgspec import inspect
from msgspec.structs import replace

from tutor.course import rules
from tutor.course.contents import Finding, Place
from tutor.course.expressions import tokens
from tutor.course.files import read_at_most
from tutor.course.model import (
    FORMAT,
    Course,
    Facts,
    Glossary,
    Inventory,
    Lesson,
    References,
    Syllabus,
)
from tutor.course.problems import Mark, Problem, Source, course_error
from tutor.course.tree import (
    MAX_BYTES,
    MAX_PROBLEMS,
    BadDocumentError,
    ListNode,
    Mapping,
    Node,
    Scalar,
    has_control,
    parse,
    quote_instead,
)

T = TypeVar("T")
SYLLABUS = "course.yaml"
MANY = 100
"""Of more lessons than this, places are looked up when something is wrong."""
_WHOLE = re.compile(r"-?[0-9]{1,18}")
EXPRESSION = {"reads": "expression"}
"""How the model marks text that is arithmetic."""


@dataclass
class Document:
    """A file read: its value when it has one, and where each part of it stood."""

    source: Source
    value: Any = None
    places: dict[Place, Mark] = field(default_factory=dict)
    cuts: list[Place] = field(default_factory=list)
    """Where text without quotes ends in a comment, and may have been meant to go on."""
    problems: list[Problem] = field(default_factory=list)
    kind: type[Any] | None = None
    """What to read the file as once more, to find its places; None while they are kept."""

    def complain(self, place: Place, message: str, fix: str) -> None:
        """Add a problem at the nearest known part around `place`."""
        mark = self.mark_of(place)
        self.problems.append(self.source.problem(mark, message, fix))

    def mark_of(self, place: Place) -> Mark:
        """Where the nearest known part around `place` stands."""
        self._remember()
        while place and place not in self.places:
            place = place[:-1]
        return self.places.get(place, Mark(1, 1))

    def forget_places(self, kind: type[Any]) -> None:
        """Keep the value alone: the places of a large course take more room than all it says."""
        self.kind, self.places, self.source = kind, {}, Source(self.source.path, ())

    def _remember(self) -> None:
        if self.kind is not None:
            again = read_document(self.source.path, self.kind)
            self.kind, self.places, self.source = None, again.places, again.source

    def complain_of(self, findings: Iterable[Finding]) -> None:
        """Add each of these."""
        for place, message, fix in findings:
            self.complain(place, message, fix)


@dataclass
class CourseFiles:
    """A course and the documents it was read from, lessons in order."""

    course: Course | None
    lessons: list[Document]
    others: list[Document]
    readable: Course | None = None
    """Where some lessons cannot be read: the others, as a course of their own."""

    @property
    def problems(self) -> list[Problem]:
        """All problems, in the order of the files."""
        return [p for document in (*self.others, *self.lessons) for p in document.problems]


def read_course(folder: Path) -> Course:
    """Read the course in `folder`; raises CourseError with everything that is wrong with it."""
    files = read_course_files(folder)
    if files.problems or files.course is None:
        raise course_error(files.problems)
    return files.course


def read_course_files(folder: Path) -> CourseFiles:
    """Read the course in `folder`, keeping problems and places for whoever checks it."""
    top = read_document(folder / SYLLABUS, Syllabus)
    syllabus = top.value
    if not isinstance(syllabus, Syllabus):
        return CourseFiles(None, [], [top])
    if syllabus.format != FORMAT:
        message = f"this is course format {syllabus.format}, and this tutor reads {FORMAT}"
        top.complain(("format",), message, "update the tutor, or set format: 1")
        return CourseFiles(None, [], [top])
    lessons = [_read_listed(top, folder, i) for i in range(len(syllabus.lessons))]
    glossary = _read_side_file(top, folder, "glossary", Glossary)
    facts = _read_side_file(top, folder, "facts", Facts)
    references = _read_side_file(top, folder, "references", References)
    inventory = _read_side_file(top, folder, "inventory", Inventory)
    sides = [document for document in (glossary, facts, references, inventory) if document]
    files = CourseFiles(None, lessons, [top, *sides])
    if any(document.problems for document in files.others):
        return files
    course = Course(
        id=syllabus.id,
        title=syllabus.title,
        summary=syllabus.summary,
        invitation=syllabus.invitation,
        calibration=syllabus.calibration,
        lessons=tuple(one.value for one in lessons if one.value is not None),
        terms=glossary.value.terms if glossary else (),
        facts=facts.value.facts if facts else (),
        references=references.value.references if references else (),
        topics=inventory.value.topics if inventory else (),
        limits=syllabus.limits,
    )
    if files.problems:
        files.readable = _alone(course) if course.lessons else None
        return files
    _check_across(course, files)
    top.complain_of(rules.limited_names(course))
    for side, rule in ((glossary, rules.glossary_names), (inventory, rules.inventory_names)):
        if side is not None:
            side.complain_of(rule(course))
    files.course = course
    return files


def _alone(course: Course) -> Course:
    """A course without what its glossary and inventory have for lessons that are not there."""
    there = {lesson.id for lesson in course.lessons}
    return replace(
        course,
        terms=tuple(term for term in course.terms if term.lesson in there),
        topics=tuple(topic for topic in course.topics if topic.lesson in there),
    )


def read_facts(folder: Path) -> Document | None:
    """Read the facts of a course alone; None where it has none."""
    top = read_document(folder / SYLLABUS, Syllabus)
    return _read_side_file(top, folder, "facts", Facts) if top.value is not None else None


def _read_listed(top: Document, folder: Path, index: int) -> Document:
    name = top.value.lessons[index]
    if Path(name).name != name:
        top.complain(("lessons", index), f"{name!r} is not a plain file name", "give a name only")
        return Document(top.source)
    document = read_document(folder / name, Lesson)
    if document.value is not None and len(top.value.lessons) > MANY:
        document.forget_places(Lesson)
    return document


def _read_side_file(top: Document, folder: Path, key: str, kind: type[T]) -> Document | None:
    name = getattr(top.value, key)
    if not name:
        return None
    if Path(name).name != name:
        top.complain((key,), f"{name!r} is not a plain file name", "give a name only")
        return None
    return read_document(folder / name, kind)


def _check_across(course: Course, files: CourseFiles) -> None:
    """Find what only shows when the lessons lie beside each other."""
    seen: dict[str, Path] = {}
    for document in files.lessons:
        lesson = document.value
        if lesson.id in seen:
            fix = "give each lesson an id of its own"
            document.complain(("id",), f"id {lesson.id!r} stands in {seen[lesson.id]} too", fix)
        seen[lesson.id] = document.source.path
        document.complain_of(rules.unknown_names(course, lesson))


def read_document(path: Path, kind: type[Any]) -> Document:
    """Read one file as a `kind`; whatever is wrong with it ends up in its problems."""
    document = Document(Source.of(path, ""))
    text = _text_of(path, document)
    if text is None:
        return document
    document.source = Source.of(path, text)
    try:
        node = parse(document.source, text)
    except BadDocumentError as error:
        document.problems.append(error.problem)
        return document
    value = _Walker(document).read(node, kind)
    if not document.problems:
        document.complain_of(rules.broken(value))
    del document.problems[MAX_PROBLEMS:]
    document.value = None if document.problems else value
    return document


def _text_of(path: Path, document: Document) -> str | None:
    try:
        data = read_at_most(path, MAX_BYTES)
    except NotADirectoryError:
        message = f"cannot be read: {path.parent.name} is a file, not a folder"
        document.complain((), message, "name the folder that it lies in")
        return None
    except OSError as error:
        reason = error.strerror or "unreadable"
        document.complain((), f"cannot be read: {reason}", "check the name and its permissions")
        return None
    if len(data) > MAX_BYTES:
        document.complain((), f"larger than {MAX_BYTES:,} bytes", "split it into several lessons")
        return None
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", errors="replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        message = f"byte 0x{data[error.start]:02X} is not UTF-8"
        document.source = Source.of(path, data.decode("utf-8", errors="replace"))
        mark = Mark(line, column)
        document.problems.append(document.source.problem(mark, message, "save it as UTF-8"))
        return None


@lru_cache
def _shape_of(kind: type[Any]) -> inspect.Type:
    """What a kind of file is made of."""
    return inspect.type_info(kind)


class _Missing:
    """Stands for a part that could not be read."""


_MISSING = _Missing()


class _Walker:
    """Reads nodes as types, noting where each part stood."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def read(self, node: Node, kind: Any) -> Any:
        return self._value(node, _shape_of(kind), ())

    def _value(self, node: Node, kind: inspect.Type, place: Place) -> Any:
        self.document.places[place] = node.mark
        match kind:
            case inspect.Metadata(type=inner):
                if kind.extra == EXPRESSION:
                    self._note_words(node, place)
                return self._value(node, inner, place)
            case inspect.StructType():
                return self._struct(node, (kind,), place)
            case inspect.UnionType(types=types):
                return self._union(node, types, place)
            case inspect.AnyType():
                return self._json(node, place)
            case inspect.VarTupleType() | inspect.DictType():
                return self._collection(node, kind, place)
            case _:
                return self._scalar(node, kind, place)

    def _union(self, node: Node, types: tuple[inspect.Type, ...], place: Place) -> Any:
        types = tuple(kind for kind in types if not isinstance(kind, inspect.NoneType))
        fitting = [kind for kind in types if _fits(kind, node)] or list(types)
        structs = tuple(kind for kind in fitting if isinstance(kind, inspect.StructType))
        if len(structs) == len(fitting):
            return self._struct(node, structs, place)
        return self._value(node, fitting[0], place)

    def _json(self, node: Node, place: Place) -> Any:
        """A value as JSON has it: what stands without quotes may be a number, true or null."""
        self.document.places[place] = node.mark
        match node:
            case Scalar():
                return _json_scalar(node)
            case ListNode():
                return [self._json(one, (*place, i)) for i, one in enumerate(node.items)]
            case Mapping():
                pairs = self._pairs(node, place)
                return {key: self._json(one, (*place, key)) for key, one in pairs.items()}

    def _note_words(self, node: Node, place: Place) -> None:
        """Note where each word of an expression stands, where it is written on one line."""
        if not isinstance(node, Scalar):
            return
        line = self.document.source.lines[node.mark.line - 1]
        quote = 0 if node.plain else 1
        for word in tokens(node.text):
            column = node.mark.column + quote + word.start
            if line.startswith(word.text, column - 1):
                mark = Mark(node.mark.line, column, max(1, len(word.text)))
                self.document.places[*place, word.start] = mark

    def _collection(
        self, node: Node, kind: inspect.VarTupleType | inspect.DictType, place: Place
    ) -> Any:
        if isinstance(kind, inspect.DictType):
            if not isinstance(node, Mapping):
                return self._wrong(place, node, "names with values", "write  name: value  lines")
            pairs = self._pairs(node, place)
            self._check_length(len(pairs), kind, place)
            return {k: self._value(v, kind.value_type, (*place, k)) for k, v in pairs.items()}
        if not isinstance(node, ListNode):
            return self._wrong(place, node, "a list", "write one  - item  a line, or [a, b]")
        items = [self._value(n, kind.item_type, (*place, i)) for i, n in enumerate(node.items)]
        self._check_length(len(items), kind, place)
        return tuple(items)

    def _check_length(
        self, count: int, kind: inspect.VarTupleType | inspect.DictType, place: Place
    ) -> None:
        if kind.min_length and count < kind.min_length:
            self._complain(place, f"{count} here, at least {kind.min_length} needed", "add more")
        if kind.max_length and count > kind.max_length:
            self._complain(
                place, f"{count} here, at most {kind.max_length} allowed", "take some out"
            )

    def _struct(self, node: Node, choices: tuple[inspect.StructType, ...], place: Place) -> Any:
        if not isinstance(node, Mapping):
            return self._wrong(place, node, "fields", "write  field: value  lines")
        pairs = self._pairs(node, place)
        kind = self._choose(pairs, choices, place)
        if kind is None:
            return _MISSING
        fields = {f.encode_name: f for f in kind.fields}
        known = [*fields, *([kind.tag_field] if kind.tag_field else [])]
        for key in pairs.keys() - set(known):
            self._complain((*place, key), f"unknown field {key!r}", _suggest(key, known))
        values = {
            f.name: self._value(pairs[name], f.type, (*place, name))
            for name, f in fields.items()
            if name in pairs
        }
        return self._build(kind, values, place)

    def _build(self, kind: inspect.StructType, values: dict[str, Any], place: Place) -> Any:
        missing = [f.encode_name for f in kind.fields if f.required and f.name not in values]
        for name in missing:
            words = re.sub(r"(?<!^)(?=[A-Z])", " ", kind.cls.__name__).lower()
            label = f"a {kind.tag or words}"
            self._complain(place, f"{label} needs the field {name!r}", f"add  {name}: …")
        if missing:
            return _MISSING
        return kind.cls(**values)

    def _choose(
        self, pairs: dict[str, Node], choices: tuple[inspect.StructType, ...], place: Place
    ) -> inspect.StructType | None:
        if len(choices) == 1:
            return choices[0]
        tags = {str(c.tag): c for c in choices}
        field_name = str(choices[0].tag_field)
        node = pairs.get(field_name)
        if node is None:
            fix = f"add  {field_name}: {' | '.join(tags)}"
            self._complain(place, f"which {field_name} is this?", fix)
            return None
        self.document.places[*place, field_name] = node.mark
        tag = node.text if isinstance(node, Scalar) else ""
        if tag not in tags:
            self._complain((*place, field_name), f"unknown kind {tag!r}", _suggest(tag, list(tags)))
        return tags.get(tag)

    def _pairs(self, node: Mapping, place: Place) -> dict[str, Node]:
        pairs: dict[str, Node] = {}
        for key, value in node.pairs:
            if not isinstance(key, Scalar):
                self._wrong(place, key, "a field's name", "write  name: value")
                continue
            if key.text in pairs:
                self.document.places[*place, key.text] = key.mark
                self._complain((*place, key.text), f"{key.text!r} stands here twice", "keep one")
                continue
            self.document.places[*place, key.text] = key.mark
            pairs[key.text] = value
        return pairs

    def _scalar(self, node: Node, kind: inspect.Type, place: Place) -> Any:
        if not isinstance(node, Scalar):
            return self._wrong(place, node, _name(kind), quote_instead(self.document.source, node))
        match kind:
            case inspect.StrType():
                return self._text(node, kind, place)
            case inspect.BoolType():
                return self._parsed(node, {"true": True, "false": False}.__getitem__, place, kind)
            case inspect.IntType():
                return self._number(node, int, kind, place)
            case inspect.FloatType():
                return self._number(node, _finite, kind, place)
            case inspect.DateType():
                return self._parsed(node, datetime.date.fromisoformat, place, kind)
            case _:
                raise AssertionError(kind)  # a type new to the model: teach the reader first

    def _text(self, node: Scalar, kind: inspect.StrType, place: Place) -> Any:
        text = node.text
        if node.is_cut and not kind.pattern:
            self.document.cuts.append(place)
        if has_control(text):
            return self._wrong(place, node, "printable text", "take the control character out")
        if node.plain and text in ("", "~", "null"):
            return self._wrong(place, node, "text", "write it, or quote the word")
        if kind.min_length and not text.strip():
            return self._wrong(place, node, "text", "write some")
        if kind.max_length and len(text) > kind.max_length:
            message = f"{len(text)} characters, at most {kind.max_length} allowed"
            return self._complain(place, message, "shorten it")
        if kind.pattern and not _pattern(kind.pattern)(text):
            fix = "use lower-case letters, digits, dots and hyphens"
            return self._complain(place, f"{text!r} cannot be an id", fix)
        if kind.max_length and "\n" in text.rstrip("\n"):
            return self._complain(place, "this must be one line", "join the lines")
        return text.rstrip("\n") if kind.max_length else text

    def _number(
        self,
        node: Scalar,
        make: Callable[[str], Any],
        kind: inspect.IntType | inspect.FloatType,
        place: Place,
    ) -> Any:
        value = self._parsed(node, make, place, kind)
        if value is _MISSING:
            return value
        low, high = kind.ge, kind.le
        if (low is not None and value < low) or (high is not None and value > high):
            return self._complain(place, f"{value} is outside {low}…{high}", "choose one inside")
        return value

    def _parsed(
        self, node: Scalar, make: Callable[[str], Any], place: Place, kind: inspect.Type
    ) -> Any:
        try:
            return make(node.text)
        except (ValueError, KeyError):
            return self._wrong(place, node, _name(kind), _EXAMPLES[type(kind)])

    def _wrong(self, place: Place, node: Node, wanted: str, fix: str) -> Any:
        found = {Scalar: "text", ListNode: "a list", Mapping: "fields"}[type(node)]
        if isinstance(node, Scalar):
            found = f"{node.text[:40]!r}" if node.text else "nothing"
        self.document.places[place] = node.mark
        return self._complain(place, f"{wanted} expected, {found} found", fix)

    def _complain(self, place: Place, message: str, fix: str) -> Any:
        self.document.complain(place, message, fix)
        return _MISSING


_EXAMPLES = {
    inspect.BoolType: "write true or false",
    inspect.IntType: "write a whole number, such as 3",
    inspect.FloatType: "write a number with a point, such as 1.75",
    inspect.DateType: "write a date as 2026-11-21",
}


def _name(kind: inspect.Type) -> str:
    return {
        inspect.StrType: "text",
        inspect.BoolType: "true or false",
        inspect.IntType: "a whole number",
        inspect.FloatType: "a number",
        inspect.DateType: "a date",
    }.get(type(kind), "a value")


def _fits(kind: inspect.Type, node: Node) -> bool:
    """Tell whether a node has the shape of one of the kinds that may stand here."""
    match kind:
        case inspect.VarTupleType():
            return isinstance(node, ListNode)
        case inspect.StructType() | inspect.DictType():
            return isinstance(node, Mapping)
        case inspect.FloatType():
            return isinstance(node, Scalar) and _is_number(node.text)
        case _:
            return isinstance(node, Scalar)


def _json_scalar(node: Scalar) -> Any:
    """Text, or what JSON reads in it where it is plain."""
    if not node.plain:
        return node.text
    words = {"true": True, "false": False, "null": None, "": None}
    if node.text in words:
        return words[node.text]
    if _WHOLE.fullmatch(node.text):
        return int(node.text)
    return _finite(node.text) if _is_number(node.text) else node.text


def _is_number(text: str) -> bool:
    try:
        _finite(text)
    except ValueError:
        return False
    return True


def _finite(text: str) -> float:
    value = float(text.replace("_", "x"))  # YAML authors never mean Python's 1_000
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124  NaN
        raise ValueError(text)
    return value


def _suggest(word: str, known: list[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"use one of: {', '.join(known)}"


@lru_cache
def _pattern(pattern: str) -> Callable[[str], object]:
    return re.compile(pattern).fullmatch
