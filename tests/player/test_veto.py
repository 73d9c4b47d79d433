"""A learner who is right and was judged wrong has the last word."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.known_courses import short
from tests.progress.deeds import Clock
from tests.running import tutor
from tutor.course.model import AnyQuestion, Number, ShortText
from tutor.player.asking import ask
from tutor.player.desk import Desk, QuitError
from tutor.progress.journal import Journal
from tutor.progress.lesson_progress import Item
from tutor.progress.undoing import undo_latest
from tutor.screen.terminal import EndOfInputError, Terminal, terminal_to_text

COURSE = short()
QUIZ = COURSE.lessons[0].quiz
SHORT = next(question for question in QUIZ if isinstance(question, ShortText))
NUMBER = next(question for question in QUIZ if isinstance(question, Number))
SINGLE = QUIZ[0]


def play(journal: Journal, question: AnyQuestion, *lines: str) -> tuple[str, Item]:
    """Ask one question of a learner who types these lines; the screen, and how it went."""
    typed = iter(lines)

    def read_line(prompt: str) -> str:
        line = next(typed, None)
        if line is None:
            raise EOFError(prompt)
        return line

    blank = terminal_to_text()
    terminal = Terminal(blank.console, blank.look, read_line, echo=True)
    desk = Desk(COURSE, COURSE.lessons[0], terminal, journal)
    sitting = desk.progress().sittings.get(question.id) or "s1"
    with suppress(EndOfInputError, QuitError):
        ask(desk, question, sitting, step=question)
    return terminal.text(), desk.progress().items[question.id]


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "journal.sqlite3", Clock()) as journal:
        yield journal


@pytest.mark.parametrize(
    ("question", "line"), [(SHORT, "luck"), (NUMBER, "33")], ids=["words", "number"]
)
def test_a_reply_judged_wrong_counts_as_right_by_the_learner_s_own_word(
    journal: Journal, question: AnyQuestion, line: str
) -> None:
    said, item = play(journal, question, line, ":=", "")
    assert "Not yet" in said
    assert f"Taken at your word: '{line}' counts as right" in said
    assert (item.known, item.score, item.found, item.vouched) == (True, 1.0, True, True)
    tally = journal.lesson(COURSE.id, "one").tallies[question.id]
    assert (tally.first_tries, tally.first_right) == (1, 1)


def test_who_sees_the_answer_and_finds_that_it_was_theirs_may_still_say_so(
    journal: Journal,
) -> None:
    assert not play(journal, SHORT, "odds", ":s")[1].known
    assert play(journal, SHORT, "=")[1].known


def test_a_later_try_that_is_vouched_for_is_found_and_the_first_one_stays_wrong(
    journal: Journal,
) -> None:
    _, item = play(journal, SHORT, "certainty", "odds", ":=")
    assert (item.known, item.score, item.found) == (False, 0.0, True)


def test_there_is_nothing_to_overrule_before_a_wrong_verdict_or_at_options(
    journal: Journal,
) -> None:
    assert ":= does nothing here" in play(journal, SHORT, ":=", "odds")[0]
    said, item = play(journal, SINGLE, "1", "=", "2", "=", "3", "=")
    assert "= does nothing here" in said
    assert not item.vouched


def test_a_veto_can_be_taken_back(journal: Journal) -> None:
    play(journal, SHORT, "odds", ":=")
    assert "your word that 'odds' answers q-short" in undo_latest(journal)
    item = journal.lesson(COURSE.id, "one").items[SHORT.id]
    assert (item.known, item.found, item.vouched) == (False, False, False)


def test_a_veto_is_listed_for_the_author_with_the_question_s_version(
    home: Path, short_course: Path
) -> None:
    with Journal.open(home / "journal.sqlite3", Clock()) as journal:
        play(journal, SHORT, "odds", ":=")
    listed = tutor("progress", "notes", TUTOR_COURSE=str(short_course)).stdout
    assert "one/q-short: means the same, q-short@" in listed
    assert listed.strip().endswith(": odds")
