"""The same lesson on narrow, wide, colourless, ASCII and plain terminals."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tutor.course.builtin import builtin_course
from tutor.course.contents import main_path
from tutor.course.model import Demo, Lesson, Question

from .seat import Seat
from .walking import ESCAPES, answer_rightly, lesson_of, lines_through, see_through

BOXES = "─│┌┐└┘├┤█░▌"
COLOUR = r"\x1b\[[0-9;]*(?:3|4|9)[0-7]m"
ESCAPE = "\x1b"


def walk_some(seat: Seat, lesson: Lesson, steps: int) -> str:
    """Take the first steps rightly; returns all that was said."""
    said = seat.prompt()
    if "You guess first" in said:
        said = seat.type("")
    for step in main_path(lesson)[:steps]:
        if isinstance(step, Question):
            said = answer_rightly(seat, step, said)
        elif isinstance(step, Demo):
            said = see_through(seat, said)
        else:
            for line in lines_through(step):
                said = seat.type(line)
    seat.leave()
    return seat.text


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_no_line_is_wider_than_the_window(home: Path, columns: int) -> None:
    seat = Seat(home, columns=columns)
    said = ESCAPES.sub("", walk_some(seat, lesson_of(builtin_course()), 20))
    widths = [len(line.rstrip("\r")) for line in said.split("\n") if not line.startswith(">")]
    assert max(widths) <= columns
    assert columns < 200 or max(widths) > 80, "a wide window is made use of"


def test_after_a_resize_lines_fit_the_new_window(home: Path) -> None:
    seat = Seat(home, "learn", columns=100)
    said = ESCAPES.sub("", seat.prompt())
    assert max(map(len, said.splitlines())) > 60
    seat.resize(44, 30)
    said = ESCAPES.sub("", "".join(seat.type("") for _ in range(4)))
    assert [line for line in said.splitlines() if len(line) > 44] == []
    seat.leave()


@pytest.mark.parametrize(
    ("environ", "forbidden"),
    [
        ({"NO_COLOR": "1"}, COLOUR),
        ({"TERM": "dumb"}, ESCAPE),
        ({"ACCESSIBLE": "1", "TERM": "dumb"}, f"[{BOXES}{ESCAPE}]"),
        ({"TUTOR_PLAIN": "1", "TERM": "dumb"}, f"[{BOXES}{ESCAPE}]"),
    ],
)
def test_what_a_learner_asked_not_to_see_is_not_shown(
    home: Path, short_course: Path, environ: Mapping[str, str], forbidden: str
) -> None:
    seat = Seat(home, course=short_course, environ=dict(environ))
    said = walk_some(seat, lesson_of(short_course), 7)
    assert not re.findall(forbidden, said)
    assert "Right." in said


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437"])
def test_any_encoding_shows_a_stand_in_for_what_it_lacks(
    home: Path, short_course: Path, encoding: str
) -> None:
    environ = {"PYTHONIOENCODING": encoding, "TERM": "dumb"}
    seat = Seat(home, course=short_course, environ=environ)
    said = walk_some(seat, lesson_of(short_course), 7)
    assert "Right." in said
    assert "UnicodeEncodeError" not in said
    assert "Traceback" not in said


def test_the_word_plain_behind_a_command_works_as_before_it(home: Path, short_course: Path) -> None:
    environ = {"TERM": "dumb"}
    for arguments in (("--plain", "learn"), ("learn", "--plain")):
        seat = Seat(home, *arguments, course=short_course, environ=environ)
        assert "Keys: Enter continue" in seat.prompt()
        seat.leave()
