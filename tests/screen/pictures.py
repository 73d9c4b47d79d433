"""Screens as pictures: `python -m tests.screen.pictures` keeps those that the documentation shows.

A test compares them with what is drawn now; digits are not compared, as another machine's
arithmetic may round the last one otherwise.
"""

import datetime
import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pyte
from pyte.screens import Char

from tests.known_courses import shipped
from tests.player.chair import Chair, Part
from tests.player.window import Window
from tests.progress.deeds import NOON, Clock
from tutor.course.model import Course
from tutor.course.outlining import outline
from tutor.looking.picture import drawn
from tutor.looking.pieces import Line, Piece
from tutor.player.desk import Desk
from tutor.player.ending import show_ending
from tutor.player.play import play, play_quiz
from tutor.progress.events import Entered, Place
from tutor.progress.exchange import import_events
from tutor.progress.folding import PROGRESS
from tutor.progress.journal import Journal
from tutor.review.cards import CARDS
from tutor.review.counting import asked_in, waiting
from tutor.review.days import day_of
from tutor.review.mastery import report
from tutor.screen import course_view, progress_view
from tutor.screen.palette import Colour
from tutor.standing import standings

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
PLAYED = Path(__file__).parents[1] / "player" / "journals" / "version-2.jsonl"
"""Lesson 1 whole, and half of lesson 2."""
NAMED: dict[str, Colour] = {
    "black": (60, 56, 70),
    "red": (239, 91, 110),
    "green": (79, 184, 160),
    "brown": (242, 193, 78),
    "blue": (96, 150, 220),
    "magenta": (157, 124, 244),
    "cyan": (94, 200, 216),
    "white": (240, 237, 246),
}
"""The sixteen colours of a terminal, as a dark one draws them; pyte calls yellow brown."""


def lines_of(cells: pyte.Screen) -> list[Line]:
    """What a window shows, in pieces of one style each."""
    rows = [[cells.buffer[y][x] for x in range(cells.columns)] for y in range(cells.lines)]
    return [_line(row) for row in rows]


def _line(row: Sequence[Char]) -> Line:
    pieces = []
    for style, chars in groupby(row, key=_style):
        ink, ground, bold, dim = style
        pieces.append(Piece("".join(char.data for char in chars), ink, ground, bold, dim))
    return tuple(pieces)


def _style(char: Char) -> tuple[Colour | None, Colour | None, bool, bool]:
    ink, ground = _colour(char.fg), _colour(char.bg)
    if char.reverse:
        ink, ground = ground or (20, 17, 28), ink or (240, 237, 246)
    return ink, ground, char.bold, char.blink


def _colour(name: str) -> Colour | None:
    if name == "default":
        return None
    plain = name.removeprefix("bright")
    if plain in NAMED:
        return NAMED[plain]
    return int(name[:2], 16), int(name[2:4], 16), int(name[4:], 16)


def picture(window: Window, title: str) -> str:
    """A window as SVG."""
    return drawn(title, lines_of(window.cells))


@dataclass(frozen=True)
class Screen:
    """What is done, and in which window, before the picture is taken."""

    name: str
    title: str
    """What the picture shows, for those who cannot see it."""
    lesson: int = 0
    """By its number; 0 for none."""
    step: str = ""
    """Where the learner left it."""
    lines: tuple[str, ...] = ()
    """What they type then."""
    part: Part = play
    columns: int = 80
    rows: int = 24


def home(desk: Desk, days: int = 3) -> None:
    """The first screen, some days after."""
    course, now = outline(desk.course), NOON + datetime.timedelta(days=days)
    due = waiting(desk.journal.states(CARDS, course.id), asked_in(course), day_of(now))
    standing = standings(course, desk.journal.lessons(course.id))
    terminal = desk.terminal
    terminal.say(*course_view.home(course, standing, due, terminal.look, terminal.width))
    terminal.ask("Enter, a lesson's number or q: ")


def progress(desk: Desk) -> None:
    """What practice has come to."""
    course, day = outline(desk.course), day_of(NOON)
    found = report(desk.journal.states(CARDS, course.id), course, day)
    titles = {lesson.id: lesson.title for lesson in course.lessons}
    desk.terminal.say(*progress_view.practice(found, titles, desk.terminal))
    desk.terminal.ask("$ ")


def ending(desk: Desk) -> None:
    """The last page of a lesson."""
    show_ending(desk, day_of(NOON), "21 Nov")
    desk.terminal.ask("$ ")


SCREENS = (
    Screen(
        "home",
        "Home, three days after lesson 1: what is due comes first",
        1,
        part=home,
        columns=100,
        rows=30,
    ),
    Screen("first-minute", "Each word of a model has its chance", 1, "d-first", ("", "lion")),
    Screen("monster", "The monster picture: body, mask and cherry", 1, "f-picture"),
    Screen("not-yet", "A wrong answer gets a word on that mistake", 1, "c-torque", ("1",)),
    Screen("wide", "A drawing beside its text", 1, "loop", columns=120, rows=30),
    Screen("mask", "One line for two models: mask off, mask on", 4, "d-same-line", ("1", ":s")),
    Screen("attention", "Where a head looks", 2, "d-heads", (":s", ":s", ""), columns=100, rows=40),
    Screen("quiz", "A question of the quiz", 2, lines=("",), part=play_quiz),
    Screen("ending", "The last page of a lesson", 1, part=ending, columns=100, rows=44),
    Screen("progress", "What practice has come to", 1, part=progress, columns=100, rows=60),
)


def window_after(screen: Screen, course: Course, folder: Path) -> Window:
    """Do all of it, and look at the window."""
    window = Window(screen.columns, screen.rows)
    _furnish(screen, course, folder)
    chair = Chair(
        folder, course, screen.part, screen.lesson - 1, Clock(), random.Random(1), window=window
    )
    chair.prompt()
    for line in screen.lines:
        chair.type(line)
    kept = Window(screen.columns, screen.rows)
    kept.write(window.getvalue())
    chair.leave(EOFError())
    return kept


def _furnish(screen: Screen, course: Course, folder: Path) -> None:
    """A journal in which lesson 1 is done, or the learner stands at a step."""
    with Journal.open(folder / "journal.sqlite3", Clock(), folds=(PROGRESS, CARDS)) as journal:
        if screen.step:
            lesson = course.lessons[screen.lesson - 1]
            place = Place(course=course.id, lesson=lesson.id, step=screen.step)
            journal.record(place, Entered())
        elif screen.part is not play_quiz:
            import_events(journal, PLAYED)


def pictures() -> Iterator[tuple[str, str]]:
    """Every picture, as it is now."""
    course = shipped()
    for screen in SCREENS:
        with tempfile.TemporaryDirectory() as folder:
            yield screen.name, picture_of(screen, course, Path(folder))


def picture_of(screen: Screen, course: Course, folder: Path) -> str:
    """A picture, as it is now."""
    return picture(window_after(screen, course, folder), screen.title)


def masked(svg: str) -> str:
    """A picture without its digits and colours."""
    return re.sub(r"\d", "0", re.sub(r"#[0-9a-f]{6}", "#", svg))


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, svg in pictures():
        (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")
