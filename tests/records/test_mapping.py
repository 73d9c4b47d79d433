"""What a statement says of each deed and of each kind of question, and the way back."""

import uuid
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings

from tests.judging.samples import SHORT
from tests.records import generated
from tutor.course.contents import questions
from tutor.course.model import Course
from tutor.course.reading import read_course
from tutor.judging.presenting import content_hash
from tutor.progress.events import (
    Answered,
    AnyDeed,
    Assessed,
    Buried,
    Depth,
    Drafted,
    Entered,
    Event,
    Hinted,
    HowSure,
    Noted,
    Passed,
    Place,
    Predicted,
    QuizClosed,
    QuizOpened,
    Reported,
    Reset,
    Resumed,
    Revealed,
    Skipped,
    Suspended,
    Undone,
    Vouched,
)
from tutor.records.catalogue import Catalogue
from tutor.records.iris import Verb
from tutor.records.learner import Learner
from tutor.records.mapping import Scribe, event_of, is_same_fact, statement_id, travels

COURSE = read_course(SHORT)
LEARNER = Learner(name="learner-of-tests")
OTHER = "7f3b6c1e-52a1-4c7e-9d55-0d6a3a1b2c3d"
ANSWER = Answered(
    sitting="s", seed=3, raw="2", said="words", right=False, score=0.5, attempt=2, seconds=4.513
)
DEEDS: list[tuple[AnyDeed, Verb]] = [
    (Entered(), Verb.INITIALIZED),
    (Passed(seconds=12.0), Verb.EXPERIENCED),
    (Predicted(raw="a guess"), Verb.RESPONDED),
    (ANSWER, Verb.ANSWERED),
    (Drafted(raw="half a"), Verb.ATTEMPTED),
    (Assessed(sitting="s", met=(True, False), right=True, score=0.5), Verb.SCORED),
    (Hinted(sitting="s", number=1), Verb.INTERACTED),
    (Revealed(sitting="s", skipped=True), Verb.INTERACTED),
    (Vouched(sitting="s", attempt=1, raw="teachings"), Verb.COMMENTED),
    (QuizOpened(sitting="s", items=("q1", "q2")), Verb.INITIALIZED),
    (QuizClosed(sitting="s"), Verb.TERMINATED),
    (Noted(text="a note"), Verb.COMMENTED),
    (Reported(text="unclear"), Verb.COMMENTED),
    (Reset(), Verb.INITIALIZED),
    (Buried(), Verb.INTERACTED),
    (Suspended(), Verb.SUSPENDED),
    (Resumed(), Verb.RESUMED),
    (Skipped(), Verb.WAIVED),
    (HowSure(wanted=True), Verb.PREFERRED),
    (Depth(wanted="skip"), Verb.PREFERRED),
    (Undone(event=OTHER), Verb.RETRACTED),
]


def scribe(course: Course = COURSE, learner: Learner = LEARNER) -> Scribe:
    return Scribe(learner, Catalogue(lambda name: course if name == course.id else None))


def event(deed: AnyDeed, **where: str) -> Event:
    place = {"course": COURSE.id, "lesson": COURSE.lessons[0].id, "question": "q-one", **where}
    return Event(
        id=str(uuid.uuid4()),
        installation=OTHER,
        at="2026-11-21T11:00:04.123456Z",
        offset=60,
        place=Place(**place),
        deed=deed,
    )


def sent(statement: dict[str, Any]) -> dict[str, Any]:
    """A statement as it comes back from a store."""
    back: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(statement))
    return {**back, "stored": "2026-11-22T00:00:00Z", "authority": {}, "version": "1.0.3"}


def test_every_deed_has_its_verb_here() -> None:
    assert {type(deed) for deed, _ in DEEDS} == set(get_args(AnyDeed))


@pytest.mark.parametrize(("deed", "verb"), DEEDS, ids=lambda one: type(one).__name__)
def test_a_second_machine_gets_back_exactly_what_was_done(deed: AnyDeed, verb: Verb) -> None:
    done = event(deed)
    statement = scribe().statement(done)
    assert statement["verb"]["id"] == verb.value
    assert statement["id"] == done.id
    assert event_of(sent(statement)) == done


PLACES = [
    Place(course=COURSE.id, lesson=lesson.id, question=one.id, content=content_hash(one))  # type: ignore[arg-type]
    for lesson in COURSE.lessons
    for one in questions(lesson)
]


@settings(max_examples=400, deadline=None)
@given(generated.events(PLACES))
def test_whatever_was_done_comes_back_as_it_was(done: Event) -> None:
    statement = sent(scribe().statement(done))
    assert event_of(statement) == done
    assert is_same_fact(statement, scribe().statement(done))
    assert uuid.UUID(statement["id"])


def test_every_deed_is_drawn() -> None:
    assert set(generated.DEEDS) == set(get_args(AnyDeed))


def test_an_event_whose_id_is_no_uuid_still_has_one_statement() -> None:
    odd = msgspec.structs.replace(event(Entered()), id="event 12")
    statement = scribe().statement(odd)
    assert statement["id"] == statement_id("event 12") == str(uuid.UUID(statement["id"]))
    assert event_of(sent(statement)) == odd


def test_an_event_under_another_statements_id_is_not_believed() -> None:
    statement = sent(scribe().statement(event(Entered())))
    assert event_of({**statement, "id": OTHER}) is None


@pytest.mark.parametrize(
    "statement",
    [{}, {"context": None}, {"context": {"extensions": []}}, {"id": OTHER, "context": {}}],
)
def test_statements_of_other_programs_are_nobodys_events(statement: dict[str, Any]) -> None:
    assert event_of(statement) is None


def test_notes_reports_and_drafts_stay_unless_the_learner_lets_them_go() -> None:
    stays = {type(deed).__name__ for deed, _ in DEEDS if not travels(event(deed), LEARNER)}
    assert stays == {"Drafted", "Noted", "Reported"}
    open_hearted = msgspec.structs.replace(LEARNER, notes=True)
    assert all(travels(event(deed), open_hearted) for deed, _ in DEEDS)


def test_the_same_answer_in_an_edited_course_is_the_same_fact() -> None:
    done = event(ANSWER)
    edited = msgspec.structs.replace(COURSE, title="Another title")
    ours, theirs = scribe().statement(done), sent(scribe(edited).statement(done))
    assert is_same_fact(ours, theirs)
    other = msgspec.structs.replace(done, deed=msgspec.structs.replace(ANSWER, raw="1"))
    assert not is_same_fact(ours, sent(scribe().statement(other)))
    somebody = scribe(learner=Learner(name="somebody else"))
    assert not is_same_fact(ours, sent(somebody.statement(done)))
