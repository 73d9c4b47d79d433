"""A file with a slip in it must not cost a run: each slip is named where it stands, all at once."""

from pathlib import Path

import pytest

from tutor.bench.model import Bench, Schema
from tutor.bench.reading import EXAMPLES, BenchError, example, example_file, read_bench

WHOLE = """\
title: Tickets
prompts:
  a: "Sort: {input}"
  b: {system: Be brief., text: "{input}"}
checks:
  - {kind: contains}
cases:
  - {input: one, expected: 1}
"""


def read(tmp_path: Path, text: str) -> Bench:
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    return read_bench(path)


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_comes_with_the_tutor_reads(name: str) -> None:
    assert len(example(name).cases) == 12
    assert len(example(name).prompts) == 2


def test_the_readme_shows_a_file_that_reads(tmp_path: Path) -> None:
    readme = (Path(__file__).parent.parent.parent / "README.md").read_text()
    shown = readme.split("A file looks like this:")[1].split("## Commands")[0]
    bench = read(tmp_path, "\n".join(line[4:] for line in shown.splitlines()))
    assert [case.expected for case in bench.cases] == ["billing", "bug"]


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ('"Sort: {input}"', '"Sort:"', '"Sort:"', "no place for the case"),
        ("{system:", "{sytem:", "sytem", "did you mean 'system'?"),
        ("checks:\n  - {kind: contains}\n", "", "title", "nothing says how replies are graded"),
        ("kind: contains", "kind: contain", "contain}", "did you mean 'contains'?"),
        ("kind: contains", "knd: contains", "{knd", "which kind is this?"),
        ("kind: contains", "kind: label, labels: [a, b]", "1}", "'1' is no label"),
        ("kind: contains", "kind: regex, pattern: '(('", "'(('", "no regular expression"),
        ("kind: contains", "kind: schema, schema: {type: objekt}", "objekt", "no JSON Schema"),
        (
            "kind: contains",
            "kind: schema, schema: {pattern: '(('}",
            "'(('",
            "no JSON Schema",
        ),
        (
            "kind: contains",
            "kind: schema, schema: {$ref: 'http://localhost/x.json'}",
            "'http",
            "nothing is fetched",
        ),
        (", expected: 1", "", "{input: one", "needs to know what is expected"),
        ("title: Tickets", "title: T\nrepeats: 0", "0", "outside 1…100"),
        ("title: Tickets", "title: T\ntemperature: warm", "warm", "a number expected"),
        ("title: Tickets", "title: T\nstop: ['']", "['']", "an empty text ends nothing"),
        (
            "title: Tickets",
            "title: T\nmodels: [raw, mask]",
            'a: "Sort',
            "a paired test compares two",
        ),
        ("title: Tickets", "titel: Tickets", "titel", "did you mean 'title'?"),
    ],
)
def test_a_slip_is_named_where_it_stands(
    tmp_path: Path, old: str, new: str, at: str, message: str
) -> None:
    assert old in WHOLE
    text = WHOLE.replace(old, new)
    before = text[: text.index(at)].split("\n")
    with pytest.raises(BenchError) as caught:
        read(tmp_path, text)
    assert f"mine.yaml:{len(before)}:{len(before[-1]) + 1}:" in caught.value.message
    assert message in caught.value.message


def test_all_slips_are_named_at_once(tmp_path: Path) -> None:
    text = WHOLE.replace('"Sort: {input}"', "Sort").replace(", expected: 1", "")
    with pytest.raises(BenchError, match="has 2 problems"):
        read(tmp_path, text)


def test_a_file_that_is_not_there_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(BenchError) as caught:
        read_bench(tmp_path / "none.yaml")
    assert "--example village" in caught.value.hint


def test_a_schema_in_yaml_is_the_schema_in_json(tmp_path: Path) -> None:
    schema = "{type: object, required: [a], properties: {a: {const: 'yes', maximum: 1.5}, b: true}}"
    bench = read(tmp_path, WHOLE.replace("kind: contains", f"kind: schema, schema: {schema}"))
    assert bench.checks == (
        Schema(
            schema={
                "type": "object",
                "required": ["a"],
                "properties": {"a": {"const": "yes", "maximum": 1.5}, "b": True},
            }
        ),
    )


def test_an_example_says_in_comments_what_its_fields_are() -> None:
    text = example_file("village").read_text()
    for kind in ("contains", "lacks", "equals", "label", "number", "regex", "schema", "judge"):
        assert kind in text
