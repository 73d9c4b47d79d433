"""What a course's author hears of learners: from their journals, and nothing of who they are."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.known_courses import short
from tests.progress.deeds import Clock, answered
from tests.running import tutor
from tutor.checking.learners import Asked, Learned, learned
from tutor.course.contents import questions
from tutor.course.model import Course
from tutor.judging.presenting import content_hash
from tutor.progress.events import (
    AnyDeed,
    Assessed,
    Event,
    Noted,
    Passed,
    Place,
    Reported,
    Reset,
    Revealed,
    Undone,
    Vouched,
)
from tutor.progress.journal import Journal

SHORT = Path(__file__).parents[1] / "courses" / "short"


@pytest.fixture
def course() -> Course:
    return short()


def at(course: Course, question: str = "", step: str = "", content: str | None = None) -> Place:
    """A place of the course's one lesson, with the question as it reads today."""
    asked = next((one for one in questions(course.lessons[0]) if one.id == question), None)
    content = (content_hash(asked) if asked else "") if content is None else content  # type: ignore[arg-type]
    return Place(course=course.id, lesson="one", step=step, question=question, content=content)


def learner(folder: Path, *done: tuple[Place, AnyDeed]) -> list[Event]:
    """The events of a learner who did these things, from a journal of their own."""
    with Journal.open(folder / "journal.sqlite3", Clock()) as journal:
        for place, deed in done:
            journal.record(place, deed)
        return list(journal.events())


def question(found: Learned, name: str) -> Asked:
    return next(one for one in found.questions if one.question == name)


def test_the_commonest_wrong_reply_and_who_missed_it_are_told_in_counts(
    course: Course, tmp_path: Path
) -> None:
    here = at(course, "q-short")
    events = [
        *learner(
            tmp_path / "a",
            (here, answered("Certainty", right=False)),
            (here, answered("probability", attempt=2)),
            (here, answered("probability", sitting="s2")),
        ),
        *learner(tmp_path / "b", (here, answered("certainty ", right=False))),
        *learner(tmp_path / "c", (here, answered("likelihood"))),
    ]
    one = question(learned(course, events), "q-short")
    assert (one.learners, one.missed_by) == (3, 2)
    assert (one.asked, one.first_right) == (4, 2)
    assert [(said.text.casefold(), said.times) for said in one.wrong] == [("certainty", 2)]


def test_a_reply_in_words_and_its_false_belief_are_told_not_the_digit_that_was_typed(
    course: Course, tmp_path: Path
) -> None:
    wrong = answered("2", right=False, said="a row of a table", misconception="look-up")
    one = question(learned(course, learner(tmp_path, (at(course, "q-single"), wrong))), "q-single")
    assert [said.text for said in one.wrong] == ["a row of a table"]
    assert [said.text for said in one.beliefs] == ["look-up"]


def test_a_reply_that_a_learner_vouched_for_is_no_wrong_one_and_is_shown_to_the_author(
    course: Course, tmp_path: Path
) -> None:
    here = at(course, "q-short")
    told = Vouched(sitting="s1", attempt=1, raw="chance")
    found = learned(
        course, learner(tmp_path, (here, answered("chance", right=False)), (here, told))
    )
    one = question(found, "q-short")
    assert (one.first_right, one.wrong) == (1, ())
    assert [(each.question, each.text) for each in found.vouched] == [("q-short", "chance")]


def test_a_question_given_up_without_a_try_was_missed_one_only_hinted_at_was_not_asked(
    course: Course, tmp_path: Path
) -> None:
    left = at(course, "q-match"), Revealed(sitting="s1", skipped=True)
    one = question(learned(course, learner(tmp_path, left)), "q-match")
    assert (one.missed_by, one.asked, one.first_right) == (1, 1, 0)


def test_a_free_response_is_as_right_as_its_learner_says_and_is_not_quoted(
    course: Course, tmp_path: Path
) -> None:
    here = at(course, "q-free")
    met = Assessed(sitting="s1", met=(True, True), right=True, score=1.0)
    events = learner(tmp_path, (here, answered("my own words", right=False)), (here, met))
    one = question(learned(course, events), "q-free")
    assert (one.first_right, one.wrong) == (1, ())


def test_answers_stand_after_a_reset_and_fall_with_an_undoing(
    course: Course, tmp_path: Path
) -> None:
    here = at(course, "q-short")
    events = learner(tmp_path / "a", (here, answered("x", right=False)), (at(course), Reset()))
    assert question(learned(course, events), "q-short").asked == 1
    with Journal.open(tmp_path / "a" / "journal.sqlite3", Clock()) as journal:
        journal.record(here, Undone(event=events[0].id))
        assert learned(course, journal.events()).questions == ()


def test_answers_to_an_older_wording_and_to_questions_that_are_gone_are_told_apart(
    course: Course, tmp_path: Path
) -> None:
    events = learner(
        tmp_path,
        (at(course, "q-short", content="old"), answered("x", right=False)),
        (at(course, "q-gone"), answered("x", right=False)),
        (Place(course="another", lesson="one", question="q-short"), answered("x", right=False)),
    )
    found = learned(course, events)
    assert (question(found, "q-short").reworded, found.gone) == (1, 1)
    assert question(found, "q-short").asked == 1


def test_minutes_are_those_of_the_first_reading_and_of_no_step_that_was_skimmed(
    course: Course, tmp_path: Path
) -> None:
    events = learner(
        tmp_path,
        (at(course, step="hello"), Passed(seconds=60.0)),
        (at(course, step="hello"), Passed(seconds=600.0)),
        (at(course, step="picture"), Passed(seconds=0.2)),
        (at(course, "check", step="check"), answered("f", seconds=30.0, right=False)),
        (at(course, "check", step="check"), answered("t", seconds=30.0, attempt=2)),
        (at(course, "check"), answered("t", seconds=300.0, sitting="s2")),
    )
    (lesson,) = learned(course, events).minutes
    assert {one.step: one.measured for one in lesson.timed} == {"hello": 1.0, "check": 1.0}
    assert lesson.measured == 2.0


def exports(tmp_path: Path, course: Course) -> Iterator[Path]:
    """Two learners' files; one says what a terminal would obey."""
    for name, deed in (
        ("a", Reported(text="unclear \x1b[2J")),
        ("b", Vouched(sitting="s1", attempt=1, raw="chance")),
    ):
        home = tmp_path / name
        here = at(course, "q-short")
        wrong, note = answered("odds\x1b]0;x\x07", right=False), Noted(text="my secret")
        learner(home, (here, wrong), (here, deed), (here, note))
        file = tmp_path / f"{name}.jsonl"
        tutor("progress", "export", str(file), TUTOR_HOME=str(home))
        yield file


def test_exports_of_several_learners_are_read_together_once_each_and_never_taken_in(
    course: Course, tmp_path: Path, home: Path
) -> None:
    first, second = exports(tmp_path, course)
    given = [f"--journal={file}" for file in (first, second, first)]
    done = tutor("course", "stats", str(SHORT), *given)
    assert "2 learners, 2 answers" in done.stdout
    assert "missed by 1 of 2 learners who met it" in done.stdout
    assert "“chance”" in done.stdout
    assert "unclear" in done.stdout
    assert "my secret" not in done.stdout
    assert "\x1b" not in done.stdout
    assert not (home / "journal.sqlite3").exists()
    told = json.loads(tutor("course", "stats", str(SHORT), *given, "--json").stdout)
    assert (told["learners"], len(told["reported"]), len(told["vouched"])) == (2, 1, 1)


def test_an_authors_own_journal_is_read_where_they_ask_for_it(course: Course, home: Path) -> None:
    assert "No answers to this course yet" in tutor("course", "stats", str(SHORT), "--mine").stdout
    learner(home, (at(course, "q-short"), answered("odds", right=False)))
    assert "“odds” once" in tutor("course", "stats", str(SHORT), "--mine").stdout


def test_what_is_no_export_is_refused_with_what_to_give_instead(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("{}\n")
    for wrong in (tmp_path / "x.jsonl", tmp_path, tmp_path / "none"):
        done = tutor("course", "stats", str(SHORT), "--journal", str(wrong))
        assert done.returncode == 1
        assert done.stderr.startswith(f"error: {wrong}")
        assert "hint:" in done.stderr
