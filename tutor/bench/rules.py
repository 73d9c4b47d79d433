"""What must hold before a benchmark can be run: a file's parts against each other."""

import re
from collections.abc import Iterator
from typing import assert_never

from tutor.bench.model import (
    INPUT,
    Bench,
    Case,
    Check,
    Contains,
    Equals,
    Label,
    Lacks,
    Number,
    Prompt,
    Regex,
    Schema,
)
from tutor.bench.numbers import number_of
from tutor.course.contents import Finding
from tutor.screen.bars import counted

LONGEST_NAME = 24
TWO = 2


def broken(bench: Bench) -> Iterator[Finding]:
    """Each thing that is wrong: place, message, fix."""
    yield from _prompts(bench)
    yield from _sides(bench)
    for index, check in enumerate(bench.checks):
        yield from _placed(("checks", index), _check(check))
    for index, case in enumerate(bench.cases):
        yield from _placed(("cases", index), _case(bench, case))
    if not bench.judge and not all(bench.checks or case.checks for case in bench.cases):
        yield (), "nothing says how replies are graded", "add  checks:  or a  judge:"


def _placed(outer: tuple[str | int, ...], found: Iterator[Finding]) -> Iterator[Finding]:
    for place, message, fix in found:
        yield (*outer, *place), message, fix


def _prompts(bench: Bench) -> Iterator[Finding]:
    if not bench.prompts:
        yield ("prompts",), "no prompt", f"add  a name: Is this a bug? {INPUT}"
    for name, prompt in bench.prompts.items():
        text = prompt.text if isinstance(prompt, Prompt) else prompt
        if INPUT not in text:
            yield ("prompts", name), "no place for the case", f"write {INPUT} where it goes"
        if not 0 < len(name.strip()) <= LONGEST_NAME:
            yield ("prompts", name), "a name of some letters is needed", "call it A, or short"


def _sides(bench: Bench) -> Iterator[Finding]:
    if why := too_many_sides(bench):
        yield ("prompts",), why, "keep two prompts and one model, or one and two"
    if "" in bench.stop:
        yield ("stop",), "an empty text ends nothing", "take it out"
    if len(set(bench.models)) < len(bench.models):
        yield ("models",), "one model stands here twice", "keep one"
    if bench.judge and _count(bench) < TWO:
        yield ("judge",), "a judge compares two replies", "add a second prompt or model"


def _count(bench: Bench) -> int:
    return len(bench.prompts) * max(1, len(bench.models))


def too_many_sides(bench: Bench) -> str:
    """Why these are more than can be compared; empty where they are not."""
    if _count(bench) <= TWO:
        return ""
    models = counted(max(1, len(bench.models)), "model")
    return f"{counted(len(bench.prompts), 'prompt')}, {models}: a paired test compares two"


def _case(bench: Bench, case: Case) -> Iterator[Finding]:
    checks = (*bench.checks, *case.checks)
    for check in checks:
        if _wants_expected(check) and not case.expected:
            kind = _kind(check)
            yield (), f"the check {kind!r} needs to know what is expected", "add  expected: …"
            return
        if isinstance(check, Label) and case.expected not in check.labels:
            known = ", ".join(check.labels)
            yield ("expected",), f"{case.expected!r} is no label", f"use one of: {known}"
        if isinstance(check, Number) and check.value is None and not _is_number(case.expected):
            yield ("expected",), f"{case.expected!r} is no number", "write one, such as 3.5"
    for index, check in enumerate(case.checks):
        yield from _placed(("checks", index), _check(check))


def _is_number(text: str) -> bool:
    return number_of(text) is not None


def _kind(check: Check) -> str:
    return str(type(check).__struct_config__.tag)


def _wants_expected(check: Check) -> bool:
    match check:
        case Label():
            return True
        case Equals():
            return not check.text
        case Contains():
            return not check.any
        case Number():
            return check.value is None
        case Lacks() | Regex() | Schema():
            return False
    assert_never(check)


def _check(check: Check) -> Iterator[Finding]:
    match check:
        case Regex():
            yield from _pattern(("pattern",), check.pattern)
        case Label(labels=dict() as labels):
            if len(labels) < TWO:
                yield ("labels",), "two labels at least are needed", "add one"
            for label, pattern in labels.items():
                yield from _pattern(("labels", label), pattern)
        case Schema():
            yield from _schema(check)
        case Label() | Equals() | Contains() | Lacks() | Number():
            return


def _pattern(place: tuple[str, ...], pattern: str) -> Iterator[Finding]:
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        fix = "mend it; put it in single quotes, where a backslash means itself"
        yield place, f"no regular expression: {error}", fix


def _schema(check: Schema) -> Iterator[Finding]:
    from tutor.bench.schemas import faults_of

    if not isinstance(check.schema, dict):
        yield ("schema",), "a schema is made of fields", "begin with  type: object"
        return
    for place, message in faults_of(check.schema):
        yield ("schema", *place), f"no JSON Schema: {message}", "mend it, or leave it out"
