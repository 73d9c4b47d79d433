"""A new kind of step or question is tried wherever kinds are told apart: there is one of each."""

from pathlib import Path
from typing import get_args

import pytest
from msgspec import inspect

from tests.judging.samples import EVERY
from tests.known_courses import shipped, short
from tutor.course.contents import questions
from tutor.course.model import AnyQuestion, AnyStep

ROOT = Path(__file__).parents[2]
SHORT = short()
OURS = shipped()
STEPS, QUESTIONS = get_args(AnyStep), get_args(AnyQuestion)


@pytest.mark.parametrize("kind", STEPS, ids=lambda kind: kind.__name__)
def test_the_short_course_has_a_step_or_question_of_each_kind(kind: type) -> None:
    lesson = SHORT.lessons[0]
    assert any(isinstance(step, kind) for step in (*lesson.steps, *questions(lesson)))


@pytest.mark.parametrize("kind", QUESTIONS, ids=lambda kind: kind.__name__)
def test_the_judge_is_tried_on_a_question_of_each_kind(kind: type) -> None:
    assert any(isinstance(question, kind) for question in EVERY)


@pytest.mark.parametrize("kind", STEPS, ids=lambda kind: kind.__name__)
def test_the_shipped_lessons_use_each_kind(kind: type) -> None:
    steps = [step for lesson in OURS.lessons for step in (*lesson.steps, *lesson.quiz)]
    assert any(isinstance(step, kind) for step in steps)


@pytest.mark.parametrize("kind", STEPS, ids=lambda kind: kind.__name__)
def test_contributing_names_each_kind(kind: type) -> None:
    written = inspect.type_info(kind)
    assert isinstance(written, inspect.StructType)
    assert f"`{written.tag}`" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
