"""What looks like a tag to a renderer is what this course is about: it stays on the screen."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from rich.console import RenderableType

from tests.judging.samples import SINGLE, wrong
from tests.known_courses import short
from tests.screen.screens import PLAIN, RICH, shown, without_blanks
from tutor.course.model import Course, Figure, Option, Term
from tutor.judging.judge import judge
from tutor.judging.presenting import present
from tutor.judging.replies import Choice
from tutor.screen import question_view
from tutor.screen.bars import heading, key_bar
from tutor.screen.figure_view import FigureView
from tutor.screen.glossary_view import entry
from tutor.screen.markdown import markdown
from tutor.screen.step_view import points
from tutor.screen.terminal import Look
from tutor.screen.words import bold, line, row

COURSE = short()
MARKS = [
    "<s>",
    "</s>",
    "<think>",
    "</think>",
    "[INST]",
    "[/INST]",
    "list[int]",
    "[bold]",
    "[/bold]",
    "[red]x[/]",
    "[MASK]",
    "&amp;",
    "&lt;s&gt;",
    "<|im_start|>",
    "<br>",
    "<!--x-->",
    ":smile:",
    "{a}",
    "C:\\temp",
]
each_look = pytest.mark.parametrize("look", [RICH, PLAIN], ids=["rich", "plain"])
each_width = pytest.mark.parametrize("width", ["40", "200"])


@pytest.fixture
def course() -> Course:
    return short()


def option_with(mark: str, look: Look) -> list[RenderableType]:
    options = (wrong(f"the {mark} token"), Option(text=f"no {mark}", right=True))
    shuffled = present(replace(SINGLE, options=options), 0)
    return question_view.answer(shuffled, COURSE, look)


def feedback_on(mark: str, look: Look) -> list[RenderableType]:
    wrong_one = replace(wrong("x"), feedback=f"Not {mark} here.")
    question = replace(SINGLE, options=(wrong_one, Option(text="y", right=True)))
    return question_view.verdict(judge(question, Choice(0)), COURSE, look)


@pytest.mark.parametrize(
    "text",
    [
        "Look at {} here.",
        "{} starts a paragraph",
        "{}: start",
        "{}(3) and ![{}](x) and <x:{}>",
        "And `{}` is code",
        "- a list of\n- {} too",
        "1. one {}\n2. two",
        "> quoted {}",
        "# Heading {}",
        "**bold {} bold** and *{}*",
        "```\n{}\n```",
        "    {}",
        "A line\n{}\nand a line",
        "<div>{}</div>",
    ],
)
@each_width
@each_look
def test_a_mark_in_lesson_text_stays(
    look: Look, width: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    said = {m: shown(markdown(text.replace("{}", m), look), look=look) for m in MARKS}
    assert {m for m in MARKS if without_blanks(said[m]).count(m) != text.count("{}")} == set()


def drawing(mark: str) -> Figure:
    return Figure(id="f", caption="A mark", art=mark, alternative=f"There is {mark}.")


@pytest.mark.parametrize(
    "view",
    [
        lambda mark, _: [line(mark)],
        lambda mark, _: [bold(f"You: {mark}")],
        lambda mark, _: [row(mark)],
        lambda mark, look: [heading("A step", mark, look)],
        lambda mark, look: [key_bar([(mark, "look up")], look, 40)],
        lambda mark, _: [question_view.listed([("1", f"the {mark} token")])],
        option_with,
        feedback_on,
        lambda mark, look: [
            FigureView(Figure(id="f", caption=mark, art="+", alternative="."), look)
        ],
        lambda mark, look: [
            FigureView(Figure(id="f", caption="c", art=mark, alternative=mark), look)
        ],
    ],
    ids=["line", "bold", "row", "heading", "bar", "list", "answer", "verdict", "caption", "art"],
)
@each_width
@each_look
def test_a_mark_stays_in_every_view(
    look: Look,
    width: str,
    view: Callable[[str, Look], list[RenderableType]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    said = {mark: shown(*view(mark, look), look=look) for mark in MARKS}
    assert {mark for mark in MARKS if mark not in without_blanks(said[mark])} == set()


@each_look
@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_stays_in_the_glossary_and_in_points(mark: str, look: Look, course: Course) -> None:
    term = Term(term=mark, lesson="one", meaning=f"What {mark} means.")
    assert without_blanks(shown(*entry(course, term, look), look=look)).count(mark) == 2
    said = shown(*points((f"a {mark} b", f"{mark} c"), course, look), look=look)
    assert without_blanks(said).count(mark) == 2
