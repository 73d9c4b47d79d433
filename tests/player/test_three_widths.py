"""Home, progress, a review and a placement in terminals of 40, 80 and 120 columns."""

import re
from pathlib import Path

import pytest

from tests.cli.test_home import COURSE, learnt
from tests.player.seat import Seat

NARROW, USUAL, WIDE = 40, 80, 120
widths = pytest.mark.parametrize("columns", [NARROW, USUAL, WIDE])
WORD = re.compile(r"[A-Za-z][A-Za-z']+")


@pytest.fixture
def practised(home: Path) -> Path:
    learnt(home, 1.2, sure=75)
    return home


def seated(home: Path, columns: int, *arguments: str) -> Seat:
    return Seat(home, *arguments, columns=columns, rows=150)


def rows(seat: Seat) -> list[str]:
    return [line for line in seat.shows() if line]


def words(seat: Seat) -> set[str]:
    return set(WORD.findall(" ".join(rows(seat))))


@widths
def test_home_and_progress_break_no_word_and_lose_none(practised: Path, columns: int) -> None:
    titles = {word for lesson in COURSE.lessons for word in WORD.findall(lesson.title)}
    for arguments in ([], ["progress"]):
        seat, wide = (seated(practised, width, *arguments) for width in (columns, WIDE))
        for one in (seat, wide):
            if not arguments:
                one.wait("quit")
                one.kill()
            else:
                one.end()
        assert titles <= words(seat) <= words(wide)


@widths
def test_the_lessons_bars_stand_under_one_another(practised: Path, columns: int) -> None:
    seat = seated(practised, columns)
    seat.wait("quit")
    drawn = [line for line in rows(seat) if "░" in line or "█" in line]
    assert len(drawn) == len(COURSE.lessons)
    bars = [re.search("[░█]+", line) for line in drawn]
    assert len({found.span() for found in bars if found}) == 1
    seat.kill()


@widths
@pytest.mark.parametrize("arguments", [["review"], ["quiz", "--placement"]])
def test_a_question_is_read_answered_and_left_at_any_width(
    practised: Path, columns: int, arguments: list[str]
) -> None:
    seat = seated(practised, columns, *arguments)
    seat.prompt()
    asked = rows(seat)
    shown = " ".join(asked)
    assert "hint" in shown
    assert "quit" in shown
    assert not [line for line in asked if re.match(r"[·,.;]", line)]
    seat.type(":s")
    assert all(len(line) <= columns for line in rows(seat))
    seat.leave(":q")
    assert seat.status == 0
