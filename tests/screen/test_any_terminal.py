"""Old terminals, screen readers, pipes: nothing fails, nothing is told by colour or boxes alone."""

import datetime
import re
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from rich.console import ConsoleDimensions, RenderableType
from rich.text import Text

from tests.judging.samples import EVERY
from tests.known_courses import shipped, short
from tests.player.window import Window
from tests.screen.screens import PLAIN, RICH, Wire, shown, typing, without_blanks
from tutor.course.art import bare
from tutor.course.contents import questions
from tutor.course.model import Course, Figure, Lesson
from tutor.course.outlining import outline
from tutor.judging.judge import Verdict
from tutor.judging.presenting import present
from tutor.progress.lesson_progress import LessonProgress
from tutor.review.believing import Belief
from tutor.review.counting import Asked, Waiting
from tutor.review.mastery import Bets, Calibration, Known, Mastery, Report
from tutor.review.remembered import Card, Judged, Practice, Try
from tutor.screen import (
    course_view,
    progress_view,
    question_view,
    review_view,
    then_view,
    why_view,
)
from tutor.screen.bars import SEPARATOR, key_bar, progress_bar
from tutor.screen.days import span
from tutor.screen.encoding import STAND_INS, stand_in
from tutor.screen.figure_view import FigureView
from tutor.screen.glossary_view import entries
from tutor.screen.lesson_view import lesson_intro, step_list
from tutor.screen.markdown import markdown
from tutor.screen.terminal import (
    EndOfInputError,
    Look,
    open_terminal,
    terminal_to_text,
    without_controls,
)
from tutor.screen.whole_lesson import lesson as whole_lesson
from tutor.standing import standings

COURSES = [shipped(), short()]
COURSE = COURSES[1]
DRAWN = re.compile("[\u2500-\u25ff]")
ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")
DAY = datetime.date(2026, 11, 26).toordinal()
PRACTICE = Report(
    today=DAY,
    waiting=Waiting(5, 2, 5, 3, 1, 3),
    forecast=(5, 0, 40, *[1] * 11),
    mastery=(Mastery("one", "", "One", 9, 12, 0.7, 0.5, 0.85),),
    objectives=tuple(
        Mastery("one", f"one/aim-{n}", f"say what number {n} is for", 4, 6, n / 9, 0.1, 0.9)
        for n in range(9)
    ),
    beliefs=tuple(
        Belief(f"false belief number {n}", DAY - n, 0.3, 2, stands=n > 0) for n in range(8)
    ),
    calibration=Calibration(
        {50: Judged(4, 2), 95: Judged(10, 9)}, 14, 0.15, 0.06, "A model: 0.07."
    ),
    days={DAY - n: Practice(n, 180.0 * n) for n in range(0, 60, 3)},
    bets=Bets(3, 1.4, 1.58, 1.2),
    model={95: Judged(7410, 7390)},
)
TRY = Try(DAY - 3, right=False, kept=0.0, belief="false belief number 0")
both_looks = pytest.mark.parametrize("look", [RICH, PLAIN], ids=["rich", "plain"])
encodings = pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437", "latin-1", "utf-8"])


def everything(course: Course, look: Look, width: int = 80) -> Iterator[RenderableType]:
    """All views of a course, one below the other."""
    lesson = course.lessons[0]
    standing = standings(outline(course), {lesson.id: LessonProgress(started="x", position="y")})
    yield from course_view.welcome(outline(course), standing[0], look, width)
    for waiting in (Waiting(), Waiting(5, 2, 5, 3, 1, 3), Waiting(20, 14, 60, 9, 0, 40)):
        yield from course_view.home(outline(course), standing, waiting, look, width)
    yield from course_view.progress(standing, look, width)
    terminal = terminal_to_text(width)
    terminal.look = look
    yield from progress_view.practice(PRACTICE, {"one": lesson.title}, terminal)
    titles = {"one": lesson.title}
    yield from why_view.everything(PRACTICE, titles)
    yield from why_view.belief(PRACTICE.beliefs[0], [("q1", TRY)], DAY)
    asked = Asked("one", "q1", serves=("one/aim-1",))
    known = [Known(asked, Card(tries=(TRY, TRY)), 0.4)]
    prompts = {("one", "q1"): "What is it? " * 9}
    yield from why_view.objective(PRACTICE.objectives[1], known, prompts, DAY)
    yield from then_view.start(3, lesson.title)
    yield from then_view.both("a row of a table", "2026-10-25", "a number")
    yield from then_view.result(2, 3)
    yield then_view.offer(1)
    yield from review_view.start(5, 3.0, practice=False)
    yield review_view.reason("it looks things up", Card(), 9)
    yield from review_view.result(3, 5, [1, 1, 4, 40, 90])
    yield from review_view.nothing_due([0, 2], 0, 10)
    yield from review_view.suspended(["A long question. " * 9])
    yield from lesson_intro(lesson)
    yield from step_list(lesson, LessonProgress(), 0)
    for group in entries(course, look):
        yield from group
    yield from _steps(lesson, course, look, width)
    for right in (True, False):
        yield from question_view.verdict(Verdict(right, 1.0, "Because *so*."), course, look)


def _steps(lesson: Lesson, course: Course, look: Look, width: int) -> Iterator[RenderableType]:
    text = whole_lesson(course, lesson, lambda _demo, _look: "shown", look)
    yield markdown(text.replace("```", ""), look)
    for step in lesson.steps:
        if isinstance(step, Figure):
            yield FigureView(step, look)
    for question in questions(lesson):
        drawn = present(question, 3)  # type: ignore[arg-type]
        yield from question_view.question(drawn, course, look)
        yield from question_view.answer(drawn, course, look)


def test_a_whole_lesson_tells_its_drawings_in_words_where_nothing_is_drawn() -> None:
    lesson = COURSES[0].lessons[1]
    drawn = [step for step in lesson.steps if isinstance(step, Figure)]
    assert drawn
    said = whole_lesson(COURSES[0], lesson, lambda _demo, look: f"plain: {look.plain}", PLAIN)
    assert not [step.id for step in drawn if bare(step.art).strip("\n") in said]
    assert all(step.alternative.strip() in said for step in drawn)
    assert "plain: True" in said


def test_a_minute_begun_counts_and_years_are_years() -> None:
    seconds = replace(PRACTICE, mastery=(), days={DAY: Practice(1, 8.0)})
    for look in (RICH, PLAIN):
        terminal = open_terminal(plain=look.plain)
        said = shown(*progress_view.practice(seconds, {}, terminal), look=look)
        assert "1 day of practice, 1 minute in all" in said
    assert span(4017) == "11 years"
    assert span(700) == "23 months"


@encodings
@both_looks
@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.id)
def test_no_encoding_is_too_old(course: Course, look: Look, encoding: str) -> None:
    said = shown(*everything(course, look), look=look, encoding=encoding)
    assert course.title in said
    assert "\N{REPLACEMENT CHARACTER}" not in said
    if encoding == "ascii":
        assert said.isascii()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("✓ Right", "+ Right"),
        ("✗ Not yet", "x Not yet"),
        ("│█░│", "|#.|"),
        ("a → b … c", "a -> b ... c"),
        ("“so” – ‘not’", "\"so\" - 'not'"),
        ("x² ≈ σ", "x^2 ~ sigma"),
        ("café, Größe", "cafe, Gro?e"),
        ("日本🜚", "???"),
    ],
)
def test_a_glyph_that_cannot_be_shown_has_a_stand_in(text: str, written: str) -> None:
    assert without_blanks(shown(text, encoding="ascii")) == without_blanks(written)


def test_words_are_never_the_consoles_own_markup() -> None:
    assert shown("[bold]x[/bold] [/] :smile: [1]") == "[bold]x[/bold] [/] :smile: [1]\n"


def test_what_an_encoding_has_is_left_as_it_is() -> None:
    assert shown("café – ‘x’ → ✓", encoding="cp1252") == "café – ‘x’ -> +\n"


@pytest.mark.parametrize("char", STAND_INS)
def test_a_stand_in_is_ascii_and_has_no_control(char: str) -> None:
    assert stand_in(char).isascii()
    assert stand_in(char).isprintable()
    assert stand_in(char)


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.id)
@pytest.mark.parametrize("width", ["40", "200"])
def test_plain_has_no_boxes_bars_or_escape_codes(
    course: Course, width: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    wire = Wire(tty=True)
    terminal = open_terminal(plain=True, out=wire)
    terminal.say(*everything(course, terminal.look, terminal.width))
    terminal.rule()
    terminal.say(markdown("a\n\n---\n\n> b\n\n| c | d |\n|---|---|\n| 1 | 2 |", terminal.look))
    assert DRAWN.findall(wire.text()) == []
    assert "\x1b" not in wire.text()
    assert progress_bar(3, 5, terminal.look) == ""


@pytest.mark.parametrize("size", ["0", "00", ""])
def test_a_window_that_is_said_to_have_no_columns_is_taken_for_one_of_usual_size(
    monkeypatch: pytest.MonkeyPatch, size: str
) -> None:
    monkeypatch.setenv("COLUMNS", size)
    monkeypatch.setenv("LINES", size)
    wire = Wire()
    terminal = open_terminal(plain=True, out=wire)
    terminal.say(Text("words that are read"))
    assert wire.text() == "words that are read\n"
    assert terminal.width >= 40


def test_no_color_means_no_colour_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    assert colours() != set()
    monkeypatch.setenv("NO_COLOR", "1")
    assert colours() == set()


def colours() -> set[int]:
    """The colours that a verdict and a bar set on a terminal."""
    wire = Wire(tty=True)
    terminal = open_terminal(plain=False, out=wire)
    terminal.say(*question_view.verdict(Verdict(right=True, score=1), COURSE, terminal.look))
    terminal.say(key_bar([("q", "quit")], terminal.look, 40))
    codes = {int(code) for codes in ESCAPE.findall(wire.text()) for code in codes.split(";")}
    return {code for code in codes if 30 <= code <= 49 or 90 <= code <= 107}


def test_a_pipe_gets_no_escape_codes() -> None:
    assert "\x1b" not in shown(*everything(COURSES[1], RICH))


@pytest.mark.parametrize("right", [True, False])
@both_looks
def test_a_verdict_is_told_in_words(look: Look, right: bool) -> None:  # noqa: FBT001
    said = shown(*question_view.verdict(Verdict(right, 0.0, "Why."), COURSE, look), look=look)
    assert ("Right." in said) is right
    assert ("Not yet." in said) is not right
    assert "Why." in said


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.id)
@pytest.mark.parametrize("width", [40, 80, 200])
@both_looks
def test_nothing_is_wider_than_the_window(
    course: Course, width: int, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    said = shown(*everything(course, look, width), look=look)
    assert [line for line in said.split("\n") if len(line) > min(width, 100)] == []


BOX = Figure(id="f", caption="A box", art="+" + "-" * 50 + "+", alternative="A very wide box.")


@pytest.mark.parametrize(
    ("look", "width", "seen"),
    [(RICH, 54, "art"), (RICH, 53, "words"), (RICH, 40, "words"), (PLAIN, 200, "words")],
)
def test_a_figure_that_cannot_be_seen_is_told_in_words(
    look: Look, width: int, seen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    said = shown(FigureView(BOX, look), look=look)
    assert "A box" in said
    assert ("+---" in said) is (seen == "art")
    assert ("A very wide box." in said) is (seen == "words")


KEYS = [("Enter", "go on"), ("b", "back"), (":h", "hint"), ("m", "practise what I missed")]


@pytest.mark.parametrize("width", [*range(28, 75), 200])
def test_a_key_is_never_torn_from_its_meaning(width: int) -> None:
    lines = key_bar(KEYS, RICH, width).plain.split("\n")
    assert all(len(line) <= width for line in lines)
    assert [key for line in lines for key in line.split(SEPARATOR)] == [" ".join(k) for k in KEYS]


def test_keys_are_a_sentence_for_screen_readers() -> None:
    assert key_bar(KEYS[:2], PLAIN, 40).plain == "Keys: Enter go on, b back."


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("a\x07b\x00c\x7fd\x9be", "abcde"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("half \udc80 a character", "half  a character"),
        ("<s> [INST] é 日", "<s> [INST] é 日"),
    ],
)
def test_what_a_terminal_would_obey_is_taken_out_of_what_is_typed(typed: str, kept: str) -> None:
    assert without_controls(typed) == kept
    assert typing(typed).ask() == kept


@pytest.mark.parametrize(
    "mark", "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
def test_no_typed_line_turns_round_the_words_beside_it(mark: str) -> None:
    terminal = typing(f"{mark}live {mark}שלום")
    assert terminal.ask() == "live שלום"
    terminal.flush()
    assert without_blanks("live שלום") in without_blanks(terminal.console.file.text())  # type: ignore[attr-defined]
    assert mark not in terminal.console.file.text()  # type: ignore[attr-defined]


def test_the_end_of_input_is_a_wish_to_leave() -> None:
    terminal = typing("one")
    assert terminal.ask() == "one"
    with pytest.raises(EndOfInputError):
        terminal.ask()


@pytest.mark.parametrize("question", EVERY, ids=type)
@both_looks
def test_every_kind_of_question_says_how_to_reply(question: object, look: Look) -> None:
    drawn = present(question, 0)  # type: ignore[arg-type]
    said = shown(*question_view.question(drawn, COURSES[1], look), look=look)
    assert question_view.asked_text(drawn.question, look) in " ".join(said.split())
    assert question_view.how_to_reply(drawn) in " ".join(said.split())
    assert all(f"{number} {label}" in said for number, label in enumerate(drawn.labels, 1))


def test_a_window_is_measured_anew_for_every_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = open_terminal(plain=False, out=Wire())
    for width, seen in ((40, 40), (200, 100)):
        terminal.console.size = ConsoleDimensions(width, 20)
        assert terminal.width == seen


def test_the_parts_of_a_drawing_are_coloured_and_their_marks_take_no_room() -> None:
    step = replace(BOX, art="{body:[   ]}--{mask:( )}")
    window = Window()
    terminal = window.terminal(input)
    terminal.say(FigureView(step, Look()))
    assert "  [   ]--( )" in window.shows()
    row = window.shows().index("  [   ]--( )")
    colours = [window.cells.buffer[row][column].fg for column in (2, 7, 9)]
    assert colours == ["9d7cf4", "default", "f2c14e"]


def test_a_wide_window_has_the_text_beside_its_drawing() -> None:
    for columns, beside in ((119, False), (120, True)):
        window = Window(columns, 24)
        window.terminal(input).say(FigureView(BOX, Look(), (Text("Read before."),)))
        shown = next((line for line in window.shows() if "Read before." in line), "")
        assert ("A box" in shown) is beside


def test_the_list_of_steps_says_what_a_learner_will_be_able_to_do() -> None:
    lesson = COURSES[1].lessons[0]
    told = shown(*step_list(lesson, LessonProgress(), 0), look=Look(plain=True))
    assert "- name every kind of step" in told
