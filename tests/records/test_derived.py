"""What a store hears of whole lessons: completed, passed, failed, once each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.progress.deeds import Clock
from tests.records.test_mapping import COURSE, LEARNER, scribe, sent
from tutor.course.model import Question
from tutor.judging.presenting import content_hash
from tutor.progress.events import (
    Answered,
    Assessed,
    Event,
    Passed,
    Place,
    QuizClosed,
    QuizOpened,
    Reset,
    Undone,
    Vouched,
)
from tutor.progress.journal import Journal
from tutor.records.derived import PASS_MARK, derived
from tutor.records.filling import fill
from tutor.records.learner import Learner
from tutor.records.mapping import is_ours, is_same_fact
from tutor.records.outbox import Bookmark, Outbox

LESSON = COURSE.lessons[0]
HERE = Place(course=COURSE.id, lesson=LESSON.id)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "journal.sqlite3", Clock()) as opened:
        yield opened


def at(question: Question) -> Place:
    return Place(
        course=COURSE.id,
        lesson=LESSON.id,
        question=question.id,
        content=content_hash(question),  # type: ignore[arg-type]
    )


def walk(journal: Journal) -> None:
    """Go through every step."""
    for step in LESSON.steps:
        where = Place(course=COURSE.id, lesson=LESSON.id, step=step.id)
        journal.record(where, Passed(seconds=1.5))


def quiz(
    journal: Journal, right: int, sitting: str = "s", *, practice: bool = False
) -> list[Event]:
    """Take the quiz, with so many right answers; the events of the answers."""
    items = tuple(one.id for one in LESSON.quiz)
    journal.record(HERE, QuizOpened(sitting=sitting, items=items, practice=practice))
    answers = []
    for number, question in enumerate(LESSON.quiz):
        is_right = number < right
        deed = Answered(
            sitting=sitting, seed=1, raw="1", right=is_right, score=float(is_right), attempt=1
        )
        answers.append(journal.record(at(question), deed))
    journal.record(HERE, QuizClosed(sitting=sitting))
    return answers


def told(journal: Journal, learner: Learner = LEARNER) -> list[dict[str, Any]]:
    return list(derived(journal.events_of(COURSE.id, LESSON.id), scribe(learner=learner)))


def words(statements: list[dict[str, Any]]) -> list[str]:
    return [one["verb"]["display"]["en"] for one in statements]


WHOLE = len(LESSON.quiz)


def test_a_lesson_is_completed_when_home_shows_it_as_finished(journal: Journal) -> None:
    walk(journal)
    assert told(journal) == []
    quiz(journal, WHOLE)
    passed, completed = told(journal)
    assert words([passed, completed]) == ["passed", "completed"]
    assert completed["object"]["id"].endswith(f"/lessons/{LESSON.id}")
    seconds = 1.5 * len(LESSON.steps)
    assert completed["result"] == {"completion": True, "duration": f"PT{seconds:g}S"}
    score = {"scaled": 1.0, "raw": WHOLE, "min": 0, "max": WHOLE}
    assert passed["result"] == {"score": score, "success": True}


def test_a_second_walk_completes_it_no_second_time_and_a_reset_does(journal: Journal) -> None:
    walk(journal)
    quiz(journal, WHOLE, "one")
    quiz(journal, WHOLE, "two")
    assert words(told(journal)) == ["passed", "completed", "passed"]
    journal.record(HERE, Reset())
    walk(journal)
    quiz(journal, WHOLE, "three")
    found = told(journal)
    assert words(found) == ["passed", "completed", "passed", "passed", "completed"]
    assert len({one["id"] for one in found}) == 5


@pytest.mark.parametrize("right", range(WHOLE + 1))
def test_a_quiz_is_passed_from_the_mark_on(journal: Journal, right: int) -> None:
    quiz(journal, right)
    (found,) = told(journal)
    assert words([found]) == ["passed" if right / WHOLE >= PASS_MARK else "failed"]
    assert found["result"]["success"] is (right / WHOLE >= PASS_MARK)
    assert found["result"]["score"]["raw"] == right


def test_practice_passes_nothing(journal: Journal) -> None:
    quiz(journal, WHOLE, practice=True)
    assert told(journal) == []


def test_what_was_undone_or_held_to_be_right_before_the_end_counts_so(journal: Journal) -> None:
    items = tuple(one.id for one in LESSON.quiz[:2])
    journal.record(HERE, QuizOpened(sitting="s", items=items))
    wrong = Answered(sitting="s", seed=1, raw="1", right=False, score=0.0, attempt=1)
    journal.record(at(LESSON.quiz[0]), wrong)
    journal.record(at(LESSON.quiz[0]), Vouched(sitting="s", attempt=1, raw="1"))
    undone = journal.record(at(LESSON.quiz[1]), wrong)
    journal.record(at(LESSON.quiz[1]), Undone(event=undone.id))
    right = msgspec.structs.replace(wrong, right=True, score=1.0)
    journal.record(at(LESSON.quiz[1]), right)
    journal.record(HERE, QuizClosed(sitting="s"))
    assert told(journal)[0]["result"]["score"]["raw"] == 2


def test_a_free_response_counts_as_its_writer_judged_it(journal: Journal) -> None:
    journal.record(HERE, QuizOpened(sitting="s", items=("q-free",)))
    free = next(one for one in LESSON.quiz if one.id == "q-free")
    written = Answered(sitting="s", seed=1, raw="My words.", right=False, score=0.0, attempt=1)
    answer = journal.record(at(free), written)
    journal.record(at(free), Assessed(sitting="s", met=(True, True), right=True, score=1.0))
    journal.record(HERE, QuizClosed(sitting="s"))
    assert told(journal)[0]["result"]["success"] is True
    result = scribe().statement(answer)["result"]
    assert "success" not in result
    assert result["response"] == "My words."


def test_two_machines_that_find_out_the_same_make_one_statement_of_it(
    journal: Journal, tmp_path: Path
) -> None:
    walk(journal)
    with Journal.open(tmp_path / "second.sqlite3", Clock()) as second:
        second.merge(journal.events())
        quiz(journal, WHOLE, "here")
        quiz(second, WHOLE, "there")
        ours, theirs = told(journal)[1], told(second)[1]
        assert ours["id"] == theirs["id"]
        assert is_ours(ours)
        assert is_same_fact(ours, sent(theirs))
        assert not is_same_fact(ours, sent(told(second)[0]))
        second.merge(journal.events())
        journal.merge(second.events())
        assert told(journal) == told(second)
    somebody = told(journal, Learner(name="somebody else"))
    assert not {one["id"] for one in somebody if "completed" in words([one])} & {ours["id"]}


def test_a_kill_between_the_last_answer_and_what_follows_loses_nothing(
    journal: Journal, tmp_path: Path
) -> None:
    walk(journal)
    quiz(journal, WHOLE)
    with Outbox.open(tmp_path / "outbox.sqlite3") as outbox:
        events = [(number, event) for number, event in journal.numbered()]
        fill(outbox, journal, scribe())
        whole = [frozen.id for frozen in outbox.all()]
    with Outbox.open(tmp_path / "killed.sqlite3") as outbox:
        seq, last = events[-1]
        statements = [scribe().statement(event) for _, event in events]
        mark = Bookmark(seq, last.id, False)
        outbox.freeze(journal.installation, mark, statements, {(COURSE.id, LESSON.id)})
        assert fill(outbox, journal, scribe()) == 2
        assert [frozen.id for frozen in outbox.all()] == whole
