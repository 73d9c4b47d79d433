"""Deeper steps: offered where they stand, skipped with a key, never in the way of an ending."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.known_courses import shipped, short
from tests.player.chair import Chair
from tests.player.walking import answer_rightly
from tests.running import tutor
from tutor.course.model import Course, Lesson, Text
from tutor.course.outlining import lesson_outline, outline
from tutor.player.play import Parting
from tutor.progress.events import Depth, Place, WantedDepth
from tutor.progress.folding import PROGRESS
from tutor.progress.journal import Journal
from tutor.progress.lesson_progress import LessonProgress, Run
from tutor.standing import LessonStanding, is_finished, stand, standings

OFFER = "+ deeper: 2 steps, 1 minute"


def text(name: str, *, deeper: bool = False) -> Text:
    return Text(id=name, text=f"This is {name}.", deeper=deeper)


@pytest.fixture
def course(short_course: Path) -> Course:
    """Two steps on the main path, two deeper ones between them, a question with one behind it."""
    whole = short()
    question = next(step for step in whole.lessons[0].steps if step.id == "check")
    deeper = (text("a", deeper=True), text("b", deeper=True))
    steps = (text("first"), *deeper, text("second"), question, text("c", deeper=True))
    lesson = replace(whole.lessons[0], steps=steps, quiz=whole.lessons[0].quiz[:1])
    return replace(whole, lessons=(lesson,))


def want(home: Path, wanted: WantedDepth) -> None:
    with Journal.open(home / "journal.sqlite3") as journal:
        journal.record(Place(course="short", lesson=""), Depth(wanted=wanted))


def test_enter_passes_deeper_steps_over_and_plus_goes_into_them(home: Path, course: Course) -> None:
    chair = Chair(home, course)
    said = chair.prompt()
    assert "step 1 of 3" in said
    assert OFFER in said
    assert "This is second." in chair.type("")
    assert "This is first." in chair.type("b")
    said = chair.type("+")
    assert "This is a." in said
    assert "step 1, deeper 1 of 2" in said
    assert "This is b." in chair.type("")
    assert "This is second." in chair.type("")
    assert "This is b." in chair.type("b")
    chair.leave()


def test_minus_leads_from_a_deeper_step_back_to_the_main_path(home: Path, course: Course) -> None:
    chair = Chair(home, course)
    chair.prompt()
    assert "- back to the main path" in chair.type("+")
    assert "This is second." in chair.type("-")
    chair.leave()


def test_a_learner_who_quits_at_a_deeper_step_comes_back_to_it(home: Path, course: Course) -> None:
    chair = Chair(home, course)
    chair.prompt()
    chair.type("+")
    chair.leave()
    back = Chair(home, course)
    assert "This is a." in back.prompt()
    back.leave()


def test_who_wants_all_of_it_is_not_asked_and_who_wants_none_is_not_told(
    home: Path, course: Course
) -> None:
    want(home, "show")
    chair = Chair(home, course)
    assert OFFER not in chair.prompt()
    assert "This is a." in chair.type("")
    assert "This is first." in chair.type("b")
    chair.leave()
    want(home, "skip")
    chair = Chair(home, course)
    assert OFFER not in chair.prompt()
    assert "This is second." in chair.type("")
    assert "(deeper)" in chair.type("l")
    assert "This is b." in chair.type("1.2")
    chair.leave()


def test_a_lesson_is_done_without_its_deeper_steps(home: Path, course: Course) -> None:
    chair = Chair(home, course)
    chair.prompt()
    chair.type("")
    said = chair.type("")
    said = answer_rightly(chair, course.lessons[0].steps[4], said)  # type: ignore[arg-type]
    assert "Quiz:" in said
    answer_rightly(chair, course.lessons[0].quiz[0], chair.type(""))
    chair.leave("")
    assert chair.ending is Parting.FINISHED
    (standing,) = standings_of(home, course)
    assert (standing.state, standing.steps_done, standing.steps) == ("finished", 3, 3)
    assert (standing.deeper_done, standing.deeper) == (0, 3)


def standings_of(home: Path, course: Course) -> tuple[LessonStanding, ...]:
    with Journal.open(home / "journal.sqlite3") as journal:
        return standings(outline(course), journal.lessons(course.id))


def test_the_preference_is_set_by_a_command(home: Path) -> None:
    assert "shown like the others" in tutor("progress", "deeper", "show").stdout
    assert tutor("progress", "deeper", "often").returncode == 2


def walked(lesson: Lesson, *names: str, quiz: bool = True) -> LessonProgress:
    passed = dict.fromkeys(names, True)
    result = Run(sitting="s", items=()) if quiz else None
    return LessonProgress(passed=passed, result=result, position=names[-1], started="2026")


def test_who_had_done_a_lesson_before_it_was_cut_anew_has_done_it_still(course: Course) -> None:
    lesson = lesson_outline(course.lessons[0])
    former = walked(course.lessons[0], "first", "gone", "away", "check")
    assert is_finished(lesson, former)
    assert stand(lesson, former).step == 3, "what is new on the main path comes next"
    assert not is_finished(lesson, walked(course.lessons[0], "first", "gone"))
    assert not is_finished(lesson, walked(course.lessons[0], "first", "gone", "away", quiz=False))


def test_a_journal_of_version_2_loses_nothing(home: Path) -> None:
    """Lesson 1 was played whole and lesson 2 to its 20th step by the tutor of version 2."""
    former = Path(__file__).parent / "journals" / "version-2.jsonl"
    assert "0 known already" in tutor("progress", "import", str(former)).stdout
    course = shipped()
    with Journal.open(home / "journal.sqlite3", folds=(PROGRESS,)) as journal:
        kept = journal.lessons(course.id)
        first, second, *_ = standings(outline(course), kept)
    assert (first.state, first.quiz_result) == ("finished", (18, 18))
    assert second.state == "started"
    assert len(kept["architecture"].passed) == 20
    assert second.steps_done + second.deeper_done > 0
