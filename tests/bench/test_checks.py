"""A right reply that fails, or a wrong one that passes, makes a prompt look better than it is."""

import pytest

from tutor.bench.checks import NO_LABEL, grade
from tutor.bench.model import (
    Case,
    Check,
    Contains,
    Equals,
    Label,
    Lacks,
    Number,
    Regex,
    Schema,
)
from tutor.bench.numbers import numbers_in

SCHEMA = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
    "additionalProperties": False,
}
LABELS = Label(labels=("yes", "no"))
PATTERNS = Label(labels={"yes": r"(?i)\byes\b", "no": r"(?i)\bno\b"})


@pytest.mark.parametrize(
    ("check", "expected", "reply", "passes"),
    [
        (LABELS, "yes", ' "Yes." ', True),
        (LABELS, "yes", "**yes**", True),
        (LABELS, "yes", "yes, surely", False),
        (LABELS, "yes", "no", False),
        (PATTERNS, "yes", "Surely: yes!", True),
        (PATTERNS, "yes", "yes and no", False),
        (PATTERNS, "no", "I know", False),
        (Equals(), "two words", "Two  words.", True),
        (Equals(), "two words", "two words more", False),
        (Equals(text="x"), "", "X", True),
        (Contains(), "Cairo", "It is cairo.", True),
        (Contains(any=("a b", "c")), "", "nothing", False),
        (Lacks(any=("sorry",)), "", "Sorry, no.", False),
        (Lacks(any=("sorry",)), "", "No.", True),
        (Regex(pattern="^[a-z]+$"), "", "word", True),
        (Regex(pattern="^[a-z]+$"), "", "Word", False),
        (Number(), "1,200", "So 3 * 400 = 1200.", True),
        (Number(), "12", "12 or 13", False),
        (Number(within=0.5), "3.2", "about 3.6", True),
        (Number(value=0.3), "", "0.30000000000000004", True),
        (Number(), "5", "five", False),
        (Schema(schema=SCHEMA), "", '{"name": "Ada", "age": 36}', True),
        (Schema(schema=SCHEMA), "", '```json\n{"name": "Ada"}\n```', True),
        (Schema(schema=SCHEMA), "", 'Here it is: {"name": "Ada"}', False),
        (Schema(schema=SCHEMA), "", '{"name": 3}', False),
        (Schema(schema=SCHEMA), "", '{"name": "Ada", "more": 1}', False),
        (Schema(schema=SCHEMA), "", "[" * 100_000, False),
    ],
)
def test_a_reply_passes_what_it_should(
    check: Check, expected: str, reply: str, *, passes: bool
) -> None:
    given = grade((check,), Case(input="?", expected=expected), reply)
    assert given.passed is passes
    assert bool(given.why) is not passes


def test_all_checks_must_pass_and_a_case_may_add_its_own() -> None:
    case = Case(input="?", expected="a", checks=(Lacks(any=("b",)),))
    assert grade((Contains(),), case, "a").passed
    assert grade((Contains(),), case, "a b").why == "contains 'b'"


def test_a_missing_label_is_told_from_a_wrong_one() -> None:
    case = Case(input="?", expected="yes")
    assert grade((LABELS,), case, "perhaps").label == NO_LABEL
    assert grade((LABELS,), case, "no").label == "no"


def test_a_schema_in_circles_ends() -> None:
    given = grade((Schema(schema={"$ref": "#"}),), Case(input="?"), "{}")
    assert "circles" in given.why


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1,234.5 and −3", [1234.5, -3]),
        ("version v2, 1e3", [1000]),
        ("3, 4 and 5.", [3, 4, 5]),
        ("3,4,5", [3, 4, 5]),
        ("$5 (5%)", [5, 5]),
    ],
)
def test_numbers_are_read_as_models_write_them(text: str, numbers: list[float]) -> None:
    assert numbers_in(text) == numbers
