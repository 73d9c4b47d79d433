"""`tutor records preview` and `tutor export xapi`, as a learner and a script see them."""

import json
from pathlib import Path

import pytest

from tests.records.test_mapping import COURSE
from tests.running import tutor
from tutor.judging.presenting import content_hash
from tutor.progress.events import Answered, Noted, Passed, Place, QuizClosed, QuizOpened
from tutor.progress.journal import Journal
from tutor.records.catalogue import Catalogue
from tutor.records.filling import fill
from tutor.records.learner import kept_or_made
from tutor.records.mapping import Scribe, event_of
from tutor.records.outbox import Outbox
from tutor.records.outbox_file import FILE

LESSON = COURSE.lessons[0]


@pytest.fixture
def worked(home: Path, short_course: Path) -> Path:
    """A journal with an answer, a note, and a lesson that is done."""
    with Journal.open(home / "journal.sqlite3") as journal:
        at = Place(course=COURSE.id, lesson=LESSON.id)
        for step in LESSON.steps:
            journal.record(Place(course=COURSE.id, lesson=LESSON.id, step=step.id), Passed())
        journal.record(at, Noted(text="mine alone"))
        items = tuple(one.id for one in LESSON.quiz)
        journal.record(at, QuizOpened(sitting="s", items=items))
        for number, question in enumerate(LESSON.quiz):
            where = Place(
                course=COURSE.id,
                lesson=LESSON.id,
                question=question.id,
                content=content_hash(question),
            )
            right = number > 0
            deed = Answered(
                sitting="s", seed=1, raw="1", right=right, score=float(right), attempt=1, seconds=2
            )
            journal.record(where, deed)
        journal.record(at, QuizClosed(sitting="s"))
    return home


def run(course: Path, *words: str) -> str:
    done = tutor(*words, TUTOR_COURSE=str(course))
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_preview_is_word_for_word_what_the_outbox_will_hold(
    worked: Path, short_course: Path
) -> None:
    lines = run(short_course, "records", "preview", "--json").splitlines()
    statements = [json.loads(line) for line in lines]
    assert "mine alone" not in "".join(lines)
    assert not (worked / "records" / "outbox.sqlite3").exists()
    assert run(short_course, "records", "preview", "--json").splitlines() == lines
    done = [one["verb"]["display"]["en"] for one in statements if event_of(one) is None]
    assert sorted(done) == ["completed", "passed"]


def test_a_preview_says_what_goes_and_what_stays(worked: Path, short_course: Path) -> None:
    said = run(short_course, "records", "preview")
    answers = len(LESSON.quiz)
    assert f"{answers} answered" in said
    assert "What stays here: 1 note." in said
    assert '"id": "http://adlnet.gov/expapi/verbs/answered"' in said
    assert said.count('"timestamp"') == 1
    everything = run(short_course, "records", "preview", "--all")
    assert everything.count('"timestamp"') > answers


def test_what_waits_for_a_store_is_told_and_of_no_other(worked: Path, short_course: Path) -> None:
    whole = run(short_course, "records", "preview", "--json").splitlines()
    secret = {"TUTOR_COURSE": str(short_course), "TUTOR_RECORDS_SECRET": "secret"}
    for name in ("home", "class"):
        url = "http://127.0.0.1:9/xAPI"  # nobody is asked before a sync
        assert tutor("records", "add", name, url, "--user", "wren", **secret).returncode == 0
    folder = worked / "records"
    with Journal.open(worked / "journal.sqlite3") as journal, Outbox.open(folder / FILE) as outbox:
        fill(outbox, journal, Scribe(kept_or_made(folder), Catalogue({COURSE.id: COURSE}.get)))
        outbox.acknowledge("home", outbox.waiting("home")[2].seq)
    words = ("records", "preview", "--json", "--store")
    assert run(short_course, *words, "home").splitlines() == whole[3:]
    assert run(short_course, *words, "class").splitlines() == whole
    done = tutor("records", "preview", "--store", "clas", TUTOR_COURSE=str(short_course))
    assert done.returncode == 2
    assert "no record store called 'clas'" in done.stderr


def test_before_the_first_lesson_there_is_nothing_to_send(home: Path, short_course: Path) -> None:
    assert "Nothing waits to be sent" in run(short_course, "records", "preview")
    done = tutor("export", "xapi", "mine.jsonl", TUTOR_COURSE=str(short_course))
    assert done.returncode == 1
    assert "nothing to hand in yet" in done.stderr


def test_a_hand_in_goes_under_the_name_a_teacher_knows_and_over_no_other_file(
    worked: Path, short_course: Path, tmp_path: Path
) -> None:
    file = tmp_path / "wren.jsonl"
    words = ("export", "xapi", str(file), "--as", "wren 12")
    assert "of wren 12 written to" in run(short_course, *words)
    statements = [json.loads(line) for line in file.read_text().splitlines()]
    assert {one["actor"]["account"]["name"] for one in statements} == {"wren 12"}
    with Journal.open(worked / "journal.sqlite3") as journal:
        known = [event for event in journal.events() if not isinstance(event.deed, Noted)]
    assert [event for one in statements if (event := event_of(one))] == known
    again = tutor(*words, TUTOR_COURSE=str(short_course))
    assert again.returncode == 1
    assert "exists" in again.stderr
    with_notes = run(short_course, "export", "xapi", "-", "--notes")
    assert "mine alone" in with_notes
    assert "wren 12" not in with_notes


def test_no_e_mail_address_is_handed_in_as_a_name(worked: Path, short_course: Path) -> None:
    words = ("export", "xapi", "-", "--as", "wren@school.example")
    done = tutor(*words, TUTOR_COURSE=str(short_course))
    assert done.returncode == 1
    assert "e-mail" in done.stderr
