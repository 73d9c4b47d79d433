"""A learner never has to look for a number's unit at the beginning of the next line."""

import re

import pytest
from rich.console import RenderableType

from tests.known_courses import shipped
from tests.screen.screens import PLAIN, RICH
from tutor.course.model import Text
from tutor.screen.markdown import markdown
from tutor.screen.question_view import listed
from tutor.screen.terminal import Look
from tutor.screen.words import as_text

TORN = re.compile(r"\d *\n *(?:%|GB|billion)|(?:GPT|Llama) *\n *\d")
SAID = "Of all that, 98 % went into 13 billion words for GPT 4 and Llama 3, in 24 GB."


@pytest.mark.parametrize("width", range(16, 80))
@pytest.mark.parametrize(
    "words",
    [
        markdown(SAID, RICH),
        markdown(SAID, PLAIN),
        markdown(f"- {SAID.replace('13 ', '13' + chr(10) + '  ')}", RICH),
        listed([("1", SAID)]),
    ],
)
def test_a_number_is_never_torn_from_its_unit(words: RenderableType, width: int) -> None:
    said = as_text(words, width=width)
    assert not TORN.search(said)
    assert SAID in " ".join(said.split())


@pytest.mark.parametrize("look", [RICH, PLAIN])
def test_no_passage_of_the_course_tears_a_number_on_a_narrow_screen(look: Look) -> None:
    texts = [
        step.text for lesson in shipped().lessons for step in lesson.steps if isinstance(step, Text)
    ]
    assert not [
        found for text in texts if (found := TORN.findall(as_text(markdown(text, look), width=40)))
    ]


def test_code_keeps_its_own_blanks_and_lines() -> None:
    said = as_text(markdown("```\na = 8 %\nb = 3\nGB\n```", RICH), width=40)
    assert [line.strip() for line in said.splitlines()] == ["a = 8 %", "b = 3", "GB"]
