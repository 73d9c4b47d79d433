"""Pulled plugs and second windows."""

import os
import subprocess
import sys
from pathlib import Path

from tutor.progress.events import Answered
from tutor.progress.journal import Journal

from .kills import pull_the_plug
from .seat import Seat
from .walking import QUIZ, answer_rightly, lesson_of


def test_every_verdict_that_was_seen_survives_a_pulled_plug(home: Path) -> None:
    seen, kept = pull_the_plug(home, 20, seed=20261122, enough=10)
    assert seen > 10, "the plug was always pulled too early to prove anything"
    assert kept >= seen


def test_two_tutors_at_once_lose_nothing_and_never_mention_locks(
    home: Path, short_course: Path
) -> None:
    command = [sys.executable, "-m", "tutor", "quiz", "one"]
    environ = {**os.environ, "TUTOR_HOME": str(home), "TUTOR_COURSE": str(short_course)}
    lines = "\n9\n" + "3\n\n2\n\n1\n\n" * 100
    tutors = [
        subprocess.Popen(
            command,
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        for _ in range(3)
    ]
    for tutor in tutors:
        assert tutor.stdin is not None
        tutor.stdin.write(lines)
        tutor.stdin.flush()
    said = [tutor.communicate()[0] for tutor in tutors]
    verdicts = sum(text.count("✓ Right.") + text.count("✗ Not yet.") for text in said)
    assert "locked" not in "".join(said)
    assert verdicts > 20
    with Journal.open(home / "journal.sqlite3") as journal:
        assert journal.faults() == []
        assert sum(isinstance(e.deed, Answered) for e in journal.events()) == verdicts


def test_two_people_in_two_windows_both_finish_their_quiz(home: Path, short_course: Path) -> None:
    lesson = lesson_of(short_course)
    one = Seat(home, "quiz", course=short_course)
    one.prompt()
    first = one.type("")
    other = Seat(home, "learn", course=short_course)
    other.prompt()
    for question in lesson.quiz:
        first = answer_rightly(one, question, first)
        other.type("?")
    assert f"Quiz result: {QUIZ}/{QUIZ}" in first
    one.leave("")
    other.leave()
