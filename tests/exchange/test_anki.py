"""Cards for Anki: what is in a package. That Anki takes it is shown in integration."""

import sqlite3
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.judging.samples import EVERY
from tests.known_courses import short
from tutor.course.model import AnyQuestion, Course
from tutor.exchange.anki import DRAWN, package
from tutor.exchange.anki_cards import FIELDS
from tutor.exchange.items import otherwise, rebuttals

SHORT = short()


def notes(folder: Path, course: Course) -> list[tuple[str, dict[str, str]]]:
    """The notes of a package: what Anki knows each by, and its fields."""
    file = folder / "course.apkg"
    file.write_bytes(package(course, course.lessons, 1_795_000_000))
    with zipfile.ZipFile(file) as packed:
        packed.extract("collection.anki2", folder)
    with sqlite3.connect(folder / "collection.anki2") as base:
        rows = base.execute("select guid, flds from notes").fetchall()
    base.close()
    return [(guid, dict(zip(FIELDS, flds.split("\x1f"), strict=True))) for guid, flds in rows]


def with_quiz(*questions: AnyQuestion) -> Course:
    named = tuple(replace(q, id=f"q{n}") for n, q in enumerate(questions))
    lesson = replace(SHORT.lessons[0], steps=(SHORT.lessons[0].steps[0],), quiz=named)
    return replace(SHORT, lessons=(lesson,))


def test_hints_reasons_and_what_wrong_answers_mean_come_along(tmp_path: Path) -> None:
    for question, (_, fields) in zip(EVERY, notes(tmp_path, with_quiz(*EVERY)), strict=True):
        assert fields["Explanation"].startswith("<p>So.</p>")
        for one in rebuttals(question):
            assert one.feedback in fields["Wrong answers"]
            assert one.belief in fields["Wrong answers"]
        assert otherwise(question) in fields["Wrong answers"]
    hinted = notes(tmp_path, SHORT)[0][1]
    assert hinted["Hint 1"] == "<p>Think of long words.</p>"
    assert hinted["Hint 2"] == "<p>Are there rare words?</p>"


def test_a_reworded_question_is_the_same_card_to_anki(tmp_path: Path) -> None:
    lesson = SHORT.lessons[0]
    quiz = tuple(replace(question, prompt="Other words?") for question in lesson.quiz[:1])
    reworded = replace(SHORT, lessons=(replace(lesson, quiz=quiz),))
    before = dict(notes(tmp_path, SHORT))
    for guid, fields in notes(tmp_path, reworded):
        assert before[guid]["Id"] == fields["Id"]


def test_a_card_with_drawn_numbers_says_that_they_were_drawn(tmp_path: Path) -> None:
    told = {fields["Id"]: fields["Note"] for _, fields in notes(tmp_path, SHORT)}
    assert told["short/one/q-number"] == DRAWN
    assert told["short/one/q-single"] == ""


@pytest.mark.parametrize("text", ["<s>[INST]</s>", "<img src=x onerror=alert(1)>", "[sound:x.mp3]"])
def test_a_text_on_a_card_is_shown_and_does_nothing(tmp_path: Path, text: str) -> None:
    ((_, fields),) = notes(tmp_path, with_quiz(replace(EVERY[0], prompt=text)))
    assert "[" not in fields["Question"]
    assert "<s>" not in fields["Question"]
    assert "<img" not in fields["Question"]


def test_a_blank_whose_answer_has_braces_is_still_one_blank(tmp_path: Path) -> None:
    cloze = next(q for q in EVERY if type(q).__name__ == "Cloze")
    blanks = (replace(cloze.blanks[0], accept=("a}}::b",)), *cloze.blanks[1:])  # type: ignore[union-attr]
    ((_, fields),) = notes(tmp_path, with_quiz(replace(cloze, blanks=blanks)))
    assert "{{c1::a} }: :b}}" in fields["Question"]
