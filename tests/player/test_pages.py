"""One screen a step: clear, paged, shown again; nothing that was said is lost."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.known_courses import short
from tests.player.chair import Chair
from tests.player.walking import answer_rightly
from tests.player.window import Window
from tutor.course.model import Course, Text
from tutor.player.play import Parting, play_quiz
from tutor.screen.pages import MORE
from tutor.screen.terminal import open_terminal

LONG = "\n\n".join(f"This is paragraph {number}." for number in range(1, 41))


@pytest.fixture
def course(short_course: Path) -> Course:
    return short()


def with_first(course: Course, text: str) -> Course:
    lesson = course.lessons[0]
    first = Text(id="first", text=text)
    return replace(course, lessons=(replace(lesson, steps=(first, *lesson.steps)),))


def test_each_step_begins_on_a_clear_screen_and_what_stood_there_is_scrolled_up(
    home: Path, course: Course
) -> None:
    window = Window()
    chair = Chair(home, course, window=window)
    chair.prompt()
    assert "A token is a piece of text." in "\n".join(window.shows())
    chair.type("")
    shows = window.shows()
    assert shows[0].startswith("1 One of each · Beginnings")
    assert shows[0].endswith("step 2 of 8")
    assert not any("A token is a piece" in line for line in shows)
    assert any("A token is a piece" in line for line in window.scrolled())
    chair.leave()


def test_what_is_longer_than_the_window_waits_and_no_line_of_it_is_lost(
    home: Path, course: Course
) -> None:
    window = Window()
    chair = Chair(home, with_first(course, LONG), window=window)
    chair.prompt()
    seen = [line for line in window.shows() if line]
    assert seen[-1] == MORE.strip()
    for _ in range(6):
        if window.shows()[-1].strip() != MORE.strip() and MORE.strip() not in window.shows():
            break
        chair.type("")
        seen += [line for line in window.shows() if line not in seen]
    for number in range(1, 41):
        assert f"This is paragraph {number}." in seen
    whole = [line for line in (*window.scrolled(), *window.shows()) if "paragraph" in line]
    assert whole == [f"This is paragraph {number}." for number in range(1, 41)]
    chair.leave()


def test_who_has_read_enough_of_a_long_page_leaves_politely(home: Path, course: Course) -> None:
    chair = Chair(home, with_first(course, LONG), window=Window())
    chair.prompt()
    chair.leave("q")
    assert chair.ending is Parting.QUIT


@pytest.mark.parametrize("aside", ["?", "g"])
def test_help_and_the_glossary_come_back_to_the_question(
    home: Path, course: Course, aside: str
) -> None:
    term = course.terms[0]
    course = replace(course, terms=(term, replace(term, term="other")))
    window = Window()
    chair = Chair(home, course, play_quiz, window=window)
    chair.prompt()
    chair.type("")
    before = window.shows()
    chair.type(aside)
    for _ in range(9):
        if window.shows() == before:
            break
        chair.type("")
    assert window.shows() == before
    chair.leave()


def test_a_page_is_shown_again_in_a_window_of_another_size(home: Path, course: Course) -> None:
    window = Window()
    chair = Chair(home, course, window=window)
    chair.prompt()
    window.resize(50, 20)
    chair.type(".")
    shows = window.shows()
    assert shows[1] == "─" * 50
    assert "A token is a piece of text." in "\n".join(shows)
    assert "> ." not in shows
    chair.leave()


def test_a_window_that_changes_in_the_middle_of_a_page_loses_no_word(
    home: Path, course: Course
) -> None:
    window = Window()
    wide = "\n\n".join(f"Number {n} " + "and so on " * 6 + f"ends {n}." for n in range(1, 31))
    chair = Chair(home, with_first(course, wide), window=window)
    chair.prompt()
    window.resize(40, 24)
    chair.type("")
    said = " ".join("\n".join((*window.scrolled(), *window.shows())).split())
    assert all(f"ends {number}." in said for number in range(1, 31))
    chair.leave()


def test_a_result_folds_what_was_right_and_a_number_opens_it(home: Path, course: Course) -> None:
    lesson = replace(course.lessons[0], quiz=course.lessons[0].quiz[:2])
    course = replace(course, lessons=(lesson,))
    window = Window()
    chair = Chair(home, course, play_quiz, window=window)
    chair.prompt()
    said = answer_rightly(chair, lesson.quiz[0], chair.type(""))
    chair.type("s")
    chair.type("")
    shown = "\n".join(window.shows())
    assert "1 of 2" in shown
    assert "What does a network put out?" not in shown, said
    assert "What is large in a large language model?" in shown
    chair.type("1")
    assert "What does a network put out?" in "\n".join(window.shows())
    chair.type("")
    assert "Right: 1." in "\n".join(window.shows())
    chair.leave("")


def test_nothing_is_cleared_where_somebody_does_not_want_it() -> None:
    for plain, scrolls in ((True, False), (False, True)):
        terminal = open_terminal(plain=plain, scrolls=scrolls, out=Window())
        terminal._echo = False  # as if somebody typed
        terminal.turns_pages()
        assert terminal.pages is None
