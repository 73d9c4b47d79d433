"""The page about records says what the code does."""

import re
from pathlib import Path

import pytest

from tests.records.test_interactions import KINDS
from tests.records.test_mapping import DEEDS
from tutor.course.model import AnyQuestion
from tutor.progress.events import AnyDeed
from tutor.records import iris
from tutor.records.derived import PASS_MARK
from tutor.records.iris import Verb

PAGE = (Path(__file__).parents[2] / "docs" / "records.md").read_text(encoding="utf-8")


def cells(name: str) -> list[str]:
    """The row of a table that begins with this name."""
    found = [line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |")]
    assert len(found) == 1, name
    return [cell.strip() for cell in found[0].strip("|").split("|")]


@pytest.mark.parametrize(("deed", "verb"), DEEDS, ids=lambda one: type(one).__name__)
def test_each_deed_stands_there_with_its_verb(deed: AnyDeed, verb: Verb) -> None:
    told = cells(str(deed.__struct_config__.tag))[1]
    assert told.startswith(verb.display)
    assert verb.value.startswith(iris.ADL) or verb.value in told


@pytest.mark.parametrize(
    ("question", "kind", "patterns"), [one[:3] for one in KINDS], ids=lambda one: type(one).__name__
)
def test_each_kind_stands_there_with_its_type(
    question: AnyQuestion, kind: str, patterns: list[str]
) -> None:
    _, told, pattern, _ = cells(str(question.__struct_config__.tag))
    assert told == kind
    assert pattern.startswith("none") is not bool(patterns)


def test_names_and_marks_stand_there() -> None:
    assert iris.EVENT in PAGE
    assert f"{PASS_MARK:.0%}".replace("%", " %") in PAGE
    for kind in iris.Kind:
        assert re.search(rf"\| {kind.value.rsplit('/', 1)[1]} \|", PAGE)
