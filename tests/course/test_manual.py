"""The manual an author writes from: complete, up to date, and each example in it runs."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from tests.running import tutor
from tutor.checking.check import check_course
from tutor.course.manual import example_of, manual
from tutor.course.model import AnyStep, Lesson
from tutor.course.reading import read_document

ROOT = Path(__file__).parents[2]
MANUAL = manual()
HEAD = """id: x
title: An example
summary: From the manual.
checked_on: 2026-11-27
objectives: {all: try it}
steps:
"""
GUESS = "- {id: k-guess, kind: prediction, prompt: What?, reveal: So.}\n"


def test_the_manual_in_the_repository_is_the_one_that_the_model_says() -> None:
    written = (ROOT / "COURSES.md").read_text(encoding="utf-8")
    assert written == MANUAL, "write it anew: tutor course manual --markdown > COURSES.md"


@pytest.mark.parametrize("kind", get_args(AnyStep), ids=lambda kind: kind.__struct_config__.tag)
def test_the_example_of_each_kind_stands_in_the_manual_and_reads(
    tmp_path: Path, kind: type[Any]
) -> None:
    tag = str(kind.__struct_config__.tag)
    example = example_of(tag)
    assert example in MANUAL
    file = tmp_path / "lesson.yaml"
    file.write_text(f"{HEAD}{'' if tag == 'prediction' else GUESS}{example}\n", encoding="utf-8")
    document = read_document(file, Lesson)
    assert document.problems == []
    assert isinstance(document.value.steps[-1], kind)


def test_the_examples_together_are_a_course_that_passes_the_check() -> None:
    problems, summary = check_course(ROOT / "tutor" / "course" / "starter")
    assert problems == [], summary


def test_each_block_of_the_manual_is_yaml() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)
    assert len(blocks) > len(get_args(AnyStep))
    for block in blocks:
        assert yaml.safe_load(block)


@pytest.mark.parametrize("kind", get_args(AnyStep), ids=lambda kind: kind.__struct_config__.tag)
def test_every_field_of_every_kind_is_in_the_manual(kind: type[Any]) -> None:
    for field in kind.__struct_encode_fields__:
        assert f"| `{field}` |" in MANUAL


def test_the_commands_of_the_manual_are_commands() -> None:
    for words in re.findall(r"tutor ((?:course|export) [a-z]+)", MANUAL):
        assert tutor(*words.split(), "--help").returncode == 0, words
