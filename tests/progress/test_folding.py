"""What counts: events folded into where a learner stands."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.known_courses import short
from tests.progress.deeds import COURSE, Clock, answered, place, record
from tutor.course.outlining import outline
from tutor.progress.events import (
    AnyDeed,
    Assessed,
    Drafted,
    Entered,
    Hinted,
    Noted,
    Passed,
    Predicted,
    QuizClosed,
    QuizOpened,
    Reset,
    Revealed,
    Suspended,
    Vouched,
)
from tutor.progress.folding import OPEN_RUNS
from tutor.progress.journal import Journal
from tutor.progress.lesson_progress import Guess, Item, LessonProgress
from tutor.standing import standings

WRONG = answered("1", right=False)
SEEN = Revealed(sitting="s1", skipped=False)


def vouched(attempt: int) -> Vouched:
    return Vouched(sitting="s1", attempt=attempt, raw="1")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "journal.sqlite3", Clock()) as journal:
        yield journal


def opened(sitting: str, *items: str, practice: bool = False) -> QuizOpened:
    return QuizOpened(sitting=sitting, items=items or ("q1", "q2"), practice=practice)


def quiz(journal: Journal, sitting: str, *right: bool, practice: bool = False) -> LessonProgress:
    """Take a quiz of as many questions as there are results."""
    names = [f"q{number}" for number in range(1, len(right) + 1)]
    journal.record(place(), opened(sitting, *names, practice=practice))
    for name, is_right in zip(names, right, strict=True):
        journal.record(place(question=name), answered(right=is_right, sitting=sitting))
        if not is_right:
            journal.record(place(question=name), Revealed(sitting=sitting, skipped=False))
    journal.record(place(), QuizClosed(sitting=sitting))
    return journal.lesson(COURSE, "one")


@pytest.mark.parametrize(
    ("deeds", "state"),
    [
        ((answered(),), "known"),
        ((WRONG,), "open"),
        ((WRONG, answered(attempt=2)), "settled"),
        ((Hinted(sitting="s1", number=1), answered(hints=1)), "known"),
        ((SEEN,), "settled"),
        ((SEEN, answered(revealed=True)), "settled"),
        ((WRONG, SEEN), "settled"),
    ],
    ids=["right", "wrong", "second try", "hinted", "seen", "right after seeing", "given up"],
)
def test_only_a_first_try_without_seeing_the_answer_is_known(
    journal: Journal, deeds: tuple[AnyDeed, ...], state: str
) -> None:
    item = record(journal, *deeds).items["q1"]
    assert (item.known, item.settled) == (state == "known", state != "open")


def test_the_first_reply_and_its_score_stay_whatever_follows(journal: Journal) -> None:
    item = record(journal, answered("1", right=False, confidence=90), answered("2")).items["q1"]
    assert (item.raw, item.score, item.confidence, item.last) == ("1", 0.0, 90, "2")
    assert item.tries == 2


@pytest.mark.parametrize(
    ("deeds", "found"),
    [
        ((answered(), answered("1", right=False, attempt=2)), True),
        ((SEEN, answered(revealed=True)), False),
        ((WRONG, SEEN, answered(attempt=2)), False),
    ],
    ids=["found once is found", "seen is not found", "nor after a try"],
)
def test_an_answer_is_found_only_by_who_had_not_seen_it(
    journal: Journal, deeds: tuple[AnyDeed, ...], *, found: bool
) -> None:
    assert record(journal, *deeds).items["q1"].found is found


@pytest.mark.parametrize(
    ("deeds", "known"),
    [
        ((WRONG, vouched(1)), True),
        ((WRONG, SEEN, vouched(1)), True),
        ((WRONG, answered("3", right=False, attempt=2), vouched(2)), False),
        ((vouched(1),), False),
        ((vouched(1), WRONG), False),
    ],
    ids=["at once", "after the answer", "a later try", "no reply", "before the reply"],
)
def test_a_reply_vouched_for_counts_as_if_it_had_been_judged_right_when_it_was_given(
    journal: Journal, deeds: tuple[AnyDeed, ...], *, known: bool
) -> None:
    progress = record(journal, *deeds)
    item = progress.items["q1"]
    assert (item.known, item.vouched) == (known, item.tries > 0 and item.found)
    assert (progress.tallies["q1"].first_right if item.tries else 0) == known


def test_a_reply_vouched_for_twice_counts_once(journal: Journal) -> None:
    assert record(journal, WRONG, vouched(1), vouched(1)).tallies["q1"].first_right == 1


def test_asking_again_starts_afresh_and_the_tally_remembers(journal: Journal) -> None:
    progress = record(journal, WRONG, answered(attempt=2), answered(sitting="s2"))
    assert progress.items["q1"].known
    tally = progress.tallies["q1"]
    assert (tally.answers, tally.first_tries, tally.first_right) == (3, 2, 1)


def test_a_free_response_is_settled_by_its_assessment(journal: Journal) -> None:
    handed_in = answered("my view", right=False)
    assert not record(journal, Drafted(raw="my"), handed_in).items["q1"].settled
    progress = record(journal, Assessed(sitting="s1", met=(True, False), right=True, score=0.75))
    assert progress.drafts == {}
    assert progress.items["q1"].known
    assert progress.items["q1"].score == 0.75


def test_a_draft_is_kept_until_it_is_handed_in(journal: Journal) -> None:
    assert record(journal, Drafted(raw="a"), Drafted(raw="ab")).drafts == {"q1": "ab"}


def test_steps_guesses_and_time_add_up(journal: Journal) -> None:
    progress = record(journal, Entered(), Predicted(raw="2", seconds=3), Passed(seconds=4.5))
    assert progress.position == "q1"
    assert progress.passed == {"q1": True}
    assert progress.predictions == {"q1": Guess(words="2", content="c1")}
    assert progress.seconds == 7.5
    assert progress.started < progress.latest


def test_a_quiz_counts_first_tries(journal: Journal) -> None:
    progress = quiz(journal, "run", True, False, True)
    assert progress.result is not None
    assert (progress.result.right, progress.result.next) == (2, None)
    assert progress.best == (2, 3)
    assert progress.run is None


def test_a_quiz_goes_on_where_it_was_left(journal: Journal) -> None:
    run = record(journal, opened("s1"), WRONG).run
    assert run is not None
    assert run.next == "q1"
    run = record(journal, SEEN).run
    assert run is not None
    assert run.next == "q2"


def test_the_best_quiz_is_the_best_share(journal: Journal) -> None:
    quiz(journal, "a", True, True)
    progress = quiz(journal, "b", True, True, False)
    assert progress.best == (2, 2)
    assert progress.result is not None
    assert progress.result.sitting == "b"


def test_practice_does_not_count(journal: Journal) -> None:
    quiz(journal, "a", True, False)
    progress = quiz(journal, "b", True, True, practice=True)
    assert progress.best == (1, 2)
    assert progress.result is not None
    assert progress.result.sitting == "a"
    assert progress.last is not None
    assert progress.last.practice


def test_a_quiz_in_each_of_many_windows_is_remembered(journal: Journal) -> None:
    progress = record(journal, *(opened(f"run {number}") for number in range(OPEN_RUNS + 2)))
    assert list(progress.runs) == [f"run {number}" for number in range(2, OPEN_RUNS + 2)]


def test_a_quiz_that_is_being_answered_is_the_last_to_be_forgotten(journal: Journal) -> None:
    record(journal, *(opened(f"run {number}") for number in range(OPEN_RUNS)))
    progress = record(journal, answered(sitting="run 0"), opened("one more"))
    assert list(progress.runs)[-2:] == ["run 0", "one more"]
    assert progress.item("q1", "run 0").known


def test_an_asking_is_found_by_its_name_among_steps_runs_and_results(journal: Journal) -> None:
    progress = record(journal, answered("1", sitting="steps"), opened("run", "q1"))
    assert progress.item("q1", "run") == Item()
    progress = record(journal, answered("2", sitting="run"), QuizClosed(sitting="run"))
    found = [progress.item("q1", name).raw for name in ("steps", "run", "nowhere")]
    assert found == ["1", "2", ""]


def test_a_reset_starts_the_lesson_anew_and_keeps_what_is_known_of_questions(
    journal: Journal,
) -> None:
    before = record(journal, Passed(), answered(), Noted(text="mine"))
    after = record(journal, Reset())
    assert after.tallies == before.tallies
    assert after.notes == 1
    assert (after.passed, after.items, after.position, after.seconds) == ({}, {}, "", 0)


def test_one_lesson_does_not_touch_another(journal: Journal) -> None:
    journal.record(place("two"), answered())
    journal.record(place("one"), Reset())
    assert journal.lesson(COURSE, "two").items["q1"].known


def test_answers_to_a_removed_question_are_kept_and_reported(journal: Journal) -> None:
    course = short()
    lesson = course.lessons[0]
    for name in ("q-single", "q-short"):
        here = msgspec.structs.replace(place("one", name), course=course.id)
        journal.record(here, answered())
    kept = tuple(question for question in lesson.quiz if question.id != "q-single")
    edited = msgspec.structs.replace(lesson, quiz=kept)
    course = msgspec.structs.replace(course, lessons=(edited,))
    (standing,) = standings(outline(course), journal.lessons(course.id))
    assert standing.removed == ("q-single",)
    assert len(list(journal.events())) == 2


def test_a_review_of_one_lesson_leaves_the_learner_in_the_other(journal: Journal) -> None:
    journal.record(place("one", "q1", "q1"), answered())
    journal.record(place("two", "q2", "q2"), answered(sitting="s2"))
    journal.record(place("one", "q1"), answered(sitting="a review"))
    journal.record(place("one", "q1"), Suspended())
    assert journal.lesson(COURSE, "one").latest < journal.lesson(COURSE, "two").latest
