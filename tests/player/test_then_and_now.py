"""A month later: guesses made again, and what was said at first beside them."""

import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.known_courses import shipped
from tests.player.chair import Chair
from tests.progress.deeds import Clock
from tests.running import tutor
from tutor.course.model import Course, Prediction, Recall
from tutor.player.desk import Desk
from tutor.player.guessing import version
from tutor.player.play import Parting
from tutor.player.then_and_now import play_then_and_now
from tutor.progress.events import Entered, Place, Predicted
from tutor.progress.journal import Journal

COURSE: Course = shipped()
LESSON = COURSE.lessons[0]
GUESSES = [step for step in LESSON.steps if isinstance(step, Prediction)]
FIRST = next(step for step in GUESSES if step.options)


def guessed(home: Path, *steps: Prediction, days_ago: float = 31) -> None:
    """First guesses, so many days ago."""
    at = datetime.datetime.now().astimezone() - datetime.timedelta(days=days_ago)
    with Journal.open(home / "journal.sqlite3", Clock(at)) as journal:
        journal.record(Place(course=COURSE.id, lesson=LESSON.id, step=steps[0].id), Entered())
        for step in steps:
            content = version(step.prompt, *step.options)
            place = Place(course=COURSE.id, lesson=LESSON.id, step=step.id, content=content)
            journal.record(place, Predicted(raw=step.options[0] if step.options else "no idea"))


def looking_back(desk: Desk) -> Parting:
    return play_then_and_now(desk, desk.lesson)


def guesses(home: Path) -> dict[str, str]:
    with Journal.open(home / "journal.sqlite3") as journal:
        found = journal.lesson(COURSE.id, LESSON.id).predictions
    return {name: guess.words for name, guess in found.items()}


def test_the_first_guess_is_shown_only_after_todays(home: Path) -> None:
    guessed(home, FIRST)
    chair = Chair(home, COURSE, looking_back)
    asked = chair.prompt()
    assert "Then," not in asked
    said = chair.type("2")
    assert f"Today: {FIRST.options[1]}" in " ".join(said.split())
    assert FIRST.options[0] in " ".join(said.split("Today:")[0].split())
    assert "You answer 1 of 1 differently today." in chair.leave("")
    assert chair.ending is Parting.FINISHED


def test_todays_guess_is_kept_beside_the_first_and_not_asked_again(home: Path) -> None:
    guessed(home, FIRST)
    chair = Chair(home, COURSE, looking_back)
    chair.prompt()
    chair.type("2")
    chair.leave("")
    kept = guesses(home)
    assert kept.pop(FIRST.id) == FIRST.options[0]
    assert list(kept.values()) == [FIRST.options[1]]
    assert "waits to be asked anew" in Chair(home, COURSE, looking_back).leave_said()


def test_who_leaves_in_between_keeps_what_was_said(home: Path) -> None:
    guessed(home, *GUESSES[:2])
    chair = Chair(home, COURSE, looking_back)
    chair.prompt()
    chair.type("2" if GUESSES[0].options else "I know now")
    chair.type("")
    chair.leave(":q")
    assert chair.ending is Parting.QUIT
    assert len(guesses(home)) == 3


@pytest.mark.parametrize(("days", "offers"), [(3, 0), (31, 1), (45, 1), (70, 0)])
def test_home_offers_it_a_month_after_a_lesson(home: Path, days: float, offers: int) -> None:
    guessed(home, FIRST, days_ago=days)
    assert tutor().stdout.count("then and now") == offers


def test_home_offers_it_once(home: Path) -> None:
    guessed(home, FIRST)
    chair = Chair(home, COURSE, looking_back)
    chair.prompt()
    chair.type("1")
    chair.leave("")
    assert "then and now" not in tutor().stdout


def test_a_lesson_can_ask_a_guess_anew_and_shows_the_first_below(home: Path) -> None:
    guessed(home, FIRST)
    recall = Recall(id="r", lesson=LESSON.id, prediction=FIRST.id, text="What now?", again=True)
    later = replace(LESSON, id="later", steps=(recall, *LESSON.steps[:1]), quiz=())
    chair = Chair(home, replace(COURSE, lessons=(LESSON, later)), lesson=1)
    asked = chair.prompt()
    assert "What now?" not in asked
    said = " ".join(chair.type("2").split())
    assert said.index(FIRST.options[0]) < said.index(f"Today: {FIRST.options[1]}")
    assert "What now?" in said
    chair.leave()
    again = Chair(home, replace(COURSE, lessons=(LESSON, later)), lesson=1)
    assert f"Today: {FIRST.options[1]}" in " ".join(again.prompt().split()), "asked once"
    again.leave()
