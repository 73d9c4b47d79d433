"""A spreadsheet that shows every question and works out nothing of its own."""

import csv
import io

import pytest
from msgspec.structs import replace

from tests.known_courses import short
from tutor.exchange.spreadsheet import COLUMNS, spreadsheet

SHORT = short()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_question_is_a_row() -> None:
    found = rows(spreadsheet(SHORT, SHORT.lessons))
    assert [row["id"] for row in found][:2] == ["check", "q-single"]
    assert tuple(found[0]) == COLUMNS
    assert found[0]["answer"] == "false"


@pytest.mark.parametrize("prompt", ["=HYPERLINK(1)", "+A1", "@SUM(A1)", "-A1", "-2+3+A1"])
def test_a_question_that_looks_like_a_formula_is_text(prompt: str) -> None:
    lesson = SHORT.lessons[0]
    quiz = (replace(lesson.quiz[0], prompt=prompt),)
    course = replace(SHORT, lessons=(replace(lesson, quiz=quiz),))
    assert rows(spreadsheet(course, course.lessons))[-1]["question"] == f"'{prompt}"


def test_a_row_has_all_that_a_question_is_asked_and_assessed_with() -> None:
    found = {row["kind"]: row for row in rows(spreadsheet(SHORT, SHORT.lessons))}
    assert found["matching"]["to match"] == "body\nmask"
    assert found["matching"]["options"] == "pre-training\nfine-tuning\nprompting"
    assert found["number"]["also right"] == "Anything within 0.01 of it."
    assert found["number"]["solution"].startswith("100 × ")
    assert found["free"]["rubric"].startswith("says what training changes (2 points)\n")
